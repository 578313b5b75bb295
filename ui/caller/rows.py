"""Candidates and past calls of the card as rows of a list (step ⑤)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.domain.customers import Candidate, PastInteraction
from ui.formatting import day, duration, moment
from ui.rows.row import Row

KEYED_CANDIDATES = 9


def candidate_row(who: Candidate, *, place: int, chosen: bool, now: datetime) -> Row:
    """Name, why they may be the caller and when they last called, then what is known of them."""
    reason = QCoreApplication.translate("CallerRows", "same number")
    if who.number_label:
        reason = QCoreApplication.translate("CallerRows", "same number ({label})").format(
            label=who.number_label
        )
    waiting = QCoreApplication.translate("CallerRows", "not sent yet")
    last = QCoreApplication.translate("CallerRows", "never called")
    if who.last_spoke_at is not None:
        last = QCoreApplication.translate("CallerRows", "last call {day}").format(
            day=day(who.last_spoke_at.astimezone(now.tzinfo).date(), now.date())
        )
    return Row(
        key=who.customer_id,
        title=who.name,
        lines=(
            f"{reason} · {last}",
            " · ".join(text for text in (who.segment, who.region) if text),
        ),
        lead=str(place) if place <= KEYED_CANDIDATES else "",
        trail=QCoreApplication.translate("CallerRows", "✓ chosen") if chosen else "",
        badge=waiting if who.provisional else "",
    )


def past_row(past: PastInteraction, *, now: datetime) -> Row:
    """What was asked; when, in which queue, by whom answered; marked while only on this seat."""
    unwritten = QCoreApplication.translate("CallerRows", "(no question written)")
    waiting = QCoreApplication.translate("CallerRows", "not sent yet")
    where = (moment(past.started_at, now), past.queue, past.agent_name)
    return Row(
        key=past.interaction_id,
        title=past.question or past.category or unwritten,
        lines=(
            " · ".join(text for text in where if text),
            " · ".join(text for text in (past.category, duration(past.talk_s)) if text),
        ),
        badge="" if past.delivered else waiting,
        tip=full_text(past),
    )


def full_text(past: PastInteraction) -> str:
    """Question and answer, for reading."""
    return "\n".join(text for text in (past.question, past.answer) if text)
