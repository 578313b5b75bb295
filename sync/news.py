"""What the server says of itself through the event stream (the way back of step ⑨)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sync import parse
from sync.errors import BadReply
from sync.values import count_in, text_in
from sync.wire import ChangePage


class SessionKind(StrEnum):
    ENDED = "ended"
    SECOND_SIGN_IN = "second-sign-in"


@dataclass(frozen=True, slots=True)
class Changed:
    """The centre's newest sequence number."""

    newest: int


@dataclass(frozen=True, slots=True)
class Brought:
    """A small page of changes that leads on from ``after``; without a scope."""

    after: int
    page: ChangePage


@dataclass(frozen=True, slots=True)
class SessionNews:
    """What became of this agent's sign-ins.

    ``ended``: this session is void, ``wipe`` asks the seat to forget its copy of the centre's
    data; every further request says the same. ``second-sign-in``: the agent has signed in on
    ``device`` (as that seat calls itself) at ``at`` (ISO 8601) as well.
    """

    kind: SessionKind
    wipe: bool = False
    device: str = ""
    at: str = ""


News: TypeAlias = Changed | Brought | SessionNews


def news(event: str, data: bytes) -> News | None:
    """What one server-sent event says; None for what this seat does not know. Raises BadReply."""
    if event == "changed":
        return Changed(parse.newest(data))
    if event == "page":
        return Brought(count_in(parse.object_of(data), "after"), parse.change_page(data))
    if event != "session":
        return None
    told = parse.object_of(data)
    if told.get("kind") == SessionKind.ENDED:
        wipe = told.get("wipe")
        if not isinstance(wipe, bool):
            raise BadReply("wipe is not true or false")
        return SessionNews(SessionKind.ENDED, wipe=wipe)
    if told.get("kind") == SessionKind.SECOND_SIGN_IN:
        device = text_in(told, "device", may_be_empty=True)
        return SessionNews(SessionKind.SECOND_SIGN_IN, device=device, at=text_in(told, "at"))
    return None
