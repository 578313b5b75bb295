"""Notices over UDP that the exchange was away for less than a second (step ①).

A program that is started anew may have forgotten who was registered, and be back before the next
question is due: then nothing was missed, and the seat would not be rung until its registration is
refreshed. TCP and TLS tell by themselves. Over UDP the system of the exchange's machine answers
for a port where nobody listens (ICMP, RFC 1122 4.1.3.1), so two line breaks, which SIP programs
send to keep a router's way open and pass over when they get them, go there five times a second.
Where such answers are kept back, everything is as without.
"""

from __future__ import annotations

import contextlib
import socket

KNOCK_S = 0.2
_NOTHING = b"\r\n\r\n"


class Knocker:
    """Belongs to the engine's thread, in whose loop it costs no turn of its own."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._knocked_at = 0.0

    def aim(self, own: str, address: str, port: int) -> None:
        """Knock there from now on; "" for nowhere."""
        self.close()
        if not address:
            return
        knocking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        knocking.setblocking(False)
        try:
            knocking.bind((own, 0))
            knocking.connect((address, port))
        except OSError:  # the way is gone already: the next one is looked for elsewhere
            knocking.close()
            return
        self._socket = knocking

    def nobody_there(self, now: float) -> bool:
        """Knock if it is time; whether nobody listened at one of the last times."""
        if self._socket is None or now - self._knocked_at < KNOCK_S:
            return False
        self._knocked_at = now
        try:
            self._socket.send(_NOTHING)
        except ConnectionRefusedError:
            # The answer to the one before. This one has not gone out.
            with contextlib.suppress(OSError):
                self._socket.send(_NOTHING)
            return True
        except OSError:
            return False  # no way: said by who looks for it
        return False

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
