"""Setting up a machine: what `make` runs before anything of ours can be imported.

Only the standard library of Python 3.11, because nothing else is there yet. Not part of the wheel.
"""
