"""The pieces a row is painted of: titles with marks, key frames, dates and badges (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.icons import icon
from ui.rows.row import Row
from ui.rows.type import first_line, line_step, mixed, quiet_colour, quiet_font, utf16_length

GAP = 8
HALF = GAP // 2
LEAD = 20
SHAPE = 14
LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip


def paint_title(
    painter: QPainter, area: QRect, font: QFont, ink: QColor, accent: QColor, row: Row
) -> None:
    """The title in one line, cut with an ellipsis, its marked characters in the accent colour."""
    room = area.width() if not row.marks else round(area.width() * 0.97)
    text = QFontMetrics(font).elidedText(first_line(row.title), Qt.TextElideMode.ElideRight, room)
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_mark(text, start, end, accent) for start, end in row.marks])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(area.width())
    layout.endLayout()
    painter.setPen(ink)
    layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2))


def _mark(text: str, start: int, end: int, accent: QColor) -> QTextLayout.FormatRange:
    """A range of code points as Qt counts it (UTF-16 units)."""
    shape = QTextCharFormat()
    shape.setForeground(accent)
    shape.setFontWeight(QFont.Weight.Bold)
    marked = QTextLayout.FormatRange()
    marked.start = utf16_length(text[:start])
    marked.length = utf16_length(text[start:end])
    marked.format = shape
    return marked


def paint_lead(painter: QPainter, option: QStyleOptionViewItem, area: QRect, lead: str) -> None:
    """The digit that chooses this row, in a small frame like a key."""
    height = line_step(option.font)
    key = QRect(area.left(), area.top() + (height - LEAD) // 2 + 1, LEAD, LEAD)
    quiet = quiet_colour(option.palette)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(mixed(quiet, option.palette.color(QPalette.ColorRole.Base), 0.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(key.adjusted(0, 0, -1, -1), HALF, HALF)
    painter.setFont(quiet_font(option.font))
    painter.setPen(quiet)
    painter.drawText(key, Qt.AlignmentFlag.AlignCenter, lead)


def paint_shape(
    painter: QPainter, option: QStyleOptionViewItem, area: QRect, name: str, tone: QColor | None
) -> None:
    """A line icon in front of the title; without a tone of its own it is quiet."""
    top = area.top() + (line_step(option.font) - SHAPE) // 2 + 1
    picture = icon(name, tone or quiet_colour(option.palette), size=SHAPE)
    picture.paint(painter, QRect(area.left(), top, SHAPE, SHAPE))


def paint_trail(
    painter: QPainter, line: QRect, font: QFont, colours: tuple[QColor, QColor], row: Row
) -> int:
    """Paint the quiet text and the badge at the right; returns where the title must end."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    right = line.right() + 1
    for text, colour in zip((row.trail, row.badge), colours, strict=True):
        if not text:
            continue
        shown = metrics.elidedText(
            first_line(text), Qt.TextElideMode.ElideMiddle, line.width() // 2
        )
        width = metrics.horizontalAdvance(shown)
        place = QRect(right - width, line.top(), width, line.height())
        painter.setPen(colour)
        painter.drawText(place, LINE, shown)
        right -= width + GAP
    return right
