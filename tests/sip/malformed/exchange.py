"""An exchange of a few lines: takes every registration, says what it likes, ends what it began."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import cast

from sip.client import Patience
from sip.messages import (
    Account,
    Answer,
    CallAnswered,
    CallEnded,
    CommandRefused,
    EngineLost,
    EngineReady,
    Event,
    HangUp,
    IncomingCall,
    LineId,
    MakeCall,
    RegistrationChanged,
    Reject,
    Transport,
)
from tests.sip.seat import LIMIT_S, Seat, running
from tests.sipp.sipp import udp_port
from tests.sipp.stage import takes_a_call

GENUINE = "2001"
"""The number of callers that nobody spoils."""
RECOVERY_S = 3.0
"""The desk's promise: so soon after a restart the extension is registered again."""
PING_S, PINGS = 0.25, 40
_counter = itertools.count(1)


class Exchange(asyncio.DatagramProtocol):
    """``spoil`` may change what goes back to the phone's requests; ``statuses`` holds its last
    answer to each Call-ID."""

    def __init__(self, spoil: Callable[[bytes], bytes] = lambda answer: answer) -> None:
        self.registrations = 0
        self.statuses: dict[bytes, int] = {}
        self.phone = ("127.0.0.1", 9)
        self._spoil = spoil
        self._pong = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    @property
    def port(self) -> int:
        return int(self._transport.get_extra_info("sockname")[1])

    def close(self) -> None:
        self._transport.close()

    def send(self, message: bytes) -> None:
        self._transport.sendto(message, self.phone)

    async def reaches(self, alive: Callable[[], bool]) -> bool:
        """Say whether the phone answers OPTIONS; ``alive`` becoming false ends the wait."""
        self._pong.clear()
        for _ in range(PINGS):
            self.send(_request(b"OPTIONS", b"ping%d" % next(_counter), self.port))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._pong.wait(), PING_S)
                return alive()
            if not alive():
                return False
        return False

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        if data.startswith(b"SIP/2.0"):
            self._hear_answer(data)
            return
        if data.startswith(b"ACK"):
            return
        if data.startswith(b"REGISTER"):
            self.registrations += 1
        answer = _answer(data, contact=b"<sip:2001@127.0.0.1:%d>" % self.port)
        if not data.startswith(b"BYE"):
            answer = self._spoil(answer)
        self._transport.sendto(answer, addr)

    def _hear_answer(self, data: bytes) -> None:
        with contextlib.suppress(ValueError):
            self.statuses[_header(b"Call-ID", data)] = int(data[8:11])
        if b"\r\nCall-ID: ping" in data:
            self._pong.set()
        elif re.search(rb"^CSeq: *\d+ INVITE", data, re.MULTILINE) and data[8:9] > b"1":
            for method in (b"ACK", b"BYE") if data[8:9] == b"2" else (b"ACK",):
                self.send(_within(data, method))


def _request(method: bytes, name: bytes, port: int) -> bytes:
    return (
        b"%s sip:1001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%s\r\n"
        b"From: <sip:exchange@127.0.0.1>;tag=1\r\nTo: <sip:1001@127.0.0.1>\r\nCall-ID: %s\r\n"
        b"CSeq: 1 %s\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        % (method, port, name, name, method)
    )


def _header(name: bytes, message: bytes) -> bytes:
    found = re.search(rb"^" + name + rb": *([^\r\n]*)", message, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else b""


def _within(answer: bytes, method: bytes) -> bytes:
    """Return the ACK or BYE that follows ``answer`` to an INVITE of ours."""
    refused = answer[8:9] != b"2"
    via = _header(b"Via", answer) if refused else (
        b"SIP/2.0/UDP 127.0.0.1:%s;branch=z9hG4bK%s%d"
        % (_header(b"Via", answer).partition(b":")[2][:5].rstrip(b";"), method, next(_counter))
    )  # fmt: skip
    number = _header(b"CSeq", answer).split()[0] if method == b"ACK" else b"2"
    return (
        b"%s sip:1001@127.0.0.1 SIP/2.0\r\nVia: %s\r\nFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\n"
        b"CSeq: %s %s\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        % (method, via, _header(b"From", answer), _header(b"To", answer),
           _header(b"Call-ID", answer), number, method)
    )  # fmt: skip


def _answer(request: bytes, *, contact: bytes) -> bytes:
    """Return 200 to ``request``: with SDP to an INVITE, with its own Contact to a REGISTER."""
    invite = request.startswith(b"INVITE")
    if request.startswith(b"REGISTER"):
        contact = _header(b"Contact", request)
    body = request.partition(b"\r\n\r\n")[2] if invite else b""
    kept = b"".join(
        b"%s: %s\r\n" % (name, _header(name, request))
        for name in (b"Via", b"From", b"Call-ID", b"CSeq")
    )
    to = _header(b"To", request)
    tag = b"" if b";tag=" in to else b";tag=%d" % next(_counter)
    return (
        b"SIP/2.0 200 OK\r\n%sTo: %s%s\r\nContact: %s\r\nExpires: 90\r\n"
        b"%sContent-Length: %d\r\n\r\n%s"
        % (kept, to, tag, contact, b"Content-Type: application/sdp\r\n" if body else b"",
           len(body), body)
    )  # fmt: skip


class Desk(Seat):
    """An agent who answers every third spoilt call, refuses the others, and keeps none of them."""

    def __init__(self, exchange: Exchange, command: Sequence[str] | None, *, tcp: bool) -> None:
        # Restarts are counted here, not waited for: many may come in one test.
        super().__init__(
            "1001",
            account=Account("1001", registrar=f"127.0.0.1:{exchange.port}"),
            transports=(Transport.UDP, Transport.TCP) if tcp else (Transport.UDP,),
            command=command,
            patience=Patience(retry_s=(0.05,)),
        )
        self.rang: list[IncomingCall] = []
        self.refuses_all = False
        self._spoilt: set[LineId] = set()
        self._changed = asyncio.Event()

    def _refuses(self) -> bool:
        return self.refuses_all or len(self.rang) % 3 != 0

    def call(self, uri: str) -> None:
        """Call somebody whose answers are spoilt."""
        line = self.client.new_line()
        self._spoilt.add(line)
        self.client.send(MakeCall(line, uri))

    async def idle(self) -> None:
        """Wait until no spoilt call is left."""
        for line in self._spoilt:
            self.client.send(HangUp(line))
        await self._until(lambda: not self._spoilt)

    async def has_rung(self, name: str) -> None:
        """Wait until a call with a Call-ID that begins with ``name`` rang."""
        await self._until(lambda: any(call.call_id.startswith(name) for call in self.rang))

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_S):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def _take(self, event: Event) -> None:
        if not self._is_spoilt(event):
            super()._take(event)
        self._changed.set()

    def _is_spoilt(self, event: Event) -> bool:
        """See to ``event`` if it is of a spoilt call; the others are the test's own."""
        match event:
            case IncomingCall(line=line, number=number) if number != GENUINE:
                self.rang.append(event)
                self._spoilt.add(line)
                self.client.send(Reject(line) if self._refuses() else Answer(line))
                return True
            case EngineLost():
                self._spoilt.clear()
        of: LineId | None = getattr(event, "line", None)
        if of is None or of not in self._spoilt:
            return False
        if isinstance(event, CallAnswered):
            self.client.send(HangUp(of))
        elif isinstance(event, CallEnded) or (
            isinstance(event, CommandRefused) and event.command == "MakeCall"
        ):
            self._spoilt.discard(of)
        return True


class Stage:
    """The exchange and the desk that is registered with it."""

    def __init__(self, exchange: Exchange, desk: Desk) -> None:
        self.exchange, self.desk = exchange, desk

    async def registered(self) -> None:
        """Wait until the running engine is there and registered."""
        if not self.desk.client.ready:
            await self.desk.next(EngineReady)
        self.exchange.phone = ("127.0.0.1", udp_port(self.desk))
        await self.desk.next(RegistrationChanged, lambda event: event.registered, limit=RECOVERY_S)

    async def works(self, folder: Path) -> None:
        """See a genuine call through."""
        await self.desk.idle()
        await takes_a_call(self.desk, folder)

    async def survives(self) -> bool:
        """Say whether the engine still is the same; one that was lost is back and registered."""
        number = self.desk.client.incarnation
        alive = await self.exchange.reaches(lambda: self.desk.client.ready)
        if alive and self.desk.client.incarnation == number:
            return True
        await self.registered()
        return False


@contextlib.asynccontextmanager
async def staged(
    spoil: Callable[[bytes], bytes] = lambda answer: answer,
    *,
    command: Sequence[str] | None = None,
    tcp: bool = False,
) -> AsyncIterator[Stage]:
    """Run an exchange and a desk registered with it."""
    loop = asyncio.get_running_loop()
    _, exchange = await loop.create_datagram_endpoint(
        lambda: Exchange(spoil), local_addr=("127.0.0.1", 0)
    )
    desk = Desk(exchange, command, tcp=tcp)
    stage = Stage(exchange, desk)
    try:
        async with running(desk):
            await stage.registered()
            yield stage
    finally:
        exchange.close()
