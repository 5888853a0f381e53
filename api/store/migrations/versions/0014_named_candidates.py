"""A job may find several rosters, each under a name and with its figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import JsonOrNull

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("candidates") as table:
        table.add_column(sa.Column("name", JsonOrNull, nullable=True))
        table.add_column(sa.Column("figures", JsonOrNull, nullable=True))
        table.drop_constraint("uq_candidates_job_id", type_="unique")
        table.create_index("ix_candidates_job_id", ["job_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM candidates WHERE id NOT IN (SELECT max(id) FROM candidates GROUP BY job_id)")
    with op.batch_alter_table("candidates") as table:
        table.drop_index("ix_candidates_job_id")
        table.create_unique_constraint("uq_candidates_job_id", ["job_id"])
        table.drop_column("figures")
        table.drop_column("name")
