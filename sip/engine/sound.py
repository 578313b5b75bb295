"""The sound device: opened while there is a call, clocking the bridge from its own callback.

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
from typing import Protocol

import miniaudio

from sip.engine.bridge import FRAME_BYTES, FRAME_MS, RATE_HZ, SILENCE, Bridge
from sip.engine.recorder import SpeakerRecorder
from sip.messages import SoundChanged, SoundSettings, SoundState
from sip.text import clean_text

LONGEST_PERIOD_MS = 20
LATE_PERIODS = 2.5
"""A callback that comes this many periods after the last one is late."""
LATE_MOST = 8
"""So many late callbacks in one opening, and 10 ms periods do not hold on this machine."""
STALLED_S = 2.0
"""An open device that asks for nothing for so long is gone (unplugged, server dead)."""

_log = logging.getLogger(__name__)

_Pump = Generator[bytes, int | bytearray, None]


class _Device(Protocol):
    """What miniaudio's playback and duplex devices have in common."""

    _context: object

    def start(self, callback_generator: _Pump) -> None: ...

    def close(self) -> None: ...


class _Ask(Enum):
    OPEN = auto()
    CLOSE = auto()
    AGAIN = auto()  # close and open: the device went away or the period was too short
    STOP = auto()


class SoundError(Exception):
    """The device that was asked for cannot be opened."""


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
        self._device: _Device | None = None
        self._wanted = False
        self._asked_at = self._last_callback = 0.0
        self._late = 0
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether something clocks the bridge now or is about to."""
        return self._wanted or self._device is not None

    def open(self) -> None:
        if not self._wanted:
            self._wanted = True
            self._ask(_Ask.OPEN)

    def close(self) -> None:
        if self._wanted:
            self._wanted = False
            self._ask(_Ask.CLOSE)

    def stop(self, limit_s: float) -> None:
        """Close for good; waits for the device at most ``limit_s`` seconds."""
        self._wanted = False
        self._ask(_Ask.STOP)
        self._thread.join(limit_s)

    def poll(self) -> SoundChanged | None:
        """Return the oldest news that was not returned yet, and look after an open device."""
        self._watch()
        return self._news.popleft() if self._news else None

    def _ask(self, what: _Ask) -> None:
        self._asked_at = time.monotonic()
        self._asked.put(what)

    def _watch(self) -> None:
        if self._device is None or not self._wanted:
            return
        now = time.monotonic()
        stalled = now - max(self._last_callback, self._asked_at) > STALLED_S
        choppy = self._late >= LATE_MOST and self._period_ms < LONGEST_PERIOD_MS
        if choppy:
            _log.warning("%d ms periods do not hold here", self._period_ms)
            self._period_ms = LONGEST_PERIOD_MS
        if stalled or choppy:
            self._late = 0
            self._ask(_Ask.AGAIN)

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
            if backend == "null":
                news = SoundChanged(SoundState.NO_DEVICE)
            else:
                return self._open_real([] if backend == "auto" else [_backend(backend)])
        except SoundError as problem:
            news = SoundChanged(SoundState.FAILED, detail=clean_text(str(problem)))
        except LookupError:
            news = SoundChanged(SoundState.NO_DEVICE)
        self._begin(self._null())
        return news

    def _open_real(self, backends: list[miniaudio.Backend]) -> SoundChanged:
        """Open real devices. Raises LookupError when there are none, SoundError when they fail."""
        try:
            devices = miniaudio.Devices(backends)
            speakers, microphones = devices.get_playbacks(), devices.get_captures()
        except (miniaudio.MiniaudioError, ValueError) as problem:
            raise SoundError(f"{self._settings.backend}: {problem}") from problem
        if devices.backend == "Null" or not speakers:
            raise LookupError
        wanted = self._settings
        speaker, no_speaker = _pick(speakers, wanted.speaker)
        inputs = [m for m in microphones if wanted.microphone or not _is_monitor(m["id"])]
        microphone, no_microphone = _pick(inputs, wanted.microphone)
        detail = clean_text(" ".join(filter(None, (no_speaker, no_microphone))))
        if inputs:
            try:
                self._begin(self._duplex(backends, speaker, microphone))
            except miniaudio.MiniaudioError as problem:
                detail = clean_text(f"{detail} {problem}")
            else:
                names = _name(speaker, speakers), _name(microphone, inputs)
                return SoundChanged(SoundState.OPEN, *names, detail)
        try:
            self._begin(self._playback(backends, speaker))
        except miniaudio.MiniaudioError as problem:
            raise SoundError(str(problem)) from problem
        return SoundChanged(SoundState.NO_MICROPHONE, _name(speaker, speakers), "", detail)

    def _begin(self, device: _Device) -> None:
        pump = self._pump()
        next(pump)
        self._last_callback = 0.0
        try:
            device.start(pump)
        except miniaudio.MiniaudioError:
            _dispose(device)
            raise
        self._device = device

    def _shut(self) -> None:
        if self._device is not None:
            _dispose(self._device)
            self._device = None

    def _null(self) -> _Device:
        return self._playback([miniaudio.Backend.NULL], None)

    def _playback(self, backends: list[miniaudio.Backend], speaker: object) -> _Device:
        device: _Device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=self._period_ms,
            device_id=speaker,
            backends=backends,
            app_name="Zuoxi",
        )
        return device

    def _duplex(
        self, backends: list[miniaudio.Backend], speaker: object, microphone: object
    ) -> _Device:
        device: _Device = miniaudio.DuplexStream(
            playback_channels=1,
            capture_channels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=self._period_ms,
            playback_device_id=speaker,
            capture_device_id=microphone,
            backends=backends,
            app_name="Zuoxi",
        )
        return device

    # --- the device's own thread -----------------------------------------------------------------

    def _pump(self) -> _Pump:
        """Feed the device: a duplex device sends what it heard, a speaker how much it wants."""
        request: int | bytearray = yield b""
        registered = self._bridge.register_thread("sound")
        heard, played = bytearray(), bytearray()
        while registered:
            self._count_late()
            wanted = 2 * request if isinstance(request, int) else len(request)
            if not isinstance(request, int):
                heard += request
            while len(played) < wanted:
                # A duplex device may be some samples short at the start; silence fills the gap.
                frame = bytes(heard[:FRAME_BYTES]) if len(heard) >= FRAME_BYTES else SILENCE
                del heard[:FRAME_BYTES]
                played += self._bridge.exchange(frame)
            block = bytes(played[:wanted])
            del played[:wanted]
            if self._recorder is not None:
                self._recorder.feed(block)
            request = yield block

    def _count_late(self) -> None:
        now = time.monotonic()
        if self._last_callback and now - self._last_callback > LATE_PERIODS * self._period_ms / 1e3:
            self._late += 1
        self._last_callback = now


def _backend(name: str) -> miniaudio.Backend:
    try:
        return miniaudio.Backend[name.upper()]
    except KeyError as problem:
        raise SoundError(f"there is no sound system called {name}") from problem


def _pick(devices: list[dict[str, object]], name: str) -> tuple[object, str]:
    """Return the id of the device called ``name`` (None: the default), and what is wrong."""
    if not name:
        return None, ""
    for device in devices:
        if device["name"] == name:
            return device["id"], ""
    return None, f"{name} is not there, the default is used."


def _name(chosen: object, devices: list[dict[str, object]]) -> str:
    for device in devices:
        if chosen is None or device["id"] is chosen:
            return clean_text(str(device["name"]))
    return ""


def _is_monitor(device_id: object) -> bool:
    """Whether a PulseAudio source only repeats what a speaker plays: no microphone."""
    try:
        name = miniaudio.ffi.string(device_id.pulse)  # type: ignore[attr-defined]
    except (AttributeError, TypeError):
        return False
    return bytes(name).endswith(b".monitor")


def _dispose(device: _Device) -> None:
    context = device._context  # miniaudio 1.71 never frees it, and with it a server connection
    device.close()
    miniaudio.lib.ma_context_uninit(context)
