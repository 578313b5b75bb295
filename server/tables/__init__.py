"""The centre's tables, and which of their columns cross the wire (step ⑨).

Ids are text; times are ISO 8601 text in UTC with a ``Z``, so that SQLite and PostgreSQL keep the
same bytes that the seats compare; money is in fen. Parents stand before children.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table

from server.tables.accounts import (
    agents,
    audit_log,
    refresh_tokens,
    service_tokens,
    sessions,
    sign_in_attempts,
    sign_in_sources,
)
from server.tables.calls import (
    agent_days,
    call_legs,
    gap_reports,
    interactions,
    presence,
    queues,
    quoted_articles,
    ticket_days,
    tickets,
)
from server.tables.customers import (
    customer_merges,
    customers,
    number_end,
    phones,
    segments,
    spelling,
)
from server.tables.feed import (
    applied_operations,
    change_counter,
    change_days,
    change_log,
    job_faults,
    jobs,
)
from server.tables.grades import grades
from server.tables.knowledge import (
    article_drafts,
    article_versions,
    articles,
    attachment_files,
    attachments,
    categories,
    centre_settings,
    draft_files,
    draft_writers,
    notice_reads,
    notices,
)
from server.tables.metadata import metadata

__all__ = [
    "KEPT_HERE", "REPLICATED", "WIRE_COLUMNS", "agent_days", "agents", "applied_operations",
    "article_drafts", "article_versions", "articles", "attachment_files", "attachments",
    "audit_log", "call_legs", "categories", "centre_settings", "change_counter", "change_days",
    "change_log", "customer_merges", "customers", "draft_files", "draft_writers", "gap_reports",
    "grades", "interactions", "job_faults", "jobs", "metadata", "notice_reads", "notices",
    "number_end",
    "phones", "presence", "queues", "quoted_articles", "refresh_tokens", "segments",
    "service_tokens", "sessions", "sign_in_attempts", "sign_in_sources", "spelling", "ticket_days",
    "tickets",
]  # fmt: skip

KEPT_HERE = frozenset({"field_versions", "id_secret", "custom_secrets"})
"""Columns of replicated tables that never leave the server."""

# str(): SQLAlchemy's names are a subclass of str, which orjson refuses as a key.
REPLICATED: Mapping[str, Table] = {
    str(table.name): table
    for table in (
        centre_settings, segments, categories, articles, attachments, article_drafts, notices,
        customers, phones, interactions, gap_reports, tickets, grades,
    )
}  # fmt: skip

WIRE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(str(column.name) for column in table.columns if column.name not in KEPT_HERE)
    for name, table in REPLICATED.items()
}
"""Columns of each replicated table in wire order (docs/wire.md)."""
