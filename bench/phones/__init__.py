"""Softphones beside each other: the same calls, the same sound server, the same instrument."""
