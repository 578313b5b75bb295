"""Our one SIP identity and what the library may tell us about it (step ①).

Like the calls' callbacks these only take notes; see ``sip.engine.callbacks``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import Invited, Notes, SipCall, contained

_FOR_EVER = 2**31
"""What the library says (as -1 without a sign) when there is no expiry."""


@dataclass(frozen=True, slots=True)
class RegistrationSeen:
    """The end of one REGISTER. ``status`` is SIP's, made up by the library when the exchange did
    not answer, ``error`` pjlib's; ``expires_s`` is 0 when nothing is registered any more."""

    status: int
    error: int
    reason: str
    expires_s: int
    answered: bool


@dataclass(frozen=True, slots=True)
class ProbeEnded:
    """One of our requests to the exchange came to its end, with an answer or without one."""

    answered: bool


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """A TCP or TLS connection ended or was not made; ``detail`` is what TLS has against it."""

    error: int
    detail: str


@dataclass(frozen=True, slots=True)
class ConnectionMade:
    """A TLS connection is there, and trusted; ``own`` is its end here, address and port."""

    own: str


AccountNote = RegistrationSeen | ProbeEnded | ConnectionLost | ConnectionMade
AccountNotes = deque[AccountNote]


class SipAccount(pj.Account):  # type: ignore[misc] # pjsua2 has no type hints
    """Our one SIP identity. Calls go to ``notes``, the rest to ``about``."""

    def __init__(self, notes: Notes, about: AccountNotes) -> None:
        super().__init__()
        self._notes = notes
        self._about = about

    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:  # noqa: N802
        with contained("incoming call"):
            call = SipCall(self, self._notes, prm.callId)
            self._notes.append(Invited(call, prm.rdata.wholeMsg, prm.rdata.srcAddress))

    def onRegState(self, prm: pj.OnRegStateParam) -> None:  # noqa: N802
        with contained("registration state"):
            answered = bool(prm.rdata.wholeMsg)
            expires_s = prm.expiration if 0 < prm.expiration < _FOR_EVER else 0
            note = RegistrationSeen(prm.code, prm.status, prm.reason, expires_s, answered)
            self._about.append(note)

    def onSendRequest(self, prm: pj.OnSendRequestParam) -> None:  # noqa: N802
        with contained("request ended"):
            answered = prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG
            self._about.append(ProbeEnded(answered))


class SipEndpoint(pj.Endpoint):  # type: ignore[misc] # pjsua2 has no type hints
    """The library itself, as far as it tells of connections."""

    def __init__(self, about: AccountNotes) -> None:
        super().__init__()
        self._about = about

    def onTransportState(self, prm: pj.OnTransportStateParam) -> None:  # noqa: N802
        with contained("transport state"):
            tls = prm.tlsInfo
            if prm.state == pj.PJSIP_TP_STATE_CONNECTED and not tls.isEmpty():
                self._about.append(ConnectionMade(tls.localAddr))
            elif prm.state == pj.PJSIP_TP_STATE_DISCONNECTED:
                detail = "" if tls.isEmpty() else ", ".join(tls.verifyMsgs)
                self._about.append(ConnectionLost(prm.lastError, detail))
