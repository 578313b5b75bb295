"""The plain values that commands and events are made of (step ②).

Units: ``*_s`` seconds, ``*_ms`` milliseconds, ``*_db`` decibels relative to full scale (0 is the
loudest, -90 is silence).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import NewType

LineId = NewType("LineId", str)
"""One call as the engine knows it: ``"<incarnation>-i<counter>"`` for one that came in,
``"<incarnation>-o<counter>"`` for one that went out; never used twice by one client."""

SILENCE_DB = -90.0


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"  # with SRTP, mandatory: what is signalled in secret is not spoken in the clear


class SoundState(StrEnum):
    """What the agent hears and is heard with."""

    CLOSED = "closed"  # no call: the device is not held open
    OPEN = "open"  # a real device is running
    NO_MICROPHONE = "no-microphone"  # a real speaker runs, silence is sent
    NO_DEVICE = "no-device"  # nothing to hear with: a null clock drives the call, silence is sent
    FAILED = "failed"  # a device was there and could not be opened: null clock, see ``detail``


class EndedBy(StrEnum):
    AGENT = "agent"  # this engine ended the call
    CALLER = "caller"  # the other side did
    NETWORK = "network"  # transport or time-out


class RegistrationCause(StrEnum):
    """Why the extension is not registered; the words for it belong to the screen."""

    NONE = "none"  # registered, or nothing asked for
    TRYING = "trying"  # not known yet
    WRONG_PASSWORD = "wrong-password"
    UNKNOWN_EXTENSION = "unknown-extension"
    REFUSED = "refused"  # the exchange said no; the reason has its words
    NO_ANSWER = "no-answer"  # the exchange is silent or cannot be reached
    NO_NETWORK = "no-network"  # this machine has no way to it: no link, no address, no name
    CERTIFICATE = "certificate"  # TLS: not the exchange that it should be
    EXCHANGE_FAULT = "exchange-fault"  # it answered 5xx


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """SIP headers in which the exchange says what it knows of a call; named nowhere else."""

    call_id: str = "X-Zuoxi-Call-ID"
    queue: str = "X-Zuoxi-Queue"
    menu_path: str = "X-Zuoxi-Menu"
    waited_s: str = "X-Zuoxi-Waited"
    dialled: str = "X-Zuoxi-Dialled"
    returned: str = "X-Zuoxi-Returned"
    transferred_by: str = "X-Zuoxi-Transferred-By"

    def __post_init__(self) -> None:
        names = [getattr(self, one.name).lower() for one in fields(self)]
        if len(set(names)) < len(names):
            raise ValueError("two of the exchange's headers have the same name")


@dataclass(frozen=True, slots=True)
class Account:
    """One SIP identity. With an empty ``registrar`` nothing is registered (practice, tests).

    ``ca_file`` names a PEM file with the authorities that may vouch for the exchange over TLS;
    empty means the system's.
    """

    user: str
    display_name: str = ""
    domain: str = "127.0.0.1"
    registrar: str = ""
    auth_user: str = ""
    password: str = field(default="", repr=False)
    expires_s: int = 90
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """Which devices, by name, in the order they are wanted; none means the system's default.

    The first of ``microphones`` and of ``speakers`` that is there is used, chosen anew at every
    plug and unplug. ``rings`` sound all at once; with none of them there, the system's default
    speaker rings, at ``ring_volume`` of 0 to 100.

    ``backend`` is ``"auto"``, ``"null"`` (no sound; the calls have a clock all the same) or a
    miniaudio backend's name (``"pulseaudio"``, ``"alsa"``, ``"wasapi"`` ...).
    ``speaker_record`` names a WAV file (16 kHz, mono, 16 bit) that receives exactly the samples
    handed to the speaker; for tests and the demo, off by default.
    """

    backend: str = "auto"
    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    rings: tuple[str, ...] = ()
    ring_volume: int = 80
    period_ms: int = 20
    speaker_record: str = ""
