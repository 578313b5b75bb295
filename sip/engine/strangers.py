"""Only the exchange may ring (step ①).

An INVITE from any other address is refused, and counted. On Linux most never come so far: a filter
on the sockets themselves lets nothing of strangers in, because the library ends the process over
some of what they may send.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import time
from collections.abc import Callable

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import Invited, SipCall
from sip.engine.socket_filter import Local, SocketFilter
from sip.engine.way import Network
from sip.messages import Event, StrangersRefused

TELL_S = 1.0
_FORBIDDEN = 403

_log = logging.getLogger(__name__)


class Strangers:
    """Keeps them out and counts them. The engine's thread only."""

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._friends: frozenset[Network] = frozenset()
        self._filter = SocketFilter()
        self._refused = 0
        self._told = 0
        self._last = ""
        self._looked_at = 0.0
        self._calls: list[SipCall] = []  # must live until the library has forgotten them

    def let_in(self, friends: frozenset[Network]) -> None:
        """Only these may reach the phone from now on."""
        if friends != self._friends:
            self._friends = friends
            self._filter.let_in(friends)

    def guard(self, address: str, ports: tuple[tuple[str, int], ...], own: Local | None) -> None:
        """Watch these sockets; ``own`` is the one of ours that may talk to them."""
        self._filter.attach(address, ports, own, self._friends)

    def release(self) -> None:
        """Let go of the sockets, which are about to be closed."""
        self._filter.close()

    def admits(self, invitation: Invited) -> bool:
        """Whether it comes from the exchange; else it is refused here."""
        host = invitation.source.rpartition(":")[0]
        with contextlib.suppress(ValueError):
            address = ipaddress.IPv4Address(host)
            if any(address in network for network in self._friends):
                return True
        self._refused += 1
        self._last = host
        self._refuse(invitation.call)
        return False

    def _refuse(self, call: SipCall) -> None:
        operation = pj.CallOpParam()
        operation.statusCode = _FORBIDDEN
        self._calls.append(call)
        with contextlib.suppress(pj.Error):  # gave up already
            if call.getId() != pj.PJSUA_INVALID_ID:
                call.hangup(operation)

    def look(self) -> None:
        """Tell how many there were, once a second at most."""
        if time.monotonic() - self._looked_at < TELL_S:
            return
        self._looked_at = time.monotonic()
        self._calls = [call for call in self._calls if call.getId() != pj.PJSUA_INVALID_ID]
        count = self._refused + self._filter.dropped()
        if count > self._told:
            self._told = count
            self._send(StrangersRefused(count, self._last))

    def close(self) -> None:
        """Let go of every call and socket, before the library goes."""
        self._calls.clear()
        self._filter.close()
