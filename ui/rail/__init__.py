"""The narrow rail at the left of the window, and what a page of it is."""
