"""Notices: the one that must be read now, all of them, who has read them, writing one (M32)."""
