"""A SIP caller made of bytes: sends what no honest library would (RFC 3261 messages by hand)."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
import socket
from collections.abc import Iterator

_numbers = itertools.count(1)


class RawPeer:
    """One UDP or TCP socket on loopback that sends requests to an engine's port."""

    def __init__(self, port: int, *, tcp: bool = False, address: str = "127.0.0.1") -> None:
        self._tcp = tcp
        kind = socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.bind((address, 0))
        if tcp:
            self._socket.settimeout(2.0)
        try:
            self._socket.connect(("127.0.0.1", port))
        except OSError:
            self._socket.close()
            raise
        self._socket.setblocking(False)
        self._target = f"sip:1001@127.0.0.1:{port}".encode()
        self.port = self._socket.getsockname()[1]

    def close(self) -> None:
        self._socket.close()

    async def send(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._socket, data)

    async def status(self, limit: float = 10.0) -> int:
        """Return the status of the next response that is not 100 Trying."""
        async with asyncio.timeout(limit):
            while True:
                answer = await asyncio.get_running_loop().sock_recv(self._socket, 65_535)
                if not answer:
                    raise ConnectionError("the engine closed the connection")
                # A stream may hold several responses in one piece.
                for status in re.findall(rb"^SIP/2\.0 (\d{3})", answer, re.MULTILINE):
                    if status != b"100":
                        return int(status)

    async def answer(self, status: int, limit: float = 10.0) -> bytes:
        """Return the next response with that status, one datagram."""
        return await self._message(rb"SIP/2\.0 %d " % status, limit)

    async def request(
        self, method: bytes, *, status: int = 200, limit: float = 10.0, body: bytes = b""
    ) -> bytes:
        """Return the next request of that method, and answer it with ``status``.

        ``body`` is an answer in SDP.
        """
        request = await self._message(method + rb" ", limit)
        copied = re.findall(rb"^(?:Via|From|To|Call-ID|CSeq):.*\r\n", request, re.MULTILINE)
        contact = b"Contact: <sip:raw@127.0.0.1:%d>\r\n" % self.port
        head = b"SIP/2.0 %d Whatever\r\n" % status + b"".join(copied) + contact
        kind = b"Content-Type: application/sdp\r\n" if body else b""
        await self.send(head + kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return request

    async def _message(self, start: bytes, limit: float) -> bytes:
        async with asyncio.timeout(limit):
            while True:
                message = await asyncio.get_running_loop().sock_recv(self._socket, 65_535)
                if re.match(start, message):
                    return message

    def invite(
        self,
        sender: bytes = b'"Caller" <sip:13800138000@127.0.0.1>',
        *,
        extra: bytes = b"",
        contact: bytes | None = None,
        offer: bool = True,
    ) -> bytes:
        """Return an INVITE whose From is ``sender``; ``extra`` is whole header lines with CRLF."""
        number = b"%d-%d" % (self.port, next(_numbers))
        here = b"127.0.0.1:%d" % self.port
        transport = b"TCP" if self._tcp else b"UDP"
        sdp = _SDP % self.port if offer else b""
        lines = (
            b"INVITE " + self._target + b" SIP/2.0",
            b"Via: SIP/2.0/" + transport + b" " + here + b";branch=z9hG4bK" + number,
            b"Max-Forwards: 70",
            b"From: " + sender + b";tag=" + number,
            b"To: <" + self._target + b">",
            b"Call-ID: " + number + b"@raw",
            b"CSeq: 1 INVITE",
            b"Contact: " + (contact if contact is not None else b"<sip:raw@" + here + b">"),
            *([b"Content-Type: application/sdp"] if offer else []),
        )
        head = b"\r\n".join(lines) + b"\r\n" + extra
        return head + b"Content-Length: %d\r\n\r\n" % len(sdp) + sdp


_SDP = (
    b"v=0\r\no=raw 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    b"m=audio %d RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
)


@contextlib.contextmanager
def raw_peer(port: int, *, tcp: bool = False) -> Iterator[RawPeer]:
    peer = RawPeer(port, tcp=tcp)
    try:
        yield peer
    finally:
        peer.close()
