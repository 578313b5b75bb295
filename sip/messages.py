"""What crosses the pipe between the desk and the engine (step ② of the call).

Commands are imperative and go to the engine; events are past tense and come from it. All are
frozen dataclasses of plain values, so that a message can be logged, compared and replayed. Text in
an event has been cleaned by ``sip.text`` already: consumers may show it, as plain text.

Units: ``*_s`` seconds, ``*_ms`` milliseconds, ``*_db`` decibels relative to full scale (0 is the
loudest, -90 is silence). Times of day never cross the pipe; the receiver stamps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

LineId = NewType("LineId", str)
"""One call as the engine knows it: ``"<incarnation>-i<counter>"`` for one that came in,
``"<incarnation>-o<counter>"`` for one that went out; never used twice by one client."""

SILENCE_DB = -90.0


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"


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


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """SIP headers in which the exchange says what it knows of a call; named nowhere else."""

    call_id: str = "X-Zuoxi-Call-ID"
    queue: str = "X-Zuoxi-Queue"
    menu_path: str = "X-Zuoxi-Menu"
    waited_s: str = "X-Zuoxi-Waited"
    dialled: str = "X-Zuoxi-Dialled"


@dataclass(frozen=True, slots=True)
class Account:
    """One SIP identity. With an empty ``registrar`` nothing is registered (practice, tests)."""

    user: str
    display_name: str = ""
    domain: str = "127.0.0.1"
    registrar: str = ""
    auth_user: str = ""
    password: str = field(default="", repr=False)
    expires_s: int = 90


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """Which devices, by name; an empty name means the system's default.

    ``backend`` is ``"auto"``, ``"null"`` (miniaudio's null device: a real clock, no sound) or a
    miniaudio backend's name (``"pulseaudio"``, ``"alsa"``, ``"wasapi"`` ...).
    ``speaker_record`` names a WAV file (16 kHz, mono, 16 bit) that receives exactly the samples
    handed to the speaker; for tests and the demo, off by default.
    """

    backend: str = "auto"
    microphone: str = ""
    speaker: str = ""
    period_ms: int = 10
    speaker_record: str = ""


# --- commands ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Configure:
    """Always the first command: bring up transports, account and sound. Answered by EngineReady."""

    incarnation: int
    account: Account
    bind_address: str = "127.0.0.1"
    port: int = 0
    transports: tuple[Transport, ...] = (Transport.UDP,)
    sound: SoundSettings = SoundSettings()
    headers: HeaderNames = HeaderNames()
    ring_tone: bool = True


@dataclass(frozen=True, slots=True)
class Ping:
    token: int


@dataclass(frozen=True, slots=True)
class MakeCall:
    """Call ``uri`` (a full SIP URI). ``line`` is chosen by the sender (EngineClient.new_line())."""

    line: LineId
    uri: str
    headers: tuple[tuple[str, str], ...] = ()
    from_name: str = ""
    from_user: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    line: LineId


@dataclass(frozen=True, slots=True)
class Reject:
    """Refuse a ringing call with a final SIP status, 486 Busy Here unless told otherwise."""

    line: LineId
    status: int = 486


@dataclass(frozen=True, slots=True)
class HangUp:
    line: LineId


@dataclass(frozen=True, slots=True)
class Hold:
    line: LineId


@dataclass(frozen=True, slots=True)
class Resume:
    line: LineId


@dataclass(frozen=True, slots=True)
class SetMute:
    """Send silence on this line; survives hold, resume and every media change."""

    line: LineId
    muted: bool


@dataclass(frozen=True, slots=True)
class SendDtmf:
    """RFC 4733 digits, ``[0-9*#A-D]{1,32}``."""

    line: LineId
    digits: str


@dataclass(frozen=True, slots=True)
class PlayFile:
    """Play a WAV file (mono, 16 bit, 8 or 16 kHz) into the line once; ends in PlaybackFinished."""

    line: LineId
    path: str


@dataclass(frozen=True, slots=True)
class StopPlayback:
    line: LineId


@dataclass(frozen=True, slots=True)
class RequestStatistics:
    """Answered by CallStatistics."""

    line: LineId


@dataclass(frozen=True, slots=True)
class ShutDown:
    """Hang up everything, flush, exit with code 0. A closed pipe means the same."""


COMMANDS: tuple[type, ...] = (
    Configure, Ping, MakeCall, Answer, Reject, HangUp, Hold, Resume, SetMute, SendDtmf,
    PlayFile, StopPlayback, RequestStatistics, ShutDown,
)  # fmt: skip
Command = (
    Configure | Ping | MakeCall | Answer | Reject | HangUp | Hold | Resume | SetMute | SendDtmf
    | PlayFile | StopPlayback | RequestStatistics | ShutDown
)  # fmt: skip


# --- events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The engine listens. ``ports`` maps a transport's name to the bound local port."""

    incarnation: int
    pid: int
    address: str
    ports: tuple[tuple[str, int], ...]
    library: str


@dataclass(frozen=True, slots=True)
class EngineLost:
    """The engine died or stopped answering; made by the client, never by the engine.

    Every line of that incarnation is gone. ``retry_in_s`` is when a new one starts, or None when
    the client was told to stop.
    """

    incarnation: int
    reason: str
    retry_in_s: float | None


@dataclass(frozen=True, slots=True)
class Pong:
    token: int


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    """``status`` is the SIP status (200 registered, 0 not asked for); ``reason`` its words."""

    registered: bool
    status: int
    reason: str
    expires_s: int


@dataclass(frozen=True, slots=True)
class SoundChanged:
    state: SoundState
    speaker: str = ""
    microphone: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """An INVITE arrived and 180 Ringing went out.

    ``number`` is the user part of P-Asserted-Identity or From, as it came, empty when there was
    none or the caller withheld it (then ``anonymous`` is true). ``waited_s`` is None when the
    exchange did not say. ``call_id`` is the exchange's name for the call (its header, else the
    SIP Call-ID).
    """

    line: LineId
    call_id: str
    name: str
    number: str
    anonymous: bool
    dialled: str
    queue: str
    menu_path: str
    waited_s: int | None
    from_uri: str


@dataclass(frozen=True, slots=True)
class CallProgressed:
    """An outgoing call's provisional answer: 180 ringing, 183 early media."""

    line: LineId
    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class CallAnswered:
    line: LineId
    codec: str


@dataclass(frozen=True, slots=True)
class CallHeld:
    """``by_agent``: this side holds; ``by_caller``: the other side does. Both false: resumed."""

    line: LineId
    by_agent: bool
    by_caller: bool


@dataclass(frozen=True, slots=True)
class CallMuted:
    line: LineId
    muted: bool


@dataclass(frozen=True, slots=True)
class CallEnded:
    line: LineId
    status: int
    reason: str
    ended_by: EndedBy


@dataclass(frozen=True, slots=True)
class DtmfReceived:
    line: LineId
    digit: str


@dataclass(frozen=True, slots=True)
class PlaybackFinished:
    line: LineId
    path: str


@dataclass(frozen=True, slots=True)
class LevelsMeasured:
    """Ten times a second while a call is up: what the other side says, what we send, in dBFS."""

    line: LineId
    received_db: float
    sent_db: float


@dataclass(frozen=True, slots=True)
class CallStatistics:
    """RTP statistics of one call so far (RFC 3550 terms)."""

    line: LineId
    codec: str
    received_packets: int
    lost_packets: int
    sent_packets: int
    jitter_ms: float
    round_trip_ms: float
    since_last_packet_s: float


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command made no sense now (unknown line, wrong state, bad digits); nothing changed."""

    command: str
    line: LineId | None
    reason: str


EVENTS: tuple[type, ...] = (
    EngineReady, EngineLost, Pong, RegistrationChanged, SoundChanged, IncomingCall, CallProgressed,
    CallAnswered, CallHeld, CallMuted, CallEnded, DtmfReceived, PlaybackFinished, LevelsMeasured,
    CallStatistics, CommandRefused,
)  # fmt: skip
Event = (
    EngineReady | EngineLost | Pong | RegistrationChanged | SoundChanged | IncomingCall
    | CallProgressed | CallAnswered | CallHeld | CallMuted | CallEnded | DtmfReceived
    | PlaybackFinished | LevelsMeasured | CallStatistics | CommandRefused
)  # fmt: skip
