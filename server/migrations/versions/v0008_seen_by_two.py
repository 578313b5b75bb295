"""Who wrote any of a draft; versions in force from before files were kept with them get theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_REFUSED = "a published version never changes"


def upgrade() -> None:
    # Some databases have it already: it was in 0004 for a while.
    op.execute(
        "CREATE INDEX IF NOT EXISTS article_drafts_by_state ON article_drafts (state, valid_from)"
    )
    op.create_index("tickets_by_number", "tickets", ["number"])
    op.create_table(
        "draft_writers",
        sa.Column("draft_id", sa.Text, sa.ForeignKey("article_drafts.id"), primary_key=True),
        sa.Column("agent_id", sa.Text, primary_key=True),
    )
    op.execute(
        "INSERT INTO draft_writers (draft_id, agent_id) SELECT id, author_id FROM article_drafts"
    )
    with _versions_may_change():
        _keep_files(op.get_bind())


def _keep_files(connection: sa.Connection) -> None:
    """Of the version in force, where it was written down without: of older ones nobody knows."""
    in_force = connection.execute(
        sa.text(
            "SELECT v.article_id, v.version, v.body FROM article_versions v "
            "JOIN articles a ON a.id = v.article_id AND a.version = v.version "
            "WHERE v.article_id IN (SELECT article_id FROM attachments)"
        )
    ).all()
    attached = sa.text(
        "SELECT id, name, media_type, size, digest FROM attachments "
        "WHERE article_id = :article_id ORDER BY name, id"
    )
    write = sa.text(
        "UPDATE article_versions SET body = :body "
        "WHERE article_id = :article_id AND version = :version"
    )
    for article_id, version, text in in_force:
        body = orjson.loads(text)
        if "files" in body:
            continue
        rows = connection.execute(attached, {"article_id": article_id})
        body["files"] = [dict(row) for row in rows.mappings()]
        told = {"article_id": article_id, "version": version, "body": orjson.dumps(body).decode()}
        connection.execute(write, told)


@contextmanager
def _versions_may_change() -> Iterator[None]:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE article_versions DISABLE TRIGGER article_versions_kept")
        yield
        op.execute("ALTER TABLE article_versions ENABLE TRIGGER article_versions_kept")
        return
    op.execute("DROP TRIGGER article_versions_kept_from_update")
    yield
    op.execute(
        "CREATE TRIGGER article_versions_kept_from_update BEFORE UPDATE "
        f"ON article_versions BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )
