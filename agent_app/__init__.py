"""The desk: what an agent works with."""

__version__ = "0.1.0"
