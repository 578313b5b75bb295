"""The way to the exchange: its addresses, and which of ours leads to it (step ①).

The library looks names up in the very thread that carries the calls; with a dead name server it
would stand still for seconds. So names are looked up here, in a thread of their own.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
SIP_PORT, SIPS_PORT = 5060, 5061
_LOOK_AGAIN_S, _RETRY_S = 30.0, 1.0
_URI = re.compile(r"^(?:sips?:)?(?:[^@]*@)?(?P<host>\[[^\]]*\]|[^:;?>\s]*)(?::(?P<port>\d{1,5}))?")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Host:
    """A host as settings write it: a name or an IPv4 address, with or without a port."""

    name: str
    port: int | None = None


def parse_host(text: str) -> Host:
    """Return host and port of ``host``, ``host:port`` or a SIP URI; an empty name when there is
    none."""
    found = _URI.match(text.strip())
    if found is None:
        return Host("")
    return Host(found["host"], int(found["port"]) if found["port"] else None)


def is_address(name: str) -> bool:
    """Whether ``name`` is an IPv4 address, which needs no looking up."""
    try:
        ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True


def own_address_towards(address: str, port: int) -> str:
    """Return the address of the interface that leads to ``address``; "" when there is no way.

    Nothing is sent: only the system's routes are asked.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((address, port))
        except OSError:
            return ""
        return str(asking.getsockname()[0])


class Names:
    """The IPv4 addresses of some hosts, looked up again every half minute and when asked to.

    Addresses need no thread, and none is started for them. ``stop`` ends it.
    """

    def __init__(self, hosts: Iterable[str]) -> None:
        names = {host for host in hosts if host}
        self._known: dict[str, tuple[str, ...]] = {
            name: (name,) for name in names if is_address(name)
        }
        self._names = tuple(sorted(names - self._known.keys()))
        self._wake = threading.Event()
        self._stopped = False
        if self._names:
            threading.Thread(target=self._run, name="names", daemon=True).start()

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return what is known of ``host`` now; empty while nothing is. Any thread."""
        return self._known.get(host, ())

    def look_again(self) -> None:
        """Do not wait for the next time: the exchange is silent or the network has changed."""
        self._wake.set()

    def stop(self) -> None:
        self._stopped = True
        self._wake.set()

    def _run(self) -> None:
        while not self._stopped:
            found = [self._look_up(name) for name in self._names]
            self._wake.wait(_LOOK_AGAIN_S if all(found) else _RETRY_S)
            self._wake.clear()

    def _look_up(self, name: str) -> bool:
        try:
            found = socket.getaddrinfo(name, None, socket.AF_INET, socket.SOCK_DGRAM)
        except OSError as problem:
            _log.info("the exchange's name cannot be looked up: %s", problem)
            return name in self._known  # what was true a while ago is the best there is
        # Replaced as a whole: readers in other threads see the old or the new.
        self._known[name] = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
        return True
