"""The words for the parts of a record and their values, in editor, inbox and outbox (step ⑥)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.domain.customer_edit import Choices, CustomField, FieldKind
from agent_app.domain.customers import CustomValue
from agent_app.domain.gaps import GapState
from agent_app.domain.knowledge import Category
from agent_app.domain.tickets import TicketKind, TicketState
from ui.formatting import appointment, phone_number
from ui.gaps.words import state_word as gap_state
from ui.language import in_chinese
from ui.tickets.words import kind_word as ticket_kind


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the ids that stand in records; an id that is not known is shown as it is."""

    choices: Choices = field(default_factory=Choices)
    categories: Mapping[str, str] = field(default_factory=dict)


def part_name(name: str) -> str:
    """What a part of a record is called; empty for one that means nothing to an agent."""
    words = {
        "kind": QCoreApplication.translate("Record", "Kind"),
        "name": QCoreApplication.translate("Record", "Name"),
        "segment_id": QCoreApplication.translate("Record", "Segment"),
        "region": QCoreApplication.translate("Record", "Region"),
        "company": QCoreApplication.translate("Record", "Company"),
        "address": QCoreApplication.translate("Record", "Address"),
        "id_number": QCoreApplication.translate("Record", "ID number"),
        "warning": QCoreApplication.translate("Record", "Warning"),
        "notes": QCoreApplication.translate("Record", "Notes"),
        "phones": QCoreApplication.translate("Record", "Numbers"),
        "custom": QCoreApplication.translate("Record", "Other fields"),
        "basis": QCoreApplication.translate("Record", "Basis"),
        "keywords": QCoreApplication.translate("Record", "Keywords"),
        "valid_from": QCoreApplication.translate("Record", "In force from"),
        "valid_until": QCoreApplication.translate("Record", "In force until"),
        "note": QCoreApplication.translate("Record", "Note"),
        "remark": QCoreApplication.translate("Record", "Remark"),
        "category_id": QCoreApplication.translate("Record", "Category"),
        "question": QCoreApplication.translate("Record", "Question"),
        "answer": QCoreApplication.translate("Record", "Answer"),
        "customer_name": QCoreApplication.translate("Record", "Caller"),
        "follow_up": QCoreApplication.translate("Record", "Follow-up"),
        "quotes": QCoreApplication.translate("Record", "Quoted articles"),
        "asked": QCoreApplication.translate("Record", "What was asked"),
        "missing": QCoreApplication.translate("Record", "What is missing"),
        "state": QCoreApplication.translate("Record", "State"),
        "outcome": QCoreApplication.translate("Record", "Outcome"),
        "contact": QCoreApplication.translate("Record", "Number to call back"),
        "holder_name": QCoreApplication.translate("Record", "Who must answer"),
        "due_at": QCoreApplication.translate("Record", "Deadline"),
        "title": QCoreApplication.translate("Record", "Title"),
        "body": QCoreApplication.translate("Record", "Text"),
    }
    return words.get(name, "")


def kind_name(kind: str) -> str:
    if kind == "company":
        return QCoreApplication.translate("Record", "Company")
    return QCoreApplication.translate("Record", "Person")


def custom_name(custom: CustomField | CustomValue) -> str:
    """In the language of the screen, as far as the centre named it there."""
    return custom.name if in_chinese() or not custom.name_en else custom.name_en


def category_name(category: Category) -> str:
    """In the language of the screen, as far as the centre named it there."""
    return category.name if in_chinese() or not category.name_en else category.name_en


def shown_names(categories: Iterable[Category]) -> Mapping[str, str]:
    """How the screen calls categories that are known by the centre's name alone: those that an
    index, or an old record, wrote down. Empty where that is the name that is shown."""
    return {one.name: shown for one in categories if (shown := category_name(one)) != one.name}


def yes_no(value: bool) -> str:
    if value:
        return QCoreApplication.translate("Record", "Yes")
    return QCoreApplication.translate("Record", "No")


def value_text(name: str, value: object, names: Names) -> str:
    """A part's value for reading; plain text, a line for each number, quote and centre's field."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_line(name, one) for one in value if isinstance(one, dict))
    if isinstance(value, dict):
        return "\n".join(_custom_lines(value, names.choices))
    return _word(name, str(value), names)


def _word(name: str, text: str, names: Names) -> str:
    """A value that is one word, by the name it has on the screen."""
    match name:
        case "kind":
            is_ticket = text in set(TicketKind)
            word = ticket_kind(TicketKind(text)) if is_ticket else kind_name(text)
        case "contact":
            word = phone_number(text)
        case "due_at":
            word = _moment(text)
        case "segment_id":
            word = {one.segment_id: one.name for one in names.choices.segments}.get(text, text)
        case "category_id":
            word = names.categories.get(text, text)
        case "state":
            word = _state(text)
        case _:
            word = text
    return word


def _state(text: str) -> str:
    if text == TicketState.CLOSED:
        return QCoreApplication.translate("Record", "closed")
    return gap_state(GapState(text)) if text in set(GapState) else text


def _moment(text: str) -> str:
    """A time of the wire as it is agreed upon; what is none stays as it is."""
    try:
        return appointment(datetime.fromisoformat(text).astimezone())
    except ValueError:
        return text


def _line(name: str, one: Mapping[str, object]) -> str:
    """A number with whose it is, or a quoted article's title."""
    if name == "phones":
        return f"{phone_number(str(one.get('number', '')))}  {one.get('label', '')}".rstrip()
    return str(one.get("title", ""))


def _custom_lines(values: Mapping[str, object], choices: Choices) -> list[str]:
    known = {one.field_id: one for one in choices.custom}
    lines = []
    for key, value in values.items():
        custom = known.get(key)
        title = key if custom is None else custom_name(custom)
        lines.append(f"{title}: {_custom_value(custom, value)}")
    return lines


def _custom_value(custom: CustomField | None, value: object) -> str:
    if custom is not None and custom.kind is FieldKind.CHOICE:
        return dict(custom.choices).get(str(value), str(value))
    return yes_no(value) if isinstance(value, bool) else str(value)
