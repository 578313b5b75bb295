"""The outbox list, beside the work: never modal, never in the way of a call (step ⑧)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
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
from ui.formatting import count, duration
from ui.icons import icon_for
from ui.labels import plain_label
from ui.outbox.model import Column, OutboxModel

WIDTHS = {
    Column.WHAT: 96, Column.ABOUT: 232, Column.SINCE: 112, Column.STATE: 128, Column.ATTEMPTS: 88,
}  # fmt: skip


class OutboxWindow(QDialog):
    """What this seat did and the server does not have yet.

    Signals:
        inbox_wanted: what the server did not take should be shown.
    """

    inbox_wanted = Signal()

    def __init__(self, *, link: Link, clock: Clock, agent_id: str = "",
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._link = link
        self._clock = clock
        self.setObjectName("outbox-window")
        self.setWindowTitle(self.tr("Outbox"))
        self.setModal(False)
        self._model = OutboxModel(link=link, clock=clock, agent_id=agent_id, parent=self)
        self._table = QTableView(self)
        self._empty = plain_label(
            self.tr("Nothing waits: the server has everything you saved."),
            name="outbox-empty", role="muted")  # fmt: skip
        self._pages = QStackedWidget(self)
        self._counts = plain_label(name="outbox-counts", role="value")
        self._inbox = QPushButton(self.tr("Decide …"), self)
        self._retry = QPushButton(self.tr("Try now"), self)
        self._set_up_table()
        self._lay_out()
        self._model.modelReset.connect(self._show_page)
        self._retry.clicked.connect(link.retry)
        self._inbox.clicked.connect(self.inbox_wanted)
        link.changed.connect(self._show_counts)
        self._show_page()
        self.resize(1000, 360)

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
        self._inbox.setObjectName("outbox-inbox-button")
        self._inbox.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(explanation, 1)
        foot.addWidget(self._inbox)
        foot.addWidget(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._counts)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)

    def _show_page(self) -> None:
        self._pages.setCurrentWidget(self._table if self._model.rowCount() else self._empty)
        self._show_counts()

    def _show_counts(self) -> None:
        """How many wait, since when, and how many want a person."""
        status = self._link.status
        parts = [self.tr("{number} waiting").format(number=count(status.waiting))]
        if status.oldest_waiting_at is not None:
            age = (self._clock.now() - status.oldest_waiting_at).total_seconds()
            parts.append(self.tr("the oldest for {time}").format(time=duration(max(0.0, age))))
        if status.set_aside:
            parts.append(self.tr("{number} to decide").format(number=count(status.set_aside)))
        self._counts.setText(" · ".join(parts))
        self._inbox.setVisible(bool(status.set_aside))
