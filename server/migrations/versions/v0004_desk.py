"""What the desk works with: articles in preparation, their files, reports of missing answers."""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name in (
        ("articles", "owner_id"), ("articles", "owner_name"), ("articles", "variant_of"),
        ("interactions", "basis"), ("interactions", "customer_name"),
    ):  # fmt: skip
        op.add_column(table, sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''")))
    _create_drafts()
    _create_attachments()
    _create_reports()
    _create_quoted()
    _keep_versions()
    op.create_table(
        "agent_days", sa.Column("id", sa.Text, primary_key=True),
        sa.Column("agent_id", sa.Text, sa.ForeignKey("agents.id"), nullable=False), _text("day"),
        _number("version"), _text("made_at"), _text("figures"),
    )  # fmt: skip
    op.create_index("agent_days_by_day", "agent_days", ["day"])


def _keep_versions() -> None:
    """What was published never changes, whoever asks."""
    refused = "a published version never changes"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refused}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER article_versions_kept BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON article_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_version_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER article_versions_kept_from_{act.lower()} BEFORE {act} "
            f"ON article_versions BEGIN SELECT RAISE(ABORT, '{refused}'); END"
        )


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _create_drafts() -> None:
    op.create_table(
        "article_drafts", sa.Column("id", sa.Text, primary_key=True), _number("version"),
        _text("article_id"), _number("base_version"),
        sa.Column("category_id", sa.Text, sa.ForeignKey("categories.id")), _text("title"),
        _text("question"), _text("answer"), _text("basis"), _text("keywords"), _text("region"),
        _text("valid_from", null=True), _text("valid_until", null=True), _text("owner_id"),
        _text("variant_of"), _text("note"), _text("state"), _text("author_id"),
        _text("author_name"), _text("reviewer_name"), _text("remark"), _text("changed_at"),
    )  # fmt: skip


def _create_attachments() -> None:
    op.create_table(
        "attachments", sa.Column("id", sa.Text, primary_key=True),
        _text("article_id"), _text("name"), _text("media_type"), _number("size"), _text("digest"),
    )  # fmt: skip
    op.create_index("attachments_by_article", "attachments", ["article_id"])
    op.create_table(
        "attachment_files",
        sa.Column(
            "id", sa.Text, sa.ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _create_reports() -> None:
    op.create_table(
        "gap_reports", sa.Column("id", sa.Text, primary_key=True), _number("version"),
        _text("article_id", null=True), _number("article_version", null=True), _text("asked"),
        _text("missing"), _text("category_id", null=True), _text("interaction_id"),
        sa.Column("reporter_id", sa.Text, sa.ForeignKey("agents.id"), nullable=False),
        _text("reporter_name"), _text("owner_id"), _text("owner_name"), _text("state"),
        _text("outcome"), _text("outcome_article_id", null=True),
        _number("outcome_version", null=True), _text("reported_at"), _text("changed_at"),
    )  # fmt: skip


def _create_quoted() -> None:
    table = op.create_table(
        "quoted_articles", sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column(
            "interaction_id", sa.Text, sa.ForeignKey("interactions.id"), primary_key=True
        ),
        _number("version"), _text("started_at"),
    )  # fmt: skip
    op.create_index(
        "quoted_articles_by_time", "quoted_articles", ["article_id", "started_at", "interaction_id"]
    )
    op.create_index("quoted_articles_by_call", "quoted_articles", ["interaction_id"])
    _fill_quoted(op.get_bind(), table)


def _fill_quoted(connection: sa.Connection, table: sa.Table) -> None:
    question = sa.text("SELECT id, started_at, quotes FROM interactions WHERE quotes <> '[]'")
    said = connection.execute(question.execution_options(yield_per=1_000))
    for part in said.partitions():
        highest: dict[tuple[str, str], tuple[int, str]] = {}
        for interaction_id, started_at, quotes in part:
            for quote in orjson.loads(quotes):
                key = (quote["article_id"], interaction_id)
                version = max(quote["version"], highest.get(key, (0, ""))[0])
                highest[key] = (version, started_at)
        rows = [
            {"article_id": article, "interaction_id": interaction, "version": version,
             "started_at": at}
            for (article, interaction), (version, at) in highest.items()
        ]  # fmt: skip
        if rows:
            connection.execute(table.insert(), rows)
