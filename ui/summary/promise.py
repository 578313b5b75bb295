"""A promised callback in words: which number, and when (step ⑥)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.domain.ids import InteractionId
from agent_app.domain.promise import parse_when
from agent_app.domain.summary import SummaryField
from ui.formatting import appointment, phone_number
from ui.summary.view_model import SummaryViewModel

_NUMBER = re.compile(r"[0-9+*#() -]{3,40}")


@dataclass(frozen=True, slots=True)
class PromiseView:
    """``meant`` is how what was typed is understood, ``words`` what the summary will say."""

    meant: str = ""
    fault: str = ""
    words: str = ""


class PromiseViewModel(QObject):
    """What is typed for the summary that was on the page when it began, understood as it is typed.

    Signals:
        changed: PromiseView.
    """

    changed = Signal(object)

    def __init__(self, summary: SummaryViewModel, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summary = summary
        self._about: InteractionId | None = None
        self._number = ""
        self._when = ""

    def begin(self) -> str:
        """For the summary on the page, whatever is on it later; returns the caller's number."""
        self._about = self._summary.selected
        draft = self._summary.draft
        return "" if draft is None else phone_number(draft.call.number)

    @property
    def who(self) -> str:
        """Whose summary it goes into."""
        return "" if self._about is None else self._summary.name_of(self._about)

    def type(self, number: str, when: str) -> None:
        self._number, self._when = number.strip(), when
        self.changed.emit(self.view)

    @property
    def view(self) -> PromiseView:
        if self._about is None or not self._summary.is_open(self._about):
            return PromiseView(fault=self.tr("This summary is saved already."))
        if not _NUMBER.fullmatch(self._number):
            return PromiseView(fault=self.tr("Type the number to call."))
        now = self._summary.now.astimezone()
        at = parse_when(self._when, now)
        if at is None:
            if not self._when.strip():
                return PromiseView()
            return PromiseView(fault=self.tr("Not a time to come: try 15:30, mt 9, +30, 3-15 9."))
        when = appointment(at)
        words = self.tr("Callback promised: {number}, {when}").format(
            number=phone_number(self._number), when=when
        )
        return PromiseView(meant=when, words=words)

    def keep(self) -> bool:
        """Put it below the follow-up; False while there is nothing to put."""
        words = self.view.words
        if not words or self._about is None:
            return False
        self._summary.add_line(self._about, SummaryField.FOLLOW_UP, words)
        return True
