"""The sound devices: opened while there is a call, clocking the bridge from their own callbacks.

Opening a device can take long, so a thread of its own does it; the engine's loop only asks and
polls. Without a device miniaudio's null backend runs the same callback in real time, so that a call
has one code path with and without sound, and the state says which it is.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Generator
from enum import Enum, auto
from typing import Any, Protocol

import miniaudio

from sip.engine.bridge import FRAME_MS, RATE_HZ, Bridge
from sip.engine.devices import (
    Device,
    NoDeviceError,
    SoundError,
    backend_named,
    choose,
    find_devices,
)
from sip.engine.pumps import MicrophonePump, SpeakerPump
from sip.engine.recorder import SpeakerRecorder
from sip.messages import SoundChanged, SoundSettings, SoundState
from sip.text import clean_text

LONGEST_PERIOD_MS = 20
LATE_MOST = 8
"""So many late callbacks in one opening, and 10 ms periods do not hold on this machine."""
STALLED_S = 3.0
"""An open device that gives no sign for so long is gone (unplugged, its server dead)."""

_log = logging.getLogger(__name__)
_Backends = list[miniaudio.Backend]


class _Opened(Protocol):
    """What miniaudio's devices have in common."""

    _context: object

    def start(self, callback_generator: Generator[Any, Any, None]) -> None: ...

    def close(self) -> None: ...


class _Ask(Enum):
    OPEN = auto()
    CLOSE = auto()
    AGAIN = auto()  # close and open: a device went away, or the period was too short
    STOP = auto()


class Sound:
    """One speaker and one microphone, or a clock in their place.

    Methods are called by the engine's thread and return at once; ``poll`` says what became of them.
    """

    def __init__(
        self, *, bridge: Bridge, settings: SoundSettings, recorder: SpeakerRecorder | None
    ) -> None:
        self._bridge = bridge
        self._settings = settings
        self._recorder = recorder
        self._period_ms = max(FRAME_MS, settings.period_ms)
        self._asked: queue.SimpleQueue[_Ask] = queue.SimpleQueue()
        self._news: deque[SoundChanged] = deque()
        self._opened: list[_Opened] = []
        self._speaker: SpeakerPump | None = None
        self._microphone: MicrophonePump | None = None
        self._wanted = False
        self._since = 0.0
        self._microphone_stalls = 0
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def open(self) -> None:
        if not self._wanted:
            self._wanted = True
            self._microphone_stalls = 0
            self._asked.put(_Ask.OPEN)

    def close(self) -> None:
        if self._wanted:
            self._wanted = False
            self._asked.put(_Ask.CLOSE)

    def stop(self, limit_s: float) -> None:
        """Close for good; waits for the device at most ``limit_s`` seconds."""
        self._wanted = False
        self._asked.put(_Ask.STOP)
        self._thread.join(limit_s)

    def poll(self) -> SoundChanged | None:
        """Return the oldest news that was not returned yet, and look after open devices."""
        self._watch()
        return self._news.popleft() if self._news else None

    def _watch(self) -> None:
        speaker, microphone = self._speaker, self._microphone
        if speaker is None or not self._wanted:
            return
        silent = self._stalled(speaker.called_at)
        deaf = microphone is not None and self._stalled(microphone.called_at)
        choppy = speaker.late >= LATE_MOST and self._period_ms < LONGEST_PERIOD_MS
        if not (silent or deaf or choppy):
            return
        _log.warning("sound again: silent %s, deaf %s, choppy %s", silent, deaf, choppy)
        if choppy:
            self._period_ms = LONGEST_PERIOD_MS
        self._microphone_stalls += deaf
        self._speaker = None  # asked once; the next look is at what was opened instead
        self._asked.put(_Ask.AGAIN)

    def _stalled(self, called_at: float) -> bool:
        return time.monotonic() - max(called_at, self._since) > STALLED_S

    # --- the sound thread ------------------------------------------------------------------------

    def _run(self) -> None:
        while (ask := self._asked.get()) is not _Ask.STOP:
            if ask is not _Ask.OPEN:
                self._shut()
            if ask is _Ask.CLOSE:
                self._news.append(SoundChanged(SoundState.CLOSED))
            else:
                self._news.append(self._bring_up())
        self._shut()

    def _bring_up(self) -> SoundChanged:
        backend = self._settings.backend.lower()
        try:
            if backend != "null":
                return self._open_real(backend_named(backend))
            news = SoundChanged(SoundState.NO_DEVICE)
        except NoDeviceError:
            news = SoundChanged(SoundState.NO_DEVICE)
        except SoundError as problem:
            news = SoundChanged(SoundState.FAILED, detail=clean_text(str(problem)))
        self._shut()
        self._open_speaker([miniaudio.Backend.NULL], None, alone=True)
        return news

    def _open_real(self, backends: _Backends) -> SoundChanged:
        """Open speaker and microphone, or the speaker alone. Raises SoundError, NoDeviceError."""
        devices = find_devices(backends)
        speaker, no_speaker = choose(devices.speakers, self._settings.speakers)
        microphone, no_microphone = choose(devices.microphones, self._settings.microphones)
        complaints = [no_speaker, no_microphone]
        if speaker is None:
            raise NoDeviceError
        if microphone is not None and self._microphone_stalls > 1:
            complaints.append(f"{microphone.name} gives no sound.")
            microphone = None
        if microphone is not None:
            try:
                self._open_microphone(backends, microphone)
            except miniaudio.MiniaudioError as problem:
                complaints.append(f"{microphone.name}: {problem}")
                microphone = None
        try:
            self._open_speaker(backends, speaker, alone=microphone is None)
        except miniaudio.MiniaudioError as problem:
            raise SoundError(f"{speaker.name}: {problem}") from problem
        detail = clean_text(" ".join(complaints))
        if microphone is None:
            return SoundChanged(SoundState.NO_MICROPHONE, speaker.name, "", detail)
        return SoundChanged(SoundState.OPEN, speaker.name, microphone.name, detail)

    def _open_speaker(self, backends: _Backends, speaker: Device | None, *, alone: bool) -> None:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=self._period_ms,
            device_id=speaker.handle if speaker is not None else None,
            backends=backends,
            app_name="Zuoxi",
        )
        pump = SpeakerPump(
            self._bridge, self._recorder, period_ms=self._period_ms, fills_microphone=alone
        )
        self._begin(device, pump.run())
        self._since = time.monotonic()
        self._speaker = pump

    def _open_microphone(self, backends: _Backends, microphone: Device) -> None:
        device = miniaudio.CaptureDevice(
            input_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=self._period_ms,
            device_id=microphone.handle,
            backends=backends,
            app_name="Zuoxi",
        )
        pump = MicrophonePump(self._bridge)
        self._begin(device, pump.run())
        self._microphone = pump

    def _begin(self, device: _Opened, pump: Generator[Any, Any, None]) -> None:
        next(pump)
        self._opened.append(device)
        device.start(pump)

    def _shut(self) -> None:
        self._speaker = self._microphone = None
        while self._opened:
            device = self._opened.pop()
            context = device._context
            device.close()
            # miniaudio 1.71 never frees it, and with it a connection to the sound server.
            miniaudio.lib.ma_context_uninit(context)
