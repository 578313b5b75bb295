"""Which person is it: a small search on the card, by key and mouse (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from agent_app.desk.caller import CallerDesk
from agent_app.desk.person_search import PersonsFound
from agent_app.domain.customer_search import CustomerHit
from agent_app.domain.ids import CustomerId
from ui.caller.view_model import CallerViewModel
from ui.formatting import joined, phone_number
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.search_field import SearchField
from ui.tab_order import put_after

TYPED_MAX = 200
SHOWN_PEOPLE = 4


class FinderModel(QObject):
    """What was found for the call that the page shows.

    Signals:
        changed: read the properties again.
        done: it was said who it is, or another call is shown.
    """

    changed = Signal()
    done = Signal()

    def __init__(
        self, view: CallerViewModel, caller: CallerDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._caller = caller
        self._selected = view.selected
        self._found = PersonsFound()
        caller.search.found.connect(self._on_found)
        view.changed.connect(self._on_view)

    @property
    def allowed(self) -> bool:
        """Whether there is a call of which it can be said."""
        return self._view.editable

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(hit) for hit in self._found.people.hits)

    @property
    def status(self) -> str:
        """What to do, or why there is nothing; empty while the rows speak for themselves."""
        if self._found.fault:
            text = self.tr("The customer data cannot be read: {reason}")
            return text.format(reason=self._found.fault)
        if not self._found.text:
            return self.tr("Type a name, pinyin, a number or a company.")
        if not self._found.people.hits:
            return self.tr("Nobody fits what you typed.")
        if self._found.people.more:
            return self.tr("There are more: type on.")
        return ""

    @property
    def can_be_nobody(self) -> bool:
        """Whether somebody is on the card who may not be the caller."""
        return self._view.customer is not None

    def look_for(self, text: str) -> None:
        self._caller.search.look_for(text)

    def choose(self, key: str) -> None:
        self._link(CustomerId(key))

    def choose_nobody(self) -> None:
        self._link(None)

    def _link(self, customer_id: CustomerId | None) -> None:
        if self._selected is not None:
            self._caller.relinking.link(self._selected, customer_id)
            self.done.emit()

    def _on_found(self, found: PersonsFound) -> None:
        self._found = found
        self.changed.emit()

    def _on_view(self) -> None:
        if self._view.selected != self._selected:
            self._selected = self._view.selected
            self.done.emit()
        self.changed.emit()

    def _row(self, hit: CustomerHit) -> Row:
        facts = (phone_number(hit.number) if hit.number else "", hit.company, hit.region)
        shown = self._view.customer
        return Row(
            key=hit.customer_id,
            title=hit.name,
            lines=(joined(*facts),),
            trail=self.tr("on the card")
            if shown is not None and shown.customer_id == hit.customer_id
            else hit.segment,
            badge=self.tr("not sent yet") if hit.provisional else "",
        )


class Finder(QFrame):
    """Unfolds on the card; Escape and a choice fold it again.

    Signals:
        folded: the keyboard is free again.
    """

    folded = Signal()

    def __init__(self, model: FinderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("person-finder")
        self.setProperty("role", "notice")
        self._field = SearchField(self)
        self._field.setObjectName("person-field")
        self._field.setMaxLength(TYPED_MAX)
        self._field.setAccessibleName(self.tr("Who is calling: name, pinyin, number or company"))
        self._field.setPlaceholderText(self.tr("Name, pinyin, number, company"))
        self._rows = RowList(RowModel(self), lines=1)
        self._rows.setObjectName("person-list")
        self._rows.setAccessibleName(self.tr("People who fit"))
        self._status = ClippedLabel(lines=3, name="person-status", role="muted")
        self._nobody = QPushButton(self.tr("Nobody who is known"))
        self._nobody.setObjectName("person-nobody")
        self._nobody.setProperty("kind", "inline")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        for widget in (self._field, self._rows, self._status):
            layout.addWidget(widget)
        layout.addWidget(self._nobody, alignment=Qt.AlignmentFlag.AlignLeft)
        self._field.textChanged.connect(model.look_for)
        self._field.stepped.connect(self._rows.step)
        self._field.entered.connect(self._rows.choose_current)
        self._field.left.connect(self.fold)
        self._rows.chosen.connect(model.choose)
        self._nobody.clicked.connect(model.choose_nobody)
        model.changed.connect(self._on_changed)
        model.done.connect(self.fold)
        self.hide()

    def want(self) -> None:
        """Unfold with the cursor in the field, or fold."""
        if self.isHidden() and self._model.allowed:
            self._show()
            self.show()
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.fold()

    def follow(self, before: QWidget) -> None:
        """Tab goes from ``before`` into it."""
        put_after(before, self._field, self._rows, self._nobody)

    def fold(self) -> None:
        if not self.isHidden():
            held = self.isAncestorOf(self.focusWidget() or self)
            self.hide()
            self._field.clear()
            if held:
                self.folded.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.fold()
        else:
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        if not self.isHidden():  # nothing of it is on the way of a ringing call
            self._show()

    def _show(self) -> None:
        rows, status = self._model.rows, self._model.status
        if rows != self._rows.row_model.rows:
            self._rows.row_model.show_rows(rows)
            self._rows.select(0 if rows else -1)
        self._rows.setVisible(bool(rows))
        self._rows.setFixedHeight(self._rows.height_of(min(len(rows), SHOWN_PEOPLE)))
        self._status.setText(status)
        self._status.setVisible(bool(status))
        self._nobody.setVisible(self._model.can_be_nobody)
