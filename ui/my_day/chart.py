"""The hours of a day as bars of what she did; full height is a whole hour (M36, step ⑤).

Colours are the theme's; what they mean stands in the legend, and pauses are hatched as well.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from agent_app.domain.agent_state import AgentState
from ui.formatting import tooltip
from ui.my_day.model import HOUR_S, Bar, Group, MyDayModel
from ui.rows.type import quiet_font
from ui.theme import Colours, Theme, state_colour

GAP_PX = 4
LEAST_PX = (320, 140)
MOST_PX = 400
"""A small chart also on a large screen."""
_LOOKS = {
    Group.CALLS: AgentState.TALKING,
    Group.WRAP_UP: AgentState.WRAP_UP,
    Group.FREE: AgentState.READY,
    Group.STUDY: AgentState.STUDY,
    Group.PAUSE: AgentState.BREAK,
}


def group_colour(colours: Colours, group: Group, *, practice: bool) -> QColor:
    free = group is Group.FREE and practice
    return state_colour(colours, AgentState.PRACTICE if free else _LOOKS[group])


def paint_group(painter: QPainter, area: QRectF, colour: QColor, group: Group) -> None:
    """A piece of a bar, or of the legend."""
    painter.fillRect(area, colour)
    if group is Group.PAUSE:
        light = QColor(Qt.GlobalColor.white if colour.lightnessF() < 0.5 else Qt.GlobalColor.black)
        light.setAlphaF(0.55)
        painter.fillRect(area, QBrush(light, Qt.BrushStyle.BDiagPattern))


class DayChart(QWidget):
    def __init__(
        self, model: MyDayModel, theme: Theme, *, practice: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._practice = practice
        self.setObjectName("my-day-chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(MOST_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("The hours of the day"))
        model.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def minimumSizeHint(self) -> QSize:
        return QSize(*LEAST_PX)

    def sizeHint(self) -> QSize:
        return QSize(720, 220)

    def _show(self, _colours: object = None) -> None:
        self.setAccessibleDescription(self._model.spoken)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            bar = self._bar_at(event.pos())
            text = self._model.bar_text(bar) if bar is not None and bar.parts else ""
            QToolTip.showText(event.globalPos(), tooltip(text), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._theme.colours
        painter.setFont(quiet_font(self.font()))
        place, step = self._place()
        self._paint_lines(painter, place, colours)
        for at, bar in enumerate(self._model.bars):
            left = place.left() + at * step
            self._paint_bar(painter, QRectF(left, place.top(), step - GAP_PX, place.height()), bar)
            label = QRectF(left, place.bottom() + 2, step - GAP_PX, self._line())
            painter.setPen(QColor(colours.muted))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, f"{bar.hour:02}")
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_lines(self, painter: QPainter, place: QRectF, colours: Colours) -> None:
        """Half an hour and an hour, with their minutes."""
        for minutes in (0, 30, 60):
            y = place.bottom() - place.height() * minutes / 60
            painter.setPen(QColor(colours.border))
            painter.drawLine(QPoint(round(place.left()), round(y)),
                             QPoint(round(place.right()), round(y)))  # fmt: skip
            painter.setPen(QColor(colours.muted))
            where = QRectF(0, y - self._line() / 2, place.left() - 8, self._line())
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                             str(minutes))  # fmt: skip

    def _paint_bar(self, painter: QPainter, area: QRectF, bar: Bar) -> None:
        top, each = area.bottom(), area.height() / HOUR_S
        for group, seconds in bar.parts:
            height = min(seconds * each, top - area.top())
            top -= height
            colour = group_colour(self._theme.colours, group, practice=self._practice)
            paint_group(painter, QRectF(area.left(), top, area.width(), height), colour, group)

    def _place(self) -> tuple[QRectF, float]:
        """Where the bars stand, and how far apart."""
        side = QFontMetrics(quiet_font(self.font())).horizontalAdvance("60") + 16
        inside = QRect(self.rect()).adjusted(side, self._line() // 2 + 4, -8, -self._line() - 6)
        return QRectF(inside), inside.width() / max(1, len(self._model.bars))

    def _line(self) -> int:
        return QFontMetrics(quiet_font(self.font())).lineSpacing()

    def _bar_at(self, point: QPoint) -> Bar | None:
        place, step = self._place()
        at = int((point.x() - place.left()) // step) if point.x() >= place.left() else -1
        bars = self._model.bars
        return bars[at] if 0 <= at < len(bars) else None


class Legend(QWidget):
    """What the fillings mean, with the time of each; one line, or two where it is narrow."""

    def __init__(
        self, model: MyDayModel, theme: Theme, *, practice: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._practice = practice
        self.setObjectName("my-day-legend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(LEAST_PX[0], 2 * self._line())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _show(self, _colours: object = None) -> None:
        self.setAccessibleName(", ".join(text for _, text in self._model.legend))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._theme.colours
        metrics, mark = self.fontMetrics(), 12
        x, y = 0, 0
        for group, text in self._model.legend:
            width = mark + 6 + metrics.horizontalAdvance(text) + 16
            if x and x + width > self.width():
                x, y = 0, y + self._line()
            square = QRectF(x, y + (self._line() - mark) / 2, mark, mark)
            colour = group_colour(colours, group, practice=self._practice)
            paint_group(painter, square, colour, group)
            painter.setPen(QColor(colours.text))
            painter.drawText(QRectF(x + mark + 6, y, width, self._line()),
                             int(Qt.AlignmentFlag.AlignVCenter), text)  # fmt: skip
            x += width
        painter.end()

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing() + 4
