"""The words of the history page: how a record stands, what may be chosen (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.grades import Grade, Graded
from agent_app.domain.record_choice import Period, Standing
from agent_app.domain.records import Record, RecordState
from ui import words
from ui.formatting import phone_number
from ui.language import in_chinese


def name_of(record: Record) -> str:
    """The name as it was then; else what is known today, else the number."""
    number = phone_number(record.number)
    withheld = QCoreApplication.translate("Records", "Number withheld")
    return record.name or record.name_now or number or withheld


def badge(record: Record) -> str:
    """What wants to be seen of a row; empty for what is as it should be."""
    marks = {
        RecordState.WAITING: QCoreApplication.translate("Records", "not sent yet"),
        RecordState.CONFLICT: QCoreApplication.translate("Records", "conflict"),
        RecordState.REJECTED: QCoreApplication.translate("Records", "sent back"),
    }
    if record.state in marks:
        return marks[record.state]
    return QCoreApplication.translate("Records", "missed") if record.missed else ""


def look(record: Record) -> tuple[str, str]:
    """Shape and tone of a row."""
    if record.missed:
        return "missed", "fault"
    if record.direction is Direction.OUTGOING:
        return "outgoing", "neutral"
    return "incoming", "talking"


def direction(which: Direction) -> str:
    if which is Direction.INCOMING:
        return QCoreApplication.translate("Records", "incoming")
    return QCoreApplication.translate("Records", "outgoing")


def state_sentence(state: RecordState, *, reason: str, key: str) -> str:
    """How the record stands towards the server; ``key`` opens what is to be decided."""
    sentences = {
        RecordState.DELIVERED: QCoreApplication.translate("Records", "The centre has it."),
        RecordState.WAITING: QCoreApplication.translate(
            "Records", "Saved on this seat; it goes out by itself as soon as the server answers."),
        RecordState.CONFLICT: QCoreApplication.translate(
            "Records", "Somebody changed the same meanwhile. Decide which stays: {key}."),
        RecordState.REJECTED: QCoreApplication.translate(
            "Records", "The server sent it back. Put it right: {key}."),
        RecordState.CALL_ONLY: QCoreApplication.translate(
            "Records", "A call of this seat; no summary of it is saved."),
    }  # fmt: skip
    sentence = sentences[state].format(key=key)
    return f"{sentence} ({reason})" if reason else sentence


def state_chip(state: RecordState) -> str:
    """The look of the sentence."""
    if state is RecordState.WAITING:
        return "warning"
    return "fault" if state.undelivered else "good" if state is RecordState.DELIVERED else "neutral"


def end_reason(word: str) -> str:
    """The wire's word in the screen's language; one that is not known as it is."""
    known = {reason.value: reason for reason in EndReason}
    return words.end_reason(known[word]) if word in known else word


def grade(given: Grade) -> str:
    """In the centre's words, with the key that was pressed and what it counts as."""
    name = given.name if in_chinese() or not given.name_en else given.name_en
    counts = (
        QCoreApplication.translate("Records", "{name} (key {digit}), counts as satisfied")
        if given.satisfied
        else QCoreApplication.translate("Records", "{name} (key {digit}), not as satisfied")
    )
    return counts.format(name=name, digit=given.digit)


def grades() -> tuple[tuple[Graded, str], ...]:
    return (
        (Graded.ANY, QCoreApplication.translate("Records", "Graded or not")),
        (Graded.SATISFIED, QCoreApplication.translate("Records", "Satisfied")),
        (Graded.DISSATISFIED, QCoreApplication.translate("Records", "Not satisfied")),
        (Graded.NOT, QCoreApplication.translate("Records", "Not graded")),
    )


def periods() -> tuple[tuple[Period, str], ...]:
    return (
        (Period.ALL, QCoreApplication.translate("Records", "All days")),
        (Period.TODAY, QCoreApplication.translate("Records", "Today")),
        (Period.WEEK, QCoreApplication.translate("Records", "7 days")),
        (Period.MONTH, QCoreApplication.translate("Records", "30 days")),
        (Period.DAYS, QCoreApplication.translate("Records", "From – to")),
    )


def directions() -> tuple[tuple[Direction | None, str], ...]:
    return (
        (None, QCoreApplication.translate("Records", "In and out")),
        (Direction.INCOMING, QCoreApplication.translate("Records", "Incoming")),
        (Direction.OUTGOING, QCoreApplication.translate("Records", "Outgoing")),
    )


def answers() -> tuple[tuple[bool | None, str], ...]:
    return (
        (None, QCoreApplication.translate("Records", "Answered or not")),
        (True, QCoreApplication.translate("Records", "Answered")),
        (False, QCoreApplication.translate("Records", "Not answered")),
    )


def standings() -> tuple[tuple[Standing, str], ...]:
    return (
        (Standing.ANY, QCoreApplication.translate("Records", "Sent or not")),
        (Standing.WAITING, QCoreApplication.translate("Records", "Not sent yet")),
        (Standing.TO_DECIDE, QCoreApplication.translate("Records", "To decide")),
        (Standing.DELIVERED, QCoreApplication.translate("Records", "At the centre")),
        (Standing.CALL_ONLY, QCoreApplication.translate("Records", "No summary")),
    )


def owners() -> tuple[tuple[bool, str], ...]:
    return (
        (False, QCoreApplication.translate("Records", "Everybody's")),
        (True, QCoreApplication.translate("Records", "Mine")),
    )
