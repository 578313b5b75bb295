"""The page of customers: search at the left, what was chosen at the right (M18, step ⑥).

By keyboard: type, ↓ goes into the list, Enter opens; with nobody found, Enter asks the server.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.duplicates import TwinPair
from agent_app.domain.ids import CustomerId
from ui.customers.details import CustomerDetails
from ui.customers.details_model import CustomerDetailsModel
from ui.customers.duplicates import DuplicatesPanel
from ui.customers.export_panel import ExportPanel
from ui.customers.files_model import ImportModel
from ui.customers.import_panel import ImportPanel
from ui.customers.model import CustomersModel
from ui.icons import icon_for
from ui.rail.spec import PageGround
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.scrolled import Scrolled
from ui.search_field import SearchField
from ui.theme import set_style_state

LIST_WIDTH_PX = 360


class CustomersPage(QWidget):
    """Finding, details, duplicates, import and export beside each other."""

    def __init__(self, ground: PageGround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customers-page")
        self.setProperty("role", "page")
        self._ground = ground
        people = ground.seat.people
        self._model = CustomersModel(ground.seat, self)
        self._details_model = CustomerDetailsModel(ground.seat, self)
        self._twin_of = ""
        self._search = SearchField(self)
        self._search.setObjectName("customer-search-field")
        self._search.setAccessibleName(self.tr("Search customers"))
        self._search.setPlaceholderText(self.tr("Name, pinyin, number, company, region"))
        self._ask = self._button("customer-ask-button", self.tr("Ask the server"), "server")
        self._new = self._button("customer-new-button", self.tr("New"), "plus")
        self._doubles = self._button("customer-duplicates-button", self.tr("Duplicates"), "people")
        self._import = self._button("customer-import-button", self.tr("Import"), "incoming")
        self._export = self._button("customer-export-button", self.tr("Export"), "outgoing")
        self._note = ClippedLabel(lines=2, name="customer-twin-note")
        self._note.setProperty("chip", "warning")
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=2, parent=self)
        self._list.setObjectName("customer-list")
        self._list.setAccessibleName(self.tr("Customers found"))
        self._status = ClippedLabel(lines=2, name="customer-search-status", role="muted")
        self.details = CustomerDetails(self._details_model, ground.keys)
        self._duplicates = DuplicatesPanel(people.merging)
        self._import_panel = ImportPanel(ImportModel(people.importing, self))
        self._export_panel = ExportPanel(people.exporting)
        self._right = QStackedWidget()
        self._right.setObjectName("customer-right")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._search)
        self._search.setText(self._model.text)
        self._show()
        self._show_details()

    def edit_customer(self) -> None:
        """The key that edits the caller on the desk's page edits the one shown here."""
        if self._model.may_edit:
            self._details_model.edit()

    def show_masked(self) -> None:
        """As on the card: the first masked value, once she says why."""
        if self._right.currentWidget() is self._places[self.details]:
            self.details.secrets.ask_first()

    def _button(self, name: str, word: str, icon: str) -> QPushButton:
        button = QPushButton(word, self)
        button.setObjectName(name)
        icon_for(button, icon, size=16)
        return button

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "panel")
        left.setFixedWidth(LIST_WIDTH_PX)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._search, 1)
        line.addWidget(self._ask)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._note)
        column.addWidget(self._list, 1)
        column.addWidget(self._status)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        for button in (self._new, self._doubles, self._import, self._export):
            acts.addWidget(button)
        self._empty = ClippedLabel(
            self.tr("Choose a customer at the left."), lines=2, name="customer-none", role="muted"
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._places = {
            panel: Scrolled(panel)
            for panel in (self.details, self._duplicates, self._import_panel, self._export_panel)
        }
        for place in (self._empty, *self._places.values()):
            self._right.addWidget(place)
        right = QFrame()
        right.setProperty("role", "panel")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(8)
        inside.addLayout(acts)
        inside.addWidget(self._right, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(left)
        layout.addWidget(right, 1)

    def _connect(self) -> None:
        merging = self._ground.seat.people.merging
        self._search.textEdited.connect(self._model.look_for)
        self._search.stepped.connect(self._list.step)
        self._search.entered.connect(self._on_enter)
        self._search.left.connect(self._on_left)
        self._ask.clicked.connect(self._model.ask_server)
        self._list.chosen.connect(self._choose)
        self._new.clicked.connect(self._model.make_new)
        self._doubles.clicked.connect(self._open_duplicates)
        self._import.clicked.connect(self._open_import)
        self._export.clicked.connect(self._open_export)
        self.details.number_clicked.connect(self._ground.dial)
        self.details.twin_wanted.connect(self._look_for_twin)
        merging.pair_ready.connect(self._compare)
        for panel in (self._duplicates, self._import_panel, self._export_panel):
            panel.closed.connect(self._back)
        self._model.changed.connect(self._show)
        self._details_model.changed.connect(self._show_details)

    def _show(self) -> None:
        model = self._model
        self._list.set_empty_text(model.empty_text)
        self._rows.show_rows(model.rows)
        self._list.select(self._rows.position(model.selected))
        self._status.setText(model.status)
        set_style_state(self._status, "state", "fault" if model.is_fault else "")
        self._ask.setEnabled(model.can_ask)
        self._search.setEnabled(model.may_read)
        self._ask.setVisible(model.may_read)
        self._new.setVisible(model.may_edit)
        self._doubles.setVisible(model.may_merge)
        self._import.setVisible(model.may_import)
        self._export.setVisible(model.may_export)
        self.details.allow(edit=model.may_edit, merge=model.may_merge)
        self._note.setVisible(bool(self._twin_of))

    def _show_details(self) -> None:
        shown = self._right.currentWidget()
        if shown in (self._empty, self._places[self.details]):
            self._back()
        self._list.select(self._rows.position(self._model.selected))

    def _back(self) -> None:
        known = self._details_model.customer is not None
        self._right.setCurrentWidget(self._places[self.details] if known else self._empty)

    def _choose(self, key: str) -> None:
        if self._twin_of and self._twin_of != key:
            one, self._twin_of = self._twin_of, ""
            self._ground.seat.people.merging.compare(CustomerId(one), CustomerId(key))
            self._show()
            return
        self._model.choose(key)
        self._right.setCurrentWidget(self._places[self.details])

    def _look_for_twin(self) -> None:
        """The next one that is chosen in the list stands beside this one."""
        self._twin_of = self._model.selected
        self._note.setText(self.tr("Choose who is the same as {name}. Esc leaves it.").format(
            name=self._details_model.title))  # fmt: skip
        self._show()
        self._search.setFocus()

    def _compare(self, pair: TwinPair) -> None:
        self._duplicates.compare(pair)
        self._right.setCurrentWidget(self._places[self._duplicates])

    def _open_duplicates(self) -> None:
        self._leave_twin()
        self._duplicates.open()
        self._right.setCurrentWidget(self._places[self._duplicates])

    def _open_import(self) -> None:
        self._leave_twin()
        self._right.setCurrentWidget(self._places[self._import_panel])

    def _open_export(self) -> None:
        self._leave_twin()
        self._right.setCurrentWidget(self._places[self._export_panel])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.watch(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._twin_of:
            self._on_left()
        else:
            super().keyPressEvent(event)

    def _on_left(self) -> None:
        """Esc: nobody is compared, or what was typed goes."""
        if self._twin_of:
            self._leave_twin()
        else:
            self._search.clear()
            self._model.look_for("")

    def _leave_twin(self) -> None:
        """Nobody is compared any more."""
        if self._twin_of:
            self._twin_of = ""
            self._show()

    def _on_enter(self) -> None:
        """Opens the one that is marked, else the first; where there is nobody, asks the server."""
        if not self._rows.rows:
            self._model.ask_server()
            return
        if not self._list.current_key:
            self._list.select(0)
        self._list.choose_current()
