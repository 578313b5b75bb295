"""The sample centre: an invented tax line, the same for the same seed (step ⑨)."""
