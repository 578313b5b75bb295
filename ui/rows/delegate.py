"""Paints a row of plain text: key, title with marked characters, quiet lines below (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.rows.model import ROW_ROLE
from ui.rows.paint import (
    GAP,
    HALF,
    LEAD,
    LINE,
    SHAPE,
    paint_lead,
    paint_shape,
    paint_title,
    paint_trail,
)
from ui.rows.row import Row
from ui.rows.type import first_line, line_step, mixed, quiet_colour, quiet_font


class RowDelegate(QStyledItemDelegate):
    """Every row has the same height: the title and ``lines`` quiet lines below it."""

    def __init__(self, *, lines: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = lines
        self.badge = QColor()
        self.tones: dict[str, QColor] = {}

    def row_height(self, font: QFont) -> int:
        return GAP + line_step(font) + self.lines * line_step(quiet_font(font)) + 1

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
            paint_lead(painter, option, area, row.lead)
            area.setLeft(area.left() + LEAD + GAP)
        if row.shape:
            paint_shape(painter, option, area, row.shape, self.tones.get(row.tone))
            area.setLeft(area.left() + SHAPE + GAP)
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
        right = paint_trail(painter, line, small, (quiet, badge), row)
        title = QRect(line.left(), line.top(), right - line.left(), line.height())
        ink = quiet if row.muted else palette.color(QPalette.ColorRole.Text)
        accent = palette.color(QPalette.ColorRole.Link)
        paint_title(painter, title, option.font, ink, accent, row)
        painter.setFont(small)
        painter.setPen(quiet)
        top, step = line.bottom() + 1, line_step(small)
        for text in row.lines[: self.lines]:
            below = QRect(area.left(), top, area.width(), step)
            shown = small_metrics.elidedText(
                first_line(text), Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, LINE, shown)
            top += step
