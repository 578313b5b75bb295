"""Who calls: the left column of the desk page."""

from ui.caller.panel import CallerPanel

__all__ = ["CallerPanel"]
