"""Shown while the practice centre is prepared for the first time."""
