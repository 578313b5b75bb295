"""The centre's tables, and which of their columns cross the wire (step ⑨).

Ids are text; times are ISO 8601 text in UTC with a ``Z``, so that SQLite and PostgreSQL keep the
same bytes that the seats compare; money is in fen. Parents stand before children.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    func,
    literal_column,
)

from server.columns import SEQUENCE, SORTED

metadata = MetaData()

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

segments = Table(
    "segments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("rule", Text, nullable=False),
)

categories = Table(
    "categories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("parent_id", Text, ForeignKey("categories.id")),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("category_id", Text, ForeignKey("categories.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("keywords", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_until", Text),
    Column("sample", Boolean, nullable=False),
    Column("pinyin", Text, nullable=False),
    Column("initials", Text, nullable=False),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("saved_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON: the article's columns as they were
)
"""Every version an article had; never changed once written."""

notices = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("must_read", Boolean, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("expires_at", Text),
)

notice_reads = Table(
    "notice_reads",
    metadata,
    Column("notice_id", Text, ForeignKey("notices.id"), primary_key=True),
    Column("agent_id", Text, ForeignKey("agents.id"), primary_key=True),
    Column("read_at", Text, nullable=False),
)

centre_settings = Table(
    "settings",
    metadata,
    Column("id", Text, primary_key=True),  # skills, reasons, wrap-up, calendar, customer-fields …
    Column("version", Integer, nullable=False),
    Column("value", Text, nullable=False),  # JSON object
)

customers = Table(
    "customers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", SORTED, nullable=False),
    Column("segment_id", Text, ForeignKey("segments.id")),
    Column("region", SORTED, nullable=False),
    Column("arrears_cents", BigInteger, nullable=False),
    Column("warning", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("company", SORTED, nullable=False, server_default=""),  # whom a person speaks for
    Column("id_number", Text, nullable=False, server_default=""),  # masked, as seats may keep it
    Column("address", Text, nullable=False, server_default=""),
    Column("pinyin", SORTED, nullable=False, server_default=""),  # of the name
    Column("initials", SORTED, nullable=False, server_default=""),
    Column("merged_into", Text, ForeignKey("customers.id")),
    Column("custom", Text, nullable=False, server_default="{}"),  # JSON: the centre's own fields
    Column("id_secret", Text, nullable=False, server_default=""),  # the whole ID or company number
    Column("field_versions", Text, nullable=False, server_default="{}"),  # JSON: field → version
    Column("custom_secrets", Text, nullable=False, server_default="{}"),  # JSON: whole values
    Index("customers_by_secret", "id_secret"),
    Index("customers_by_name", "name", "region", "id"),
    Index("customers_by_company", "company"),
    Index("customers_by_initials", "initials"),
    Index("customers_by_region", "region"),
)
spelling = func.replace(customers.c.pinyin, literal_column("' '"), literal_column("''"))
"""The pinyin as it is typed; has an index, so it stands in questions exactly like this."""
Index("customers_by_spelling", spelling)

customer_merges = Table(
    "customer_merges",
    metadata,
    Column("id", Text, primary_key=True),  # the operation that merged them
    Column("kept_id", Text, ForeignKey("customers.id"), nullable=False),
    Column("merged_id", Text, ForeignKey("customers.id"), nullable=False),
    Column("agent_id", Text, nullable=False),
    Column("merged_at", Text, nullable=False),
    Column("moved", Text, nullable=False),  # JSON: ids of phones and interactions that moved
    Index("customer_merges_by_kept", "kept_id"),
)

phones = Table(
    "phones",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customers.id"), nullable=False),
    Column("number", Text, nullable=False),  # E.164 or an exact short code
    Column("label", Text, nullable=False),
    Index("phones_by_number", "number"),
    Index("phones_by_customer", "customer_id"),
)

number_end = func.substr(phones.c.number, func.length(phones.c.number) - literal_column("3"))
"""How numbers are found by their end; has an index, so it stands in questions exactly like this."""
Index("phones_by_end", number_end, phones.c.number, phones.c.customer_id)

interactions = Table(
    "interactions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("customer_id", Text, ForeignKey("customers.id")),
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("exchange_call_id", Text, nullable=False),
    Column("caller_name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("dialled", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("menu_path", Text, nullable=False),
    Column("waited_s", Integer),
    Column("started_at", Text, nullable=False),
    Column("answered_at", Text),
    Column("ended_at", Text),
    Column("talk_s", Integer, nullable=False),
    Column("end_reason", Text, nullable=False),
    Column("category_id", Text, ForeignKey("categories.id")),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("follow_up", Text, nullable=False),
    Column("quotes", Text, nullable=False),  # JSON
    Column("field_versions", Text, nullable=False),  # JSON: field → version that last changed it
    Index("interactions_by_customer", "customer_id", "started_at"),
    Index("interactions_by_number", "number", "started_at"),
)

call_legs = Table(
    "call_legs",
    metadata,
    Column("id", Text, primary_key=True),  # the agent's interaction
    Column("call_id", Text, nullable=False),  # the exchange's name for the call
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("menu_path", Text, nullable=False),
    Column("dialled", Text, nullable=False),
    Column("waited_s", Integer),
    Column("started_at", Text, nullable=False),
    Column("attachment", Text, nullable=False),  # JSON
    Column("opened_at", BigInteger, nullable=False),  # Unix milliseconds, by the server's clock
    Column("updated_at", BigInteger, nullable=False),  # Unix seconds
    Index("call_legs_by_call", "call_id"),
    Index("call_legs_by_state", "state", "updated_at"),
    Index("call_legs_by_age", "updated_at"),
)

presence = Table(
    "presence",
    metadata,
    Column("agent_id", Text, ForeignKey("agents.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("seen_at", BigInteger, nullable=False),  # Unix seconds
)

queues = Table(
    "queues",
    metadata,
    Column("number", Text, primary_key=True),  # what the exchange is asked for
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # import, export
    Column("table_name", Text, nullable=False),
    Column("format", Text, nullable=False),  # csv, xlsx
    Column("file_name", Text, nullable=False),
    Column("agent_id", Text, ForeignKey("agents.id"), nullable=False),
    Column("state", Text, nullable=False),  # waiting, running, done, failed, cancelled
    Column("rows_done", Integer, nullable=False),
    Column("rows_total", Integer),
    Column("options", Text, nullable=False, server_default="{}"),  # JSON: what was asked for
    Column("report", Text, nullable=False),  # JSON: counts, preview, why it failed
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("seen_at", BigInteger, nullable=False, server_default="0"),  # by its worker
)

job_faults = Table(
    "job_faults",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("line", Integer, primary_key=True),  # row of the file, that of the headers is 1
    Column("column_name", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Rows of an imported file that were not taken."""

change_counter = Table(
    "change_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("horizon", BigInteger, nullable=False, server_default="0"),
    Column("pruned", BigInteger, nullable=False, server_default="0"),
    Column("life", BigInteger, nullable=False, server_default="0"),
)
"""``horizon``: deletions up to it were forgotten, a cursor below it must start over; ``pruned``
entries are no longer in the log. A restored backup begins a new ``life`` (any other number), and
every seat starts over."""

change_days = Table(
    "change_days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),  # the first one of that day
)

change_log = Table(
    "change_log",
    metadata,
    Column("sequence", SEQUENCE, primary_key=True, autoincrement=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
)

applied_operations = Table(
    "applied_operations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # of the whole operation, so that an id means one act
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("author", Text, ForeignKey("agents.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("applied_at", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Index("applied_operations_by_record", "record"),
)

KEPT_HERE = frozenset({"field_versions", "id_secret", "custom_secrets"})
"""Columns of replicated tables that never leave the server."""

# str(): SQLAlchemy's names are a subclass of str, which orjson refuses as a key.
REPLICATED: Mapping[str, Table] = {
    str(table.name): table
    for table in (
        centre_settings, segments, categories, articles, notices, customers, phones, interactions,
    )
}  # fmt: skip

WIRE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    name: tuple(str(column.name) for column in table.columns if column.name not in KEPT_HERE)
    for name, table in REPLICATED.items()
}
"""Columns of each replicated table in wire order (docs/wire.md)."""
