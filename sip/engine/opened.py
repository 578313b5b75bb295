"""Opening and closing one sound device (step ①).

Speakers and microphones of calls go through PulseAudio's own library where that is the sound
system, because it costs half. Everything else goes through miniaudio, and so do they where the
library is not there or refuses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import miniaudio

from sip.engine.devices import Device, SoundError
from sip.engine.portable import Portable
from sip.engine.pulse import Playback, PulseRefusedError, Recording
from sip.engine.pumps import MicrophonePump, RingPump, SpeakerPump

RING_PERIOD_MS = 40
"""A ring may begin a little late; long periods cost less."""

_log = logging.getLogger(__name__)


class Pump(Protocol):
    """``called_at``: when the device last asked or gave (monotonic seconds)."""

    called_at: float

    def run(self) -> Generator[Any, Any, None]: ...


P = TypeVar("P", bound=Pump)
H = TypeVar("H", Playback, Recording)


class _Handle(Protocol):
    """``ended``: it is over for good, as after an unplug. Not every device can tell."""

    @property
    def ended(self) -> bool: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Opened(Generic[P]):
    """A device that runs, what works for it, and what it was opened with.

    Without ``has_thread`` it works only while it is in charge: somebody else asks it then.
    """

    device: Device
    pump: P
    period_ms: int
    handle: _Handle
    has_thread: bool = True

    def close(self) -> None:
        """May wait for the sound system; without one that answers it may not return."""
        self.handle.close()


class Opener:
    """Opens devices of one sound system. Methods raise SoundError."""

    def __init__(self, backends: Sequence[miniaudio.Backend]) -> None:
        self._backends = list(backends)

    def speaker(self, device: Device, pump: SpeakerPump, period_ms: int) -> Opened[SpeakerPump]:
        with _named(device):
            handle = _by_pulse(Playback, device, period_ms) or self._speaker(device, period_ms)
            handle.start(_begun(pump))
        return Opened(device, pump, period_ms, handle)

    def ring(self, device: Device, pump: RingPump) -> Opened[RingPump]:
        with _named(device):
            handle = self._speaker(device, RING_PERIOD_MS)
            handle.start(_begun(pump))
        return Opened(device, pump, RING_PERIOD_MS, handle)

    def microphone(
        self, device: Device, pump: MicrophonePump, period_ms: int
    ) -> Opened[MicrophonePump]:
        with _named(device):
            recording = _by_pulse(Recording, device, period_ms)
            if recording is not None:
                pump.source = recording
                return Opened(device, pump, period_ms, recording, has_thread=False)
            handle = Portable.open(miniaudio.CaptureDevice, device, period_ms, self._backends)
            handle.start(_begun(pump))
        return Opened(device, pump, period_ms, handle)

    def _speaker(self, device: Device, period_ms: int) -> Portable:
        return Portable.open(miniaudio.PlaybackDevice, device, period_ms, self._backends)


@contextmanager
def _named(device: Device) -> Iterator[None]:
    try:
        yield
    except SoundError as problem:
        raise SoundError(f"{device.name}: {problem}") from problem


def _by_pulse(kind: Callable[[str, int], H], device: Device, period_ms: int) -> H | None:
    """Open it through PulseAudio's library; None where another way should be tried."""
    if not device.pulse:
        return None
    try:
        return kind(device.pulse, period_ms)
    except PulseRefusedError as problem:
        _log.warning("sound: %s, not through libpulse: %s", device.name, problem)
        return None


def _begun(pump: Pump) -> Generator[Any, Any, None]:
    run = pump.run()
    next(run)
    return run
