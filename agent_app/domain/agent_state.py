"""What the agent is doing, derived, so that the state on screen cannot contradict the calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.calls import Call, CallState
from agent_app.domain.ids import InteractionId


class AgentState(StrEnum):
    SIGNED_OUT = "signed-out"
    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    ON_HOLD = "on-hold"
    WRAP_UP = "wrap-up"
    NOT_READY = "not-ready"
    BREAK = "break"
    STUDY = "study"
    PRACTICE = "practice"


CHOOSABLE = (AgentState.READY, AgentState.NOT_READY, AgentState.BREAK, AgentState.STUDY)
"""What an agent may choose on duty; in the practice centre PRACTICE stands in for READY."""


@dataclass(frozen=True, slots=True)
class AgentStatus:
    """``since`` is the wall clock for the tooltip, the timer counts from ``since_monotonic_s``.

    ``wrap_up_left_s`` is None outside wrap-up. ``next_state`` is what follows the current call.
    ``waiting_for`` is the call whose summary wrap-up waits for.
    """

    state: AgentState
    since: datetime
    since_monotonic_s: float
    next_state: AgentState
    wrap_up_left_s: int | None = None
    waiting_for: InteractionId | None = None

    @property
    def overdue(self) -> bool:
        """The time of wrap-up is over and the summary neither saved nor parked."""
        return self.wrap_up_left_s == 0


def derive_state(*, chosen: AgentState, calls: Iterable[Call], wrapping_up: bool) -> AgentState:
    """Calls first, then wrap-up, then what the agent chose."""
    states = {call.state for call in calls}
    if chosen is AgentState.SIGNED_OUT:
        return chosen
    if CallState.TALKING in states or CallState.DIALLING in states:
        return AgentState.TALKING
    if CallState.HELD in states:
        return AgentState.ON_HOLD
    if CallState.RINGING in states:
        return AgentState.RINGING
    return AgentState.WRAP_UP if wrapping_up else chosen
