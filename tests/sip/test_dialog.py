"""What an exchange may do to a call that is up: tell who is there now, replace it, send us away."""

from __future__ import annotations

import asyncio

import pytest

from sip.messages import (
    CallEnded,
    CallIdentified,
    CallStatistics,
    EndedBy,
    HangUp,
    IncomingCall,
)
from tests.sip.dialog import Dialog, answered, port_of
from tests.sip.raw_peer import raw_peer
from tests.sip.seat import Seat, running

pytestmark = pytest.mark.processes


def test_the_exchange_tells_who_is_there_now_and_the_text_is_clean() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                name = "李\u202e雷".encode()
                await dialog.send(
                    b"UPDATE", b'P-Asserted-Identity: "%s" <sip:1007@127.0.0.1>\r\n' % name
                )
                assert await desk.next(CallIdentified) == CallIdentified(line, "李雷", "1007")
                await dialog.send(
                    b"UPDATE", b'Remote-Party-ID: "X" <sip:1008@127.0.0.1>;privacy=full\r\n'
                )
                assert await desk.next(CallIdentified) == CallIdentified(line, "", "")
                await dialog.send(b"UPDATE")  # says nothing of anybody
                await dialog.send(b"BYE")
                await desk.next(CallEnded)
                assert len(desk.seen(CallIdentified)) == 2

    asyncio.run(play())


def test_nobody_sends_the_agents_call_elsewhere() -> None:
    async def play() -> None:
        desk, elsewhere = Seat("1001"), Seat("1002")
        async with running(desk, elsewhere):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                target = elsewhere.client.local_uri.encode()
                await dialog.send(b"REFER", b"Refer-To: <%s>\r\n" % target)
                await peer.answer(603)
                await dialog.send(b"BYE")
                assert (await desk.next(CallEnded)).line == line
                assert not elsewhere.seen(IncomingCall)

    asyncio.run(play())


def test_a_call_that_is_replaced_goes_on_as_the_same_line() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with (
                raw_peer(port_of(desk)) as peer,
                raw_peer(port_of(desk)) as other,
            ):
                dialog, line = await answered(peer, desk)
                invite = other.invite(b'"Second" <sip:1009@127.0.0.1>', extra=dialog.replaces)
                await other.send(invite)
                second = Dialog(other, invite, await other.answer(200))
                await second.send(b"ACK", count=1)
                assert await desk.next(CallIdentified) == CallIdentified(line, "Second", "1009")
                # The first caller is sent away, and that does not end the line.
                await peer.request(b"BYE")
                await desk.next(CallStatistics)
                assert not desk.seen(CallEnded)
                assert len(desk.seen(IncomingCall)) == 1
                desk.client.send(HangUp(line))
                await other.request(b"BYE")
                ended = await desk.next(CallEnded)
                assert (ended.line, ended.ended_by) == (line, EndedBy.AGENT)

    asyncio.run(play())
