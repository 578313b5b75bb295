"""Finding, opening and closing sound devices (step ①).

PulseAudio's own library does it where that is the sound system: it costs half, and it tells of
changes. Every other system goes through miniaudio, and so does PulseAudio where its library is not
there or refuses.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar

from sip.engine import pulse_server
from sip.engine.devices import Device, Devices, NoDeviceError, SoundError
from sip.engine.pulse import Playback, Recording
from sip.engine.pulse_server import PulseRefusedError
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


@dataclass(frozen=True, slots=True)
class Opener:
    """Finds and opens devices of one sound system. Methods raise SoundError.

    ``backend`` is what SoundSettings says, in lower case.
    """

    backend: str

    @property
    def asks_pulse(self) -> bool:
        """Whether a PulseAudio server would be preferred."""
        on_linux = sys.platform == "linux"
        return self.backend == "pulseaudio" or (self.backend == "auto" and on_linux)

    def find(self) -> Devices:
        """Raises NoDeviceError as well."""
        if self.backend == "null":
            raise NoDeviceError
        if self.asks_pulse:
            with suppress(PulseRefusedError):
                return pulse_server.find_devices()
        found: Devices = _portable().find_devices(self.backend)
        return found

    def speaker(self, device: Device, pump: SpeakerPump, period_ms: int) -> Opened[SpeakerPump]:
        return self._playing(device, pump, period_ms)

    def ring(self, device: Device, pump: RingPump) -> Opened[RingPump]:
        return self._playing(device, pump, RING_PERIOD_MS)

    def microphone(
        self, device: Device, pump: MicrophonePump, period_ms: int
    ) -> Opened[MicrophonePump]:
        with _named(device):
            recording = _by_pulse(Recording, device, period_ms)
            if recording is not None:
                pump.source = recording
                return Opened(device, pump, period_ms, recording, has_thread=False)
            handle = _portable().Portable.microphone(self.backend, device, period_ms)
            handle.start(_begun(pump))
        return Opened(device, pump, period_ms, handle)

    def _playing(self, device: Device, pump: P, period_ms: int) -> Opened[P]:
        with _named(device):
            handle = _by_pulse(Playback, device, period_ms)
            if handle is None:
                handle = _portable().Portable.speaker(self.backend, device, period_ms)
            handle.start(_begun(pump))
        return Opened(device, pump, period_ms, handle)


def _portable() -> ModuleType:
    """miniaudio's part, imported when it is needed for the first time."""
    return importlib.import_module("sip.engine.portable")


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
