"""Tickets: what could not be answered in the call, with who must and by when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def upgrade() -> None:
    op.create_table(
        "tickets", sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False), _text("number"), _text("kind"),
        _text("title"), _text("body"),
        sa.Column("customer_id", sa.Text, sa.ForeignKey("customers.id")),
        _text("customer_name"), _text("contact"), _text("interaction_id"),
        _text("category_id", null=True), _text("holder_id"), _text("holder_name"),
        _text("due_at"), _text("state"), _text("outcome"),
        sa.Column("author_id", sa.Text, sa.ForeignKey("agents.id"), nullable=False),
        _text("author_name"), _text("made_at"), _text("changed_at"), _text("field_versions"),
    )  # fmt: skip
    op.create_index("tickets_by_customer", "tickets", ["customer_id", "state", "due_at"])
    op.create_table(
        "ticket_days", sa.Column("day", sa.Text, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )  # fmt: skip
