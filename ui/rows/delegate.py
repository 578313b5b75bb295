"""Paints a row of plain text: key, title with marked characters, quiet lines below (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.rows.model import ROW_ROLE
from ui.rows.row import Row

GAP = 8
HALF = GAP // 2
LEAD = 20
LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip


class RowDelegate(QStyledItemDelegate):
    """Every row has the same height: the title and ``lines`` quiet lines."""

    def __init__(self, *, lines: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.badge = QColor()

    def row_height(self, font: QFont) -> int:
        return GAP + line_step(font) + self._lines * line_step(quiet_font(font)) + 1

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, self.row_height(option.font))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        painter.save()
        self._paint_ground(painter, option)
        area = option.rect.adjusted(GAP - 1 + 2 * GAP * row.depth, HALF, 1 - GAP, -HALF)
        if row.lead:
            _paint_lead(painter, option, area, row.lead)
            area.setLeft(area.left() + LEAD + GAP)
        self._paint_text(painter, option, area, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not selected and not hovered:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        soft = option.palette.color(QPalette.ColorRole.Highlight)
        base = option.palette.color(QPalette.ColorRole.Base)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft if selected else mixed(soft, base, 0.5))
        painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), HALF, HALF)
        if selected:
            painter.setBrush(option.palette.color(QPalette.ColorRole.Link))
            bar = QRect(option.rect.left() + 1, option.rect.top() + GAP, 3, 0)
            bar.setBottom(option.rect.bottom() - GAP)
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row
    ) -> None:
        palette = option.palette
        quiet = quiet_colour(palette)
        small = quiet_font(option.font)
        small_metrics = QFontMetrics(small)
        line = QRect(area.left(), area.top(), area.width(), line_step(option.font))
        badge = self.badge if self.badge.isValid() else quiet
        right = _paint_trail(painter, line, small, (quiet, badge), row)
        title = QRect(line.left(), line.top(), right - line.left(), line.height())
        ink = quiet if row.muted else palette.color(QPalette.ColorRole.Text)
        accent = palette.color(QPalette.ColorRole.Link)
        paint_title(painter, title, option.font, ink, accent, row)
        painter.setFont(small)
        painter.setPen(quiet)
        top, step = line.bottom() + 1, line_step(small)
        for text in row.lines[: self._lines]:
            below = QRect(area.left(), top, area.width(), step)
            shown = small_metrics.elidedText(
                first_line(text), Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, LINE, shown)
            top += step


def paint_title(
    painter: QPainter, area: QRect, font: QFont, ink: QColor, accent: QColor, row: Row
) -> None:
    """The title in one line, cut with an ellipsis, its marked characters in the accent colour."""
    text = QFontMetrics(font).elidedText(
        first_line(row.title), Qt.TextElideMode.ElideRight, area.width()
    )
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


def _paint_lead(painter: QPainter, option: QStyleOptionViewItem, area: QRect, lead: str) -> None:
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


def _paint_trail(
    painter: QPainter, line: QRect, font: QFont, colours: tuple[QColor, QColor], row: Row
) -> int:
    """Paint the quiet text and the badge at the right; returns where the title must end."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    right = line.right() + 1
    for text, colour in zip((row.trail, row.badge), colours, strict=True):
        if not text:
            continue
        width = metrics.horizontalAdvance(text)
        place = QRect(right - width, line.top(), width, line.height())
        painter.setPen(colour)
        painter.drawText(place, LINE, text)
        right -= width + GAP
    return right


def line_step(font: QFont) -> int:
    """Pixels from line to line: tighter than Chinese fonts ask for, as these are single lines."""
    return round(QFontInfo(font).pixelSize() * 1.42)


def first_line(text: str) -> str:
    """As much of a text as one painted line can need; spaces instead of line ends."""
    return " ".join(text[:400].split())


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
