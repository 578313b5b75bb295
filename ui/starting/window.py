"""Shown at once while the practice centre is made ready for the first time (before step ①).

Filling the sample centre takes a while, and a program that shows nothing for that long is started
twice.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import SvgMark
from ui.labels import ElidedLabel, plain_label
from ui.practice.stripes import Stripes
from ui.starting.calm_bar import CalmBar
from ui.theme import Theme, set_style_state

WIDTH_PX = 440
BANNER_PX = 44
REASON_LIMIT = 600


class StartingWindow(QWidget):
    """What happens now in one line; after ``fail`` what went wrong, and a button to close.

    Signals:
        closed: she closed the window, before or after a failure.
    """

    closed = Signal()

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("starting-window")
        self._failed = False
        self._finished = False
        self._banner = Stripes(theme, self)
        self._banner_mark = SvgMark("state-practice", size=18, parent=self._banner)
        self._banner_text = plain_label(role="heading", parent=self._banner)
        self._mark = SvgMark("fault", size=18, parent=self)
        self._heading = plain_label(name="starting-heading", role="heading", parent=self)
        self._step = ElidedLabel(name="starting-step", role="muted", parent=self)
        self._bar = CalmBar(name="starting-bar", spoken=self.tr("Work goes on"), parent=self)
        self._reason = plain_label(name="starting-reason", parent=self)
        self._button = QPushButton(self)
        self._set_up()
        self._lay_out()
        self._write_texts()

    def show_step(self, text: str) -> None:
        """``text`` is what happens now, one line of plain text."""
        self._step.setText(text)

    def fail(self, text: str) -> None:
        """Nothing happens any more; ``text`` says why, in plain words."""
        self._failed = True
        self._reason.setText(text.strip()[:REASON_LIMIT])
        self._step.hide()
        self._bar.hide()
        for widget in (self._mark, self._reason, self._button):
            widget.show()
        self._write_texts()
        self.resize(WIDTH_PX, self.heightForWidth(WIDTH_PX))
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """The desk opens: close without ``closed``."""
        self._finished = True
        self.close()

    def _set_up(self) -> None:
        set_style_state(self._banner_mark, "state", "practice")
        set_style_state(self._banner_text, "state", "practice")
        set_style_state(self._mark, "severity", "fault")
        self._reason.setWordWrap(True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button.setObjectName("starting-close-button")
        self._button.setAutoDefault(True)
        for widget in (self._mark, self._reason, self._button):
            widget.hide()
        self._button.clicked.connect(self.close)

    def _lay_out(self) -> None:
        banner = QHBoxLayout(self._banner)
        banner.setContentsMargins(24, 0, 24, 0)
        banner.setSpacing(8)
        banner.addWidget(self._banner_mark)
        banner.addWidget(self._banner_text, 1)
        self._banner.setFixedHeight(BANNER_PX)
        heading = QHBoxLayout()
        heading.setSpacing(8)
        heading.addWidget(self._mark)
        heading.addWidget(self._heading, 1)
        body = QVBoxLayout()
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(8)
        body.addLayout(heading)
        body.addWidget(self._step)
        body.addWidget(self._reason)
        body.addSpacing(4)
        body.addWidget(self._bar)
        body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignRight)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._banner)
        layout.addLayout(body, 1)
        self.setFixedWidth(WIDTH_PX)

    def _write_texts(self) -> None:
        self.setWindowTitle(self.tr("PRACTICE — Zuoxi"))
        self._banner_text.setText(self.tr("Practice centre"))
        self._button.setText(self.tr("Close"))
        self._bar.setAccessibleName(self.tr("Work goes on"))
        self._heading.setText(
            self.tr("The practice centre could not be started")
            if self._failed
            else self.tr("Preparing the practice centre …")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts a failure away; while work goes on a stray key must not stop it."""
        if event.key() == Qt.Key.Key_Escape and self._failed:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._write_texts()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._finished:
            self.closed.emit()
