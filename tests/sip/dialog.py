"""A call from a peer made of bytes, after it was answered: whatever an exchange may send in it."""

from __future__ import annotations

import re

from sip.messages import Answer, CallAnswered, IncomingCall, LineId
from tests.sip.raw_peer import RawPeer
from tests.sip.seat import Seat


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

    async def send(
        self, method: bytes, extra: bytes = b"", *, body: bytes = b"", count: int | None = None
    ) -> None:
        """Send a request of this dialog; ``extra`` is whole header lines with CRLF."""
        if count is None:
            self._count += 1
            count = self._count
        branch = b"%s-%d-%s" % (self._via, count, method)
        await self._peer.send(
            b"%s %s SIP/2.0\r\nVia: %s\r\nMax-Forwards: 70\r\nFrom: %s\r\nTo: %s\r\n"
            b"Call-ID: %s\r\nCSeq: %d %s\r\nContact: <sip:raw@127.0.0.1:%d>\r\n%s"
            b"Content-Length: %d\r\n\r\n%s"
            % (method, self._contact, branch, self.ours, self.theirs, self.call_id, count, method,
               self._peer.port, extra, len(body), body)
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


async def answered(peer: RawPeer, desk: Seat, *, extra: bytes = b"") -> tuple[Dialog, LineId]:
    """Let ``peer`` call ``desk``, which answers; ``extra`` headers stand in the INVITE."""
    invite = peer.invite(extra=extra)
    await peer.send(invite)
    rings = await desk.next(IncomingCall)
    desk.client.send(Answer(rings.line))
    dialog = Dialog(peer, invite, await peer.answer(200))
    await dialog.send(b"ACK", count=1)
    await desk.next(CallAnswered)
    return dialog, rings.line
