"""What the engine tells the desk (step ②): past tense, each one frozen and of plain values.

Text has been cleaned by ``sip.text`` already: consumers may show it, as plain text. Units as in
``sip.values``; times of day never cross the pipe, the receiver stamps them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sip.values import SILENCE_DB, EndedBy, LineId, RegistrationCause, SoundState


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
    """``status`` is the SIP status (200 registered, 0 not asked for); ``reason`` its words.

    Also when a registered exchange no longer answers (at most 3 s after it fell silent).
    """

    registered: bool
    status: int
    reason: str
    expires_s: int
    cause: RegistrationCause = RegistrationCause.NONE


@dataclass(frozen=True, slots=True)
class SoundChanged:
    """What runs now; ``rings`` are the devices that ring at this moment."""

    state: SoundState
    speaker: str = ""
    microphone: str = ""
    detail: str = ""
    rings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """An INVITE arrived and 180 Ringing went out.

    ``number`` is the user part of P-Asserted-Identity or From, as it came, empty when there was
    none or the caller withheld it (then ``anonymous`` is true). ``waited_s`` is None when the
    exchange did not say. ``call_id`` is the exchange's name for the call (its header, else the
    SIP Call-ID). ``transferred_by`` is the extension of the colleague who passes the call on.
    ``returned`` is why a call that this agent transferred comes back ("busy", "no-answer",
    "refused", "unreachable", else the exchange's words), empty for every other call.
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
    transferred_by: str = ""
    returned: str = ""


@dataclass(frozen=True, slots=True)
class CallProgressed:
    """An outgoing call's provisional answer: 180 ringing, 183 early media."""

    line: LineId
    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """``encrypted``: the sound travels as SRTP and the signalling over TLS."""

    line: LineId
    codec: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class CallIdentified:
    """The other side is somebody else now (transferred, picked up): P-Asserted-Identity or
    Remote-Party-ID of an answer, re-INVITE or UPDATE. Clean text; empty when not told."""

    line: LineId
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class TransferProgressed:
    """What the target of a transfer says (RFC 3515 2.4.5). With ``final`` it is over: a 2xx status
    means that the call is theirs; anything else, that it is still the agent's."""

    line: LineId
    status: int
    reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class ConferenceChanged:
    """Who is in the conference now; empty when there is none."""

    lines: tuple[LineId, ...]


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
    """Five times a second while a call is up: what the other side says, what we send, in dBFS;
    ten times while a file plays into a call or Listen is on.

    ``spoken_db`` is the microphone itself, muted or not.
    """

    line: LineId
    received_db: float
    sent_db: float
    spoken_db: float = SILENCE_DB


@dataclass(frozen=True, slots=True)
class CallStatistics:
    """RTP statistics of one call so far (RFC 3550 terms), once a second while it is talking.

    ``discarded_packets`` came too late for the jitter buffer, which holds ``buffer_ms`` now.
    ``since_last_packet_s`` is what the screen warns by; it does not grow while the call is held.
    """

    line: LineId
    codec: str
    received_packets: int
    lost_packets: int
    sent_packets: int
    jitter_ms: float
    round_trip_ms: float
    since_last_packet_s: float
    discarded_packets: int = 0
    buffer_ms: float = 0.0
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class DevicesFound:
    """What is plugged in, at the start and after every change; names as in SoundSettings.

    ``speaker``, ``microphone`` and ``rings`` are those of them that the next call will use; empty
    where there is none.
    """

    speakers: tuple[str, ...]
    microphones: tuple[str, ...]
    speaker: str = ""
    microphone: str = ""
    rings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MicrophoneMeasured:
    """Ten times a second while Listen is on, in dBFS: the loudest 20 ms of the last tenth of a
    second, as the mean of their amplitude and as their highest sample (0 is clipped)."""

    level_db: float
    peak_db: float = SILENCE_DB


@dataclass(frozen=True, slots=True)
class StrangersRefused:
    """Somebody who is not the exchange tried to reach the phone: how often since the engine began,
    and the address of the last one if it is known."""

    count: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command made no sense now (unknown line, wrong state, bad digits); nothing changed."""

    command: str
    line: LineId | None
    reason: str


EVENTS: tuple[type, ...] = (
    EngineReady, EngineLost, Pong, RegistrationChanged, SoundChanged, IncomingCall, CallProgressed,
    CallAnswered, CallHeld, CallMuted, CallEnded, DtmfReceived, PlaybackFinished, LevelsMeasured,
    CallStatistics, CommandRefused, CallIdentified, TransferProgressed, ConferenceChanged,
    DevicesFound, MicrophoneMeasured, StrangersRefused,
)  # fmt: skip
Event = (
    EngineReady | EngineLost | Pong | RegistrationChanged | SoundChanged | IncomingCall
    | CallProgressed | CallAnswered | CallHeld | CallMuted | CallEnded | DtmfReceived
    | PlaybackFinished | LevelsMeasured | CallStatistics | CommandRefused | CallIdentified
    | TransferProgressed | ConferenceChanged | DevicesFound | MicrophoneMeasured
    | StrangersRefused
)  # fmt: skip
