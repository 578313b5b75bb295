"""A panel that may be taller than its place: at 200 % scaling it scrolls instead of being cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LEAST_PX = (200, 160)


class Scrolled(QScrollArea):
    """Invisible while the panel fits.

    Qt's own ``widgetResizable`` asks a panel with wrapped text for the height it likes, not for the
    least it needs, and would scroll where everything fits.
    """

    def __init__(self, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self.setObjectName(f"{panel.objectName()}-place")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(panel)
        panel.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """As wide as the panel must be, so that nothing is cut at the side."""
        return QSize(max(LEAST_PX[0], self._panel.minimumSizeHint().width()), LEAST_PX[1])

    def sizeHint(self) -> QSize:
        return self._panel.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Asked of Qt: Python may have let go of our own attributes when the last events arrive.
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As tall as the place, or as the panel must be."""
        room = self.maximumViewportSize()
        least = self._least_height(room.width())
        if least > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            least = self._least_height(room.width())
        self._panel.resize(room.width(), max(room.height(), least))

    def _least_height(self, width: int) -> int:
        layout = self._panel.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(width)
        return self._panel.minimumSizeHint().height()
