"""The tables of version 1: agents, sessions, the replicated tables, the change feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_accounts()
    _create_knowledge()
    _create_customers()
    _create_feed()


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _key(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _link(name: str, target: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _big(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=null)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _create_accounts() -> None:
    op.create_table(
        "agents", _key(), sa.Column("login", sa.Text, nullable=False, unique=True), _text("name"),
        _text("extension"), _text("role"), _text("password_hash", null=True), _flag("disabled"),
    )  # fmt: skip
    op.create_table(
        "sign_in_attempts", _key("login"), _number("failures"), _big("last_at"),
        _big("locked_until"),
    )  # fmt: skip
    op.create_table(
        "sessions", _key(), _link("agent_id", "agents.id"), _text("device"), _big("started_at"),
        _big("voided_at", null=True), _text("void_reason"),
    )  # fmt: skip
    op.create_table(
        "refresh_tokens", _key("hash"),
        sa.Column(
            "session_id", sa.Text, sa.ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False
        ),
        _big("expires_at"), _big("used_at", null=True),
    )  # fmt: skip
    op.create_index("refresh_tokens_by_session", "refresh_tokens", ["session_id"])


def _create_knowledge() -> None:
    op.create_table(
        "categories", _key(), _link("parent_id", "categories.id", null=True), _text("name"),
        _text("name_en"), _number("position"),
    )  # fmt: skip
    op.create_table(
        "articles", _key(), _number("version"), _link("category_id", "categories.id"),
        _text("title"), _text("question"), _text("answer"), _text("basis"), _text("keywords"),
        _text("region"), _text("valid_from"), _text("valid_until", null=True), _flag("sample"),
        _text("pinyin"), _text("initials"),
    )  # fmt: skip


def _create_customers() -> None:
    op.create_table("segments", _key(), _text("name"), _text("rule"))
    op.create_table(
        "customers", _key(), _number("version"), _text("kind"), _text("name"),
        _link("segment_id", "segments.id", null=True), _text("region"), _big("arrears_cents"),
        _text("warning"), _text("notes"),
    )  # fmt: skip
    op.create_table(
        "phones", _key(), _link("customer_id", "customers.id"), _text("number"), _text("label"),
    )  # fmt: skip
    op.create_index("phones_by_number", "phones", ["number"])
    op.create_index("phones_by_customer", "phones", ["customer_id"])
    op.create_table(
        "interactions", _key(), _number("version"),
        _link("customer_id", "customers.id", null=True), _link("agent_id", "agents.id"),
        _text("agent_name"), _text("direction"), _text("exchange_call_id"), _text("caller_name"),
        _text("number"), _text("dialled"), _text("queue"), _text("menu_path"),
        _number("waited_s", null=True), _text("started_at"), _text("answered_at", null=True),
        _text("ended_at", null=True), _number("talk_s"), _text("end_reason"),
        _link("category_id", "categories.id", null=True), _text("question"), _text("answer"),
        _text("follow_up"), _text("quotes"), _text("field_versions"),
    )  # fmt: skip
    op.create_index("interactions_by_customer", "interactions", ["customer_id", "started_at"])
    op.create_index("interactions_by_number", "interactions", ["number", "started_at"])


def _create_feed() -> None:
    counter = op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        _big("sequence"),
    )
    op.bulk_insert(counter, [{"id": 1, "sequence": 0}])
    sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "change_log",
        sa.Column("sequence", sequence, primary_key=True, autoincrement=False),
        _text("table_name"), _text("row_id"),
    )  # fmt: skip
    op.create_table(
        "applied_operations", _key(), _text("digest"), _text("kind"), _text("record"),
        _link("author", "agents.id"), _text("made_at"), _big("applied_at"), _number("version"),
    )  # fmt: skip
    op.create_index("applied_operations_by_record", "applied_operations", ["record"])
