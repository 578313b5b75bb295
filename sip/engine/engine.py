"""The engine's loop: one thread, all of pjsip, commands in and events out (steps ① and ②)."""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import time
from collections.abc import Callable
from typing import assert_never

from pjsua2 import pjsua2 as pj

from sip.engine.account import AccountNote, AccountNotes, ProbeEnded, RegistrationSeen, SipAccount
from sip.engine.callbacks import Notes
from sip.engine.endpoint import account_config, start_library, stop_library
from sip.engine.studio import SoundCommand, Studio
from sip.engine.switchboard import Switchboard
from sip.engine.waker import Waker
from sip.messages import (
    Command,
    Configure,
    EngineReady,
    Event,
    RegistrationChanged,
    ShutDown,
    Transport,
)
from sip.text import clean_text

PUMP_MS = 10
IDLE_PUMP_MS = 50
"""How long the library may sleep; with no call up and a way to wake it, longer."""
METER_S = 0.1
GOODBYE_S = 1.0
"""How long the end waits for the other side to confirm that calls and registration are gone."""


class Engine:
    """One seat's SIP identity and its calls.

    Built, run and shut by the same thread. Raises ConfigurationError or pj.Error when it cannot
    be brought up; nothing is left behind then but a process that must end.
    """

    def __init__(self, wish: Configure, send: Callable[[Event], None], waker: Waker) -> None:
        self._wish = wish
        self._waker = waker
        self._send = send
        self._notes: Notes = Notes()
        self._about_account: AccountNotes = AccountNotes()
        self._metered_at = 0.0
        config = account_config(wish.account, wish.bind_address)
        self._endpoint, ports = start_library(wish)
        self._studio = Studio(endpoint=self._endpoint, wish=wish, send=send)
        self._account = SipAccount(self._notes, self._about_account)
        self._calls = Switchboard(
            wish=wish,
            account=self._account,
            ends=self._studio.ends,
            notes=self._notes,
            send=self._tell,
        )
        self._account.create(config)
        for transport, port in ports:
            if transport == Transport.UDP:
                waker.aim(wish.bind_address, port)
        version = self._endpoint.libVersion().full
        send(EngineReady(wish.incarnation, os.getpid(), wish.bind_address, ports, version))

    def _tell(self, event: Event) -> None:
        """Send what the calls say; their end has a tone of its own."""
        self._studio.hear(event)
        self._send(event)

    # --- the loop --------------------------------------------------------------------------------

    def run(self, commands: queue.SimpleQueue[Command], stop: Callable[[], bool]) -> None:
        """Work until ShutDown arrives or ``stop`` says so."""
        while not stop():
            self._pump()
            with contextlib.suppress(queue.Empty):
                while True:
                    command = commands.get_nowait()
                    if isinstance(command, ShutDown):
                        return
                    if isinstance(command, SoundCommand):
                        self._studio.obey(command)
                    else:
                        self._calls.obey(command)

    def _pump(self) -> None:
        idle = self._waker.aimed and not self._calls.busy
        self._endpoint.libHandleEvents(IDLE_PUMP_MS if idle else PUMP_MS)
        while self._notes:
            self._calls.follow(self._notes.popleft())
        while self._about_account:
            self._follow(self._about_account.popleft())
        self._studio.mind(self._calls)
        if time.monotonic() - self._metered_at >= METER_S:
            self._metered_at = time.monotonic()
            self._studio.measure()
            self._calls.measure()

    def _follow(self, note: AccountNote) -> None:
        match note:
            case RegistrationSeen(status, _error, reason, expires_s):
                active = status // 100 == 2 and expires_s > 0
                self._send(RegistrationChanged(active, status, clean_text(reason), expires_s))
            case ProbeEnded():
                pass
            case _:
                assert_never(note)

    def shut_down(self) -> None:
        """Hang up, unregister, free everything; takes little more than GOODBYE_S at most."""
        self._calls.hang_up_all()
        registered = bool(self._wish.account.registrar)
        if registered:
            with contextlib.suppress(pj.Error):
                self._account.setRegistration(False)
        limit = time.monotonic() + GOODBYE_S
        while time.monotonic() < limit and (self._calls.busy or registered):
            self._pump()
            registered = registered and self._account.getInfo().regIsActive
        self._free()

    def _free(self) -> None:
        self._waker.close()
        self._studio.stop(0.5)
        self._calls.drop_all()
        self._notes.clear()
        self._account.shutdown()
        del self._calls, self._studio
        gc.collect()
        del self._account
        stop_library(self._endpoint)
