"""Who passed the call on, and a button to what she wrote beside the summary (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from ui.flyout import Flyout
from ui.labels import ElidedLabel
from ui.on_demand import OnDemand
from ui.summary.handover import HandoverView, HandoverViewModel

SIZE_PX = (400, 220)


class HandoverFlyout(Flyout):
    """Her words, to be read and copied."""

    def __init__(self, model: HandoverViewModel, title: str, anchor: QWidget) -> None:
        super().__init__("handover", title, anchor)
        self._model = model
        self._words = QPlainTextEdit(self)
        self._words.setObjectName("handover-words")
        self._words.setAccessibleName(title)
        self._words.setReadOnly(True)
        self._words.setMinimumSize(*SIZE_PX)
        self.body.addWidget(self._words)
        model.changed.connect(self._show)

    def want(self) -> None:
        self._show(self._model.view)
        self.open(self._words)

    def _show(self, view: HandoverView) -> None:
        self._words.setPlainText(view.words)
        if not view.words:
            self.dismiss()


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
        self._model = model
        self._flyout = OnDemand(self._build_flyout, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self._button.clicked.connect(self._flyout.want)
        model.changed.connect(self._show)
        self._show(model.view)

    def _show(self, view: HandoverView) -> None:
        self._text.setText(view.text)
        self._text.setVisible(bool(view.text))
        self._button.setVisible(bool(view.words))

    def _build_flyout(self) -> HandoverFlyout:
        return HandoverFlyout(self._model, self.tr("What your colleague wrote"), self._button)
