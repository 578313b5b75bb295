"""The summary that writes itself: the middle of the desk page."""

from ui.summary.panel import SummaryPanel

__all__ = ["SummaryPanel"]
