"""Hold and resume when the exchange changes the call in the same moment (RFC 3261, 14.1)."""

from __future__ import annotations

import asyncio

import pytest

from sip.messages import CallHeld, CallStatistics, CommandRefused, Hold, Resume
from tests.sip.dialog import answered, port_of
from tests.sip.raw_peer import RawPeer, raw_peer
from tests.sip.seat import Seat, running

pytestmark = pytest.mark.processes

SDP = (
    b"v=0\r\no=raw 1 %d IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    b"m=audio %d RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n%b"
)


def sound(peer: RawPeer, version: int, *more: bytes) -> bytes:
    return SDP % (version, peer.port, b"".join(more))


def test_a_hold_that_meets_a_change_of_the_exchange_is_asked_for_again() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                _, line = await answered(peer, desk)
                desk.client.send(Hold(line))
                await peer.request(b"INVITE", status=491)
                again = await peer.request(b"INVITE", body=sound(peer, 2, b"a=recvonly\r\n"))
                assert b"a=sendonly" in again
                assert await desk.next(CallHeld) == CallHeld(line, by_agent=True, by_caller=False)
                desk.client.send(Resume(line))
                await peer.request(b"INVITE", status=491)
                again = await peer.request(b"INVITE", body=sound(peer, 3))
                assert b"a=sendrecv" in again
                assert await desk.next(CallHeld) == CallHeld(line, by_agent=False, by_caller=False)
                assert not desk.seen(CommandRefused)

    asyncio.run(play())


def test_a_hold_waits_until_the_exchanges_own_change_is_over() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                kind = b"Content-Type: application/sdp\r\n"
                await dialog.send(b"INVITE", kind, body=sound(peer, 2), count=7)
                await peer.answer(200)
                desk.client.send(Hold(line))
                await desk.next(CallStatistics)  # the hold was looked at meanwhile
                await dialog.send(b"ACK", count=7)
                await peer.request(b"INVITE", body=sound(peer, 3, b"a=recvonly\r\n"))
                assert (await desk.next(CallHeld)).by_agent
                assert not desk.seen(CommandRefused)

    asyncio.run(play())
