"""Calls that are refused, given up or one too many; commands that make no sense."""

from __future__ import annotations

import asyncio

import pytest

from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CommandRefused,
    EndedBy,
    HangUp,
    Hold,
    IncomingCall,
    LineId,
    MakeCall,
    Reject,
)
from tests.sip.raw_peer import raw_peer
from tests.sip.seat import Seat, ring, running, talk

pytestmark = pytest.mark.processes


def _port(seat: Seat) -> int:
    assert seat.client.engine is not None
    return dict(seat.client.engine.ports)["udp"]


def test_a_rejected_caller_hears_busy() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            line, desk_line = await ring(caller, desk)
            desk.client.send(Reject(desk_line))
            ended = await caller.next(CallEnded)
            assert (ended.line, ended.status, ended.ended_by) == (line, 486, EndedBy.CALLER)
            assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT

    asyncio.run(play())


def test_a_caller_who_gives_up_stops_the_ringing() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            line, desk_line = await ring(caller, desk)
            caller.client.send(HangUp(line))
            ended = await desk.next(CallEnded)
            assert (ended.line, ended.ended_by) == (desk_line, EndedBy.CALLER)
            desk.client.send(Answer(desk_line))
            assert (await desk.next(CommandRefused)).reason == "there is no such call"

    asyncio.run(play())


def test_an_invite_without_an_offer_rings_and_can_be_refused() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(_port(desk)) as peer:
                await peer.send(peer.invite(offer=False))
                rings = await desk.next(IncomingCall)
                assert await peer.status() == 180
                desk.client.send(Reject(rings.line, 603))
                assert await peer.status() == 603
                await desk.next(CallEnded)
            assert desk.client.incarnation == 1

    asyncio.run(play())


def test_the_fifth_call_is_busy_and_the_four_stay() -> None:
    async def play() -> None:
        desk, caller, other = Seat("1001"), Seat("2001"), Seat("2002")
        async with running(desk, caller, other):
            lines = [await ring(caller, desk) for _ in range(4)]
            fifth = other.client.new_line()
            other.client.send(MakeCall(fifth, desk.client.local_uri))
            assert (await other.next(CallEnded)).status == 486
            desk.client.send(Answer(lines[0][1]))
            assert (await desk.next(CallAnswered)).line == lines[0][1]

    asyncio.run(play())


def test_an_outgoing_call_shows_number_and_headers_but_nothing_smuggled_in() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            send, uri = caller.client.send, desk.client.local_uri
            for bad in (
                MakeCall(caller.client.new_line(), uri, (("X-A", "1\r\nX-B: 2"),)),
                MakeCall(caller.client.new_line(), uri, (("X-A:\r\nX-B", "1"),)),
                MakeCall(caller.client.new_line(), "sip:1001@127.0.0.1\r\nX-B: 2"),
                MakeCall(caller.client.new_line(), "mailto:1001"),
                MakeCall(LineId("7-o1"), uri),
            ):
                send(bad)
                assert (await caller.next(CommandRefused)).line == bad.line
            name = 'a" <sip:x@y>\r\nX-Zuoxi-Queue: evil'
            send(MakeCall(caller.client.new_line(), uri, from_name=name, from_user="138\r\n1"))
            rings = await desk.next(IncomingCall)
            assert rings.name == 'a" <sip:x@y> X-Zuoxi-Queue: evil'
            assert (rings.number, rings.queue) == ("138 1", "")

    asyncio.run(play())


def test_commands_out_of_place_are_refused_and_change_nothing() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            _, desk_line = await ring(caller, desk)
            desk.client.send(Hold(desk_line))
            assert (await desk.next(CommandRefused)).command == "Hold"
            desk.client.send(Answer(desk_line))
            await desk.next(CallAnswered)
            for command in (Answer(desk_line), Reject(desk_line), HangUp(LineId("1-i99"))):
                desk.client.send(command)
                assert (await desk.next(CommandRefused)).line == command.line
            _, second = await talk(caller, desk)
            assert second != desk_line
            assert not desk.seen(CallEnded)

    asyncio.run(play())
