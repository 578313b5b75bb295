"""The engine's loop: one thread, all of pjsip, commands in and events out (steps ① and ②)."""

from __future__ import annotations

import contextlib
import math
import os
import queue
import time
from collections.abc import Callable

from sip.engine.account import AccountNotes, SipAccount
from sip.engine.callbacks import Invited, Notes
from sip.engine.doorkeeper import Doorkeeper
from sip.engine.endpoint import start_library, stop_library
from sip.engine.garbage import Garbage
from sip.engine.outside import Outside
from sip.engine.resolver import Resolver
from sip.engine.studio import SoundCommand, Studio
from sip.engine.switchboard import Switchboard
from sip.engine.waker import Waker
from sip.messages import (
    Command,
    Configure,
    EngineReady,
    Event,
    Register,
    ShutDown,
)

PUMP_MS = 10
UNAIMED_PUMP_MS = 30
"""How long the library may sleep where no datagram of our own wakes it for commands."""
ROUND_S, CLOSE_ROUND_S = 0.2, 0.1
"""How often calls, sounds and levels are looked after; twice as often while somebody compares
levels: the self-test and the caller of the practice, who play a file or listen."""
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
        self._garbage = Garbage()
        self._stirred = True  # something happened that devices and tones may follow from
        self._endpoint = start_library(self._about_account)
        self._doorkeeper = Doorkeeper()  # before anything can be received
        self._outside = Outside(endpoint=self._endpoint, wish=wish, waker=waker, send=send)
        self._resolver = Resolver(self._outside.addresses)
        self._studio = Studio(endpoint=self._endpoint, wish=wish, send=send)
        self._account = SipAccount(self._notes, self._about_account)
        self._calls = Switchboard(
            wish=wish,
            account=self._account,
            ends=self._studio.ends,
            notes=self._notes,
            send=self._tell,
        )
        self._outside.join(self._account, on_moved=self._calls.move)
        ports, address = self._outside.ports, self._outside.address
        version = self._endpoint.libVersion().full
        send(EngineReady(wish.incarnation, os.getpid(), address, ports, version))

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
                    self._stirred = True
                    if isinstance(command, ShutDown):
                        return
                    if isinstance(command, Register):
                        self._outside.register_now()
                    elif isinstance(command, SoundCommand):
                        self._studio.obey(command)
                    else:
                        self._calls.obey(command)

    def _pump(self) -> None:
        self._endpoint.libHandleEvents(self._sleep_ms())
        while self._notes:
            self._stirred = True
            note = self._notes.popleft()
            if not isinstance(note, Invited) or self._outside.admits(note):
                self._calls.follow(note)
        while self._about_account:
            self._outside.follow(self._about_account.popleft())
        self._outside.look()
        self._calls.exchange_answers = self._outside.exchange_answers
        now = time.monotonic()
        metered = now - self._metered_at >= self._round_s
        if self._stirred or metered:
            self._stirred = False
            self._studio.mind(self._calls)
        if metered:
            self._metered_at = now
            self._studio.measure()
            self._calls.measure()
            self._garbage.look()

    @property
    def _round_s(self) -> float:
        return CLOSE_ROUND_S if self._studio.listening or self._calls.playing else ROUND_S

    def _sleep_ms(self) -> int:
        """How long the library may sleep. A packet wakes it, and so does a command when aimed."""
        if self._waker.aimed:
            due_s = self._metered_at + self._round_s - time.monotonic()
            return max(1, math.ceil(1000 * due_s))
        return PUMP_MS if self._calls.busy else UNAIMED_PUMP_MS

    def shut_down(self) -> None:
        """Hang up, unregister, free everything; takes little more than GOODBYE_S at most."""
        self._calls.hang_up_all()
        self._outside.leave()
        limit = time.monotonic() + GOODBYE_S
        while time.monotonic() < limit and (self._calls.busy or not self._outside.gone):
            self._pump()
        self._free()

    def _free(self) -> None:
        self._waker.close()
        self._outside.close()
        self._studio.stop(0.5)
        self._calls.drop_all()
        self._notes.clear()
        del self._outside, self._calls, self._studio
        # The account goes last: what was asked of a silent exchange ends with the library, which
        # then tells the account of it, and one that is gone ends the process.
        stop_library(self._endpoint)
        del self._account
