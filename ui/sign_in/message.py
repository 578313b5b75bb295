"""The place for what sign-in has to say: a mark, the sentence, the cause (before step ①)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.icons import SvgMark
from ui.labels import ElidedLabel, plain_label
from ui.sign_in.model import SignInView
from ui.theme import set_style_state

HEIGHT_PX = 80  # three lines and a cause, so that nothing moves when a message comes
ICONS = {"neutral": "info", "warning": "warning", "fault": "fault"}


class SignInMessage(QWidget):
    """Plain text in a place of fixed height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = SvgMark("info", size=18, parent=self)
        self._text = plain_label(name="sign-in-message", parent=self)
        self._text.setWordWrap(True)
        self._detail = ElidedLabel(name="sign-in-detail", role="caption", parent=self)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        self.setMinimumHeight(HEIGHT_PX)

    def show_view(self, view: SignInView) -> None:
        self._text.setText(view.message)
        self._detail.setText(view.detail)
        self._detail.setVisible(bool(view.detail))
        self._mark.show_icon(ICONS[view.severity])
        self._mark.setVisible(bool(view.message))
        for widget in (self._text, self._mark):
            set_style_state(widget, "severity", view.severity.value)

    def announce(self) -> None:
        """Tell a screen reader once; it would not bear a countdown."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, self._text.text()))
