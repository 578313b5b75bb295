"""Ports on loopback that nobody has, and that nobody gets in between.

The system gives away ports from 32 768 on by itself; here are 2 000 to 9 998, the exchanges' sound
has 10 000 to 19 999, SIPp 20 000 to 31 999.
"""

from __future__ import annotations

import contextlib
import random
import socket

_anywhere = random.SystemRandom()
"""Not the module's own numbers: tests begin with a seed, and two at a time would take the same."""


def free_port(*kinds: socket.SocketKind) -> int:
    """A port, free with the one behind it for all of ``kinds`` (UDP when none is named)."""
    while True:
        port = _anywhere.randrange(2_000, 9_998, 2)
        with contextlib.ExitStack() as held:
            try:
                for kind in kinds or (socket.SOCK_DGRAM,):
                    for place in (port, port + 1):
                        probe = held.enter_context(socket.socket(socket.AF_INET, kind))
                        probe.bind(("127.0.0.1", place))
            except OSError:
                continue
            return port


def sound_ports() -> tuple[int, int]:
    """The first and last of two hundred for an exchange's sound."""
    first = _anywhere.randrange(10_000, 20_000, 200)
    return first, first + 199
