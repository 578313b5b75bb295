"""Only the exchange may ring: whoever else knocks is refused and counted."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator

import pytest

from sip.messages import Account, IncomingCall, StrangersRefused, Transport
from tests.sip.raw_peer import RawPeer
from tests.sip.seat import UNGUARDED, Seat, running

pytestmark = pytest.mark.processes
STRANGER = "127.0.0.2"
DEADLY = b"<sip:[]>"
"""A Contact over which the library ends its process."""
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")


@contextlib.contextmanager
def _peer(desk: Seat, address: str, *, tcp: bool = False) -> Iterator[RawPeer]:
    assert desk.client.engine is not None
    ports = dict(desk.client.engine.ports)
    peer = RawPeer(ports["tcp" if tcp else "udp"], tcp=tcp, address=address)
    try:
        yield peer
    finally:
        peer.close()


def _desk(**settings: object) -> Seat:
    return Seat("1001", exchange=("127.0.0.1",), **settings)  # type: ignore[arg-type]


@linux_only
def test_a_strangers_deadly_message_does_not_reach_the_library() -> None:
    async def play() -> None:
        desk = _desk(command=UNGUARDED)
        async with running(desk):
            with _peer(desk, STRANGER) as stranger, _peer(desk, "127.0.0.1") as exchange:
                for _ in range(3):
                    await stranger.send(stranger.invite(contact=DEADLY))
                refused = await desk.next(StrangersRefused)
                assert 1 <= refused.count <= 3
                await exchange.send(exchange.invite())
                await desk.next(IncomingCall)
                assert await exchange.status() == 180
            assert desk.client.incarnation == 1
            assert len(desk.seen(IncomingCall)) == 1

    asyncio.run(play())


@linux_only
def test_a_stranger_cannot_even_connect() -> None:
    async def play() -> None:
        desk = _desk(transports=(Transport.UDP, Transport.TCP))
        async with running(desk):
            with pytest.raises(TimeoutError):
                await asyncio.to_thread(_connect, desk)
            await desk.next(StrangersRefused)
            with _peer(desk, "127.0.0.1", tcp=True) as exchange:
                await exchange.send(exchange.invite())
                await desk.next(IncomingCall)

    asyncio.run(play())


def _connect(desk: Seat) -> None:
    with _peer(desk, STRANGER, tcp=True):
        pass


@pytest.mark.parametrize("tcp", [False, True])
def test_where_nothing_is_filtered_a_stranger_is_refused_without_ringing(tcp: bool) -> None:
    async def play() -> None:
        command = (sys.executable, "-m", "tests.sip.unfiltered_engine")
        desk = _desk(command=command, transports=(Transport.UDP, Transport.TCP))
        async with running(desk):
            with _peer(desk, STRANGER, tcp=tcp) as stranger:
                await stranger.send(stranger.invite())
                assert await stranger.status() == 403
            refused = await desk.next(StrangersRefused)
            assert (refused.count, refused.source) == (1, STRANGER)
            with _peer(desk, "127.0.0.1", tcp=tcp) as exchange:
                await exchange.send(exchange.invite())
                await desk.next(IncomingCall)
            assert len(desk.seen(IncomingCall)) == 1

    asyncio.run(play())


def test_practice_lets_this_machine_ring_and_a_registrar_only_itself() -> None:
    async def play() -> None:
        practice = Seat("1001")
        registered = Seat("1002", account=Account("1002", registrar="127.0.0.1:9"))
        async with running(practice, registered):
            with _peer(practice, STRANGER) as other:
                await other.send(other.invite())
                await practice.next(IncomingCall)
            with _peer(registered, STRANGER) as other:
                await other.send(other.invite())
                await registered.next(StrangersRefused)
            with _peer(registered, "127.0.0.1") as exchange:
                await exchange.send(exchange.invite())
                await registered.next(IncomingCall)

    asyncio.run(play())
