"""The seat registers with an exchange, here a registrar of a few lines on loopback."""

from __future__ import annotations

import asyncio
import re
from typing import cast

import pytest

from sip.messages import Account, RegistrationCause, RegistrationChanged
from tests.sip.seat import Seat, ring, running

pytestmark = pytest.mark.processes


class Registrar(asyncio.DatagramProtocol):
    """Answers REGISTER with ``statuses`` one after the other, the last one for ever."""

    def __init__(self, *statuses: int) -> None:
        self.expires: list[int] = []
        self._statuses = list(statuses)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    @property
    def port(self) -> int:
        return int(self._transport.get_extra_info("sockname")[1])

    def close(self) -> None:
        self._transport.close()

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        if not data.startswith(b"REGISTER"):
            return
        found = re.search(rb"^Expires: *(\d+)", data, re.MULTILINE | re.IGNORECASE)
        self.expires.append(int(found[1]) if found else -1)
        status = self._statuses[0] if len(self._statuses) == 1 else self._statuses.pop(0)
        kept = rb"^(Via|From|To|Call-ID|CSeq|Contact):.*\r\n"
        headers = b"".join(m[0] for m in re.finditer(kept, data, re.MULTILINE | re.IGNORECASE))
        answer = b"SIP/2.0 %d Whatever\r\n" % status + headers
        self._transport.sendto(
            answer + b"Expires: %d\r\nContent-Length: 0\r\n\r\n" % self.expires[-1], addr
        )


async def _registrar(*statuses: int) -> Registrar:
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_datagram_endpoint(
        lambda: Registrar(*statuses), local_addr=("127.0.0.1", 0)
    )
    return protocol


def test_the_seat_registers_and_leaves_when_it_stops() -> None:
    async def play() -> None:
        registrar = await _registrar(200)
        desk = Seat("1001", registrar=f"127.0.0.1:{registrar.port}")
        async with running(desk):
            news = await desk.next(RegistrationChanged)
            assert (news.registered, news.status, news.expires_s) == (True, 200, 90)
        assert registrar.expires[0] == 90
        assert registrar.expires[-1] == 0
        registrar.close()

    asyncio.run(play())


def test_a_refused_registration_is_told_and_tried_again_within_seconds() -> None:
    async def play() -> None:
        registrar = await _registrar(503, 200)
        desk = Seat("1001", registrar=f"127.0.0.1:{registrar.port}")
        async with running(desk):
            refused = await desk.next(RegistrationChanged)
            assert (refused.registered, refused.status) == (False, 503)
            assert (await desk.next(RegistrationChanged)).registered
        registrar.close()

    asyncio.run(play())


def test_an_exchange_named_by_name_is_found_and_may_ring() -> None:
    async def play() -> None:
        registrar = await _registrar(200)
        account = Account("1001", domain="localhost", registrar=f"localhost:{registrar.port}")
        desk, caller = Seat("1001", account=account, bind_address=""), Seat("2001")
        async with running(desk, caller):
            # Until the name is known, there is no way there.
            await desk.next(RegistrationChanged, lambda news: news.registered)
            await ring(caller, desk)
        registrar.close()

    asyncio.run(play())


def test_an_exchange_whose_name_nobody_knows_is_no_network() -> None:
    async def play() -> None:
        account = Account("1001", domain="exchange.invalid", registrar="exchange.invalid")
        desk = Seat("1001", account=account, bind_address="")
        async with running(desk):
            news = await desk.next(RegistrationChanged)
            assert (news.registered, news.cause) == (False, RegistrationCause.NO_NETWORK)
        assert desk.client.incarnation == 1

    asyncio.run(play())
