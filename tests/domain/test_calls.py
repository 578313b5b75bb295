"""The table of legal moves, and nothing beside it."""

from __future__ import annotations

from itertools import product

import pytest

from agent_app.domain.calls import (
    MOVES,
    CallMove,
    CallState,
    IllegalMoveError,
    allowed,
    next_state,
)
from tests.domain.examples import RANG_AT, call

LEGAL = {
    ("ringing", "answer"): "talking",
    ("ringing", "end"): "ended",
    ("dialling", "answer"): "talking",
    ("dialling", "end"): "ended",
    ("talking", "hold"): "held",
    ("talking", "end"): "ended",
    ("held", "resume"): "talking",
    ("held", "end"): "ended",
}


@pytest.mark.parametrize(("state", "move"), list(product(CallState, CallMove)))
def test_every_pair_of_state_and_move_is_decided(state: CallState, move: CallMove) -> None:
    expected = LEGAL.get((state.value, move.value))
    assert allowed(state, move) is (expected is not None)
    if expected is None:
        with pytest.raises(IllegalMoveError, match=f"{state} has no {move}"):
            next_state(state, move)
    else:
        assert next_state(state, move) is CallState(expected)


def test_an_ended_call_never_moves_again_and_every_other_can_end() -> None:
    ending = {state for state, move in MOVES if move is CallMove.END}
    assert ending == set(CallState) - {CallState.ENDED}


def test_a_call_is_live_until_it_ended() -> None:
    assert call().live
    assert not call(state=CallState.ENDED).live


def test_a_call_was_answered_when_it_has_a_time_of_answer() -> None:
    assert not call().was_answered
    assert call(answered_at=RANG_AT).was_answered
