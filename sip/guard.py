"""The guard in front of the SIP library: which messages it must not see (step ①).

The library is built with its asserts: what its author held for impossible ends the process. Each
rule here stands for one of them, found by tests/sip/malformed; none refuses what the standards
allow a telephone's exchange to send. Pure functions over bytes, any thread.
"""

from __future__ import annotations

import re
from collections import deque

MEDIA_LIMIT = 4
"""Each m-line costs two sockets, of which the library has 64 for four calls and itself."""
PACE_LIMIT, PACE_S = 20, 1.0
"""So many media may be offered in so many seconds: a closed socket is free only half a second
later. An exchange whose call comes too soon sends its INVITE again."""
SERVICE_ROUTE_LIMIT = 8
HOST_LIMIT = 253  # RFC 1035 2.3.4, as text
USER_LIMIT = 200
"""The library cuts a URI off at 255 bytes and takes the beginning of a long user for a host."""

_QUOTED = re.compile(rb'"(?:[^"\\\r\n]|\\[^\r\n])*"')
_EMPTY_HOST = re.compile(rb"\[\s*\]")
_EMPTY_URI_HOST = re.compile(rb"(?:sips?:|@)\[\s*\]", re.IGNORECASE)
_LONG_HOST = re.compile(
    rb"(?:[@=:\s/])[A-Za-z0-9._:\[\]-]{%d,}(?=[\s>;:,?/\"]|$)" % (HOST_LIMIT + 1)
)
_LONG_USER = re.compile(rb"sips?:[^@\s<>]{%d,}" % (USER_LIMIT + 1), re.IGNORECASE)
_SERVICE_ROUTE = re.compile(rb"^Service-Route[ \t]*:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(rb"\n[ \t]+")
_ACCEPTED = re.compile(
    rb"SIP/2\.0 2.*^CSeq[ \t]*:\s*\d+\s+INVITE", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_WAYS = re.compile(rb"^(?:Contact|m|Record-Route)[ \t]*:([^\n]*)", re.IGNORECASE | re.MULTILINE)
_IN_BRACKETS = re.compile(rb"<([^>]*)>")
_SCHEME = re.compile(rb"\s*([a-z][a-z0-9+.-]*)\s*:", re.IGNORECASE)
_MEDIA = re.compile(rb"^m=", re.MULTILINE)
_SESSION = re.compile(rb"^[vost]=", re.MULTILINE)
_CONNECTION = re.compile(rb"^c=([^\n]*)", re.MULTILINE)
_CONTROL = re.compile(rb"^a=rtcp:([^\n]*)", re.MULTILINE)  # RFC 3605
_IP = (
    rb"(?:IN IP4 [A-Za-z0-9._-]{1,%d}(?:/[0-9]{1,3}){0,2}"  # with a multicast group's TTL
    rb"|IN IP6 [A-Fa-f0-9:.]{2,%d}(?:/[0-9]{1,5})?)[ \t]*" % (HOST_LIMIT, HOST_LIMIT)
)
_ADDRESS = re.compile(_IP)
_CONTROL_ADDRESS = re.compile(rb"[0-9]{1,5}(?: %s)?[ \t]*" % _IP)


def fault(message: bytes) -> str:
    """Return in words why the library must not see ``message``; "" when it may."""
    # Whatever ends a line for the library must end it here.
    head, _, body = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").partition(b"\n\n")
    return _fault_of_head(_FOLD.sub(b" ", head)) or _fault_of_body(body)


class Pace:
    """Counts the media that INVITEs offer, at times that the caller gives, in seconds."""

    def __init__(self) -> None:
        self._taken: deque[float] = deque()

    def admits(self, message: bytes, now_s: float) -> bool:
        """Say whether ``message`` may come now, and count it if it may."""
        if not message.startswith(b"INVITE "):
            return True
        while self._taken and self._taken[0] <= now_s - PACE_S:
            self._taken.popleft()
        media = max(1, message.count(b"\nm="))
        if len(self._taken) + media > PACE_LIMIT:
            return False
        self._taken.extend([now_s] * media)
        return True


def _fault_of_head(head: bytes) -> str:
    if _EMPTY_URI_HOST.search(head) or _EMPTY_HOST.search(_QUOTED.sub(b'""', head)):
        return "a host that is empty"
    if _LONG_HOST.search(head):
        return "a host that is too long"
    if _LONG_USER.search(head):
        return "a user that is too long"
    routes = _SERVICE_ROUTE.findall(head)
    if sum(route.count(b",") + 1 for route in routes) > SERVICE_ROUTE_LIMIT:
        return "too many Service-Routes"
    if _ACCEPTED.match(head) and _leads_elsewhere(head):
        return "a way that is not SIP's"
    return ""


def _leads_elsewhere(head: bytes) -> bool:
    """Whether what is sent to the other end would have to go to ``tel:``, ``mailto:`` or such."""
    for value in _WAYS.findall(_QUOTED.sub(b'""', head)):
        bare = (part.partition(b";")[0] for part in _IN_BRACKETS.sub(b"", value).split(b","))
        for uri in (*_IN_BRACKETS.findall(value), *bare):
            scheme = _SCHEME.match(uri)
            if scheme and scheme[1].lower() not in {b"sip", b"sips"}:
                return True
    return False


def _fault_of_body(body: bytes) -> str:
    if len(_MEDIA.findall(body)) > MEDIA_LIMIT:
        return "too many media"
    if not all(map(_ADDRESS.fullmatch, _CONNECTION.findall(body))):
        return "sound from no address"
    session, *media = _MEDIA.split(body)
    missing = not _CONNECTION.search(session) and not all(map(_CONNECTION.search, media))
    if missing and _SESSION.search(session):
        # The library takes it at a medium of port 0, and later holds that for impossible.
        return "a medium without an address"
    if not all(map(_CONTROL_ADDRESS.fullmatch, _CONTROL.findall(body))):
        return "a report to no address"
    return ""
