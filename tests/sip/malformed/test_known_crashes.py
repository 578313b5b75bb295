"""Each message that is known to end the SIP library's process, and that it does not end the phone.

Found by hand or by the mutations, cut down to what matters. With the guard the engine never sees
them; without it the desk's restart is fast, and the extension is registered again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from sip.messages import CallEnded, EngineLost, EngineReady, IncomingCall, Register, Reject
from tests.sip.malformed.exchange import Stage, staged
from tests.sip.malformed.seeds import request
from tests.sip.raw_peer import raw_peer
from tests.sip.seat import UNGUARDED
from tests.sipp.sipp import udp_port

pytestmark = pytest.mark.processes

TRIES, AT_ONCE = 12, 4
MANY_MEDIA = b"m=audio 4000 RTP/AVP 8\r\n" * 16
SPOILT = {
    "an empty host in Contact": (b"<sip:raw@127.0.0.1", b"<sip:raw@[]"),
    "an empty host in From": (b"13800138000@127.0.0.1", b"13800138000@[]"),
    "an empty host in To": (b"To: <sip:1001@127.0.0.1", b"To: <sip:1001@[]"),
    "an empty host in Record-Route": (b"Record-Route: <sip:127.0.0.1", b"Record-Route: <sip:[]"),
    "a report to nobody": (b"a=rtcp:4001 IN IP4 127.0.0.1", b"a=rtcp:4001 IN IP4 "),
    "sound from 300 letters": (b"c=IN IP4 127.0.0.1", b"c=IN IP4 " + b"a" * 300),
    "a report to 300 letters": (b"a=rtcp:4001 IN IP4 127.0.0.1", b"a=rtcp:1 IN IP4 " + b"a" * 300),
    "a medium refused without an address": (
        b"c=IN IP4 127.0.0.1\r\nb=AS:84\r\nt=0 0\r\nm=audio 4000 ",
        b"t=0 0\r\nm=audio 0 ",
    ),
    "sixteen media, four times": (b"m=audio 4000 RTP/AVP 8 0 9 101\r\n", MANY_MEDIA),
}
DEADLY = sorted(set(SPOILT) - {"a report to nobody", "sixteen media, four times"})
"""These end the library at once; for the others it takes a moment that cannot be forced."""


def _spoilt(case: str, stage: Stage) -> bytes:
    old, new = SPOILT[case]
    message = request(b"INVITE", stage.exchange.phone[1], peer=stage.exchange.port)
    assert old in message
    head, _, body = message.replace(old, new).partition(b"\r\n\r\n")
    before, _, _ = head.rpartition(b"Content-Length:")
    return before + b"Content-Length: %d\r\n\r\n" % len(body) + body


@pytest.mark.parametrize("case", SPOILT)
def test_the_guard_keeps_it_from_the_library(case: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with staged() as stage:
            for _ in range(AT_ONCE):
                stage.exchange.send(_spoilt(case, stage))
            assert await stage.survives()
            await stage.works(tmp_path)
            assert not stage.desk.seen(EngineLost)

    asyncio.run(play())


@pytest.mark.parametrize("case", DEADLY)
def test_without_the_guard_the_phone_is_back_and_registered(case: str, tmp_path: Path) -> None:
    async def play() -> None:
        async with staged(command=UNGUARDED) as stage:
            for _ in range(TRIES):
                for _ in range(AT_ONCE):
                    stage.exchange.send(_spoilt(case, stage))
                if not await stage.survives():
                    break
            lost = stage.desk.seen(EngineLost)  # more than one if what was on its way came later
            assert len(stage.desk.seen(EngineReady)) == len(lost) + 1 > 1
            await stage.works(tmp_path)

    asyncio.run(play())


@pytest.mark.parametrize("way", [b"Contact: <tel:1>", b"Record-Route: <mailto:a@b>"])
def test_an_answer_that_leads_nowhere_does_not_end_the_phone(way: bytes, tmp_path: Path) -> None:
    async def play(command: Sequence[str] | None) -> bool:
        answered = asyncio.Event()

        def spoil(answer: bytes) -> bytes:
            if b" INVITE\r\n" not in answer:
                return answer
            answered.set()
            return answer.replace(b"Contact:", way + b"\r\nContact:")

        async with staged(spoil, command=command) as stage:
            stage.desk.call(f"sip:2001@127.0.0.1:{stage.exchange.port}")
            await answered.wait()
            alive = await stage.survives()
            await stage.works(tmp_path)
        return alive

    assert asyncio.run(play(None))
    assert not asyncio.run(play(UNGUARDED))


def test_twenty_service_routes_in_the_registrars_answer_do_not_end_the_phone(
    tmp_path: Path,
) -> None:
    routes = b"".join(b"Service-Route: <sip:127.0.0.%d;lr>\r\n" % n for n in range(1, 41))
    wicked = False

    def spoil(answer: bytes) -> bytes:
        return answer.replace(b"Expires:", routes + b"Expires:") if wicked else answer

    async def play() -> None:
        nonlocal wicked
        async with staged(spoil) as stage:
            wicked = True
            asked = stage.exchange.registrations
            while stage.exchange.registrations == asked:
                stage.desk.client.send(Register())
                assert await stage.survives()
            wicked = False
            await stage.works(tmp_path)

    asyncio.run(play())


def test_refusing_an_invite_without_an_offer_does_not_end_the_phone(tmp_path: Path) -> None:
    async def play() -> None:
        async with staged() as stage:
            with raw_peer(udp_port(stage.desk)) as peer:
                await peer.send(peer.invite(b"<sip:2001@127.0.0.1>", offer=False))
                rings = await stage.desk.next(IncomingCall)
                stage.desk.client.send(Reject(rings.line))
                await stage.desk.next(CallEnded)
            await stage.works(tmp_path)
            assert not stage.desk.seen(EngineLost)

    asyncio.run(play())
