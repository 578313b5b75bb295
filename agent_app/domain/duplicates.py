"""Two customers that may be one, side by side, and what merging them will do (M18, step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.customer_edit import Phone
from agent_app.domain.ids import CustomerId


class DuplicateReason(StrEnum):
    """Why the server, or she herself, takes two for one."""

    SAME_NUMBER = "same-number"
    SAME_ID = "same-id-number"
    SAME_NAME = "same-name-and-region"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Twin:
    """One of the two, as far as it is compared."""

    customer_id: CustomerId
    name: str
    segment: str = ""
    region: str = ""
    company: str = ""
    address: str = ""
    id_number: str = ""
    warning: str = ""
    notes: str = ""
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True, slots=True)
class TwinPair:
    """``first`` was made first."""

    first: Twin
    second: Twin
    reasons: tuple[DuplicateReason, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.first.customer_id} {self.second.customer_id}"


@dataclass(frozen=True, slots=True)
class Merged:
    """Somebody who was merged into the one that is looked at."""

    at: datetime
    agent_name: str
    interactions: int
    numbers: tuple[str, ...]


FILLED = ("segment", "region", "company", "address", "warning", "id_number")
"""What the kept one takes from the other where it has nothing itself; as the server does."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What moves: numbers the kept one has not, and parts it has nothing in."""

    numbers: tuple[Phone, ...]
    filled: tuple[str, ...]
    notes: bool


def plan(kept: Twin, gone: Twin) -> MergePlan:
    known = {phone.number for phone in kept.phones}
    return MergePlan(
        numbers=tuple(phone for phone in gone.phones if phone.number not in known),
        filled=tuple(part for part in FILLED if not getattr(kept, part) and getattr(gone, part)),
        notes=bool(gone.notes) and gone.notes != kept.notes,
    )
