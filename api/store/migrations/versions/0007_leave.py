"""Leave has somebody who decides and a time by which; days are granted by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("requests") as batch:
        batch.add_column(sa.Column("tier", sa.String(length=16), nullable=False, server_default=""))
        batch.add_column(sa.Column("due_at", UtcDateTime, nullable=True))
    with op.batch_alter_table("requests") as batch:
        batch.alter_column("tier", server_default=None)
        batch.create_index("ix_requests_due_at", ["due_at"])
    # leave that waits already is the head's to decide, and climbs from there
    op.execute("UPDATE requests SET tier = 'head', due_at = made_at WHERE kind = 'leave' AND state = 'open'")
    op.create_table(
        "leave_grants",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("halves", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_leave_grants_made_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_leave_grants_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_grants")),
    )
    op.create_index("ix_leave_grants_person_id_year", "leave_grants", ["person_id", "year"])


def downgrade() -> None:
    op.drop_table("leave_grants")
    with op.batch_alter_table("requests") as batch:
        batch.drop_index("ix_requests_due_at")
        batch.drop_column("due_at")
        batch.drop_column("tier")
