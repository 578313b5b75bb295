"""What the server did not take, and what she may decide about it (steps ⑥ and ⑧).

Two people changed the same part: both values are kept and she decides. Nothing she typed is thrown
away by a decision: words that are not sent stay readable for ``KEPT_DAYS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.customer_edit import mask
from agent_app.domain.ids import AgentId, OperationId

KEPT_DAYS = 30
UNDO_S = 10.0
"""For so long a decision is not sent yet, so that it can be undone."""


class Decision(StrEnum):
    KEEP_MINE = "keep-mine"
    TAKE_THEIRS = "take-theirs"
    SEND_AGAIN = "send-again"
    SET_ASIDE = "set-aside"


class EntryState(StrEnum):
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DECIDED = "decided"  # goes out in a moment; can be undone
    NOTE = "note"  # is not sent; kept to be read


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One part of an edit, here and at the server; ``clash``: somebody else changed it meanwhile.

    ``theirs`` is None where the server said nothing of it, and then nothing differs.
    """

    name: str
    mine: object
    theirs: object
    differs: bool
    clash: bool


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """``decisions`` are those that make sense here; ``can_undo`` takes the last one back."""

    operation_id: OperationId
    kind: str
    record: str
    author: AgentId
    title: str
    made_at: datetime
    state: EntryState
    reason: str
    pairs: tuple[FieldPair, ...] = ()
    decisions: frozenset[Decision] = frozenset()
    can_edit: bool = False
    can_undo: bool = False
    decided_at: datetime | None = None

    @property
    def can_be_sent_soon(self) -> bool:
        """It waits for the time of undoing only."""
        return self.state is EntryState.DECIDED and self.can_undo

    @property
    def open(self) -> bool:
        """A person has to decide."""
        return self.state in (EntryState.CONFLICT, EntryState.REJECTED)


def pairs(
    payload: Mapping[str, object], base: Mapping[str, int], server: Mapping[str, object]
) -> tuple[FieldPair, ...]:
    """Every part of the edit beside the server's value, those that clash first.

    The server's ``field_versions`` say when each part was changed last; without them each part
    that differs clashes.
    """
    versions = server.get("field_versions")
    known = versions if isinstance(versions, dict) else {}
    unsaid = 1 if isinstance(versions, dict) else float("inf")
    found = []
    for name, mine in payload.items():
        if name == "id":
            continue
        theirs = _plain(name, server.get(name))
        differs = name in server and theirs != (
            mask(str(mine)) if name == "id_number" else _plain(name, mine)
        )
        clash = differs and known.get(name, unsaid) > base.get(name, 0)
        found.append(FieldPair(name, mine, theirs, differs, clash))
    return tuple(sorted(found, key=lambda pair: not pair.clash))


def without_clashes(
    payload: Mapping[str, object], both: tuple[FieldPair, ...]
) -> tuple[dict[str, object], dict[str, object]]:
    """What is left to send when theirs is taken, and what is not sent."""
    clashing = {pair.name for pair in both if pair.clash}
    left = {name: value for name, value in payload.items() if name not in clashing}
    lost = {name: value for name, value in payload.items() if name in clashing}
    return left, lost


def new_base(payload: Mapping[str, object], server: Mapping[str, object]) -> dict[str, int]:
    """Everything that is sent was now decided in sight of the server's version."""
    version = server.get("version")
    seen = version if isinstance(version, int) else 0
    versions = server.get("field_versions")
    known = versions if isinstance(versions, dict) else {}
    return {name: max(seen, int(known.get(name, 0))) for name in payload if name != "id"}


def _plain(name: str, value: object) -> object:
    """Comparable: of a phone only its number and label count."""
    if name == "phones" and isinstance(value, list):
        return [
            {"number": one.get("number", ""), "label": one.get("label", "")}
            for one in value
            if isinstance(one, dict)
        ]
    return value
