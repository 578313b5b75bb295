"""The centre's data as a whole, fetched and compared by a process of its own (step ⑧)."""
