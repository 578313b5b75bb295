"""What the processes of one centre tell one another, and in which words (step ⑨).

On PostgreSQL these are channels of LISTEN/NOTIFY, part of the transaction they tell of; on SQLite
the one process that has the file tells itself after the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeAlias

import orjson

PAYLOAD_BYTES_MAX = 7_999
"""PostgreSQL takes less than 8000 bytes."""

MISSED = ""
"""A payload that says nothing but that some may have been lost: look into the database."""

Listener: TypeAlias = Callable[[str], None]
"""Gets a payload; from any thread, so it must be quick and thread-safe."""


class Channel(StrEnum):
    CHANGES = "changes"  # the newest sequence
    SESSIONS = "sessions"  # a SessionNews


class SessionKind(StrEnum):
    ENDED = "ended"
    SECOND_SIGN_IN = "second-sign-in"


@dataclass(frozen=True, slots=True)
class SessionNews:
    """What became of an agent's sign-ins.

    ``ended``: ``session_ids`` are void, ``wipe`` tells their seats to forget their copy.
    ``second-sign-in``: ``session_ids`` are the new ones, made on ``device`` at ``at`` (ISO 8601);
    the agent's other sessions are told.
    """

    kind: SessionKind
    agent_id: str
    session_ids: tuple[str, ...]
    wipe: bool = False
    device: str = ""
    at: str = ""

    def to_payload(self) -> str:
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_payload(cls, payload: str) -> SessionNews:
        """Only ever of our own making: raises KeyError or ValueError on anything else."""
        value = orjson.loads(payload)
        return cls(
            kind=SessionKind(value["kind"]),
            agent_id=value["agent_id"],
            session_ids=tuple(value["session_ids"]),
            wipe=value["wipe"],
            device=value["device"],
            at=value["at"],
        )
