"""The history page: everything that was said here, found as she types, read at the right (⑥).

By keyboard: type, ↓ into the list, ↑ ↓ from one to the next, Tab to the number, the customer, the
quoted articles. Nothing dials: a number goes into the dial field.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_app.domain.customers import QuotedArticle
from ui.keys import KeyAction
from ui.labels import ElidedLabel
from ui.rail.spec import PageGround
from ui.records.details import RecordPanel
from ui.records.filters import RecordFilters
from ui.records.model import RecordsModel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.scrolled import Scrolled
from ui.theme import set_style_state

CUSTOMERS = "customers"
"""The page of customers."""
NEAR = 10
"""So many rows before the end of the list older ones are fetched."""


class _Found(RowList):
    """Signals:
    typed: what was typed while the list has the cursor.
    """

    typed = Signal(str)

    def keyboardSearch(self, search: str) -> None:
        """Not to the next row that begins so: it is what she looks for."""
        self.typed.emit(search)


class RecordsPage(QWidget):
    def __init__(self, ground: PageGround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("records-page")
        self.setProperty("role", "page")
        self._ground = ground
        self._model = model = RecordsModel(ground.seat, self)
        self.filters = RecordFilters(model, self)
        self._rows = RowModel(self)
        self.list = _Found(self._rows, lines=2, parent=self)
        self.list.setObjectName("records-list")
        self.list.setAccessibleName(self.tr("Calls and their summaries, the newest first"))
        self._status = ElidedLabel(name="records-status", role="caption")
        self.details = RecordPanel(model, ground.keys.text(KeyAction.INBOX), self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.filters.search)
        self._show()

    def _lay_out(self) -> None:
        left, right = QFrame(), QFrame()
        for panel in (left, right):
            panel.setProperty("role", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(self.list, 1)
        column.addWidget(self._status)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Scrolled(self.details))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(left, 5)
        layout.addWidget(right, 3)

    def _connect(self) -> None:
        self._model.found.connect(self._show)
        self.filters.search.stepped.connect(self._into_list)
        self.filters.search.entered.connect(self._into_list)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.chosen.connect(self._on_chosen)
        self.list.typed.connect(self._on_typed)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.details.number_wanted.connect(self._ground.dial)
        self.details.customer_wanted.connect(self._open_customer)
        self.details.quote_wanted.connect(self._open_quote)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.watch(False)

    def _show(self) -> None:
        """The row that is read stays marked and where it is."""
        model, bar = self._model, self.list.verticalScrollBar()
        place = bar.value()
        self.list.set_empty_text(model.empty_text)
        if self._rows.show_rows(model.rows):
            marked = self.list.selectionModel().blockSignals(True)
            self.list.select(self._rows.position(model.selected))
            self.list.selectionModel().blockSignals(marked)
            bar.setValue(min(place, bar.maximum()))
        self._status.setText(model.status)
        set_style_state(self._status, "state", "fault" if model.is_fault else "")
        self._on_scrolled(bar.value())

    def _into_list(self, _by: int = 1) -> None:
        if self._rows.rows:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.current_key:
                self.list.select(0)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._model.select(self._rows.rows[current.row()].key)

    def _on_chosen(self, key: str) -> None:
        self._model.select(key)

    def _on_typed(self, text: str) -> None:
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filters.search.setText(text)

    def _on_scrolled(self, value: int) -> None:
        """Counted in rows: the scroll bar does not know of new ones before they are laid out."""
        each = self.list.height_of(2) - self.list.height_of(1)
        shown = (value + self.list.viewport().height()) // each
        near = shown >= len(self._rows.rows) - NEAR
        if near and self.isVisible() and self._model.more_to_come:
            self._model.more()
        elif not value:
            self._model.catch_up()

    def _open_customer(self) -> None:
        customer_id = self._model.customer_id
        if customer_id is not None and self._ground.go(CUSTOMERS):
            self._ground.seat.people.finder.choose(customer_id)

    def _open_quote(self, quote: QuotedArticle) -> None:
        self._ground.read(quote.article_id, quote.version)
