"""How many callers were satisfied, hers beside the centre's, as two bars with words (M36, step ⑤).

The centre's is hatched: the two are told apart without their colours.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.my_day.model import MyDayModel, Share
from ui.theme import Theme

BAR_PX = 14
LINE_PX = 24
GAP_PX = 8
LEAST_BAR_PX = 60


class SatisfactionBars(QWidget):
    """As high as there are shares; one line each: who, the bar, the number in words."""

    def __init__(self, model: MyDayModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.setObjectName("my-day-satisfaction")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(320, LINE_PX * len(self._model.shares))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LINE_PX * len(self._model.shares))

    def _show(self, _colours: object = None) -> None:
        told = ", ".join(f"{share.name}: {share.text}" for share in self._model.shares)
        self.setAccessibleName(told)
        self.setVisible(bool(told))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, shares = QPainter(self), self._model.shares
        metrics = self.fontMetrics()
        name_px = max((metrics.horizontalAdvance(one.name) for one in shares), default=0)
        text_px = max((metrics.horizontalAdvance(one.text) for one in shares), default=0)
        left = name_px + GAP_PX
        width = max(LEAST_BAR_PX, self.width() - left - text_px - GAP_PX)
        for at, share in enumerate(shares):
            top = at * LINE_PX
            painter.setPen(QColor(self._theme.colours.text))
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(QRectF(0, top, name_px, LINE_PX), middle, share.name)
            where = QRectF(left + width + GAP_PX, top, text_px + 1, LINE_PX)
            painter.drawText(where, middle, share.text)
            place = QRectF(left, top + (LINE_PX - BAR_PX) / 2, width, BAR_PX)
            self._paint_bar(painter, place, share)
        painter.end()

    def _paint_bar(self, painter: QPainter, place: QRectF, share: Share) -> None:
        """The whole is outlined, the satisfied part of it filled."""
        filled = QRectF(place)
        filled.setWidth(place.width() * min(share.percent, 100.0) / 100)
        colour = QColor(self._theme.colours.accent)
        brush = QBrush(colour)
        if share.others:
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
        painter.fillRect(filled, brush)
        painter.setPen(QPen(QColor(self._theme.colours.muted), 1))
        painter.drawRect(place)
