"""The engine's loop: one thread, all of pjsip, commands in and events out (steps ① and ②)."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import queue
import time
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from pjsua2 import pjsua2 as pj

from sip.engine.account import AccountNote, AccountNotes, ProbeEnded, RegistrationSeen, SipAccount
from sip.engine.bridge import Bridge, BridgeError
from sip.engine.callbacks import Notes
from sip.engine.endpoint import account_config, start_library, stop_library
from sip.engine.line_sound import Speakers
from sip.engine.recorder import SpeakerRecorder
from sip.engine.ringer import Ringer, Ringing
from sip.engine.sound import Sound
from sip.engine.switchboard import Switchboard
from sip.engine.waker import Waker
from sip.messages import (
    Command,
    Configure,
    EngineReady,
    Event,
    RegistrationChanged,
    ShutDown,
    SoundChanged,
    SoundState,
    Transport,
)
from sip.text import clean_text

PUMP_MS = 10
IDLE_PUMP_MS = 50
"""How long the library may sleep; with no call up and a way to wake it, longer."""
METER_S = 0.1
GOODBYE_S = 1.0
"""How long the end waits for the other side to confirm that calls and registration are gone."""

_log = logging.getLogger(__name__)


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
        self._sound, self._recorder = self._bring_up_sound()
        devices = self._endpoint.audDevManager()
        ends = Speakers(devices.getCaptureDevMedia(), devices.getPlaybackDevMedia())
        self._ringer = Ringer(ends.speaker)
        self._account = SipAccount(self._notes, self._about_account)
        self._calls = Switchboard(
            wish=wish, account=self._account, ends=ends, notes=self._notes, send=send
        )
        self._account.create(config)
        for transport, port in ports:
            if transport == Transport.UDP:
                waker.aim(wish.bind_address, port)
        version = self._endpoint.libVersion().full
        send(EngineReady(wish.incarnation, os.getpid(), wish.bind_address, ports, version))

    def _bring_up_sound(self) -> tuple[Sound | None, SpeakerRecorder | None]:
        settings = self._wish.sound
        try:
            bridge = Bridge()
        except BridgeError as problem:
            _log.warning("no sound: %s", problem)
            self._endpoint.audDevManager().setNullDev()
            self._send(SoundChanged(SoundState.FAILED, detail=clean_text(str(problem))))
            return None, None
        recorder = None
        if settings.speaker_record:
            path = Path(settings.speaker_record)
            recorder = SpeakerRecorder(path, append=self._wish.incarnation > 1)
        return Sound(bridge=bridge, settings=settings, recorder=recorder), recorder

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
                    self._calls.obey(command)

    def _pump(self) -> None:
        idle = self._waker.aimed and not self._calls.busy
        self._endpoint.libHandleEvents(IDLE_PUMP_MS if idle else PUMP_MS)
        while self._notes:
            self._calls.follow(self._notes.popleft())
        while self._about_account:
            self._follow(self._about_account.popleft())
        self._mind_sound()
        if time.monotonic() - self._metered_at >= METER_S:
            self._metered_at = time.monotonic()
            self._measure()

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
        if self._sound is not None:
            self._sound.stop(0.5)
        if self._recorder is not None:
            self._recorder.close()
        self._calls.drop_all()
        self._notes.clear()
        self._account.shutdown()
        del self._ringer, self._calls
        gc.collect()
        del self._account
        stop_library(self._endpoint)

    # --- sound and figures -----------------------------------------------------------------------

    def _mind_sound(self) -> None:
        tone = Ringing.SILENT
        if self._calls.ringing and self._wish.ring_tone:
            tone = Ringing.BEEP if self._calls.talking else Ringing.RING
        self._ringer.set(tone)
        if self._sound is None:
            return
        if self._calls.busy:
            self._sound.open()
        else:
            self._sound.close()
        while news := self._sound.poll():
            self._send(news)

    def _measure(self) -> None:
        if self._recorder is not None:
            self._recorder.flush()
        self._calls.measure()
