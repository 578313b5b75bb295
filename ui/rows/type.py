"""Type and ink of the lists: line heights, quiet text, lengths as Qt counts them (step ⑤)."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette

_SPACE = re.compile(r"\s")


def line_step(font: QFont) -> int:
    """Pixels from line to line: tighter than Chinese fonts ask for, as these are single lines."""
    return round(QFontInfo(font).pixelSize() * 1.42)


def first_line(text: str) -> str:
    """As much of a text as one painted line can need; characters keep their places."""
    return _SPACE.sub(" ", text[:400])


def utf16_length(text: str) -> int:
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def quiet_font(font: QFont) -> QFont:
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(11, font.pixelSize() - 1))
    else:
        small.setPointSizeF(font.pointSizeF() * 0.92)
    return small


def quiet_colour(palette: QPalette) -> QColor:
    """Secondary text: two thirds of the way to the text colour, which keeps 4.5:1."""
    return mixed(
        palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), 0.66
    )


def mixed(over: QColor, under: QColor, share: float) -> QColor:
    """``share`` (0..1) of ``over`` on ``under``."""
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * (1 - share),
        over.greenF() * share + under.greenF() * (1 - share),
        over.blueF() * share + under.blueF() * (1 - share),
    )
