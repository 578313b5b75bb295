"""What an exchange may do to a call that is up: tell who is there now, replace it, send us away."""

from __future__ import annotations

import asyncio
import re

import pytest

from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallIdentified,
    CallStatistics,
    EndedBy,
    HangUp,
    IncomingCall,
    LineId,
)
from tests.sip.raw_peer import RawPeer, raw_peer
from tests.sip.seat import Seat, running

pytestmark = pytest.mark.processes


class Dialog:
    """One answered call from a peer made of bytes."""

    def __init__(self, peer: RawPeer, invite: bytes, answer: bytes) -> None:
        self._peer = peer
        self._via = _field(invite, b"Via")
        self.call_id = _field(invite, b"Call-ID")
        self.ours = _field(invite, b"From")
        self.theirs = _field(answer, b"To")
        self._contact = _field(answer, b"Contact").strip(b"<>").partition(b">")[0]
        self._count = 1

    async def send(self, method: bytes, extra: bytes = b"", *, count: int | None = None) -> None:
        """Send a request of this dialog; ``extra`` is whole header lines with CRLF."""
        if count is None:
            self._count += 1
            count = self._count
        branch = b"%s-%d-%s" % (self._via, count, method)
        await self._peer.send(
            b"%s %s SIP/2.0\r\nVia: %s\r\nMax-Forwards: 70\r\nFrom: %s\r\nTo: %s\r\n"
            b"Call-ID: %s\r\nCSeq: %d %s\r\nContact: <sip:raw@127.0.0.1:%d>\r\n%s"
            b"Content-Length: 0\r\n\r\n"
            % (method, self._contact, branch, self.ours, self.theirs, self.call_id, count, method,
               self._peer.port, extra)
        )  # fmt: skip

    @property
    def replaces(self) -> bytes:
        """The header that makes another INVITE take this call's place (RFC 3891)."""
        to_tag, from_tag = _tag(self.theirs), _tag(self.ours)
        return b"Replaces: %s;to-tag=%s;from-tag=%s\r\n" % (self.call_id, to_tag, from_tag)


def _field(message: bytes, name: bytes) -> bytes:
    found = re.search(rb"^" + name + rb": *(.*?)\r$", message, re.MULTILINE)
    assert found is not None, message
    return found[1]


def _tag(address: bytes) -> bytes:
    return address.partition(b";tag=")[2]


def port_of(desk: Seat) -> int:
    assert desk.client.engine is not None
    return dict(desk.client.engine.ports)["udp"]


async def answered(peer: RawPeer, desk: Seat) -> tuple[Dialog, LineId]:
    invite = peer.invite()
    await peer.send(invite)
    rings = await desk.next(IncomingCall)
    desk.client.send(Answer(rings.line))
    dialog = Dialog(peer, invite, await peer.answer(200))
    await dialog.send(b"ACK", count=1)
    await desk.next(CallAnswered)
    return dialog, rings.line


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
