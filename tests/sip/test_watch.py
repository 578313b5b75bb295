"""A dead peer never leaves a call "connected": real engines, one of them killed."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from sip.client import Patience
from sip.messages import (
    CallEnded,
    CallHeld,
    CallStatistics,
    EndedBy,
    HangUp,
    Hold,
    LineId,
)
from tests.exchange.ports import free_port
from tests.sip.seat import Seat, ring, running, talk

pytestmark = pytest.mark.processes
GONE_FOR_GOOD = Patience(silent_s=600.0, retry_s=(600.0,))


def kill(seat: Seat, how: signal.Signals = signal.SIGKILL) -> None:
    assert seat.client.engine is not None
    os.kill(seat.client.engine.pid, how)


async def gone(desk: Seat, *lines: LineId) -> dict[LineId, EndedBy]:
    """Wait for the end of ``lines`` and say by whom each ended."""
    ends: dict[LineId, EndedBy] = {}
    while set(lines) - set(ends):
        ended = await desk.next(CallEnded, limit=60)
        ends[ended.line] = ended.ended_by
    return ends


def test_calls_of_a_silent_exchange_end_talking_held_and_ringing() -> None:
    async def play() -> None:
        desk, peer = Seat("1001"), Seat("2001", patience=GONE_FOR_GOOD)
        async with running(desk, peer):
            _, talks = await talk(peer, desk)
            _, held = await talk(peer, desk)
            desk.client.send(Hold(held))
            await desk.next(CallHeld)
            _, rings = await ring(peer, desk)
            calls, _ = await ring(desk, peer)
            kill(peer)
            ends = await gone(desk, talks, held, rings, calls)
            assert set(ends.values()) == {EndedBy.NETWORK}

    asyncio.run(play())


def test_a_call_that_the_exchange_has_forgotten_ends_as_soon_as_it_is_asked() -> None:
    async def play() -> None:
        desk, peer = Seat("1001"), Seat("2001", port=free_port())
        async with running(desk, peer):
            _, held = await talk(peer, desk)
            desk.client.send(Hold(held))
            await desk.next(CallHeld)
            _, rings = await ring(peer, desk)
            kill(peer)  # its client starts another one on the same port
            assert await gone(desk, held, rings) == {
                held: EndedBy.NETWORK,
                rings: EndedBy.NETWORK,
            }
            ended = desk.seen(CallEnded)
            assert {end.status for end in ended} == {481}
            await talk(peer, desk)

    asyncio.run(play())


def test_hanging_up_does_not_wait_for_a_dead_peer() -> None:
    async def play() -> None:
        desk, peer = Seat("1001"), Seat("2001", patience=GONE_FOR_GOOD)
        async with running(desk, peer):
            _, line = await talk(peer, desk)
            calls, _ = await ring(desk, peer)
            _, rings = await ring(peer, desk)
            kill(peer, signal.SIGSTOP)
            for one in (line, calls, rings):
                desk.client.send(HangUp(one))
            assert await gone(desk, line, calls, rings) == dict.fromkeys(
                (line, calls, rings), EndedBy.AGENT
            )

    asyncio.run(play())


def test_a_call_that_is_alive_but_held_is_left_alone() -> None:
    async def play() -> None:
        desk, peer = Seat("1001"), Seat("2001")
        async with running(desk, peer):
            line, held = await talk(peer, desk)
            desk.client.send(Hold(held))
            await desk.next(CallHeld)
            # Until it was asked about once at least: on the other side that is a sign of life too.
            for _ in range(13):
                figures = await desk.next(CallStatistics)
                assert figures.since_last_packet_s < 2
            assert not desk.seen(CallEnded)
            peer.client.send(HangUp(line))
            assert (await desk.next(CallEnded)).ended_by is EndedBy.CALLER

    asyncio.run(play())
