"""Notices in words: all of them, the chosen one, and who has read it (steps ⑤ and ⑥)."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from agent_app.desk.notices import Readers
from agent_app.desk.seat import Seat
from agent_app.domain.ids import NoticeId
from agent_app.domain.notices import Notice
from ui.formatting import day, joined, moment
from ui.rows.row import Row


class NoticesModel(QObject):
    """View-model of the page.

    Signals:
        changed: something shown changed; read the properties again.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._selected = ""
        self._readers: Readers | None = None
        seat.notices.changed.connect(self._on_notices)
        seat.notices.readers_found.connect(self._on_readers)
        self._go_to_first()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is unread first, then the newest."""
        notices = self._seat.notices
        first = {one.notice_id for one in notices.unread}
        ordered = (*notices.unread, *(one for one in notices.all if one.notice_id not in first))
        return tuple(self._row(one, unread=one.notice_id in first) for one in ordered)

    @property
    def selected(self) -> str:
        return self._selected

    @property
    def notice(self) -> Notice | None:
        return self._seat.notices.notice(self._selected)

    @property
    def facts(self) -> str:
        """By whom, since when, until when, and whether she has read it."""
        notice = self.notice
        if notice is None:
            return ""
        now = self._seat.clock.now()
        parts = [notice.author_name, moment(notice.published_at, now), self._validity(notice)]
        if notice.read_at is not None:
            parts.append(self.tr("read {when}").format(when=moment(notice.read_at, now)))
        if notice.provisional:
            parts.append(self.tr("not sent yet"))
        return joined(*parts)

    @property
    def can_read(self) -> bool:
        notice = self.notice
        return notice is not None and notice.read_at is None

    @property
    def may_write(self) -> bool:
        return self._seat.notices.may_write

    @property
    def readers(self) -> tuple[Row, ...]:
        """Those who have not read it yet first."""
        found = () if self._readers is None else self._readers.readers
        now = self._seat.clock.now()
        ordered = sorted(found, key=lambda one: one.read_at is not None)
        return tuple(
            Row(
                one.agent_id,
                one.name or one.agent_id,
                trail=self.tr("not yet") if one.read_at is None else moment(one.read_at, now),
                shape="clock" if one.read_at is None else "check",
                tone="attention" if one.read_at is None else "ready",
            )
            for one in ordered
        )

    @property
    def readers_line(self) -> str:
        """How many have read it, or why nobody can say."""
        readers = self._readers
        if readers is None:
            return self.tr("Who has read it is asked of the server …")
        if readers.problem:
            return self.tr("Who has read it cannot be asked now: {reason}").format(
                reason=readers.problem
            )
        done = sum(one.read_at is not None for one in readers.readers)
        return self.tr("Read by {done} of {all}").format(done=done, all=len(readers.readers))

    def select(self, key: str) -> None:
        if key != self._selected:
            self._selected = key
            self.ask_readers()
            self.changed.emit()

    def read(self) -> None:
        if self.can_read:
            self._seat.notices.read(NoticeId(self._selected))

    def write(self) -> None:
        if self.may_write:
            self._seat.notice_form.write()

    def edit(self) -> None:
        notice = self.notice
        if self.may_write and notice is not None:
            self._seat.notice_form.edit(notice)

    def ask_readers(self) -> None:
        """Anew, for the chosen one; only those who may know are told."""
        self._readers = None
        notice = self.notice
        if self.may_write and notice is not None and notice.version:
            self._seat.notices.ask_readers(NoticeId(self._selected))

    def _on_notices(self) -> None:
        """Stay at the notice; where it is gone, go to the first."""
        if self.notice is None:
            self._go_to_first()
            self.ask_readers()
        self.changed.emit()

    def _go_to_first(self) -> None:
        rows = self.rows
        self._selected = rows[0].key if rows else ""

    def _on_readers(self, readers: Readers) -> None:
        if readers.notice_id == self._selected:
            self._readers = readers
            self.changed.emit()

    def _validity(self, notice: Notice) -> str:
        now = self._seat.clock.now()
        if notice.published_at > now:
            return self.tr("holds from {when}").format(when=moment(notice.published_at, now))
        if notice.expires_at is None:
            return ""
        if notice.expires_at <= now:
            return self.tr("over since {when}").format(when=moment(notice.expires_at, now))
        today = now.astimezone().date()
        last = (notice.expires_at - timedelta(seconds=1)).astimezone().date()
        return self.tr("holds until {day}").format(day=day(last, today))

    def _row(self, notice: Notice, *, unread: bool) -> Row:
        now = self._seat.clock.now()
        current = notice.current(now)
        shape, tone = ("bell", "attention") if unread else ("check", "neutral")
        words = self.tr("must be read") if notice.must_read else ""
        parts = (words, self._validity(notice), notice.author_name)
        return Row(
            key=notice.notice_id,
            title=notice.title,
            lines=(joined(*parts),),
            trail=moment(notice.published_at, now),
            badge=self.tr("unread") if unread else "",
            muted=not current,
            shape=shape if current else "info",
            tone=tone,
        )
