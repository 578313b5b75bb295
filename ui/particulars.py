"""What else is known of a person, masked values among it, and how to see them whole (⑤, ⑥).

The caller's card and the page of customers show the same: whoever looks is asked why.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from agent_app.desk.reveals import CUSTOM, ID_NUMBER, Reveal, RevealFault, Reveals
from agent_app.domain.customers import Customer
from ui.keys import KeyAction, KeyMap
from ui.record_words import custom_name, part_name, yes_no
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row

STAR = "*"
"""What the server puts for each character that only a deliberate look shows."""
SHOWN_ROWS = 5


def is_masked(text: str) -> bool:
    return STAR in text


class ParticularsModel(QObject):
    """ID number and the centre's own fields of the person who is shown.

    Signals:
        changed: read the properties again.
    """

    changed = Signal()

    def __init__(
        self, reveals: Reveals, *, only_masked: bool = False, parent: QObject | None = None
    ) -> None:
        """``only_masked``: the others are shown elsewhere."""
        super().__init__(parent)
        self._reveals = reveals
        self._only_masked = only_masked
        self._customer: Customer | None = None
        reveals.changed.connect(self._on_reveal)

    def show(self, customer: Customer | None) -> None:
        """Somebody else, or the same with news; what was shown of the one before is hidden."""
        before, self._customer = self._customer, customer
        shown = self._reveals.shown
        left = before is not None and before.customer_id != (customer and customer.customer_id)
        if left and before is not None and shown and shown.customer_id == before.customer_id:
            self._reveals.hide()
        self.changed.emit()

    @property
    def rows(self) -> tuple[Row, ...]:
        """A row each; the key is the field as the wire names it."""
        customer = self._customer
        if customer is None:
            return ()
        known = [(ID_NUMBER, part_name(ID_NUMBER), customer.id_number)]
        for one in customer.custom:
            text = yes_no(one.value) if isinstance(one.value, bool) else one.value
            known.append((CUSTOM + one.field_id, custom_name(one), text))
        return tuple(
            self._row(*one)
            for one in known
            if one[2] and (is_masked(one[2]) or not self._only_masked)
        )

    @property
    def status(self) -> str:
        """How long a value stays, or why it cannot be shown."""
        shown = self._shown
        if shown is None:
            return ""
        if shown.asking:
            return self.tr("Asking the server …")
        words = {
            RevealFault.NONE: self.tr("Shown for 30 seconds; who looked and why is kept."),
            RevealFault.NO_SERVER: self.tr(
                "This needs the server, and it cannot be reached. Try again when it is there."
            ),
            RevealFault.REFUSED: self.tr("The server does not show it: {reason}").format(
                reason=shown.detail
            ),
            RevealFault.NOTHING: self.tr("The server has no more than this."),
        }
        return words[shown.fault]

    @property
    def is_fault(self) -> bool:
        return self._shown is not None and self._shown.fault is not RevealFault.NONE

    @property
    def first_masked(self) -> str:
        return next((row.key for row in self.rows if self.can_ask(row.key)), "")

    def can_ask(self, key: str) -> bool:
        """Whether the row is masked, shown as such, and hers to see whole."""
        row = next((one for one in self.rows if one.key == key), None)
        return row is not None and bool(row.trail)

    def reasons(self) -> tuple[str, ...]:
        """What she may want it for, as it will be kept."""
        return (
            self.tr("Check that the caller is who he says"),
            self.tr("Handle the caller's request"),
            self.tr("Correct the customer's data"),
        )

    def ask(self, key: str, reason: str) -> None:
        if self._customer is not None and self.can_ask(key):
            self._reveals.reveal(self._customer.customer_id, key, reason)

    @property
    def _shown(self) -> Reveal | None:
        """Only what was asked about the person who is shown."""
        shown, customer = self._reveals.shown, self._customer
        if shown is None or customer is None or shown.customer_id != customer.customer_id:
            return None
        return shown

    def _row(self, key: str, name: str, text: str) -> Row:
        shown = self._shown
        whole = shown.value if shown is not None and shown.field == key else ""
        masked = is_masked(text) and not whole and self._reveals.allowed
        line = self.tr("{name}: {value}").format(name=name, value=whole or text)
        trail = self.tr("show …") if masked else ""
        return Row(key=key, title=line, trail=trail, tip=line)

    def _on_reveal(self, _reveal: Reveal | None) -> None:
        self.changed.emit()


class Particulars(QWidget):
    """A list; a masked row asks why before it is shown. ``where`` begins its objects' names."""

    def __init__(
        self,
        model: ParticularsModel,
        keys: KeyMap,
        *,
        where: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._rows = RowList(RowModel(self), lines=0)
        self._rows.setObjectName(f"{where}particular-list")
        self._rows.setAccessibleName(self.tr("Particulars; a masked one can be shown"))
        self._rows.setToolTip(keys.text(KeyAction.REVEAL))
        self._status = ClippedLabel(lines=3, name=f"{where}reveal-status", role="muted")
        self._menu = QMenu(self)
        self._menu.setObjectName(f"{where}reveal-menu")
        self._key = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._rows)
        status = QVBoxLayout()
        status.setContentsMargins(8, 0, 8, 0)
        status.addWidget(self._status)
        layout.addLayout(status)
        self._rows.chosen.connect(self._ask)
        self._menu.triggered.connect(self._on_reason)
        model.changed.connect(self._show)
        self._show()

    def ask_first(self) -> None:
        """The key: the first that is masked."""
        self._ask(self._model.first_masked)

    def _ask(self, key: str) -> None:
        if not self._model.can_ask(key):
            return
        self._key = key
        self._menu.clear()
        heading = QAction(self.tr("What do you need it for?"), self._menu)
        heading.setEnabled(False)
        self._menu.addAction(heading)
        for reason in self._model.reasons():
            action = QAction(reason, self._menu)
            action.setData(reason)
            self._menu.addAction(action)
        self._menu.popup(self._rows.mapToGlobal(QPoint(0, self._rows.height())))
        self._menu.setActiveAction(self._menu.actions()[1])

    def _on_reason(self, action: QAction) -> None:
        self._model.ask(self._key, str(action.data()))

    def _show(self) -> None:
        rows, status = self._model.rows, self._model.status
        if rows != self._rows.row_model.rows:
            self._rows.row_model.show_rows(rows)
            self._rows.setFixedHeight(self._rows.height_of(min(len(rows), SHOWN_ROWS)))
        if status != self._status.text() or not status:
            self._status.setText(status)
            self._status.setVisible(bool(status))
        self.setVisible(bool(rows))
