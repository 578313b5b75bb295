"""What crosses the wire between a seat and the central server (steps ⑧ and ⑨), version 1.

The server has its own description of the same; ``tests/contract`` proves that they agree. Times
are ISO 8601 in UTC with a ``Z``; ids are text; money is in fen; sequence numbers are the server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

TABLES: Mapping[str, tuple[str, ...]] = {
    "settings": ("id", "version", "value"),
    "segments": ("id", "name", "rule"),
    "categories": ("id", "parent_id", "name", "name_en", "position"),
    "articles": (
        "id", "version", "category_id", "title", "question", "answer", "basis", "keywords",
        "region", "valid_from", "valid_until", "sample", "pinyin", "initials", "owner_id",
        "owner_name", "variant_of",
    ),
    "attachments": ("id", "article_id", "name", "media_type", "size", "digest"),
    "article_drafts": (
        "id", "version", "article_id", "base_version", "category_id", "title", "question",
        "answer", "basis", "keywords", "region", "valid_from", "valid_until", "owner_id",
        "variant_of", "note", "state", "author_id", "author_name", "reviewer_name", "remark",
        "changed_at",
    ),
    "notices": (
        "id", "version", "title", "body", "must_read", "author_name", "published_at", "expires_at",
    ),
    "customers": (
        "id", "version", "kind", "name", "segment_id", "region", "arrears_cents", "warning",
        "notes", "company", "id_number", "address", "pinyin", "initials", "merged_into", "custom",
    ),
    "phones": ("id", "customer_id", "number", "label"),
    "interactions": (
        "id", "version", "customer_id", "agent_id", "agent_name", "direction", "exchange_call_id",
        "caller_name", "number", "dialled", "queue", "menu_path", "waited_s", "started_at",
        "answered_at", "ended_at", "talk_s", "end_reason", "category_id", "question", "answer",
        "follow_up", "basis", "customer_name", "quotes",
    ),
    "gap_reports": (
        "id", "version", "article_id", "article_version", "asked", "missing", "category_id",
        "interaction_id", "reporter_id", "reporter_name", "owner_id", "owner_name", "state",
        "outcome", "outcome_article_id", "outcome_version", "reported_at", "changed_at",
    ),
    "tickets": (
        "id", "version", "number", "kind", "title", "body", "customer_id", "customer_name",
        "contact", "interaction_id", "category_id", "holder_id", "holder_name", "due_at", "state",
        "outcome", "author_id", "author_name", "made_at", "changed_at",
    ),
    "grades": ("id", "digit", "name", "name_en", "satisfied", "at"),
}  # fmt: skip
"""Columns of each replicated table, in wire order; parents before children.

``phones.number`` is E.164 or an exact short code; ``interactions.quotes`` a list of
``{"article_id", "version", "title"}``; ``customers.id_number`` is masked, ``customers.custom`` and
``settings.value`` are objects. ``grades.id`` is what ``interactions.exchange_call_id`` names.
"""


class OperationKind(StrEnum):
    SAVE_INTERACTION = "interaction.save"
    SAVE_DAY = "day.save"
    SAVE_CUSTOMER = "customer.save"
    SEE_CUSTOMER = "customer.see"
    MERGE_CUSTOMERS = "customer.merge"
    READ_NOTICE = "notice.read"
    SAVE_NOTICE = "notice.save"
    SAVE_ARTICLE = "article.save"
    SAVE_DRAFT = "draft.save"
    PUBLISH_DRAFT = "draft.publish"
    SAVE_GAP = "gap.save"
    SAVE_TICKET = "ticket.save"
    SAVE_CATEGORY = "category.save"
    SAVE_SEGMENT = "segment.save"
    SAVE_SETTING = "setting.save"


class Outcome(StrEnum):
    APPLIED = "applied"
    ALREADY_APPLIED = "already-applied"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Operation:
    """One act of one agent, in full: applied exactly once, however often it is sent.

    ``record`` is the id of the row it is about; operations on one record are delivered in order,
    one at a time. ``base`` gives the version of each field it was made against, empty for a new
    row. ``payload`` holds the row's columns by name.
    """

    id: str
    kind: OperationKind
    record: str
    author: str
    made_at: str
    payload: Mapping[str, Json]
    base: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OperationResult:
    """The server's answer to one operation; ``server`` holds its values in a conflict."""

    id: str
    outcome: Outcome
    reason: str = ""
    version: int = 0
    server: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes after a cursor, in the server's order.

    ``rows`` maps a table to its changed rows (arrays in the order of ``TABLES``), ``deleted`` to
    the ids that are gone. ``next_cursor`` is stored in the same transaction as the rows, and so is
    ``scope``: which tables the server sends to this agent's role, "" from a server that sends all.
    """

    rows: Mapping[str, list[list[Json]]]
    deleted: Mapping[str, list[str]]
    next_cursor: int
    newest: int
    more: bool
    scope: str = ""


@dataclass(frozen=True, slots=True)
class OtherSignIn:
    """The same agent's live session on another seat, as that seat calls itself."""

    device: str
    started_at: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session as the server granted it. Tokens never appear in a repr.

    ``others`` is what the server knew when it granted these tokens.
    """

    agent_id: str
    login: str
    name: str
    extension: str
    role: str
    access_token: str = field(repr=False)
    access_expires_s: int
    refresh_token: str = field(repr=False)
    server_time: str
    others: tuple[OtherSignIn, ...] = ()
