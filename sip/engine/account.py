"""Our one SIP identity and what the library may tell us about it (step ①).

Like the calls' callbacks these only take notes; see ``sip.engine.callbacks``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import Invited, Notes, SipCall, contained


@dataclass(frozen=True, slots=True)
class RegistrationSeen:
    """The end of one REGISTER. ``status`` is SIP's, ``error`` pjlib's (0 when there was an answer);
    ``expires_s`` is 0 when nothing is registered any more."""

    status: int
    error: int
    reason: str
    expires_s: int


@dataclass(frozen=True, slots=True)
class ProbeEnded:
    """One of our requests to the exchange came to its end, with an answer or without one."""

    answered: bool


AccountNote = RegistrationSeen | ProbeEnded
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
            self._about.append(
                RegistrationSeen(prm.code, prm.status, prm.reason, max(0, prm.expiration))
            )

    def onSendRequest(self, prm: pj.OnSendRequestParam) -> None:  # noqa: N802
        with contained("request ended"):
            answered = prm.e.body.tsxState.type == pj.PJSIP_EVENT_RX_MSG
            self._about.append(ProbeEnded(answered))
