"""Shown while the practice centre is prepared for the first time."""

from ui.starting.window import StartingWindow

__all__ = ["StartingWindow"]
