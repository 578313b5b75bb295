"""An exchange made of bytes, in a process of its own: sends INVITEs and says when (step ①).

Reads one JSON object a line: ``{"number", "queue", "menu", "waited"}`` makes a call, anything else
ends it. Answers each call, once it ended, with ``{"sent_ns", "trying_ns", "ringing_ns"}`` of the
machine's monotonic clock. It shares no interpreter lock with the desk that it measures.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bench.sheet import BenchError
from sip.messages import HeaderNames

PATIENCE_S = 10.0
_SDP = (
    "v=0\r\no=bench 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
)


# --- the desk's side ------------------------------------------------------------------------------


class SipCaller:
    """Starts the process and talks to it; ``call`` returns before anything was sent."""

    def __init__(self, port: int) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "bench.sip_caller", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def call(self, number: str) -> None:
        """Ring with what an exchange says of a call."""
        self._say({"number": number, "queue": "咨询", "menu": "2-1", "waited": "12"})

    async def end(self) -> Mapping[str, int]:
        """Cancel the call; its times once the other side agreed. Raises BenchError."""
        self._say({})
        assert self._child.stdout is not None
        answer = await asyncio.to_thread(self._child.stdout.readline)
        if not answer:
            raise BenchError("the caller's process has ended")
        times: Mapping[str, int] = json.loads(answer)
        return times

    def close(self) -> None:
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait(PATIENCE_S)

    def _say(self, what: Mapping[str, str]) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
        self._child.stdin.flush()


# --- the process ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Call:
    """What all requests of one call have in common (RFC 3261)."""

    target: str
    here: str
    tag: str
    caller: str

    def request(self, method: str, *, to_tag: str = "", extra: str = "", body: str = "") -> bytes:
        to = f"<{self.target}>" + (f";tag={to_tag}" if to_tag else "")
        content = body.encode()
        return (
            f"{method} {self.target} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self.here};branch=z9hG4bK{self.tag}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{self.caller}@127.0.0.1>;tag={self.tag}\r\n"
            f"To: {to}\r\nCall-ID: {self.tag}@bench\r\nCSeq: 1 {method}\r\n"
            f"Contact: <sip:bench@{self.here}>\r\n{extra}Content-Length: {len(content)}\r\n\r\n"
        ).encode() + content


class _Peer:
    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.connect(("127.0.0.1", port))
        self._socket.settimeout(PATIENCE_S)
        self._port = self._socket.getsockname()[1]
        self._target = f"sip:1001@127.0.0.1:{port}"
        self._numbers = itertools.count(1)

    def ring(self, wish: Mapping[str, str]) -> tuple[_Call, dict[str, int]]:
        """Send an INVITE and wait for 180."""
        tag = f"{self._port}-{next(self._numbers)}"
        call = _Call(self._target, f"127.0.0.1:{self._port}", tag, wish["number"])
        names = HeaderNames()
        extra = (
            f"{names.call_id}: {tag}\r\n{names.queue}: {wish['queue']}\r\n"
            f"{names.menu_path}: {wish['menu']}\r\n{names.waited_s}: {wish['waited']}\r\n"
            f"{names.dialled}: 12366\r\nContent-Type: application/sdp\r\n"
        )
        invite = call.request("INVITE", extra=extra, body=_SDP.format(port=self._port))
        times = {"sent_ns": time.monotonic_ns()}
        self._socket.send(invite)
        while "ringing_ns" not in times:
            status, _ = self._hear(tag)
            name = {100: "trying_ns", 180: "ringing_ns"}.get(status)
            if name is None:
                raise SystemExit(f"the engine answered {status}")
            times.setdefault(name, time.monotonic_ns())
        return call, times

    def cancel(self, call: _Call) -> None:
        """CANCEL, its 200, the INVITE's 487, our ACK."""
        self._socket.send(call.request("CANCEL"))
        waiting = {200, 487}
        while waiting:
            status, to_tag = self._hear(call.tag)
            waiting.discard(status)
            if status == 487:
                self._socket.send(call.request("ACK", to_tag=to_tag))

    def _hear(self, tag: str) -> tuple[int, str]:
        """Status and To tag of the next response of this call."""
        while True:
            answer = self._socket.recv(65_535).decode("utf-8", "replace")
            if answer.startswith("SIP/2.0 ") and f"Call-ID: {tag}@" in answer:
                to = re.search(r"^To:.*;tag=([^\s;]+)", answer, re.MULTILINE)
                return int(answer[8:11]), to.group(1) if to else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int, help="the engine's UDP port on loopback")
    peer = _Peer(parser.parse_args().port)
    call: _Call | None = None
    times: dict[str, int] = {}
    for text in sys.stdin.buffer:
        wish = json.loads(text)
        if wish:
            call, times = peer.ring(wish)
        elif call is not None:
            peer.cancel(call)
            sys.stdout.write(json.dumps(times) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
