"""Sound devices of every system, through miniaudio (step ①).

Imported only where PulseAudio does not answer: with the HTTP, e-mail and TLS
of the standard library that miniaudio brings, an engine holds 5 MiB more.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import miniaudio

from sip.engine.bridge import RATE_HZ
from sip.engine.devices import MONITOR, Device, Devices, NoDeviceError, SoundError, told_apart
from sip.text import clean_text

_SOUND_CARDS = Path("/proc/asound/cards")  # Linux: absent or "--- no soundcards ---" without any


def backend_named(name: str) -> list[miniaudio.Backend]:
    """Return miniaudio's list for a SoundSettings backend; empty for "auto". Raises SoundError."""
    if name == "auto":
        return []
    try:
        return [miniaudio.Backend[name.upper()]]
    except KeyError as problem:
        raise SoundError(f"there is no sound system called {name}") from problem


def find_devices(backend: str) -> Devices:
    """Ask ``backend``, or the first that works. Raises SoundError and NoDeviceError.

    A new context each time: a kept one is of no use after a sound server was restarted, and
    miniaudio 1.71 tells nobody of changes. Not by its own list: that opens every device and fails
    as a whole if one is broken.
    """
    try:
        context = miniaudio.Devices(backend_named(backend))
    except miniaudio.MiniaudioError as problem:
        raise SoundError(str(problem)) from problem
    if context.backend == "Null" or (context.backend == "ALSA" and not _has_sound_card()):
        raise NoDeviceError
    ffi = miniaudio.ffi
    speakers, microphones = ffi.new("ma_device_info**"), ffi.new("ma_device_info**")
    counts = ffi.new("ma_uint32*"), ffi.new("ma_uint32*")
    result = miniaudio.lib.ma_context_get_devices(
        context._context, speakers, counts[0], microphones, counts[1]
    )
    if result != miniaudio.lib.MA_SUCCESS:
        raise SoundError(f"{context.backend} does not name its devices ({result})")
    found = Devices(
        told_apart(_device(speakers[0][n], context.backend) for n in range(counts[0][0])),
        told_apart(_device(microphones[0][n], context.backend) for n in range(counts[1][0])),
    )
    if not found.speakers:
        raise NoDeviceError
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Portable:
    """One opened device; it calls its pump in a thread of miniaudio's from ``start`` on.

    miniaudio cannot tell when a device has ``ended``.
    """

    device: miniaudio.PlaybackDevice | miniaudio.CaptureDevice
    ended: bool = False

    @classmethod
    def speaker(cls, backend: str, device: Device, period_ms: int) -> Self:
        """Raises SoundError, as does ``microphone``."""
        return cls._open(miniaudio.PlaybackDevice, backend, device, period_ms)

    @classmethod
    def microphone(cls, backend: str, device: Device, period_ms: int) -> Self:
        return cls._open(miniaudio.CaptureDevice, backend, device, period_ms)

    @classmethod
    def _open(
        cls,
        kind: type[miniaudio.PlaybackDevice] | type[miniaudio.CaptureDevice],
        backend: str,
        device: Device,
        period_ms: int,
    ) -> Self:
        identity = miniaudio.ffi.new("ma_device_id *")
        miniaudio.ffi.memmove(identity, device.identity, len(device.identity))
        try:
            return cls(
                kind(
                    miniaudio.SampleFormat.SIGNED16,
                    nchannels=1,
                    sample_rate=RATE_HZ,
                    buffersize_msec=period_ms,
                    device_id=identity,
                    backends=backend_named(backend),
                    app_name="Zuoxi",
                )
            )
        except miniaudio.MiniaudioError as problem:
            raise SoundError(str(problem)) from problem

    def start(self, run: Generator[Any, Any, None]) -> None:
        """Let ``run``, begun already, work. Raises SoundError, and it is closed then."""
        try:
            self.device.start(run)
        except miniaudio.MiniaudioError as problem:
            self.close()
            raise SoundError(str(problem)) from problem

    def close(self) -> None:
        """May wait for the sound system; without one that answers it does not return."""
        context = self.device._context
        self.device.close()
        # miniaudio 1.71 never frees it, and with it a connection to the sound server.
        miniaudio.lib.ma_context_uninit(context)


def _device(info: object, system: str) -> Device:
    ffi = miniaudio.ffi
    handle = ffi.new("ma_device_id *", info.id)  # type: ignore[attr-defined]
    identity = bytes(ffi.buffer(handle)).rstrip(b"\0")
    called = identity.partition(b"\0")[0]
    return Device(
        name=clean_text(bytes(ffi.string(info.name))),  # type: ignore[attr-defined]
        identity=identity,
        default=bool(info.isDefault),  # type: ignore[attr-defined]
        monitor=called.endswith(MONITOR),
        pulse=called.decode("utf-8", "replace") if system == "PulseAudio" else "",
    )


def _has_sound_card() -> bool:
    try:
        return "no soundcards" not in _SOUND_CARDS.read_text()
    except OSError:
        return False
