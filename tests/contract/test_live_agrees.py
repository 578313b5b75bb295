"""Live calls, presence and directory: what the seat sends is what the server takes, and back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import CallState
from server import directory, live_calls
from sync.errors import RequestRefused
from sync.legs import AgentLeg, Attachment, Leg, LegState, QueueEntry, Quote, leg_content
from tests.contract.centre import Seat, serving, tell

T = TypeVar("T")
A_LEG = Leg(
    interaction_id="i1",
    call_id="1700000000.42",
    state=LegState.RINGING,
    direction="incoming",
    name="张伟",
    number="+8613800138000",
    queue="咨询",
    menu_path="2-1",
    dialled="12366",
    waited_s=42,
    started_at="2026-11-22T01:00:00.123Z",
    attachment=Attachment("c1", "张伟", "01.02", "问", "答", "据", "回访", (Quote("k1", 3, "题"),)),
)


def test_states_are_the_same_words() -> None:
    assert {state.value for state in LegState} == set(live_calls.STATES)
    assert {state.value for state in CallState} == set(live_calls.STATES)
    assert {state.value for state in AgentState} == set(directory.STATES)


def test_the_server_takes_exactly_what_a_seat_sends() -> None:
    content = leg_content(A_LEG, 7)
    assert set(live_calls.read_leg(content)) == set(content)
    nothing = replace(A_LEG, waited_s=None, attachment=Attachment())
    assert set(live_calls.read_leg(leg_content(nothing, 1))) == set(content)


@pytest.mark.processes
def test_a_leg_comes_back_as_it_was_told(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        first, second = await both(url)
        assert await told(first, A_LEG, 7) == 7
        assert await told(first, A_LEG, 6) == 7
        [leg] = await ask(second, lambda token: second.api.legs_of_call(A_LEG.call_id, token))
        session = first.auth.session
        assert session is not None
        assert leg == AgentLeg(session.agent_id, session.name, "1001", A_LEG)
        assert await ask(second, second.api.ringing_legs) == (leg,)
        assert await ask(first, first.api.ringing_legs) == ()
        with pytest.raises(RequestRefused) as refused:
            await told(second, A_LEG, 9)
        assert refused.value.code == "not-yours"
        await leave(first, second)

    tell(serving(tmp_path), story)


@pytest.mark.processes
def test_presence_shows_in_the_directory_with_the_queues(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        first, second = await both(url)
        since = f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime())}Z"
        await ask(first, lambda token: first.api.put_presence("break", since, token))
        page = await ask(second, second.api.directory)
        found = {agent.extension: (agent.state, agent.since) for agent in page.agents}
        assert (found["1001"], found["1002"]) == (("break", since), ("signed-out", ""))
        assert QueueEntry("咨询", "7001") in page.queues
        await leave(first, second)

    tell(serving(tmp_path), story)


async def both(url: str) -> tuple[Seat, Seat]:
    seats = (Seat(url), Seat(url))
    for seat, login in zip(seats, ("1001", "1002"), strict=True):
        await asyncio.to_thread(seat.auth.sign_in, login, "practice")
    return seats


async def ask(seat: Seat, request: Callable[[str], T]) -> T:
    return await seat.remote.signed(request)


async def told(seat: Seat, leg: Leg, revision: int) -> int:
    return await ask(seat, lambda token: seat.api.put_leg(leg, revision, token))


async def leave(*seats: Seat) -> None:
    for seat in seats:
        await seat.stop()
