"""Decisions are lent to deputies; a swap knows since when it waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("giver_id", BigKey, nullable=False),
        sa.Column("deputy_id", BigKey, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("first_at", UtcDateTime, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["accounts.id"], name=op.f("fk_delegations_deputy_id_accounts")),
        sa.ForeignKeyConstraint(["giver_id"], ["accounts.id"], name=op.f("fk_delegations_giver_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index("ix_delegations_deputy_id", "delegations", ["deputy_id"])
    op.create_index("ix_delegations_giver_id", "delegations", ["giver_id"])
    with op.batch_alter_table("swaps") as batch:
        batch.add_column(sa.Column("waits_since", UtcDateTime, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("swaps") as batch:
        batch.drop_column("waits_since")
    op.drop_table("delegations")
