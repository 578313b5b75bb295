"""Callers as no honest telephone makes them, sent as bytes to a real engine."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from sip.messages import CallEnded, IncomingCall, Reject, Transport
from tests.sip.raw_peer import RawPeer, raw_peer
from tests.sip.seat import Seat, ring, running

pytestmark = pytest.mark.processes

NUMBER = b" <sip:13800138000@127.0.0.1>"
CALLERS = {
    "no number": (b"<sip:127.0.0.1>", "", "", True),
    "anonymous": (b'"Anonymous" <sip:anonymous@anonymous.invalid>', "", "", True),
    "GBK": ('"张伟"'.encode("gb18030") + NUMBER, "张伟", "13800138000", False),
    "GBK with a backslash": ('"誠信"'.encode("gb18030") + NUMBER, "誠信", "13800138000", False),
    "NUL": (b'"Zh\0ang"' + NUMBER, "Zhang", "13800138000", False),
    "right to left": ('"张\u202e伟"'.encode() + NUMBER, "张伟", "13800138000", False),
    "HTML": (b'"<img src=x><b>hi</b>"' + NUMBER, "<img src=x><b>hi</b>", "13800138000", False),
    "long": (b'"' + b"n" * 3000 + b'"' + NUMBER, "n" * 127 + "…", "13800138000", False),
    "vertical tab": (b'"a\x0bX-Zuoxi-Queue: evil"' + NUMBER, "a X-Zuoxi-Queue: evil",
                     "13800138000", False),
    "telephone URI": (b"<tel:+8613800138000>", "", "+8613800138000", False),
}  # fmt: skip
UNREADABLE = {
    "60 kB": b'"' + b"n" * 60_000 + b'"' + NUMBER,
    "NUL in the number": b"<sip:138\x000@127.0.0.1>",
    "line end in the name": b'"a\\\nb"' + NUMBER,
    "empty user": b"<sip:@127.0.0.1>",
}
TRANSPORTS = (Transport.UDP, Transport.TCP)


def _peer_port(desk: Seat, transport: Transport) -> int:
    assert desk.client.engine is not None
    return dict(desk.client.engine.ports)[transport]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_odd_callers_ring_and_are_shown_harmlessly(transport: Transport) -> None:
    async def play() -> None:
        desk = Seat("1001", transports=TRANSPORTS)
        async with running(desk):
            port = _peer_port(desk, transport)
            for case, (sender, name, number, anonymous) in CALLERS.items():
                with raw_peer(port, tcp=transport is Transport.TCP) as peer:
                    await peer.send(peer.invite(sender))
                    rings = await desk.next(IncomingCall)
                    shown = (rings.name, rings.number, rings.anonymous, rings.queue)
                    assert shown == (name, number, anonymous, ""), case
                    assert await peer.status() == 180, case
                    desk.client.send(Reject(rings.line))
                    assert await peer.status() == 486, case
                    await desk.next(CallEnded)
            assert desk.client.incarnation == 1

    asyncio.run(play())


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("case", UNREADABLE)
def test_a_caller_nobody_can_read_does_not_keep_the_next_one_out(
    case: str, transport: Transport
) -> None:
    async def play() -> None:
        desk, caller = Seat("1001", transports=TRANSPORTS), Seat("2001")
        async with running(desk, caller):
            with raw_peer(_peer_port(desk, transport), tcp=transport is Transport.TCP) as peer:
                await _send_what_goes(peer, peer.invite(UNREADABLE[case]))
                await ring(caller, desk)
            assert len(desk.seen(IncomingCall)) == 1
            assert desk.client.incarnation == 1

    asyncio.run(play())


async def _send_what_goes(peer: RawPeer, message: bytes) -> None:
    # The engine may close the connection at once: as good as not reading it.
    with contextlib.suppress(ConnectionError):
        await peer.send(message)
