"""The page of those who write and review answers."""
