"""What the phone and its users hand each other (step ③): plain values and two seams."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent_app.domain.ids import InteractionId
from sip import messages as m

MAX_LINES = 4


@dataclass(frozen=True, slots=True)
class Levels:
    """``spoken_db`` is the microphone itself, muted or not."""

    interaction_id: InteractionId
    received_db: float
    sent_db: float
    spoken_db: float = m.SILENCE_DB


@dataclass(frozen=True, slots=True)
class TransferProgress:
    """As ``sip.messages.TransferProgressed``, of a call of the book."""

    interaction_id: InteractionId
    status: int
    reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """The engine did not do ``command`` (a class name of ``sip.messages``); nothing changed."""

    command: str
    interaction_id: InteractionId | None
    reason: str


class DialOutcome(StrEnum):
    DIALLED = "dialled"
    EMPTY = "empty"
    NOT_A_NUMBER = "not-a-number"
    NO_PHONE = "no-phone"
    NO_EXCHANGE = "no-exchange"
    NO_LINE = "no-line"


class DtmfOutcome(StrEnum):
    SENT = "sent"
    EMPTY = "empty"
    NOT_DIGITS = "not-digits"  # something else than 0-9 * # and separators was in it
    NO_CALL = "no-call"  # nobody to send them to


class Engine(Protocol):
    """What the phone needs of ``sip.client.EngineClient``."""

    def send(self, command: m.Command) -> None: ...

    def new_line(self) -> m.LineId: ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a seat knows of its exchange.

    An empty ``domain`` is none (practice). ``transport`` is put into every URI where it is not UDP.
    ``call_id_header`` carries the name of the call that a consultation or pick-up belongs to.
    """

    domain: str
    transport: m.Transport = m.Transport.UDP
    pick_up_prefix: str = "*8"
    call_id_header: str = m.HeaderNames().call_id

    def uri(self, dial_string: str) -> str:
        """The SIP URI of a dial string (RFC 3261 25.1: # is escaped)."""
        user = dial_string.replace("#", "%23")
        suffix = "" if self.transport is m.Transport.UDP else f";transport={self.transport}"
        return f"sip:{user}@{self.domain}{suffix}"
