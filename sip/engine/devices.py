"""Which speakers and microphones this machine has, and which of them is meant by a name (①)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

MONITOR = b".monitor"
"""How PulseAudio calls a source that repeats what a speaker plays."""
LEAST_PREFIX = 6
"""A shorter common beginning of two names says nothing."""

_COUNTED = re.compile(r"\s*[(#]\s*\d+\s*\)?$|\b\d+\s*-\s+")
"""What sound systems add to tell equal devices apart: "Headset (2)", "Headset #2" and Windows'
"Headset (2- Jabra)"; it changes with the socket."""


class SoundError(Exception):
    """The sound system or the device that was asked for cannot be used."""


class NoDeviceError(Exception):
    """This machine has nothing to hear with."""


@dataclass(frozen=True, slots=True, eq=False)
class Device:
    """One speaker or microphone; ``identity`` is the sound system's own name for it.

    Names are told apart: the second "USB Audio" is "USB Audio (2)".

    A monitor (see MONITOR) is no microphone. ``pulse`` is the same as ``identity`` on PulseAudio,
    "" on other sound systems.
    """

    name: str
    identity: bytes
    default: bool
    monitor: bool
    pulse: str = ""


@dataclass(frozen=True, slots=True)
class Devices:
    speakers: tuple[Device, ...] = ()
    microphones: tuple[Device, ...] = ()


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
