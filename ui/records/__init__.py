"""The history page: everything that was said, searched and filtered."""
