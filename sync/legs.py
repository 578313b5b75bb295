"""Live calls, presence and the directory, as they cross the wire (``docs/wire.md``).

A *leg* is one agent's part of one call of the exchange. Nothing of this is replicated: it is asked
for while it is of use and forgotten by the server after a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sync.wire import Json


class LegState(StrEnum):
    RINGING = "ringing"
    DIALLING = "dialling"
    TALKING = "talking"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Quote:
    article_id: str
    version: int
    title: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What an agent knows and wrote of a call: it travels with the call to the next agent."""

    customer_id: str | None = None
    customer_name: str = ""
    category_id: str | None = None
    question: str = ""
    answer: str = ""
    basis: str = ""
    follow_up: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """``call_id`` is the exchange's, the same on every desk; ``started_at`` as in ``sync.wire``."""

    interaction_id: str
    call_id: str
    state: LegState
    direction: str
    name: str
    number: str
    queue: str
    menu_path: str
    dialled: str
    waited_s: int | None
    started_at: str
    attachment: Attachment = Attachment()


@dataclass(frozen=True, slots=True)
class AgentLeg:
    """A leg as the server gives it: with whose it is."""

    agent_id: str
    agent_name: str
    extension: str
    leg: Leg


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """``state`` is a word of the wire's list, ``since`` empty for one who never signed in."""

    agent_id: str
    name: str
    extension: str
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class QueueEntry:
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    agents: tuple[AgentEntry, ...] = ()
    queues: tuple[QueueEntry, ...] = ()


def leg_content(leg: Leg, revision: int) -> Mapping[str, Json]:
    """The body that tells the server of a leg; its interaction is in the path."""
    attached = leg.attachment
    quotes: list[Json] = [
        {"article_id": quote.article_id, "version": quote.version, "title": quote.title}
        for quote in attached.quotes
    ]
    return {
        "call_id": leg.call_id,
        "state": leg.state.value,
        "direction": leg.direction,
        "name": leg.name,
        "number": leg.number,
        "queue": leg.queue,
        "menu_path": leg.menu_path,
        "dialled": leg.dialled,
        "waited_s": leg.waited_s,
        "started_at": leg.started_at,
        "attachment": {
            "customer_id": attached.customer_id,
            "customer_name": attached.customer_name,
            "category_id": attached.category_id,
            "question": attached.question,
            "answer": attached.answer,
            "basis": attached.basis,
            "follow_up": attached.follow_up,
            "quotes": quotes,
        },
        "revision": revision,
    }
