"""The central server: keeps what every seat does, once (step ⑨)."""

__version__ = "0.1.0"
WIRE_VERSION = 1
