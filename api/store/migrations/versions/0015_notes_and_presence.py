"""Notes on cells of the board, who is looking at it, and publications that are planned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, JsonOrNull, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rosters") as table:
        table.add_column(sa.Column("planned", JsonOrNull, nullable=True))
    op.create_table(
        "cell_notes",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_cell_notes_made_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cell_notes_person_id_people")),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_cell_notes_roster_id_rosters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_notes")),
        sa.UniqueConstraint("roster_id", "person_id", "day", name=op.f("uq_cell_notes_roster_id_person_id_day")),
    )
    op.create_table(
        "presences",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("account_id", BigKey, nullable=False),
        sa.Column("agent", sa.String(length=64), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_presences_account_id_accounts")),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_presences_roster_id_rosters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
        sa.UniqueConstraint("roster_id", "account_id", name=op.f("uq_presences_roster_id_account_id")),
    )


def downgrade() -> None:
    op.drop_table("presences")
    op.drop_table("cell_notes")
    with op.batch_alter_table("rosters") as table:
        table.drop_column("planned")
