"""What the call bar shows and allows, as one value; allowed is what the table of legal moves has.

Step ⑥.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from agent_app.desk.conference import ConferenceState
from agent_app.desk.phone import EngineState
from agent_app.desk.seat import Seat
from agent_app.desk.transfers import TransferState
from agent_app.domain.calls import Call, CallMove, CallState, allowed
from agent_app.domain.ids import InteractionId
from ui.call_bar import marks
from ui.call_bar.facts import CallFacts, CallTab, compose_facts, compose_tab
from ui.call_bar.marks import Mark
from ui.transfer import words as transfer_words

_URGENCY = (CallState.TALKING, CallState.DIALLING, CallState.RINGING, CallState.HELD)
"""Which live call the bar acts on while the page shows none."""


class HoldAct(StrEnum):
    """What the hold key does now."""

    HOLD = "hold"
    RESUME = "resume"
    SWAP = "swap"  # with the one other call, which is held


@dataclass(frozen=True, slots=True)
class CallBarView:
    """``selected`` is the place of the page's tab, -1 for none.

    ``progress`` is how a transfer or conference stands or why it failed, ``progress_health`` the
    style sheet's word for it. ``can_go_back``: from the one who is asked to the caller.
    """

    tabs: tuple[CallTab, ...] = ()
    selected: int = -1
    facts: CallFacts | None = None
    can_answer: bool = False
    can_hang_up: bool = False
    rejecting: bool = False
    can_hold: bool = False
    hold_act: HoldAct = HoldAct.HOLD
    can_mute: bool = False
    muted: bool = False
    can_send_digits: bool = False
    can_transfer: bool = False
    can_complete: bool = False
    can_go_back: bool = False
    can_join: bool = False
    can_leave: bool = False
    progress: str = ""
    progress_health: str = ""
    quality: Mark | None = None
    secrecy: Mark | None = None
    refusal: str = ""


def compose_view(seat: Seat, refusal: str, *, fresh: bool = True) -> CallBarView:
    """``fresh``: what failed failed just now, and is still said."""
    tabs = _tabs(seat)
    places = [tab.interaction_id for tab in tabs]
    selected = seat.focus.selected
    place = places.index(selected) if selected in places else -1
    call = shown_call(seat)
    if call is None:
        return CallBarView(tabs=tabs, selected=place, refusal=refusal)
    progress, health = _progress(seat, call, fresh=fresh)
    view = CallBarView(
        tabs=tabs,
        selected=place,
        facts=call_facts(seat, call),
        rejecting=call.state is CallState.RINGING,
        hold_act=_hold_act(seat, call),
        muted=call.muted and call.live,
        quality=marks.quality(call, seat.quality.quality(call.interaction_id)),
        secrecy=marks.secrecy(call, practice=seat.agent.practice),
        refusal=refusal,
        progress=progress,
        progress_health=health,
    )
    ready = seat.phone.status.engine is EngineState.READY
    return _allowed(seat, call, view) if ready else view


def _allowed(seat: Seat, call: Call, view: CallBarView) -> CallBarView:
    """The same view with what the engine, which is there, may be asked."""
    talking = allowed(call.state, CallMove.HOLD)
    answered = talking or allowed(call.state, CallMove.RESUME)
    transfer = seat.transfers.status(call.interaction_id)
    conference = seat.conference.status
    idle = transfer.state is not TransferState.TRANSFERRING and not call.in_conference
    asked = transfer.consult is not None and idle
    busy = transfer.state is TransferState.TRANSFERRING
    joinable = set(seat.conference.joinable()) - set(conference.members)
    joining = conference.state in (ConferenceState.JOINING, ConferenceState.LEAVING)
    return replace(
        view,
        can_answer=call_to_answer(seat) is not None,
        can_hang_up=allowed(call.state, CallMove.END),
        can_hold=answered and not busy,
        can_mute=answered,
        can_send_digits=talking,
        can_transfer=asked or (answered and idle),
        can_complete=asked,
        can_go_back=asked,
        can_leave=conference.state is ConferenceState.JOINED and not joinable,
        can_join=not joining and bool(joinable)
        and len(joinable) + len(conference.members) > 1,
    )  # fmt: skip


def call_facts(seat: Seat, call: Call) -> CallFacts:
    return compose_facts(
        call,
        seat.cards.card(call.interaction_id),
        seat.clock.monotonic_s(),
        passed_on_by=seat.directory.called(call.transferred_by),
    )


def known_call(seat: Seat, interaction_id: InteractionId) -> Call | None:
    """As the phone has it, else as the unfinished summary remembers it."""
    call = seat.phone.call(interaction_id)
    draft = seat.summaries.draft(interaction_id)
    return call or (None if draft is None else draft.call)


def shown_call(seat: Seat) -> Call | None:
    """The page's call while it lives, else the live one that matters most, else the page's.

    While she asks a colleague about it, the call to the colleague: that is who hears her.
    """
    selected = seat.focus.selected
    call = None if selected is None else known_call(seat, selected)
    if call is not None and call.live:
        asked = seat.transfers.status(call.interaction_id).consult
        asking = None if asked is None else seat.phone.call(asked)
        speaking = asking is not None and asking.state in (CallState.DIALLING, CallState.TALKING)
        return asking if speaking and call.state is CallState.HELD else call
    live = sorted(seat.phone.calls, key=lambda other: _URGENCY.index(other.state))
    return live[0] if live else call


def call_to_answer(seat: Seat) -> Call | None:
    """The shown call if it can be answered, else the one that rings longest."""
    shown = shown_call(seat)
    calls = seat.phone.calls if shown is None else (shown, *seat.phone.calls)
    return next((call for call in calls if call.state is CallState.RINGING), None)


def _hold_act(seat: Seat, call: Call) -> HoldAct:
    others = [other for other in seat.phone.calls if other.interaction_id != call.interaction_id]
    if call.state is CallState.HELD:
        talking = any(other.state is CallState.TALKING for other in others)
        return HoldAct.SWAP if talking else HoldAct.RESUME
    if call.state is CallState.TALKING and not call.in_conference:
        held = [other for other in others if other.state is CallState.HELD]
        return HoldAct.SWAP if len(held) == 1 else HoldAct.HOLD
    return HoldAct.HOLD


def _tabs(seat: Seat) -> tuple[CallTab, ...]:
    """In the order they came, but those of one conference side by side."""
    members = seat.conference.members
    order: list[InteractionId] = []
    for interaction_id in seat.focus.tabs:
        if interaction_id not in order:
            together = members if interaction_id in members else (interaction_id,)
            order.extend(one for one in together if one in seat.focus.tabs)
    return tuple(
        compose_tab(interaction_id, known_call(seat, interaction_id),
                    seat.cards.card(interaction_id))
        for interaction_id in order
    )  # fmt: skip


def _progress(seat: Seat, call: Call, *, fresh: bool) -> tuple[str, str]:
    """What to say of a transfer or conference, and how much it matters."""
    conference = seat.conference.status
    if conference.failure is not None and fresh:
        return transfer_words.conference_failure(conference), "fault"
    status = seat.transfers.status(call.interaction_id)
    if call.in_conference or (status.state is TransferState.FAILED and not fresh):
        return "", ""
    health = {TransferState.FAILED: "fault", TransferState.DONE: "good"}.get(status.state, "")
    return transfer_words.progress(status), health
