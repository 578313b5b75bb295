"""Opening and closing one sound device through miniaudio (step ①)."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import miniaudio

from sip.engine.bridge import RATE_HZ
from sip.engine.devices import Device, SoundError
from sip.engine.pumps import MicrophonePump, RingPump, SpeakerPump

RING_PERIOD_MS = 40
"""A ring may begin a little late; long periods cost less."""


class Pump(Protocol):
    """``called_at``: when the device last asked or gave (monotonic seconds)."""

    called_at: float

    def run(self) -> Generator[Any, Any, None]: ...


P = TypeVar("P", bound=Pump)


class _Handle(Protocol):
    """What miniaudio's devices have in common."""

    _context: object

    def start(self, callback_generator: Generator[Any, Any, None]) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Opened(Generic[P]):
    """A device that runs, what runs in its thread, and what it was opened with."""

    device: Device
    pump: P
    period_ms: int
    handle: _Handle

    def close(self) -> None:
        """May wait for the sound system; without one that answers it does not return."""
        context = self.handle._context
        self.handle.close()
        # miniaudio 1.71 never frees it, and with it a connection to the sound server.
        miniaudio.lib.ma_context_uninit(context)


class Opener:
    """Opens devices of one sound system. Methods raise SoundError."""

    def __init__(self, backends: Sequence[miniaudio.Backend]) -> None:
        self._backends = list(backends)

    def speaker(self, device: Device, pump: SpeakerPump, period_ms: int) -> Opened[SpeakerPump]:
        return self._begin(device, pump, period_ms, self._playback(device, period_ms))

    def ring(self, device: Device, pump: RingPump) -> Opened[RingPump]:
        handle = self._playback(device, RING_PERIOD_MS)
        return self._begin(device, pump, RING_PERIOD_MS, handle)

    def microphone(
        self, device: Device, pump: MicrophonePump, period_ms: int
    ) -> Opened[MicrophonePump]:
        try:
            handle = miniaudio.CaptureDevice(
                input_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE_HZ,
                buffersize_msec=period_ms,
                device_id=device.handle,
                backends=self._backends,
                app_name="Zuoxi",
            )
        except miniaudio.MiniaudioError as problem:
            raise SoundError(f"{device.name}: {problem}") from problem
        return self._begin(device, pump, period_ms, handle)

    def _playback(self, device: Device, period_ms: int) -> _Handle:
        try:
            handle: _Handle = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE_HZ,
                buffersize_msec=period_ms,
                device_id=device.handle,
                backends=self._backends,
                app_name="Zuoxi",
            )
        except miniaudio.MiniaudioError as problem:
            raise SoundError(f"{device.name}: {problem}") from problem
        return handle

    def _begin(self, device: Device, pump: P, period_ms: int, handle: _Handle) -> Opened[P]:
        run = pump.run()
        next(run)
        opened = Opened(device, pump, period_ms, handle)
        try:
            handle.start(run)
        except miniaudio.MiniaudioError as problem:
            opened.close()
            raise SoundError(f"{device.name}: {problem}") from problem
        return opened
