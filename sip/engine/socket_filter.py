"""A filter in the kernel: what does not come from the exchange never reaches the library (step ①).

A classic BPF program on the listening sockets (Linux: SO_ATTACH_FILTER) reads the sender out of
the IPv4 header. Elsewhere nothing is filtered here, and strangers are refused later, call by call.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import socket
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from sip.engine.way import Network

_SO_ATTACH_FILTER, _SO_MEMINFO = 26, 55
_MEMINFO_DROPS, _MEMINFO_WORDS = 8, 9
_LOAD_WORD, _LOAD_HALF, _AND, _EQUAL, _RETURN = 0x20, 0x28, 0x54, 0x15, 0x06
_SENDER = 0xFFF0_0000 + 12  # SKF_NET_OFF, and the source address's place in the IPv4 header
_SENDER_PORT = 0  # the packet itself begins at the UDP or TCP header
_WHOLE, _NOTHING = 0xFFFF_FFFF, 0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Local:
    """A UDP socket of our own, by address and port."""

    address: str
    port: int


def program(friends: frozenset[Network], own: Local | None) -> list[bytes]:
    """Return the instructions that let ``friends`` and ``own`` in and nobody else."""
    code = []
    for network in sorted(friends):
        code += [
            _instruction(_LOAD_WORD, _SENDER),
            _instruction(_AND, int(network.netmask)),
            _instruction(_EQUAL, int(network.network_address), 0, 1),
            _instruction(_RETURN, _WHOLE),
        ]
    if own is not None:
        address = int.from_bytes(socket.inet_aton(own.address), "big")
        code += [
            _instruction(_LOAD_WORD, _SENDER),
            _instruction(_EQUAL, address, 0, 3),
            _instruction(_LOAD_HALF, _SENDER_PORT),
            _instruction(_EQUAL, own.port, 0, 1),
            _instruction(_RETURN, _WHOLE),
        ]
    return [*code, _instruction(_RETURN, _NOTHING)]


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


class SocketFilter:
    """The same filter on some sockets of this process, and how much it has dropped."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._own: Local | None = None
        self._dropped_before = 0

    def attach(
        self,
        address: str,
        ports: tuple[tuple[str, int], ...],
        own: Local | None,
        friends: frozenset[Network],
    ) -> None:
        """Put the filter on the sockets bound to ``address`` and ``ports``."""
        self.close()
        self._own = own
        if not sys.platform.startswith("linux"):
            return
        wanted = {(address, port) for _name, port in ports}
        for each in _own_sockets():
            if _bound_to(each) in wanted:
                self._sockets.append(each)
            else:
                each.close()
        if len(self._sockets) < len(ports):
            _log.warning("not every socket could be guarded against strangers")
        self.let_in(friends)
        for each in self._sockets:
            _drain(each)

    def let_in(self, friends: frozenset[Network]) -> None:
        code = program(friends, self._own)
        held = ctypes.create_string_buffer(b"".join(code))
        attached = struct.pack("HL", len(code), ctypes.addressof(held))
        for each in self._sockets:
            try:
                each.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, attached)
            except OSError as problem:
                _log.warning("strangers are not filtered: %s", problem)

    def dropped(self) -> int:
        """How many packets did not get in so far; a full receive buffer counts as well."""
        return self._dropped_before + sum(map(_drops, self._sockets))

    def close(self) -> None:
        """Let go of the sockets: as long as they are held here, the library cannot close them."""
        self._dropped_before = self.dropped()
        while self._sockets:
            self._sockets.pop().close()


def _own_sockets() -> list[socket.socket]:
    """Return every socket of this process, as a second descriptor each."""
    # First all numbers, then the copies: these get numbers as well.
    numbers = [int(entry.name) for entry in Path("/proc/self/fd").iterdir() if entry.is_socket()]
    return [socket.socket(fileno=os.dup(number)) for number in numbers]


def _bound_to(each: socket.socket) -> tuple[str, int] | None:
    with contextlib.suppress(OSError):
        name = each.getsockname()
        if each.family == socket.AF_INET and not _is_connected(each):
            return name[0], name[1]
    return None


def _is_connected(each: socket.socket) -> bool:
    try:
        each.getpeername()
    except OSError:
        return False
    return True


def _drain(each: socket.socket) -> None:
    """Throw away what came between bind and filter: whoever means it sends it again."""
    if each.type == socket.SOCK_DGRAM:
        with contextlib.suppress(OSError):
            while True:
                each.recv(1, socket.MSG_DONTWAIT)


def _drops(each: socket.socket) -> int:
    try:
        raw = each.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, 4 * _MEMINFO_WORDS)
    except OSError:
        return 0
    words = struct.unpack(f"={len(raw) // 4}I", raw)
    return words[_MEMINFO_DROPS] if len(words) > _MEMINFO_DROPS else 0
