"""The extension at the exchange: registered, lost, registered again (step ①).

The library alone notices a silent exchange at the next refresh, a minute later, and tries again on
its own schedule. So it is told when to register, and the exchange is asked every second whether it
is there (OPTIONS, RFC 3261 11): nothing heard for SILENT_S, and the registration is told lost; an
answer after a pause, and the extension is registered anew, for the exchange may have forgotten it,
or asked us in vain meanwhile. Asterisk sends no call to a contact that missed its question until
it has asked again, a quarter of a minute later, whatever is registered in between; so after a
pause the contact is another one than before.
"""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections.abc import Callable
from typing import assert_never

from pjsua2 import pjsua2 as pj

from sip.engine.account import (
    AccountNote,
    ConnectionLost,
    ConnectionMade,
    ProbeEnded,
    RegistrationSeen,
    SipAccount,
)
from sip.engine.causes import cause_of, is_certificate_error
from sip.messages import Event, RegistrationCause, RegistrationChanged
from sip.text import clean_text

PROBE_S = 1.0
SILENT_S = 2.6
"""Three questions without an answer. With PROBE_S, what the screen says is at most 3 s old."""
MISSED_S = 1.25
"""After a longer pause between two answers the exchange may be another: register again. Often it
was no more than a lost packet, and the REGISTER costs no more than that."""
MOST_PROBES = 16
"""So many may be unanswered at once; the library gives each one up after some seconds."""

Cause = RegistrationCause
_QUICK_S = (0.5, 1.0, 1.5, 2.0)
_REFUSED_S = (2.0, 4.0, 15.0, 60.0)  # a wrong password does not get better; many tries lock it out
_PAUSES = {
    Cause.NO_ANSWER: _QUICK_S,
    Cause.NO_NETWORK: _QUICK_S,
    Cause.EXCHANGE_FAULT: (1.0, 2.0, 4.0, 8.0),
    Cause.CERTIFICATE: (2.0, 5.0, 15.0, 30.0),
}
_REQUEST_TIMEOUT = 408

_log = logging.getLogger(__name__)


class Registration:
    """One account's registration. All methods belong to the engine's thread.

    ``target`` is the registrar's URI. ``on_registered`` is called after every REGISTER that the
    exchange has accepted, ``on_silent`` when it does not answer any more, ``move`` to register
    with another contact than before.
    """

    def __init__(
        self,
        *,
        account: SipAccount,
        target: str,
        send: Callable[[Event], None],
        on_registered: Callable[[], None],
        on_silent: Callable[[], None],
        move: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._account = account
        self._target = target
        self._send = send
        self._on_registered = on_registered
        self._on_silent = on_silent
        self._move = move
        self._stale = False  # the exchange may hold our contact for one that cannot be reached
        self._now = now
        self._told: RegistrationChanged | None = None
        self._tell_anyway = False
        self._asking = False  # a REGISTER is under way
        self._connecting = False  # the REGISTER waits for the connection that its contact names
        self._ending = False
        self._register_at: float | None = now()
        self._failures = 0
        self._heard_at = now()
        self._silent = False
        self._missed = False
        self._distrust = ""  # what TLS has against the exchange's certificate
        self._answers_probes = False
        self._probe_at = now()
        self._probes = 0
        self._has_way = True

    @property
    def registered(self) -> bool:
        return self._told is not None and self._told.registered

    @property
    def exchange_answers(self) -> bool:
        return self._has_way and not self._silent

    # --- what others ask -------------------------------------------------------------------------

    def register_now(self) -> None:
        """Do not wait for the next attempt; what comes of it is told even if nothing changed."""
        self._tell_anyway = self._stale = True
        self._failures = 0
        self._register_at = self._now()

    def lose_way(self) -> None:
        """This machine has no address that leads to the exchange."""
        if not self._has_way:
            return
        self._has_way = False
        self._tell(False, 0, "", 0, Cause.NO_NETWORK)

    def find_way(self, connecting_s: float = 0.0) -> None:
        """There is a way to the exchange, the first one, another one, or again.

        The first question opens a connection; for that the REGISTER waits ``connecting_s`` seconds
        at most, because its contact names it.
        """
        self._has_way = True
        self._failures = 0
        self._probe_at = self._now()
        self._register_at = self._probe_at + connecting_s
        self._connecting = connecting_s > 0

    def end(self) -> None:
        """Leave the exchange; nothing is asked for from here on."""
        self._ending = True
        if self._has_way:
            with contextlib.suppress(pj.Error):  # was not registered
                self._account.setRegistration(False)

    def miss(self) -> None:
        """The exchange was not there for a moment, however soon it answers again."""
        self._missed = True

    # --- the loop --------------------------------------------------------------------------------

    def look(self) -> None:
        """Do what is due; call it at every turn of the loop."""
        if self._ending or not self._has_way:
            return
        now = self._now()
        if now >= self._probe_at:
            self._probe_at = now + PROBE_S
            self._probe()
        if self._answers_probes and not self._silent and now - self._heard_at > SILENT_S:
            self._silent = True
            _log.warning("the exchange does not answer any more")
            self._tell(False, _REQUEST_TIMEOUT, "", 0, Cause.NO_ANSWER)
            self._on_silent()
        if self._register_at is not None and now >= self._register_at and not self._asking:
            self._register(now)

    def _probe(self) -> None:
        if self._probes >= MOST_PROBES:
            return
        request = pj.SendRequestParam()
        request.method = "OPTIONS"
        request.txOption.targetUri = self._target
        try:
            self._account.sendRequest(request)
        except pj.Error as problem:
            _log.info("the exchange cannot be asked: %s", problem.reason)
            return
        self._probes += 1

    def _register(self, now: float) -> None:
        self._register_at, self._connecting = None, False
        try:
            if self._stale:
                self._move()
                self._stale = False
            else:
                self._account.setRegistration(True)
        except pj.Error as problem:
            # No answer comes for what could not even be sent.
            self._fail(0, problem.status, clean_text(problem.reason), answered=False)
            return
        self._asking = True

    # --- what the library noted ------------------------------------------------------------------

    def follow(self, note: AccountNote) -> None:
        match note:
            case ProbeEnded(answered):
                self._probes -= 1
                if answered:
                    self._answers_probes = True
                    self._heard()
            case ConnectionLost(error, detail):
                self._missed = True
                self._stop_waiting()
                self._distrust = clean_text(detail) if is_certificate_error(error) else ""
            case ConnectionMade():
                self._stale = True  # the contact names the connection
                if self._register_at is None:
                    self._register_at = self._now() + random.uniform(0.0, 0.5)
                self._stop_waiting()
            case RegistrationSeen(status, error, reason, expires_s, answered):
                self._asking = False
                reason = clean_text(reason)
                if status // 100 != 2:
                    if answered:
                        self._heard()
                    self._fail(status, error, reason, answered=answered)
                    return
                self._heard_at, self._failures = self._now(), 0
                self._silent = self._missed = False
                self._tell(expires_s > 0, status, reason, expires_s, Cause.NONE)
                if expires_s > 0:
                    self._on_registered()
            case _:
                assert_never(note)

    def _stop_waiting(self) -> None:
        """The connection is there, or is not to be had."""
        if self._connecting:
            self._connecting = False
            self._register_at = self._now()

    def _heard(self) -> None:
        """The exchange is there; after a pause it may not know us any more."""
        now = self._now()
        missed = self._missed or self._silent or now - self._heard_at > MISSED_S
        if missed and self._register_at is None:
            self._failures = 0
            self._stale = True
            # A hundred seats notice at the same moment that the exchange is back.
            self._register_at = now + random.uniform(0.0, 0.5)
        self._heard_at, self._silent, self._missed = now, False, False

    def _fail(self, status: int, error: int, reason: str, *, answered: bool) -> None:
        cause = cause_of(status, error, answered=answered)
        if self._distrust and not answered:
            cause, reason = Cause.CERTIFICATE, self._distrust
        pauses = _PAUSES.get(cause, _REFUSED_S)
        pause = pauses[min(self._failures, len(pauses) - 1)]
        self._failures += 1
        self._register_at = self._now() + pause * random.uniform(0.8, 1.2)
        self._tell(False, status, reason, 0, cause)

    def _tell(
        self, registered: bool, status: int, reason: str, expires_s: int, cause: Cause
    ) -> None:
        news = RegistrationChanged(registered, status, reason, expires_s, cause)
        if news != self._told or self._tell_anyway:
            self._tell_anyway = False
            self._told = news
            self._send(news)
