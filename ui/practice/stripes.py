"""The violet stripes of practice as a strip: this is not duty (before step ①)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

STRIPE_PX = 24


class Stripes(QWidget):
    """A ground for what is laid out on it, in the colours of the practice banner."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._on_theme)

    def _on_theme(self, _colours: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.fillRect(self.rect(), QColor(colours.practice_soft))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.practice_stripe))
        height = self.height()
        for left in range(-height, self.width(), 2 * STRIPE_PX):
            corners = ((left, height), (left + STRIPE_PX, height),
                       (left + STRIPE_PX + height, 0), (left + height, 0))  # fmt: skip
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
