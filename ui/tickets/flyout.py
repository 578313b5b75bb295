"""The form of a ticket beside the follow-up: every key of the call stays live (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from agent_app.domain.tickets import CONTACT_LIMIT, TITLE_LIMIT, TicketProblem
from ui.buttons import push_button
from ui.form_flyout import FormFlyout
from ui.keys import KeyAction, KeyMap, is_plain_enter
from ui.rows.clipped import ClippedLabel
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField
from ui.theme import set_style_state
from ui.tickets.form_model import Choices, TicketFormModel

WIDTH_PX = 460
DUE_LIMIT = 40


class TicketFlyout(FormFlyout):
    """Enter sends, but in the details; Esc leaves the form and keeps what was typed."""

    def __init__(self, model: TicketFormModel, keys: KeyMap, anchor: QPushButton) -> None:
        super().__init__("ticket", model, anchor)
        self._model = model
        self._kind = _choice(self, "ticket-kind", self.tr("Kind"))
        self._unit = _choice(self, "ticket-unit", self.tr("Who must answer"))
        self._title_field = _line(self, "ticket-subject", self.tr("About"), TITLE_LIMIT)
        self._body = TextField(name="ticket-body", spoken=self.tr("Details"), least=4, most=8)
        self._contact = _line(self, "ticket-contact", self.tr("Number to call back"), CONTACT_LIMIT)
        self._due = _line(self, "ticket-due", self.tr("Deadline"), DUE_LIMIT)
        self._blocks = {
            TicketProblem.NO_UNIT: Labelled(self.tr("Who must answer"), self._unit),
            TicketProblem.NO_TITLE: Labelled(self.tr("About"), self._title_field),
            TicketProblem.NO_DEADLINE: Labelled(self.tr("Deadline"), self._due),
        }
        self._fields: dict[TicketProblem, QWidget] = {
            TicketProblem.NO_UNIT: self._unit,
            TicketProblem.NO_TITLE: self._title_field,
            TicketProblem.NO_DEADLINE: self._due,
        }
        self._meant = ClippedLabel(lines=2, name="ticket-meant", role="caption")
        self.send_button = push_button(
            self, "ticket-send-button", self.tr("Send"), keys.text(KeyAction.SEND_FORM)
        )
        self._lay_out()
        self._connect()
        self.finish(self.send_button, WIDTH_PX)

    def _lay_out(self) -> None:
        first = _side_by_side(
            Labelled(self.tr("Kind"), self._kind),
            self._blocks[TicketProblem.NO_UNIT],
            shares=(2, 3),
        )
        last = _side_by_side(
            Labelled(self.tr("Number to call back"), self._contact),
            self._blocks[TicketProblem.NO_DEADLINE],
            shares=(1, 1),
        )
        self.body.addLayout(first)
        self.body.addWidget(self._blocks[TicketProblem.NO_TITLE])
        self.body.addWidget(Labelled(self.tr("Details"), self._body), 1)
        self.body.addLayout(last)
        self.body.addWidget(self._meant)

    def _connect(self) -> None:
        for choice in (self._kind, self._unit):
            choice.activated.connect(self._on_typed)
        for line in (self._title_field, self._contact):
            line.textEdited.connect(self._on_typed)
        self._due.textEdited.connect(self._on_due)
        self._body.edited.connect(self._on_typed)
        self.send_button.clicked.connect(self.send)

    def send(self) -> None:
        """On a refusal the cursor goes to what is missing."""
        if not self.isVisible():
            return
        self._model.send()
        problem = self._model.problem
        if problem is not None:
            self._fields[problem].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_button = isinstance(QApplication.focusWidget(), QPushButton)
        if is_plain_enter(event) and not on_button:
            self.send()
        else:
            super().keyPressEvent(event)

    def want(self) -> None:
        form = self._model.form
        if form is None or not self._anchor.isVisible():  # she went to another page meanwhile
            self._model.leave()
            return
        self.show_title(self._model.title)
        _offer(self._kind, self._model.kinds, form.kind.value)
        _offer(self._unit, self._model.units, form.unit_id)
        self._title_field.setText(form.title)
        self._title_field.setCursorPosition(0)
        self._body.show_fresh(form.body)
        self._contact.setText(self._model.contact)
        self._due.setText(self._model.due)
        self._show_state()
        self.open(self._unit if form.title else self._title_field)

    def _show_state(self) -> None:
        super()._show_state()
        for problem, block in self._blocks.items():
            block.show_remark(self._model.remark(problem))
        self._meant.setText(self._model.meant)
        set_style_state(self._meant, "state", "fault" if self._model.is_late else "")

    def _on_typed(self) -> None:
        self._model.type(
            kind=str(self._kind.currentData()),
            unit=str(self._unit.currentData()),
            title=self._title_field.text(),
            body=self._body.toPlainText(),
            contact=self._contact.text(),
        )
        if not self._due.hasFocus():
            self._due.setText(self._model.due)
        self._show_state()

    def _on_due(self, text: str) -> None:
        self._model.type_due(text)
        self._show_state()


def _choice(parent: QWidget, name: str, spoken: str) -> QComboBox:
    box = QComboBox(parent)
    box.setObjectName(name)
    box.setAccessibleName(spoken)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _offer(box: QComboBox, choices: Choices, chosen: str) -> None:
    with QSignalBlocker(box):
        box.clear()
        for key, word in choices:
            box.addItem(word, key)
        box.setCurrentIndex(max(0, box.findData(chosen)))


def _line(parent: QWidget, name: str, spoken: str, longest: int) -> QLineEdit:
    field = QLineEdit(parent)
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setMaxLength(longest)
    return field


def _side_by_side(left: QWidget, right: QWidget, *, shares: tuple[int, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(left, shares[0])
    row.addWidget(right, shares[1])
    return row
