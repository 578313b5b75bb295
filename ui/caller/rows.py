"""Candidates and past calls of the card as rows of a list (step ⑤)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.domain.customers import (
    Candidate,
    CandidateReason,
    PastInteraction,
    ReasonKind,
)
from ui.formatting import day, duration, joined, moment
from ui.rows.row import Row

KEYED_CANDIDATES = 9


def candidate_row(who: Candidate, *, place: int, chosen: bool, now: datetime) -> Row:
    """Name and segment, the best reason, then the others or where they are from."""
    waiting = QCoreApplication.translate("CallerRows", "not sent yet")
    chosen_word = QCoreApplication.translate("CallerRows", "✓ chosen")
    others = reason_words(who.reasons[1:], now=now)
    return Row(
        key=who.customer_id,
        title=who.name,
        lines=(
            reason_words(who.reasons[:1], now=now),
            others or who.region,
        ),
        lead=str(place) if place <= KEYED_CANDIDATES else "",
        trail=chosen_word if chosen else who.segment,
        tip="\n".join((who.name, reason_words(who.reasons, now=now), who.region)),
        badge=waiting if who.provisional else "",
    )


def reason_words(reasons: tuple[CandidateReason, ...], *, now: datetime) -> str:
    """Why it is this person, the strongest first, in a line."""
    return joined(*(_reason(one, now=now) for one in reasons))


def card_reasons(reasons: tuple[CandidateReason, ...]) -> tuple[CandidateReason, ...]:
    """Those of the person on the card, whose tickets stand below and need not be named."""
    return tuple(
        replace(one, text="") if one.kind is ReasonKind.OPEN_TICKET else one for one in reasons
    )


def _reason(reason: CandidateReason, *, now: datetime) -> str:
    when = ""
    if reason.at is not None:
        when = day(reason.at.astimezone(now.tzinfo).date(), now.date())
    return _sentence(reason).format(text=reason.text, day=when)


def _sentence(reason: CandidateReason) -> str:
    plain, full = _sentences()[reason.kind]
    detailed = reason.from_here if reason.at is not None else bool(reason.text)
    return full if detailed else plain


def _sentences() -> dict[ReasonKind, tuple[str, str]]:
    """In a few words, and with what else is known: the label, or that it was this number."""
    chosen = QCoreApplication.translate("CallerRows", "chosen by you")
    passed_on = QCoreApplication.translate("CallerRows", "chosen by your colleague")
    return {
        ReasonKind.CHOSEN: (chosen, chosen),
        ReasonKind.CHOSEN_BY_COLLEAGUE: (passed_on, passed_on),
        ReasonKind.SAME_NUMBER: (
            QCoreApplication.translate("CallerRows", "same number"),
            QCoreApplication.translate("CallerRows", "same number ({text})"),
        ),
        ReasonKind.SWITCHBOARD: (
            QCoreApplication.translate("CallerRows", "company switchboard"),
            QCoreApplication.translate("CallerRows", "company switchboard ({text})"),
        ),
        ReasonKind.OPEN_TICKET: (
            QCoreApplication.translate("CallerRows", "open ticket"),
            QCoreApplication.translate("CallerRows", "open ticket: {text}"),
        ),
        ReasonKind.SPOKE_TO_YOU: (
            QCoreApplication.translate("CallerRows", "spoke to you: {day}"),
            QCoreApplication.translate("CallerRows", "spoke to you from this number: {day}"),
        ),
        ReasonKind.SPOKE_TO_COLLEAGUE: (
            QCoreApplication.translate("CallerRows", "spoke to {text}: {day}"),
            QCoreApplication.translate("CallerRows", "spoke to {text} from this number: {day}"),
        ),
    }


def past_row(past: PastInteraction, *, now: datetime, named: Mapping[str, str]) -> Row:
    """What was asked; when, in which queue, by whom answered; marked while only on this seat.

    ``named``: see ``ui.record_words.shown_names``.
    """
    category = named.get(past.category, past.category)
    unwritten = QCoreApplication.translate("CallerRows", "(no question written)")
    waiting = QCoreApplication.translate("CallerRows", "not sent yet")
    where = (moment(past.started_at, now), past.queue, past.agent_name)
    return Row(
        key=past.interaction_id,
        title=past.question or category or unwritten,
        lines=(
            joined(*where),
            joined(category, duration(past.talk_s)),
        ),
        badge="" if past.delivered else waiting,
        tip=full_text(past),
    )


def full_text(past: PastInteraction) -> str:
    """Question and answer, for reading."""
    return "\n".join(text for text in (past.question, past.answer) if text)
