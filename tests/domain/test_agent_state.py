"""The state on the bar follows from the calls; nothing can be chosen against them."""

from __future__ import annotations

from itertools import product

import pytest

from agent_app.domain.agent_state import CHOOSABLE, AgentState, derive_state
from agent_app.domain.calls import CallState
from tests.domain.examples import call


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([CallState.RINGING], AgentState.RINGING),
        ([CallState.DIALLING], AgentState.TALKING),
        ([CallState.TALKING], AgentState.TALKING),
        ([CallState.HELD], AgentState.ON_HOLD),
        ([CallState.HELD, CallState.RINGING], AgentState.ON_HOLD),
        ([CallState.RINGING, CallState.TALKING], AgentState.TALKING),
        ([CallState.HELD, CallState.TALKING], AgentState.TALKING),
        ([CallState.ENDED, CallState.RINGING], AgentState.RINGING),
    ],
)
def test_calls_decide_before_wrap_up_and_choice(states: list[CallState], shown: AgentState) -> None:
    calls = [call(state=state) for state in states]
    for chosen, wrapping_up in product(CHOOSABLE, (False, True)):
        assert derive_state(chosen=chosen, calls=calls, wrapping_up=wrapping_up) is shown


@pytest.mark.parametrize("calls", [[], [call(state=CallState.ENDED)]])
def test_without_a_live_call_wrap_up_then_what_was_chosen(calls: list[object]) -> None:
    none: list[object] = calls
    for chosen in (*CHOOSABLE, AgentState.PRACTICE):
        assert derive_state(chosen=chosen, calls=none, wrapping_up=True) is AgentState.WRAP_UP  # type: ignore[arg-type]
        assert derive_state(chosen=chosen, calls=none, wrapping_up=False) is chosen  # type: ignore[arg-type]


@pytest.mark.parametrize("state", list(CallState))
def test_who_is_signed_out_is_signed_out(state: CallState) -> None:
    shown = derive_state(chosen=AgentState.SIGNED_OUT, calls=[call(state=state)], wrapping_up=True)
    assert shown is AgentState.SIGNED_OUT
