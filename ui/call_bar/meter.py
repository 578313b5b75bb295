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
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the bar beneath is left alone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sound levels"))
        self.setToolTip(self.tr("Above: what you hear. Below: what you send."))
        self._received = 0.0
        self._sent = 0.0

    @property
    def levels(self) -> tuple[float, float]:
        return self._received, self._sent

    def show_levels(self, received: float, sent: float) -> None:
        before = self._lengths()
        self._received, self._sent = received, sent
        if self._lengths() != before:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(48, 2 * BAR_PX + GAP_PX)

    def _lengths(self) -> list[int]:
        """Of the bars in whole pixels, 0 for silence."""
        wide = self.width()
        return [max(BAR_PX, round(wide * share)) if share > 0 else 0
                for share in (self._received, self._sent)]  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - self.sizeHint().height()) / 2
        for length, y in zip(self._lengths(), (top, top + BAR_PX + GAP_PX), strict=True):
            ground = QRectF(0, y, self.width(), BAR_PX)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRoundedRect(ground, BAR_PX / 2, BAR_PX / 2)
            if length > 0:
                ground.setWidth(length)
                painter.setBrush(self.palette().color(self.foregroundRole()))
                painter.drawRoundedRect(ground, BAR_PX / 2, BAR_PX / 2)
