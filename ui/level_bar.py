"""One wide bar for how loud the microphone is, with the range to aim at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

BAR_PX = 10
AIM = (0.45, 0.9)
"""From about -33 to -6 dBFS: where a voice should reach on the scale from -60 to 0."""


class LevelBar(QWidget):
    """From 0.0 (silence) to 1.0 (full scale)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "level")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Microphone level"))
        self.setToolTip(self.tr("Your voice should reach the marked part."))
        self._level = 0.0

    @property
    def level(self) -> float:
        return self._level

    def show_level(self, level: float) -> None:
        if level != self._level:
            self._level = level
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, BAR_PX + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QRectF(0, 0, self.width(), BAR_PX)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(ground, BAR_PX / 2, BAR_PX / 2)
        if self._level > 0:
            ground.setWidth(max(BAR_PX, self.width() * min(1.0, self._level)))
            painter.setBrush(self.palette().color(self.foregroundRole()))
            painter.drawRoundedRect(ground, BAR_PX / 2, BAR_PX / 2)
        aim = QRectF(self.width() * AIM[0], BAR_PX + 3, self.width() * (AIM[1] - AIM[0]), 3)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Dark))
        painter.drawRoundedRect(aim, 1.5, 1.5)
