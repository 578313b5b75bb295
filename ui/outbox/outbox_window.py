"""The outbox list, beside the work: never modal, never in the way of a call (step ⑧)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from agent_app.desk.link import Link
from agent_app.runtime.clock import Clock
from ui.icons import icon_for
from ui.labels import plain_label
from ui.outbox.model import Column, OutboxModel

WIDTHS = {
    Column.WHAT: 72, Column.ABOUT: 232, Column.SINCE: 128, Column.STATE: 96, Column.ATTEMPTS: 72,
}  # fmt: skip


class OutboxWindow(QDialog):
    """What this seat did and the server does not have yet."""

    def __init__(self, *, link: Link, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self.setObjectName("outbox-window")
        self.setWindowTitle(self.tr("Outbox"))
        self.setModal(False)
        self._model = OutboxModel(link=link, clock=clock, parent=self)
        self._table = QTableView(self)
        self._empty = plain_label(
            self.tr("Nothing waits: the server has everything you saved."),
            name="outbox-empty", role="muted")  # fmt: skip
        self._pages = QStackedWidget(self)
        self._retry = QPushButton(self.tr("Try now"), self)
        self._set_up_table()
        self._lay_out()
        self._model.modelReset.connect(self._show_page)
        self._retry.clicked.connect(link.retry)
        self._show_page()
        self.resize(840, 320)

    def _set_up_table(self) -> None:
        table = self._table
        table.setObjectName("outbox-list")
        table.setAccessibleName(self.tr("Outbox"))
        table.setModel(self._model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(self._table)
        self._pages.addWidget(self._empty)
        explanation = plain_label(
            self.tr("Saved on this seat and sent by itself as soon as the server answers."),
            role="muted")  # fmt: skip
        self._retry.setObjectName("outbox-retry-button")
        self._retry.setAutoDefault(False)
        icon_for(self._retry, "retry")
        foot = QHBoxLayout()
        foot.addWidget(explanation, 1)
        foot.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)

    def _show_page(self) -> None:
        self._pages.setCurrentWidget(self._table if self._model.rowCount() else self._empty)
