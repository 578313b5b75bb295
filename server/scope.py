"""Which tables a role's seat keeps a copy of (M48, step ⑨).

The server decides, and names its decision in a text that a seat sends back with its next request:
when the decision is another one by then, the seat starts over instead of keeping what it must not
have, or missing what it now may. Two more things stand in that text, so that seats need not know
of them: the database's life (it begins anew with a restored backup) and where the copy began.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from server.rights import Role
from server.setting_values import read_value
from server.tables import REPLICATED

EVERYTHING = tuple(REPLICATED)
REFERENCE = (
    "settings", "segments", "categories", "articles", "attachments", "notices", "gap_reports",
)  # fmt: skip
EDITING = (*REFERENCE, "article_drafts")
ON_CALLS = tuple(name for name in EVERYTHING if name != "article_drafts")
WITHOUT_CUSTOMERS = tuple(
    name for name in ON_CALLS if name not in ("customers", "phones", "gap_reports", "tickets")
)

SCOPES: Mapping[str, tuple[str, ...]] = {
    Role.AGENT: ON_CALLS,
    Role.SPECIALIST: ON_CALLS,
    Role.SUPERVISOR: EVERYTHING,
    Role.QUALITY: ON_CALLS,
    Role.ANALYST: WITHOUT_CUSTOMERS,
    Role.KNOWLEDGE_EDITOR: EDITING,
    Role.ADMINISTRATOR: REFERENCE,
    Role.TRAINEE: REFERENCE,
}
"""Tables by role, parents first; in a practice centre everybody has everything."""

PRACTICE = "practice"
"""The setting that makes a centre one of invented people."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``began`` is the newest sequence when the seat's copy was begun, 0 when that is not known."""

    tables: tuple[str, ...]
    life: int = 0
    began: int = 0

    @property
    def name(self) -> str:
        """The same for the same decision about the same life of the database."""
        told = f"{','.join(self.tables)} {self.life}"
        return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()

    @property
    def text(self) -> str:
        return f"{self.name}.{self.began}"


def tables_of(connection: Connection, role: str) -> tuple[str, ...]:
    """What the seat of a role may keep, a role that is not known only what everybody may."""
    return EVERYTHING if is_practice(connection) else SCOPES.get(role, REFERENCE)


def is_practice(connection: Connection) -> bool:
    """Whether this is a centre of invented people, where everybody practises everything."""
    value = read_value(connection, PRACTICE)
    return value is not None and value.get("value") is True


def began_in(text: str, scope: Scope) -> int | None:
    """Where the copy of a seat began that sent ``text``; None when it is of another scope."""
    name, _, began = text.partition(".")
    if name != scope.name or not (began.isascii() and began.isdigit() and len(began) < 20):
        return None
    return int(began)
