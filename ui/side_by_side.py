"""Two buttons in a row where they fit, one below the other where not (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

GAP = 8
BELOW = 4


class SideBySide(QWidget):
    """Their words change with the caller, the column's width with the window."""

    def __init__(self, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in buttons:
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def arrange(self) -> None:
        """After the words changed."""
        fits = self._in_a_row() <= self.width()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._row.setSpacing(GAP if fits else BELOW)
        for button in self._buttons:
            button.setMaximumWidth(button.sizeHint().width())
        self.updateGeometry()

    def _in_a_row(self) -> int:
        shown = [one for one in self._buttons if not one.isHidden()]
        return sum(one.sizeHint().width() for one in shown) + GAP * max(len(shown) - 1, 0)

    def sizeHint(self) -> QSize:
        return QSize(self._in_a_row(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """They never widen the column: it is theirs to go below each other."""
        widest = max((one.minimumSizeHint().width() for one in self._buttons), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
