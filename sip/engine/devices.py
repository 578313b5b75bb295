"""Which speakers and microphones this machine has (the sound half of the engine)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import miniaudio

from sip.text import clean_text

_SOUND_CARDS = Path("/proc/asound/cards")  # Linux: absent or "--- no soundcards ---" without any


class SoundError(Exception):
    """The sound system or the device that was asked for cannot be used."""


class NoDeviceError(Exception):
    """This machine has nothing to hear with."""


@dataclass(frozen=True, slots=True, eq=False)
class Device:
    """One speaker or microphone; ``handle`` is miniaudio's name for it.

    A monitor is a PulseAudio source that repeats what a speaker plays: no microphone.
    """

    name: str
    handle: object
    default: bool
    monitor: bool


@dataclass(frozen=True, slots=True)
class Devices:
    speakers: tuple[Device, ...]
    microphones: tuple[Device, ...]


def backend_named(name: str) -> list[miniaudio.Backend]:
    """Return miniaudio's list for a SoundSettings backend; empty for "auto". Raises SoundError."""
    if name == "auto":
        return []
    try:
        return [miniaudio.Backend[name.upper()]]
    except KeyError as problem:
        raise SoundError(f"there is no sound system called {name}") from problem


def find_devices(backends: Sequence[miniaudio.Backend]) -> Devices:
    """Ask the first of ``backends`` that works. Raises SoundError and NoDeviceError.

    Not by miniaudio's own list: that opens every device and fails as a whole if one is broken.
    """
    try:
        context = miniaudio.Devices(list(backends))
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
        tuple(_device(speakers[0][n]) for n in range(counts[0][0])),
        tuple(_device(microphones[0][n]) for n in range(counts[1][0])),
    )
    if not found.speakers:
        raise NoDeviceError
    return found


def choose(devices: Sequence[Device], names: Sequence[str]) -> tuple[Device | None, str]:
    """Return the first of ``names`` that is there, else the best one, and what is wrong with that.

    The best is the system's default, then whichever is there; a monitor only if it was named.
    """
    complaint = ""
    for name in names:
        for device in devices:
            if device.name == name:
                return device, ""
    if names:
        complaint = f"{names[0]} is not there, another device is used."
    real = [device for device in devices if not device.monitor]
    default = next((device for device in real if device.default), None)
    return default or next(iter(real), None), complaint


def _device(info: object) -> Device:
    ffi = miniaudio.ffi
    handle = ffi.new("ma_device_id *", info.id)  # type: ignore[attr-defined]
    identity = bytes(ffi.buffer(handle)).partition(b"\0")[0]
    return Device(
        name=clean_text(bytes(ffi.string(info.name))),  # type: ignore[attr-defined]
        handle=handle,
        default=bool(info.isDefault),  # type: ignore[attr-defined]
        monitor=identity.endswith(b".monitor"),
    )


def _has_sound_card() -> bool:
    try:
        return "no soundcards" not in _SOUND_CARDS.read_text()
    except OSError:
        return False
