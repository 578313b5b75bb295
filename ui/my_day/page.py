"""The page of her day: the days at the left, numbers and hours of the chosen one (M36, step ⑤).

By keyboard: ↑ ↓ in the list of days, Tab to the table and the chart, which says itself in words.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.labels import plain_label
from ui.my_day.chart import DayChart, Legend
from ui.my_day.model import MyDayModel
from ui.my_day.satisfaction import SatisfactionBars
from ui.my_day.table import FiguresModel
from ui.rail.spec import PageGround
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.theme import set_style_state

DAYS_WIDTH_PX = 184
LINE_PX = 30
COLUMN_PX = 120
TABLE_PX = 380


class MyDayPage(QWidget):
    def __init__(self, ground: PageGround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("my-day-page")
        self.setProperty("role", "page")
        self._model = model = MyDayModel(ground.seat, self)
        self._rows = RowModel(self)
        self.days = RowList(self._rows, lines=0, parent=self)
        self.days.setObjectName("my-day-list")
        self.days.setAccessibleName(self.tr("Today and the last days"))
        self._title = ClippedLabel(lines=1, name="my-day-title", role="title")
        self._note = ClippedLabel(lines=3, name="my-day-note", role="muted")
        self.table = self._build_table()
        practice = ground.seat.agent.practice
        self.chart = DayChart(model, ground.theme, practice=practice, parent=self)
        self._legend = Legend(model, ground.theme, practice=practice, parent=self)
        self._bars = SatisfactionBars(model, ground.theme, self)
        self._callers = plain_label(self.tr("Satisfied callers of a hundred"), role="caption")
        self._ungraded = ClippedLabel(lines=2, name="my-day-ungraded", role="muted")
        self._lay_out()
        self.days.selectionModel().currentChanged.connect(self._on_current)
        model.changed.connect(self._show)
        self.setFocusProxy(self.days)
        self._show()

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("my-day-table")
        table.setAccessibleName(self.tr("The day in numbers"))
        table.setModel(FiguresModel(self._model, table))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setMinimumWidth(TABLE_PX)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(LINE_PX)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            table.setColumnWidth(column, COLUMN_PX)
        return table

    def _lay_out(self) -> None:
        left, right = QFrame(), QFrame()
        for panel in (left, right):
            panel.setProperty("role", "panel")
        left.setFixedWidth(DAYS_WIDTH_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.days, 1)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        for widget in (self._title, self._note):
            inside.addWidget(widget)
        hours = QVBoxLayout()
        hours.setSpacing(8)
        hours.addWidget(plain_label(self.tr("Minutes of each hour"), role="caption"))
        hours.addWidget(self.chart, 100)
        hours.addWidget(self._legend)
        hours.addWidget(self._callers)
        hours.addWidget(self._bars)
        hours.addWidget(self._ungraded)
        hours.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self.table, 1)
        both.addLayout(hours, 1)
        inside.addLayout(both, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(left)
        layout.addWidget(right, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.watch(False)

    def _show(self) -> None:
        model = self._model
        if self._rows.show_rows(model.days) or self.days.current_key != model.selected:
            marked = self.days.selectionModel().blockSignals(True)
            self.days.select(self._rows.position(model.selected))
            self.days.selectionModel().blockSignals(marked)
        self._title.setText(model.title)
        self._note.setText(model.note)
        self._note.setAccessibleName(model.note)
        set_style_state(self._note, "state", "fault" if model.is_fault else "")
        self._callers.setVisible(model.has_grades)
        self._ungraded.setText(model.ungraded)
        self._ungraded.setVisible(bool(model.ungraded))
        for column in (2, 3):
            self.table.setColumnHidden(column, not model.has_comparison)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._model.select(self._rows.rows[current.row()].key)
