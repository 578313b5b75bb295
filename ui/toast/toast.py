"""A small window above all others that shows a ringing call and takes no focus (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import words
from ui.buttons import KeyButton
from ui.call_bar.facts import CallFacts
from ui.icons import SvgMark
from ui.labels import ElidedLabel, plain_label
from ui.theme import set_style_state
from ui.toast.model import ToastModel

WIDTH_PX = 376
MARGIN_PX = 16


class Toast(QFrame):
    """Who rings, through which queue; answering brings the window to the front.

    Signals:
        window_wanted: the agent answered here or asked for the window.
    """

    window_wanted = Signal()

    def __init__(self, model: ToastModel, beside: QWidget | None = None) -> None:
        """``beside`` is the window whose screen it appears on.

        It is not that window's child: window managers hide those when the window is minimised,
        and a ringing call must never be hidden.
        """
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("toast")
        self.setAccessibleName(self.tr("Incoming call"))
        self._model = model
        self._beside = beside
        self._mark = SvgMark("state-ringing", size=16, parent=self)
        self._state = plain_label(name="toast-state", role="value")
        self._timer = plain_label(name="toast-timer", role="timer")
        self._name = ElidedLabel(name="toast-name", role="title")
        self._number = ElidedLabel(name="toast-number")
        self._details = ElidedLabel(name="toast-details", role="muted")
        self._answer = KeyButton(name="toast-answer-button", words=(self.tr("Answer"),),
                                 icon="answer", kind="answer", parent=self)  # fmt: skip
        self._open = KeyButton(name="toast-open-button", words=(self.tr("Show window"),),
                               icon="float", parent=self)  # fmt: skip
        self._lay_out()
        self._answer.clicked.connect(self._on_answer)
        self._open.clicked.connect(self.window_wanted)
        model.changed.connect(self._show)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self._mark, self._state):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._timer)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(self._answer, 1)
        foot.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(4)
        layout.addLayout(head)
        for widget in (self._name, self._number, self._details):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(foot)
        self.setFixedWidth(WIDTH_PX)

    def _show(self, facts: CallFacts | None) -> None:
        if facts is None:
            self.hide()
            return
        for widget in (self._mark, self._state):
            set_style_state(widget, "state", facts.look.value)
        self._mark.show_icon(words.agent_state_icon(facts.look))
        self._state.setText(facts.state)
        self._timer.setText(facts.timer)
        self._name.setText(facts.name)
        self._number.setText(facts.number)
        self._number.setVisible(bool(facts.number))
        self._details.setText(facts.details)
        self.setAccessibleDescription(f"{facts.name} {facts.number} {facts.details}")
        if not self.isVisible():
            self.adjustSize()
            self._move_to_corner()
            self.show()

    def _move_to_corner(self) -> None:
        beside = self._beside
        screen = QGuiApplication.primaryScreen() if beside is None else beside.screen()
        area = screen.availableGeometry()
        self.move(
            area.right() - self.width() - MARGIN_PX, area.bottom() - self.height() - MARGIN_PX
        )

    def _on_answer(self) -> None:
        self._model.answer()
        self.window_wanted.emit()
