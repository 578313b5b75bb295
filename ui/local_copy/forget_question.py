"""Asked before this computer forgets the centre: what goes, and what stays (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.buttons import push_button
from ui.labels import plain_label

WIDTH_PX = 460


class ForgetQuestion(QDialog):
    """Not modal: a call can be answered while it stands there.

    Signals:
        forgetting_chosen: she means it.
    """

    forgetting_chosen = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("forget-question")
        self.setWindowTitle(self.tr("Forget this computer?"))
        self.setModal(False)
        words = plain_label(text, name="forget-question-text")
        words.setWordWrap(True)
        words.setFixedWidth(WIDTH_PX)
        keep = push_button(self, "forget-keep-button", self.tr("Keep everything"))
        forget = push_button(self, "forget-button", self.tr("Sign out and forget"))
        keep.setProperty("kind", "primary")
        keep.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(forget)
        buttons.addWidget(keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        layout.addWidget(words)
        layout.addLayout(buttons)
        keep.clicked.connect(self.reject)
        forget.clicked.connect(self._forget)

    def _forget(self) -> None:
        self.accept()
        self.forgetting_chosen.emit()
