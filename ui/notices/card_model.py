"""The notice she must read now, and only while no call is up (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call
from agent_app.domain.notices import Notice
from ui.formatting import joined, moment


class NoticeCardModel(QObject):
    """View-model of the card.

    Signals:
        changed: another notice, or none.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._aside = False
        self._notice = self._wanted()
        seat.notices.changed.connect(self._refresh)
        seat.phone.call_changed.connect(self._on_call)

    @property
    def notice(self) -> Notice | None:
        return self._notice

    @property
    def heading(self) -> str:
        """How many there are to be read."""
        count = sum(one.must_read for one in self._seat.notices.unread)
        if count > 1:
            return self.tr("Must be read · 1 of {number}").format(number=count)
        return self.tr("Must be read")

    @property
    def facts(self) -> str:
        notice = self._notice
        if notice is None:
            return ""
        when = moment(notice.published_at, self._seat.clock.now())
        return joined(notice.author_name, when)

    def put_aside(self, aside: bool) -> None:
        """She reads notices on their own page."""
        self._aside = aside
        self._refresh()

    def read(self) -> None:
        """She has read it; the next one comes."""
        if self._notice is not None:
            self._seat.notices.read(self._notice.notice_id)

    def _wanted(self) -> Notice | None:
        """Never over a call."""
        busy = self._aside or bool(self._seat.phone.calls)
        return None if busy else self._seat.notices.urgent

    def _on_call(self, _call: Call) -> None:
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted != self._notice:
            self._notice = wanted
            self.changed.emit()
