"""Calendars of roles, and open swaps in one's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feeds") as table:
        table.add_column(sa.Column("skill", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("swaps", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("feeds") as table:
        table.alter_column("swaps", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM feeds WHERE scope = 'role'")
    with op.batch_alter_table("feeds") as table:
        table.drop_column("swaps")
        table.drop_column("skill")
