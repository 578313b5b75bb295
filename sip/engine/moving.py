"""Tells the other side of a call where this machine is now, until it has agreed (step ②).

An offer with new sockets for the sound. The library closes the old ones before it asks and does not
bring them back where the question comes to nothing: the connection is lost under it, or another
change of the call is under way. The call would then be silent for good, and nobody would say so.
It is an UPDATE (RFC 3311) wherever the other side knows that: when the answer to a re-INVITE is
lost, Asterisk waits half a minute for its confirmation and refuses the next one.
"""

from __future__ import annotations

from collections.abc import Callable

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import SipCall
from sip.engine.holding import COLLIDED, collision_pause_s

AGAIN_S = 0.5
"""So long after a question that failed the next one is asked."""
UNANSWERED_S = 15.0
"""The library has given up before (``sip.engine.endpoint.GIVE_UP_MS``); nobody waits for ever."""

_CHALLENGES = (401, 407)
"""The library asks again by itself, with the password."""


class Moving:
    """What is still to be told in one call. Methods belong to the engine's thread.

    ``made_here``: we began the dialog, so that of two who collided we wait the longer.
    """

    def __init__(self, live: Callable[[], SipCall], *, made_here: bool) -> None:
        self._live = live
        self._made_here = made_here
        self._wanted = False
        self._asked = False
        self._at = 0.0

    @property
    def waiting(self) -> bool:
        """Whether an offer of ours is under way, beside which there can be no other."""
        return self._asked

    def want(self, now: float) -> None:
        """This machine has another address; what was asked before holds no more."""
        self._wanted, self._asked, self._at = True, False, now

    def go_on(self, now: float) -> None:
        """Ask if it is time to; call it some times a second. Raises pj.Error, RefusedError."""
        if not self._wanted or now < self._at:
            return
        self._asked, self._at = False, now + AGAIN_S
        call = self._live()
        operation = pj.CallOpParam(True)
        operation.opt.flag |= (
            pj.PJSUA_CALL_REINIT_MEDIA | pj.PJSUA_CALL_UPDATE_CONTACT | pj.PJSUA_CALL_UPDATE_VIA
        )
        if call.remoteHasCap(pj.PJSIP_H_ALLOW, "", "UPDATE") == pj.PJSIP_DIALOG_CAP_SUPPORTED:
            call.update(operation)
        else:
            call.reinvite(operation)
        self._asked, self._at = True, now + UNANSWERED_S

    def answered(self, status: int, now: float) -> None:
        """An UPDATE or a re-INVITE of ours came to its end."""
        if not self._asked or status in _CHALLENGES:
            return
        self._asked = False
        if status // 100 == 2:
            self._wanted = False
            return
        pause_s = collision_pause_s(made_here=self._made_here) if status == COLLIDED else AGAIN_S
        self._at = now + pause_s
