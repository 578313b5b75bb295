"""How many notices are unread and how many reports wait for her, at the top (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from agent_app.desk.seat import Seat
from ui.formatting import count
from ui.icons import icon_for
from ui.theme import set_style_state


class WaitingMarks(QWidget):
    """Two buttons with a number; nothing is shown where nothing waits.

    Signals:
        gaps_wanted: the reports that wait for her answer.
        notices_wanted: the notices.
    """

    gaps_wanted = Signal()
    notices_wanted = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waiting-marks")
        self._seat = seat
        self._gaps = self._button("gaps-mark", "edit")
        self._notices = self._button("notices-mark", "bell")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._gaps)
        layout.addWidget(self._notices)
        self._gaps.clicked.connect(self.gaps_wanted)
        self._notices.clicked.connect(self.notices_wanted)
        seat.gaps.changed.connect(self._show_gaps)
        seat.notices.changed.connect(self._show_notices)
        self._show_gaps()
        self._show_notices()

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "quiet")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icon_for(button, icon, size=16)
        return button

    def _show_gaps(self, _lists: object = None) -> None:
        number = len(self._seat.gaps.for_me)
        words = self.tr("{number} reports wait for your answer").format(number=count(number))
        self._show(self._gaps, number, words)

    def _show_notices(self) -> None:
        unread = self._seat.notices.unread
        words = self.tr("{number} unread notices").format(number=count(len(unread)))
        self._show(self._notices, len(unread), words)
        must = any(one.must_read for one in unread)
        set_style_state(self._notices, "health", "warning" if must else "neutral")

    def _show(self, button: QToolButton, number: int, words: str) -> None:
        button.setText(count(number))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setVisible(number > 0)
