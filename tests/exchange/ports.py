"""Ports on loopback that nobody has."""

from __future__ import annotations

import contextlib
import socket


def free_port(*kinds: socket.SocketKind) -> int:
    """A port that is free for all of ``kinds`` (UDP when none is named)."""
    while True:
        with contextlib.ExitStack() as held:
            port = 0
            try:
                for kind in kinds or (socket.SOCK_DGRAM,):
                    probe = held.enter_context(socket.socket(socket.AF_INET, kind))
                    probe.bind(("127.0.0.1", port))
                    port = probe.getsockname()[1]
            except OSError:
                continue
            return port
