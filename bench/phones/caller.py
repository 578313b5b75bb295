"""A caller made of bytes: one UDP call with PCMA to a phone on loopback, each step with its time.

It waits for nothing but the phone: no library of its own, no jitter buffer, no sound device.
"""

from __future__ import annotations

import itertools
import re
import socket
import time
from dataclasses import dataclass
from typing import Self

from bench.sheet import BenchError

PATIENCE_S = 10.0
_SDP = (
    "v=0\r\no=bench 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
)
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: its status, when it came (monotonic s), and its text."""

    status: int
    at_s: float
    text: str

    def header(self, name: str) -> str:
        found = re.search(rf"^{name}:\s*(.*?)\r?$", self.text, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""


class Caller:
    """One call to ``target`` (a SIP URI on 127.0.0.1); ``rtp`` is the socket of its sound.

    ``id`` begins its Call-ID and is its tag.
    """

    def __init__(self, target: str, port: int, *, number: str = "bench") -> None:
        """``number`` is what the phone may show of the caller."""
        self._target, self._remote = target, target
        self._number = number
        self._socket = _bound()
        self.rtp = _bound()
        self._peer = ("127.0.0.1", port)
        here = self._socket.getsockname()[1]
        self._here = f"127.0.0.1:{here}"
        self.id = f"{here}-{next(_numbers)}-{time.monotonic_ns()}"
        self._to_tag = ""
        self.invited_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self.rtp.close()

    def invite(self, extra: str = "") -> None:
        """Ring; ``extra`` is whole header lines with CRLF."""
        body = _SDP.format(port=self.rtp.getsockname()[1])
        message = self._request("INVITE", 1, f"{extra}Content-Type: application/sdp\r\n", body)
        self.invited_s = time.monotonic()
        self._socket.sendto(message, self._peer)

    def wait_for(self, *statuses: int, method: str = "INVITE") -> Answer:
        """The first response to ``method`` with one of the statuses. Raises BenchError."""
        limit = time.monotonic() + PATIENCE_S
        while (left := limit - time.monotonic()) > 0:
            answer = self._hear(left)
            if answer is None or method not in answer.header("CSeq"):
                continue
            if answer.status in statuses:
                return answer
            if answer.status >= 300 and method == "INVITE":
                raise BenchError(f"{self._target} answered {answer.status}")
        raise BenchError(f"{self._target} did not answer {statuses}")

    def acknowledge(self, answer: Answer) -> None:
        """ACK a 200 and point the sound to where it says."""
        self._take_tag(answer)
        contact = re.search(r"<(sip:[^>]+)>", answer.header("Contact"))
        self._remote = contact[1] if contact else self._target
        self._socket.sendto(self._request("ACK", 1), self._peer)
        media = re.search(r"^m=audio (\d+)", answer.text, re.MULTILINE)
        if media is None:
            raise BenchError(f"{self._target} offers no sound")
        self.rtp.connect(("127.0.0.1", int(media[1])))

    def cancel(self) -> None:
        """CANCEL, its 200, the INVITE's 487, our ACK."""
        self._socket.sendto(self._request("CANCEL", 1), self._peer)
        answer = self.wait_for(487)
        self._take_tag(answer)
        self._socket.sendto(self._request("ACK", 1), self._peer)

    def hang_up(self) -> None:
        self._socket.sendto(self._request("BYE", 2), self._peer)
        self.wait_for(200, method="BYE")

    def _take_tag(self, answer: Answer) -> None:
        found = re.search(r";tag=([^;\s>]+)", answer.header("To"))
        self._to_tag = found[1] if found else ""

    def _hear(self, left_s: float) -> Answer | None:
        """One message; a request of the phone's is agreed to."""
        self._socket.settimeout(left_s)
        try:
            data, sender = self._socket.recvfrom(65_535)
        except TimeoutError:
            return None
        at, text = time.monotonic(), data.decode("utf-8", "replace")
        if text.startswith("SIP/2.0 "):
            return Answer(int(text[8:11]), at, text)
        if not text.startswith("ACK "):
            kept = re.findall(r"^(?:Via|From|To|Call-ID|CSeq):.*\r\n", text, re.MULTILINE)
            agreed = f"SIP/2.0 200 OK\r\n{''.join(kept)}Content-Length: 0\r\n\r\n"
            self._socket.sendto(agreed.encode(), sender)
        return None

    def _request(self, method: str, number: int, extra: str = "", body: str = "") -> bytes:
        to = f"<{self._target}>" + (f";tag={self._to_tag}" if self._to_tag else "")
        branch = f"z9hG4bK{self.id}" + ("" if method in ("INVITE", "CANCEL") else method)
        target = self._target if method in ("INVITE", "CANCEL") else self._remote
        return (
            f"{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {self._here};branch={branch}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{self._number}@{self._here}>;tag={self.id}\r\n"
            f"To: {to}\r\nCall-ID: {self.id}@bench\r\nCSeq: {number} {method}\r\n"
            f"Contact: <sip:bench@{self._here}>\r\n{extra}Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def _bound() -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.bind(("127.0.0.1", 0))
    return found
