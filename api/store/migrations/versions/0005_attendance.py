"""Attendance tells whose duty was worked, and why an absence does not count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
OTHER = "fk_attendance_instead_of_id_people"


def upgrade() -> None:
    with op.batch_alter_table("attendance") as batch:
        batch.add_column(sa.Column("instead_of_id", BigKey, nullable=True))
        batch.add_column(sa.Column("excuse", sa.String(length=500), nullable=False, server_default=""))
        batch.create_foreign_key(OTHER, "people", ["instead_of_id"], ["id"])
    with op.batch_alter_table("attendance") as batch:
        batch.alter_column("excuse", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("attendance") as batch:
        batch.drop_constraint(OTHER, type_="foreignkey")
        batch.drop_column("excuse")
        batch.drop_column("instead_of_id")
