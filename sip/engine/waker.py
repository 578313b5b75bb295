"""Wakes the loop that sleeps in the SIP library when a command came (step ②).

Without it a command waited for the end of the library's sleep. The library sleeps on its sockets,
so a datagram from a socket of ours to its UDP port wakes it: the double line break with which SIP
peers keep a path open (RFC 5626, 3.5.1), which the library drops unread. A lost one costs no more
than the rest of the sleep.
"""

from __future__ import annotations

import contextlib
import socket

from sip.engine.socket_filter import Local

_KEEP_ALIVE = b"\r\n\r\n"
_ANY, _LOOPBACK = "0.0.0.0", "127.0.0.1"


class Waker:
    """Does nothing until it is aimed. ``wake`` may be called in any thread."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None

    @property
    def aimed(self) -> bool:
        return self._socket is not None

    def aim(self, address: str, port: int) -> Local | None:
        """Wake the UDP transport bound to this address from now on; return who will call there."""
        self.close()
        ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            ours.setblocking(False)
            ours.connect((_LOOPBACK if address == _ANY else address, port))
        except OSError:
            ours.close()
            return None
        self._socket = ours
        return Local(*ours.getsockname())

    def wake(self) -> None:
        ours = self._socket  # another thread may close it meanwhile
        if ours is not None:
            with contextlib.suppress(OSError):
                ours.send(_KEEP_ALIVE)

    def close(self) -> None:
        """From here on nothing is woken."""
        ours, self._socket = self._socket, None
        if ours is not None:
            ours.close()
