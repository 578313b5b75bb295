"""What the desk asks of the engine (step ②): imperative, each one frozen and of plain values.

Units as in ``sip.values``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sip.values import Account, HeaderNames, LineId, SoundSettings, Transport


@dataclass(frozen=True, slots=True)
class Configure:
    """Always the first command: bring up transports, account and sound. Answered by EngineReady.

    Only the hosts of ``exchange`` (names or addresses) may ring; empty means those of the account's
    registrar or domain. An empty ``bind_address`` is the interface that reaches them. ``ring_tone``
    is whether incoming calls are heard, ``call_tones`` ringing, busy and the like in the speaker.
    """

    incarnation: int
    account: Account
    bind_address: str = "127.0.0.1"
    port: int = 0
    transports: tuple[Transport, ...] = (Transport.UDP,)
    sound: SoundSettings = SoundSettings()  # noqa: RUF009 - frozen
    headers: HeaderNames = HeaderNames()  # noqa: RUF009 - frozen
    exchange: tuple[str, ...] = ()
    ring_tone: bool = True
    call_tones: bool = True


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
    """Answered by CallStatistics; while a call is talking they come once a second anyway."""

    line: LineId


@dataclass(frozen=True, slots=True)
class Transfer:
    """Blind transfer (REFER, RFC 3515) to ``uri``. Told by TransferProgressed.

    When the target takes it the line ends with EndedBy.AGENT; else the call is still there.
    """

    line: LineId
    uri: str


@dataclass(frozen=True, slots=True)
class CompleteTransfer:
    """Attended transfer (REFER with Replaces, RFC 3891): ``line``'s other side and
    ``consulted``'s talk to each other, both lines end. Told by TransferProgressed of ``line``."""

    line: LineId
    consulted: LineId


@dataclass(frozen=True, slots=True)
class Conference:
    """All of ``lines`` (answered, none held by us) hear each other and the agent; the others stay
    out of it. Fewer than two lines end the conference. Answered by ConferenceChanged."""

    lines: tuple[LineId, ...]


@dataclass(frozen=True, slots=True)
class UseSound:
    """Other devices from now on, in a call as well, without losing it."""

    sound: SoundSettings


@dataclass(frozen=True, slots=True)
class TestRing:
    """Ring on the ring devices without a call, until told otherwise."""

    on: bool


@dataclass(frozen=True, slots=True)
class Listen:
    """Open the sound without a call and send MicrophoneMeasured, until told otherwise."""

    on: bool


@dataclass(frozen=True, slots=True)
class Register:
    """Register again now instead of at the next attempt."""


@dataclass(frozen=True, slots=True)
class ShutDown:
    """Hang up everything, flush, exit with code 0. A closed pipe means the same."""


COMMANDS: tuple[type, ...] = (
    Configure, Ping, MakeCall, Answer, Reject, HangUp, Hold, Resume, SetMute, SendDtmf,
    PlayFile, StopPlayback, RequestStatistics, Transfer, CompleteTransfer, Conference, UseSound,
    TestRing, Listen, Register, ShutDown,
)  # fmt: skip
Command = (
    Configure | Ping | MakeCall | Answer | Reject | HangUp | Hold | Resume | SetMute | SendDtmf
    | PlayFile | StopPlayback | RequestStatistics | Transfer | CompleteTransfer | Conference
    | UseSound | TestRing | Listen | Register | ShutDown
)  # fmt: skip
