"""Says that work goes on without saying how much is left (before step ①).

Calm: one short piece glides along a thin line at walking pace. It does not pulse, and it stands
still where the system asks for no animations.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

HEIGHT_PX = 4
STEP_MS = 40
STEP_PX = 2  # 50 px a second
PIECE = 0.25  # of the width


class CalmBar(QWidget):
    """An indeterminate progress bar; the palette's accent on the palette's border."""

    def __init__(self, *, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way_px = 0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def moving(self) -> bool:
        return self._timer.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _step(self) -> None:
        self._way_px += STEP_PX
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        line, round_px = QRectF(self.rect()), HEIGHT_PX / 2
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(line, round_px, round_px)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        piece = line.width() * PIECE
        # It leaves at the right before it comes in again at the left.
        left = self._way_px % round(line.width() + piece) - piece
        shown = QRectF(left, 0, piece, line.height()).intersected(line)
        painter.drawRoundedRect(shown, round_px, round_px)
