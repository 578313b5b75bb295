"""The customer's form in words: what each part is called, what is wrong with it (step ⑥)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from agent_app.desk.customer_editor import CustomerEditor, Editing
from agent_app.desk.seat import Seat
from agent_app.domain.customer_edit import (
    EDITING_ROLES,
    Choices,
    CustomerFields,
    CustomField,
    FieldKind,
    Phone,
    Problem,
)
from agent_app.domain.ids import InteractionId
from agent_app.domain.roles import may
from ui.form_model import FormModel
from ui.formatting import phone_number

NOBODY = CustomerFields()
CUSTOM = "custom."


@dataclass(frozen=True, slots=True)
class Typed:
    """``part`` is a field of CustomerFields, or ``custom.`` and the id of a centre's field."""

    part: str
    value: object


class CustomerFormModel(FormModel[CustomerEditor]):
    """View-model of the form."""

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(seat.customers, parent)
        self._seat = seat

    @property
    def allowed(self) -> bool:
        """Whether her role edits customers; one that is not known is asked of the server."""
        return may(self._seat.agent.role, EDITING_ROLES)

    @property
    def typing(self) -> Editing | None:
        return self._desk.editing

    @property
    def fields(self) -> CustomerFields:
        return NOBODY if self.typing is None else self.typing.form.now

    @property
    def choices(self) -> Choices:
        return Choices() if self.typing is None else self.typing.choices

    @property
    def title(self) -> str:
        editing = self.typing
        if editing is None:
            return ""
        if editing.form.is_new:
            return self.tr("New customer")
        name = editing.form.before.name
        return self.tr("Edit {name}").format(name=name) if name else self.tr("Edit the customer")

    @property
    def came_back(self) -> str:
        return self.tr("You had typed this and not saved it.")

    @property
    def note(self) -> str:
        editing = self.typing
        if editing is not None and editing.replacing is not None and not editing.fault:
            return self.tr("The server sent this back. Put it right and save it.")
        return super().note

    def remark(self, part: str) -> str:
        """What is wrong with a part; empty when nothing is."""
        editing = self.typing
        found = () if editing is None else editing.wrong
        problem = next((one.problem for one in found if one.part == part), None)
        return "" if problem is None else self._words(problem)

    @property
    def first_wrong(self) -> str:
        editing = self.typing
        return editing.wrong[0].part if editing is not None and editing.wrong else ""

    def toggle(self) -> None:
        """The key: open the form of the caller on the page, or leave it."""
        if self.typing is not None:
            self._desk.close()
            return
        selected: InteractionId | None = self._seat.focus.selected
        if selected is not None and self.allowed:
            self._desk.open(selected)

    def take(self, typed: Typed) -> None:
        """She typed or chose; kept by the desk at once."""
        if self.typing is None:
            return
        name, value = typed.part, typed.value
        if name.startswith(CUSTOM):
            field_id = name.removeprefix(CUSTOM)
            custom = next(one for one in self.choices.custom if one.field_id == field_id)
            whole = dict(self.fields.custom) | {field_id: custom_value(custom, value)}
            name, value = "custom", whole
        elif name == "phones":
            value = tuple(_phone(line) for line in str(value).splitlines())
        self._desk.change(replace(self.fields, **{name: value}))  # type: ignore[arg-type]

    @property
    def phones_text(self) -> str:
        lines = (f"{phone_number(one.number)}  {one.label}".rstrip() for one in self.fields.phones)
        return "\n".join(lines)

    def save(self) -> None:
        self._desk.save()

    def _words(self, problem: Problem) -> str:
        words = {
            Problem.NO_NAME: self.tr("a name or a number is needed"),
            Problem.NOT_A_NUMBER: self.tr("a line does not begin with a number"),
            Problem.TWICE: self.tr("a number stands here twice"),
            Problem.TOO_MANY: self.tr("too many numbers"),
            Problem.TOO_LONG: self.tr("too long"),
            Problem.NOT_WHOLE: self.tr("type the whole number anew, without stars"),
            Problem.NOT_AN_ID: self.tr("letters and digits only"),
            Problem.NOT_A_VALUE: self.tr("does not fit this field"),
        }
        return words[problem]


def custom_value(custom: CustomField, typed: object) -> object:
    """What was typed as the field's kind; text that is no number stays text and is refused."""
    if custom.kind is not FieldKind.NUMBER or not isinstance(typed, str):
        return typed
    for kind in (int, float):
        with suppress(ValueError):
            return kind(typed)
    return typed


def _phone(line: str) -> Phone:
    """The number as it was typed, with its own blanks, and the words after it."""
    at = next((i for i, one in enumerate(line) if one.isalpha()), len(line))
    return Phone(line[:at].strip(), line[at:].strip())
