"""Labels that show external text as it is: never rich text, never wider than their place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.formatting import tooltip


def plain_label(text: str = "", *, name: str = "", role: str = "",
                parent: QWidget | None = None) -> QLabel:  # fmt: skip
    """A QLabel with ``Qt.PlainText``. ``role`` is the style sheet's: title, muted …"""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    if role:
        label.setProperty("role", role)
    return label


class TimeLabel(QLabel):
    """A time that runs: of one size, so that another second lays nothing out anew."""

    def __init__(self, *, name: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        resized = len(text) != len(self.text())
        super().setText(text)
        if resized:
            self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        return done

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        widest = max("0123456789", key=metrics.horizontalAdvance)
        room = "".join(widest if sign.isdigit() else sign for sign in self.text())
        self.setFixedSize(metrics.horizontalAdvance(room) + 2, metrics.height())


class ElidedLabel(QLabel):
    """One line of plain text that ends in … when there is no room; the tooltip has all of it."""

    def __init__(self, text: str = "", *, name: str = "", role: str = "",
                 mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setObjectName(name)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        line = " ".join(text.split())
        if line != self.text():
            super().setText(line)
            self._explain()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 3 * QFontMetrics(self.font()).averageCharWidth()),
                     hint.height())  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._mode, area.width())
        painter.drawText(area, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)

    def _explain(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(tooltip(self.text()) if cut else "")
