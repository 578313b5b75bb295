"""Files belong to drafts until they are published, and stay with the versions that had them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FACTS = "id, name, media_type, size, digest"


def upgrade() -> None:
    op.rename_table("attachment_files", "attachment_files_before")
    op.create_table(
        "attachment_files", sa.Column("id", sa.Text, primary_key=True), _text("name"),
        _text("media_type"), sa.Column("size", sa.Integer, nullable=False), _text("digest"),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )  # fmt: skip
    op.execute(
        f"INSERT INTO attachment_files ({_FACTS}, content) "
        "SELECT a.id, a.name, a.media_type, a.size, a.digest, f.content "
        "FROM attachments a JOIN attachment_files_before f ON f.id = a.id"
    )
    op.drop_table("attachment_files_before")
    op.create_table(
        "draft_files",
        sa.Column("draft_id", sa.Text, sa.ForeignKey("article_drafts.id"), primary_key=True),
        sa.Column("file_id", sa.Text, sa.ForeignKey("attachment_files.id"), primary_key=True),
        _text("change"),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
