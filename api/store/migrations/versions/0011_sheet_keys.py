"""How foreign sheets are read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, Json, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_keys",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_sheet_keys_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_keys")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_sheet_keys_site_id_name")),
    )


def downgrade() -> None:
    op.drop_table("sheet_keys")
