"""Who passed the call on, and a button to what she wrote beside the summary (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from ui.flyout import Flyout
from ui.labels import ElidedLabel
from ui.summary.handover import HandoverView, HandoverViewModel

SIZE_PX = (400, 220)


class HandoverLine(QWidget):
    """Empty for a call that no colleague had before."""

    def __init__(self, model: HandoverViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary-handover")
        self._text = ElidedLabel(name="summary-handover-text")
        self._text.setProperty("chip", "accent")
        self._button = QPushButton(self.tr("What came beside"), self)
        self._button.setObjectName("summary-handover-button")
        self._button.setProperty("kind", "inline")
        self._button.setAccessibleName(self._button.text())
        self._flyout = Flyout("handover", self.tr("What your colleague wrote"), self._button)
        self._words = QPlainTextEdit(self._flyout)
        self._words.setObjectName("handover-words")
        self._words.setAccessibleName(self.tr("What your colleague wrote"))
        self._words.setReadOnly(True)
        self._words.setMinimumSize(*SIZE_PX)
        self._flyout.body.addWidget(self._words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self._button.clicked.connect(self._open)
        model.changed.connect(self._show)
        self._show(model.view)

    def _show(self, view: HandoverView) -> None:
        self._text.setText(view.text)
        self._text.setVisible(bool(view.text))
        self._button.setVisible(bool(view.words))
        self._words.setPlainText(view.words)
        if not view.words:
            self._flyout.dismiss()

    def _open(self) -> None:
        self._flyout.open(self._words)
