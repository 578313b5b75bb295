"""Editing a customer: what may be typed, what was changed, what is wrong with it (step ⑥).

Only what she changed goes out, each part with the version she saw it in. An ID number is here with
its middle hidden; typing replaces the whole of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from agent_app.domain.customers import CustomerKind
from agent_app.domain.ids import CustomerId, InteractionId, OperationId
from agent_app.domain.numbers import Number

EDITING_ROLES = frozenset({"agent", "specialist", "supervisor"})
"""Who may edit customers; the server has the last word."""

LINE_LIMIT = 1_000
NOTES_LIMIT = 20_000
ID_LIMIT = 40
PHONES_LIMIT = 50
_SHOWN, _STAR = 4, "*"


@dataclass(frozen=True, slots=True)
class Phone:
    """``number`` is E.164 or an exact short code once it is saved, before as it was typed."""

    number: str
    label: str = ""


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that the centre defined; ``choices`` are pairs of id and name."""

    field_id: str
    name: str
    name_en: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    segment_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the centre lets her choose from."""

    segments: tuple[Segment, ...] = ()
    custom: tuple[CustomField, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomerFields:
    """Everything of a customer that can be edited."""

    kind: str = CustomerKind.PERSON.value
    name: str = ""
    segment_id: str | None = None
    region: str = ""
    company: str = ""
    address: str = ""
    id_number: str = ""
    warning: str = ""
    notes: str = ""
    phones: tuple[Phone, ...] = ()
    custom: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """A customer as she began to edit it, and as it is now.

    ``base`` is the server's version of each part she saw, ``seen`` the edits of this seat that
    were in what she saw and not at the server yet. ``interaction_id`` is the call a new customer
    is made for.
    """

    customer_id: CustomerId
    before: CustomerFields
    now: CustomerFields
    base: Mapping[str, int] = field(default_factory=dict)
    seen: tuple[OperationId, ...] = ()
    is_new: bool = False
    interaction_id: InteractionId | None = None

    @property
    def changed(self) -> bool:
        return self.now != self.before


class Problem(StrEnum):
    NO_NAME = "no-name"  # and no number either
    NOT_A_NUMBER = "not-a-number"
    TWICE = "twice"
    TOO_MANY = "too-many"
    TOO_LONG = "too-long"
    NOT_WHOLE = "not-whole"  # a hidden ID number was changed in part
    NOT_AN_ID = "not-an-id"
    NOT_A_VALUE = "not-a-value"  # of a field the centre defined


@dataclass(frozen=True, slots=True)
class Wrong:
    """``part`` is a field of CustomerFields, or ``custom.`` and the id of a centre's field."""

    part: str
    problem: Problem


def whole(fields: CustomerFields) -> CustomerFields:
    """Fit to be kept: half a character, as a widget may hand over, and NUL go into no file."""
    found = {name: _whole_value(value) for name, value in _wire(fields).items()}
    phones = tuple(Phone(_whole_text(p.number), _whole_text(p.label)) for p in fields.phones)
    custom = {key: _whole_value(value) for key, value in fields.custom.items()}
    return CustomerFields(**(found | {"phones": phones, "custom": custom}))  # type: ignore[arg-type]


def tidy(fields: CustomerFields, number: Callable[[str], Number]) -> CustomerFields:
    """As it is saved: no blanks around, numbers in their normal form, empty lines left out."""
    phones = (Phone(p.number.strip(), p.label.strip()) for p in fields.phones)
    return replace(
        fields,
        name=fields.name.strip(),
        region=fields.region.strip(),
        company=fields.company.strip(),
        address=fields.address.strip(),
        id_number="".join(fields.id_number.split()).upper(),
        warning=fields.warning.strip(),
        notes=fields.notes.strip(),
        phones=tuple(replace(p, number=number(p.number).normal or p.number)
                     for p in phones if p.number or p.label),
        custom={key: value for key, value in fields.custom.items() if value not in ("", None)},
    )  # fmt: skip


def wrong(
    form: CustomerForm, choices: Choices, number: Callable[[str], Number]
) -> tuple[Wrong, ...]:
    """All that keeps a tidied form from being saved, in the order of the fields."""
    now = form.now
    found = []
    if not now.name and not now.phones:
        found.append(Wrong("name", Problem.NO_NAME))
    for part, limit in (("name", LINE_LIMIT), ("region", LINE_LIMIT), ("company", LINE_LIMIT),
                        ("address", LINE_LIMIT), ("warning", LINE_LIMIT),
                        ("notes", NOTES_LIMIT)):  # fmt: skip
        if len(getattr(now, part)) > limit:
            found.append(Wrong(part, Problem.TOO_LONG))
    found += _wrong_id(form)
    found += _wrong_phones(now.phones, number)
    for custom in choices.custom:
        value = now.custom.get(custom.field_id)
        if value is not None and value != form.before.custom.get(custom.field_id):
            found += _wrong_custom(custom, value)
    return tuple(found)


def changes(before: CustomerFields, now: CustomerFields) -> dict[str, object]:
    """The parts that differ, by their names on the wire; a new customer differs from nothing."""
    return {name: value for name, value in _wire(now).items() if value != _wire(before)[name]}


def everything(fields: CustomerFields) -> dict[str, object]:
    """All parts by their names on the wire, for a customer the server does not know yet."""
    return _wire(fields)


def mask(number: str) -> str:
    """An ID number as a seat may keep it: four characters at each end, stars between."""
    hidden = len(number) - 2 * _SHOWN
    if hidden < _SHOWN:
        return _STAR * len(number)
    return number[:_SHOWN] + _STAR * hidden + number[-_SHOWN:]


def _wire(fields: CustomerFields) -> dict[str, object]:
    return {
        "kind": fields.kind,
        "name": fields.name,
        "segment_id": fields.segment_id,
        "region": fields.region,
        "company": fields.company,
        "address": fields.address,
        "id_number": fields.id_number,
        "warning": fields.warning,
        "notes": fields.notes,
        "phones": [{"number": p.number, "label": p.label} for p in fields.phones],
        "custom": dict(fields.custom),
    }


def _whole_value(value: object) -> object:
    return _whole_text(value) if isinstance(value, str) else value


def _whole_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _wrong_id(form: CustomerForm) -> list[Wrong]:
    number = form.now.id_number
    if number == form.before.id_number or not number:
        return []
    if _STAR in number:
        return [Wrong("id_number", Problem.NOT_WHOLE)]
    if len(number) > ID_LIMIT:
        return [Wrong("id_number", Problem.TOO_LONG)]
    plain = number[0].isalnum() and all(one.isalnum() or one in "./()-" for one in number)
    if not (plain and number.isascii()):
        return [Wrong("id_number", Problem.NOT_AN_ID)]
    return []


def _wrong_phones(phones: tuple[Phone, ...], number: Callable[[str], Number]) -> list[Wrong]:
    if len(phones) > PHONES_LIMIT:
        return [Wrong("phones", Problem.TOO_MANY)]
    if any(len(one.label) > LINE_LIMIT for one in phones):
        return [Wrong("phones", Problem.TOO_LONG)]
    if any(len(number(one.number).normal) < 2 for one in phones):
        return [Wrong("phones", Problem.NOT_A_NUMBER)]
    if len({one.number for one in phones}) < len(phones):
        return [Wrong("phones", Problem.TWICE)]
    return []


def _wrong_custom(custom: CustomField, value: object) -> list[Wrong]:
    match custom.kind:
        case FieldKind.TEXT:
            good = isinstance(value, str) and len(value) <= NOTES_LIMIT
        case FieldKind.NUMBER:
            good = isinstance(value, int | float) and not isinstance(value, bool)
        case FieldKind.DATE:
            good = isinstance(value, str) and _is_day(value)
        case FieldKind.CHOICE:
            good = value in {key for key, _ in custom.choices}
        case FieldKind.YES_NO:
            good = isinstance(value, bool)
    name = f"custom.{custom.field_id}"
    if not good:
        return [Wrong(name, Problem.NOT_A_VALUE)]
    if custom.sensitive and _STAR in str(value):
        return [Wrong(name, Problem.NOT_WHOLE)]
    return []


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
