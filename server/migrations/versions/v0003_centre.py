"""A whole centre: audit, notices, settings, article versions, merges, jobs; more of a customer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFUSED = "the audit log is only ever added to"


def upgrade() -> None:
    _extend_accounts()
    _create_audit()
    _extend_customers()
    _create_centre()
    _extend_feed()


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _key(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _link(name: str, target: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False, primary_key=key)


def _later(name: str, kind: sa.types.TypeEngine[Any], default: str) -> sa.Column[Any]:
    """A column that rows written before it have a value for."""
    return sa.Column(name, kind, nullable=False, server_default=sa.text(default))


def _extend_accounts() -> None:
    op.add_column("agents", _later("skills", sa.Text(), "'[]'"))
    op.add_column("agents", _later("password_set_at", sa.BigInteger(), "0"))
    op.add_column("sessions", _later("seen_at", sa.BigInteger(), "0"))
    op.add_column("sessions", _later("wipe", sa.Boolean(), "false"))
    op.create_index("sessions_by_agent", "sessions", ["agent_id", "voided_at"])
    op.add_column("refresh_tokens", _later("successor", sa.Text(), "''"))
    op.create_table(
        "sign_in_sources", _key("address"), sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("locked_until", sa.BigInteger, nullable=False),
    )  # fmt: skip


def _create_audit() -> None:
    op.create_table(
        "audit_log", _key(), _text("at"), _text("agent_id"), _text("session_id"), _text("action"),
        _text("table_name"), _text("record"), _text("detail"),
    )  # fmt: skip
    op.create_index("audit_log_by_record", "audit_log", ["table_name", "record"])
    op.create_index("audit_log_by_agent", "audit_log", ["agent_id", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_log_kept_from_{act.lower()} BEFORE {act} ON audit_log "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )
    # INSERT OR REPLACE deletes without asking the trigger for DELETE.
    op.execute(
        "CREATE TRIGGER audit_log_kept_from_replace BEFORE INSERT ON audit_log "
        "WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )


def _extend_customers() -> None:
    for name in ("company", "id_number", "address", "pinyin", "initials", "id_secret"):
        op.add_column("customers", _later(name, sa.Text(), "''"))
    # In words of its own: Alembic would make a new table of it on SQLite, under the calls' feet.
    op.execute("ALTER TABLE customers ADD COLUMN merged_into TEXT REFERENCES customers (id)")
    for name in ("custom", "field_versions", "custom_secrets"):
        op.add_column("customers", _later(name, sa.Text(), "'{}'"))
    op.create_index("customers_by_secret", "customers", ["id_secret"])
    _index_customers()
    op.create_table(
        "customer_merges", _key(), _link("kept_id", "customers.id"),
        _link("merged_id", "customers.id"), _text("agent_id"), _text("merged_at"), _text("moved"),
    )  # fmt: skip
    op.create_index("customer_merges_by_kept", "customer_merges", ["kept_id"])


def _index_customers() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in ("name", "region", "company", "pinyin", "initials"):
            op.execute(f'ALTER TABLE customers ALTER COLUMN {name} TYPE text COLLATE "C"')
    op.create_index("customers_by_name", "customers", ["name", "region", "id"])
    for name in ("company", "initials", "region"):
        op.create_index(f"customers_by_{name}", "customers", [name])
    op.execute("CREATE INDEX customers_by_spelling ON customers (replace(pinyin, ' ', ''))")
    op.execute(
        "CREATE INDEX phones_by_end ON phones "
        "(substr(number, length(number) - 3), number, customer_id)"
    )


def _create_centre() -> None:
    op.create_table(
        "article_versions", _link("article_id", "articles.id", key=True),
        sa.Column("version", sa.Integer, primary_key=True), _text("saved_at"), _text("author"),
        _text("body"),
    )  # fmt: skip
    op.create_table(
        "notices", _key(), sa.Column("version", sa.Integer, nullable=False), _text("title"),
        _text("body"), sa.Column("must_read", sa.Boolean, nullable=False), _text("author_name"),
        _text("published_at"), _text("expires_at", null=True),
    )  # fmt: skip
    op.create_table(
        "notice_reads", _link("notice_id", "notices.id", key=True),
        _link("agent_id", "agents.id", key=True), _text("read_at"),
    )  # fmt: skip
    op.create_table(
        "settings", _key(), sa.Column("version", sa.Integer, nullable=False), _text("value")
    )
    op.create_table(
        "jobs", _key(), _text("kind"), _text("table_name"), _text("format"), _text("file_name"),
        _link("agent_id", "agents.id"), _text("state"),
        sa.Column("rows_done", sa.Integer, nullable=False), sa.Column("rows_total", sa.Integer),
        _later("options", sa.Text(), "'{}'"), _text("report"), _text("started_at"),
        _text("finished_at", null=True), _later("seen_at", sa.BigInteger(), "0"),
    )  # fmt: skip
    op.create_table(
        "job_faults",
        sa.Column(
            "job_id", sa.Text, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("line", sa.Integer, primary_key=True), _text("column_name"), _text("reason"),
    )  # fmt: skip


def _extend_feed() -> None:
    for name in ("horizon", "pruned", "life"):
        op.add_column("change_counter", _later(name, sa.BigInteger(), "0"))
    op.create_table(
        "change_days", _key("day"), sa.Column("sequence", sa.BigInteger, nullable=False)
    )
