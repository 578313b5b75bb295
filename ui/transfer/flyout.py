"""Colleagues, queues and numbers in one field; ask first or pass on at once (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from agent_app.domain.ids import InteractionId
from ui.flyout import Flyout
from ui.icons import icon_for
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel, plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.theme import set_style_state
from ui.transfer.field import TargetField
from ui.transfer.model import TransferModel, TransferView

WIDTH_PX = 440
ROWS = 8


class TransferFlyout(Flyout):
    """Under the transfer button; the caller hears nothing of it until she has chosen."""

    def __init__(self, model: TransferModel, keys: KeyMap, anchor: QWidget) -> None:
        super().__init__("transfer", "", anchor)
        self.show_title(self.tr("Transfer"))
        self._model = model
        self._opened_with_consult = False
        self._field = TargetField(self)
        self._field.setObjectName("transfer-field")
        self._field.setPlaceholderText(self.tr("Name, extension, queue or number"))
        self._field.setAccessibleName(self.tr("Whom to transfer the call to"))
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=0, focusable=False, parent=self)
        self._list.setObjectName("transfer-list")
        self._list.setProperty("role", "popup")
        self._list.setAccessibleName(self.tr("Who can take the call"))
        self._list.set_empty_text(self.tr("Nobody by this name. Type a whole number to call it."))
        self._note = ElidedLabel(name="transfer-note", role="caption")
        enter = self.tr("Enter")
        self._consult = self._button("consult", "transfer-consult-button", self.tr("Ask first"),
                                     f"{enter} · {keys.text(KeyAction.CONSULT)}")  # fmt: skip
        self._pass_on = self._button("transfer", "transfer-now-button", self.tr("Pass on now"),
                                     f"Ctrl+{enter} · {keys.text(KeyAction.TRANSFER)}")  # fmt: skip
        self._consult.setProperty("kind", "primary")
        self._lay_out()
        self._connect()

    def _button(self, icon: str, name: str, word: str, keys: str) -> QPushButton:
        button = QPushButton(f"{word}  {keys}", self)
        button.setObjectName(name)
        button.setAccessibleName(word)
        icon_for(button, icon)
        return button

    def _lay_out(self) -> None:
        self._list.setFixedHeight(self._list.height_of(ROWS))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._pass_on, self._consult):
            buttons.addWidget(button, 1)
        hint = plain_label(
            self.tr("The caller waits with music while you ask; Esc closes this list."),
            role="caption")  # fmt: skip
        for widget in (self._field, self._list, self._note):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)
        self.body.addWidget(hint)
        self.setFixedWidth(WIDTH_PX)

    def _connect(self) -> None:
        self._field.textEdited.connect(self._model.search)
        self._field.stepped.connect(self._list.step)
        self._field.consult_wanted.connect(self._do_consult)
        self._field.pass_on_wanted.connect(self._do_pass_on)
        self._consult.clicked.connect(self._do_consult)
        self._pass_on.clicked.connect(self._do_pass_on)
        self._list.clicked.connect(self._back_to_field)
        self._list.doubleClicked.connect(self._do_consult)
        self.closed.connect(self._model.close)
        self._model.changed.connect(self._show)

    def want(self, interaction_id: str, ask_first: bool) -> None:
        """F4 or F5: the first press opens the list, the next one acts on the marked row."""
        if self.isVisible():
            (self._do_consult if ask_first else self._do_pass_on)()
            return
        self._field.clear()
        self._model.open(InteractionId(interaction_id))
        self._show(self._model.view)
        self._list.select(0)
        self.open(self._field)

    def _show(self, view: TransferView) -> None:
        marked, place = self._list.current_key, self._list.verticalScrollBar().value()
        self.show_title(self.tr("Transfer {who}").format(who=view.about))
        self._rows.show_rows(view.rows)
        self._list.select(max(0, self._rows.position(marked)) if view.rows else -1)
        if marked and self._rows.position(marked) >= 0:
            self._list.verticalScrollBar().setValue(place)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        set_style_state(self._note, "state", "" if view.possible else "fault")
        for button in (self._consult, self._pass_on):
            button.setEnabled(view.possible and bool(view.rows))

    def _back_to_field(self) -> None:
        self._field.setFocus()

    def _do_consult(self) -> None:
        if self._model.consult(self._list.current_key):
            self.dismiss()

    def _do_pass_on(self) -> None:
        if self._model.pass_on(self._list.current_key):
            self.dismiss()
