"""Line icons of one family, in the colour of the text beside them, in every look (step ⑤).

The files in ``resources/icons`` are drawn in ``currentColor``. The colour comes from the palette
the style sheet gives the widget, so an icon follows theme and state without being told.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget


@cache
def _source(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """``size`` in device-independent pixels; the set of names, colours and sizes is small."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon(name: str, colour: QColor, *, disabled: QColor | None = None, size: int = 18) -> QIcon:
    """An icon at one and two times ``size``; FileNotFoundError names an icon that is not there."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(_pixmap(name, colour.name(), size, ratio))
        if disabled is not None:
            result.addPixmap(_pixmap(name, disabled.name(), size, ratio), QIcon.Mode.Disabled)
    return result


class ButtonIcon(QObject):
    """Keeps a button's icon in the colour of its text."""

    def __init__(self, button: QAbstractButton, name: str, size: int = 18) -> None:
        super().__init__(button)
        self._button = button
        self._name = name
        self._size = size
        self._shown = True
        button.setIconSize(QSize(size, size))
        button.installEventFilter(self)
        self._paint()

    def show_icon(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self._paint()

    def set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self._paint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Of a window that goes, Python may have taken this apart before Qt stops asking.
        if event.type() is QEvent.Type.PaletteChange and self.__dict__:
            self._paint()
        return False

    def _paint(self) -> None:
        if not self._shown:
            self._button.setIcon(QIcon())
            return
        palette = self._button.palette()
        role = QPalette.ColorRole.ButtonText
        active = palette.color(QPalette.ColorGroup.Active, role)
        disabled = palette.color(QPalette.ColorGroup.Disabled, role)
        self._button.setIcon(icon(self._name, active, disabled=disabled, size=self._size))


def icon_for(button: QAbstractButton, name: str, *, size: int = 18) -> ButtonIcon:
    """Give ``button`` a line icon that follows its colours; the answer can change the picture."""
    return ButtonIcon(button, name, size)


class SvgMark(QWidget):
    """A painted icon, for shapes beside words; the style sheet's ``color`` paints it."""

    def __init__(self, name: str, *, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.update()

    @property
    def name(self) -> str:
        return self._name

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self.palette().color(self.foregroundRole())
        pixmap = _pixmap(self._name, colour.name(), self._size, self.devicePixelRatioF())
        offset = (self.height() - self._size) // 2
        QPainter(self).drawPixmap(0, offset, pixmap)
