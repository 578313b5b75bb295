"""What callers say of their calls, and the tokens of the programs that tell of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grades", sa.Column("id", sa.Text, primary_key=True),
        sa.Column("digit", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("satisfied", sa.Boolean, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )  # fmt: skip
    op.create_index("grades_by_time", "grades", ["at"])
    op.create_index("interactions_by_call", "interactions", ["exchange_call_id"])
    op.create_table(
        "service_tokens", sa.Column("name", sa.Text, primary_key=True),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )  # fmt: skip
