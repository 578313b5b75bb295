"""A small panel over the page, under the button that opened it (step ⑥).

It is a part of the window, not a window: it grabs nothing, an input method works in it, every key
of the call stays live while it stands there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.icons import icon_for
from ui.labels import plain_label

MARGIN_PX = 8
FOOT_PX = 48
"""The line of troubles below stays in sight."""


class Flyout(QFrame):
    """Esc, its own cross or the next flyout closes it; the focus goes back to where it was.

    Signals:
        closed: it is hidden now.
    """

    closed = Signal()

    def __init__(self, name: str, title: str, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._anchor = anchor
        self._came_from: QWidget | None = None
        self.hide()
        self.setObjectName(name)
        self.setProperty("role", "flyout")
        self.setAccessibleName(title)
        self.setAutoFillBackground(True)
        self._title = plain_label(title, name=f"{name}-title", role="heading")
        cross = QToolButton(self)
        cross.setObjectName(f"{name}-close-button")
        cross.setProperty("kind", "quiet")
        cross.setAccessibleName(self.tr("Close"))
        cross.setToolTip(self.tr("Close (Esc)"))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icon_for(cross, "close", size=14)
        cross.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(cross)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 12)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        anchor.destroyed.connect(self.deleteLater)

    @property
    def anchor(self) -> QWidget:
        """What it unfolds under; where that is not to be seen, it has no place."""
        return self._anchor

    def show_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def open(self, first: QWidget) -> None:
        """Stand under the anchor with the focus in ``first``; every other flyout closes."""
        window = self._anchor.window()
        for other in window.findChildren(Flyout):
            if other is not self:
                other.dismiss()
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Hide; she types on where she was before."""
        if self.isHidden():
            return
        focused, back = QApplication.focusWidget(), self._came_from
        inside = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._came_from = None
        self.hide()
        if inside and back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Right edges level where there is room, never outside the window or over its foot."""
        window = self._anchor.window()
        room = window.height() - MARGIN_PX - FOOT_PX
        self.setMaximumSize(window.width() - 2 * MARGIN_PX, room)
        self.adjustSize()
        below = self._anchor.mapTo(window, QPoint(self._anchor.width(), self._anchor.height()))
        left = min(below.x() - self.width(), window.width() - self.width() - MARGIN_PX)
        top = min(below.y() + 4, window.height() - self.height() - FOOT_PX)
        self.move(max(MARGIN_PX, left), max(MARGIN_PX, top))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return False
