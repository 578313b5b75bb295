"""Two quiet bars: what the caller says and what is sent."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

BAR_PX = 5
GAP_PX = 5


class LevelMeter(QWidget):
    """Upper bar received, lower bar sent, each from 0.0 (silence) to 1.0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("level-meter")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sound levels"))
        self.setToolTip(self.tr("Above: what you hear. Below: what you send."))
        self._received = 0.0
        self._sent = 0.0

    @property
    def levels(self) -> tuple[float, float]:
        return self._received, self._sent

    def show_levels(self, received: float, sent: float) -> None:
        if (received, sent) != (self._received, self._sent):
            self._received, self._sent = received, sent
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(48, 2 * BAR_PX + GAP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - self.sizeHint().height()) / 2
        for share, y in ((self._received, top), (self._sent, top + BAR_PX + GAP_PX)):
            ground = QRectF(0, y, self.width(), BAR_PX)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRoundedRect(ground, BAR_PX / 2, BAR_PX / 2)
            if share > 0:
                ground.setWidth(max(BAR_PX, self.width() * share))
                painter.setBrush(self.palette().color(self.foregroundRole()))
                painter.drawRoundedRect(ground, BAR_PX / 2, BAR_PX / 2)
