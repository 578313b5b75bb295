"""Read-only text as high as its words, up to an end; what is longer scrolls (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

AROUND = 14
"""Pixels of border, padding and margin above and below the text."""


class FittedText(QPlainTextEdit):
    """Between ``least`` and ``most`` lines high; fewer when there are fewer words."""

    def __init__(
        self, *, name: str, spoken: str, least: int, most: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, readOnly=True)
        self._least = least
        self._most = most
        self.setObjectName(name)
        self.setProperty("locked", True)  # it looks like what cannot be typed into
        self.setAccessibleName(spoken)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A plain-text document measures its height in lines."""
        lines = max(1, round(self.document().size().height()))
        self.setMinimumHeight(self._height_of(min(lines, self._least)))
        self.setMaximumHeight(self._height_of(min(lines, self._most)))
        self.updateGeometry()

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + AROUND
