"""Asked when the window is closed during a call; the call goes on meanwhile (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.buttons import push_button
from ui.labels import plain_label


class CloseQuestion(QDialog):
    """Not modal: answer, hold and hang up work while it stands there.

    Signals:
        hiding_chosen: keep the call, put the window into the tray.
        quitting_chosen: end the call and the program.
    """

    hiding_chosen = Signal()
    quitting_chosen = Signal()

    def __init__(self, *, can_hide: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("close-question")
        self.setWindowTitle(self.tr("A call is up"))
        self.setModal(False)
        stay = push_button(self, "close-stay-button", self.tr("Stay in the call"))
        hide = push_button(self, "close-hide-button", self.tr("Hide the window, keep the call"))
        leave = push_button(self, "close-quit-button", self.tr("End the call and quit"))
        stay.setProperty("kind", "primary")
        stay.setDefault(True)
        hide.setVisible(can_hide)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (leave, hide, stay):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        layout.addWidget(plain_label(self.tr("You are in a call. What should happen to it?")))
        layout.addLayout(buttons)
        stay.clicked.connect(self.reject)
        hide.clicked.connect(self._hide)
        leave.clicked.connect(self._quit)

    def _hide(self) -> None:
        self.accept()
        self.hiding_chosen.emit()

    def _quit(self) -> None:
        self.accept()
        self.quitting_chosen.emit()
