"""Who comes from outside the window: a link in a browser, ``zuoxi call``, a second start.

What they bring goes into the dial field and no further. It may be there before the window is: then
it waits for whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.domain.links import LinkError, LinkFault, number_of


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody wants the window, and ``number`` in its dial field unless that is empty.

    ``fault`` says why what he brought is no number.
    """

    number: str = ""
    fault: LinkFault | None = None


class Door(QObject):
    """GUI thread.

    Signals:
        visited: Visit.
    """

    visited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Visit | None = None

    def knock(self, text: str) -> None:
        """Take a link or a number, or "" for the window alone; whoever sent it is not trusted."""
        visit = _visit(text)
        self._waiting = visit
        self.visited.emit(visit)

    def take(self) -> Visit | None:
        """The last visit that nobody has taken yet."""
        visit, self._waiting = self._waiting, None
        return visit


def _visit(text: str) -> Visit:
    if not text.strip():
        return Visit()
    try:
        return Visit(number_of(text))
    except LinkError as error:
        return Visit(fault=error.fault)
