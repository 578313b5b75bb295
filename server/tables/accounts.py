"""Agents, their sessions and what they did: who may come in (M42, step ⑨)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, false

from server.tables.metadata import metadata

agents = Table(
    "agents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("extension", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text),  # null: cannot sign in
    Column("disabled", Boolean, nullable=False),
    Column("skills", Text, nullable=False, server_default="[]"),  # JSON: queue numbers, best first
    Column("password_set_at", BigInteger, nullable=False, server_default="0"),  # Unix seconds
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("login", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),  # Unix seconds
    Column("locked_until", BigInteger, nullable=False),
)

sign_in_sources = Table(
    "sign_in_sources",
    metadata,
    Column("address", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),  # Unix seconds
    Column("locked_until", BigInteger, nullable=False),
)
"""Failed sign-ins by where they came from, whatever logins were tried."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("device", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("voided_at", BigInteger),
    Column("void_reason", Text, nullable=False),
    Column("seen_at", BigInteger, nullable=False, server_default="0"),  # Unix seconds
    Column("wipe", Boolean, nullable=False, server_default=false()),  # the seat forgets its copy
    Index("sessions_by_agent", "agent_id", "voided_at"),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Column("successor", Text, nullable=False, server_default=""),  # sealed with this token
    Index("refresh_tokens_by_session", "session_id"),
)

service_tokens = Table(
    "service_tokens",
    metadata,
    Column("name", Text, primary_key=True),  # of the program
    Column("hash", Text, nullable=False, unique=True),
    Column("made_at", BigInteger, nullable=False),  # Unix seconds
)
"""Programs that tell the centre something: the exchange."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Text, primary_key=True),  # UUIDv7: the order of time
    Column("at", Text, nullable=False),
    Column("agent_id", Text, nullable=False),  # empty: the command line
    Column("session_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON, without the values themselves
    Index("audit_log_by_record", "table_name", "record"),
    Index("audit_log_by_agent", "agent_id", "id"),
)
"""Only ever inserted into: triggers refuse to change or delete a row."""
