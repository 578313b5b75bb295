"""Which speakers and microphones this machine has, and which of them is meant by a name (①)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import miniaudio

from sip.text import clean_text

LEAST_PREFIX = 6
"""A shorter common beginning of two names says nothing."""

_SOUND_CARDS = Path("/proc/asound/cards")  # Linux: absent or "--- no soundcards ---" without any
_COUNTED = re.compile(r"\s*[(#]\s*\d+\s*\)?$|\b\d+\s*-\s+")
"""What sound systems add to tell equal devices apart: "Headset (2)", "Headset #2" and Windows'
"Headset (2- Jabra)"; it changes with the socket."""


class SoundError(Exception):
    """The sound system or the device that was asked for cannot be used."""


class NoDeviceError(Exception):
    """This machine has nothing to hear with."""


@dataclass(frozen=True, slots=True, eq=False)
class Device:
    """One speaker or microphone; ``handle`` is miniaudio's name for it, ``identity`` the same to
    compare by. Names are told apart: the second "USB Audio" is "USB Audio (2)".

    A monitor is a PulseAudio source that repeats what a speaker plays: no microphone. ``pulse`` is
    PulseAudio's own name for it, "" on other sound systems.
    """

    name: str
    handle: object
    identity: bytes
    default: bool
    monitor: bool
    pulse: str = ""


@dataclass(frozen=True, slots=True)
class Devices:
    speakers: tuple[Device, ...] = ()
    microphones: tuple[Device, ...] = ()


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

    A new context each time (1.5 ms on PulseAudio, half of it waiting): a kept one is of no use
    after the sound server was restarted, and miniaudio 1.71 tells nobody of changes. Not by its own
    list: that opens every device and fails as a whole if one is broken.
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
        told_apart(_device(speakers[0][n], context.backend) for n in range(counts[0][0])),
        told_apart(_device(microphones[0][n], context.backend) for n in range(counts[1][0])),
    )
    if not found.speakers:
        raise NoDeviceError
    return found


def told_apart(devices: Iterable[Device]) -> tuple[Device, ...]:
    """Return the devices with a number behind a name that an earlier one has (by identity)."""
    seen: dict[str, int] = {}
    found = []
    for device in sorted(devices, key=lambda device: device.identity):
        seen[device.name] = count = seen.get(device.name, 0) + 1
        name = device.name if count == 1 else f"{device.name} ({count})"
        found.append(replace(device, name=name))
    return tuple(found)


def named(devices: Sequence[Device], name: str) -> Device | None:
    """Return the device that is meant by ``name``, as it was called when it was chosen.

    Exactly that one; else one whose name differs in case, spaces and counting only; else the only
    one of which either name is the beginning of the other.
    """
    for device in devices:
        if device.name == name:
            return device
    wanted = _plain(name)
    for device in devices:
        if _plain(device.name) == wanted:
            return device
    alike = [device for device in devices if _begin_alike(_plain(device.name), wanted)]
    return alike[0] if len(alike) == 1 else None


def ranked(devices: Sequence[Device], names: Sequence[str]) -> list[Device]:
    """Return the devices to try in this order: those of ``names`` that are there, then the best.

    The best is the system's default, then whichever is there; a monitor only if it was named.
    """
    wanted = [device for name in names if (device := named(devices, name)) is not None]
    real = [device for device in devices if not device.monitor]
    default = next((device for device in real if device.default), None)
    best = default or next(iter(real), None)
    return list(dict.fromkeys([*wanted, best] if best is not None else wanted))


def ringing(speakers: Sequence[Device], names: Sequence[str]) -> list[Device]:
    """Return the speakers that ring: all of ``names`` that are there, else the best one."""
    wanted = [device for name in names if (device := named(speakers, name)) is not None]
    return list(dict.fromkeys(wanted)) or ranked(speakers, ())[:1]


def _plain(name: str) -> str:
    return " ".join(_COUNTED.sub("", name.casefold()).split())


def _begin_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= LEAST_PREFIX and long.startswith(short)


def _device(info: object, system: str) -> Device:
    ffi = miniaudio.ffi
    handle = ffi.new("ma_device_id *", info.id)  # type: ignore[attr-defined]
    identity = bytes(ffi.buffer(handle)).rstrip(b"\0")
    called = identity.partition(b"\0")[0]
    return Device(
        name=clean_text(bytes(ffi.string(info.name))),  # type: ignore[attr-defined]
        handle=handle,
        identity=identity,
        default=bool(info.isDefault),  # type: ignore[attr-defined]
        monitor=called.endswith(b".monitor"),
        pulse=called.decode("utf-8", "replace") if system == "PulseAudio" else "",
    )


def _has_sound_card() -> bool:
    try:
        return "no soundcards" not in _SOUND_CARDS.read_text()
    except OSError:
        return False
