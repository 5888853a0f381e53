"""The fairness account, whose entries never change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.guards import kept
from api.store.types import BigKey, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("matter", sa.String(length=100), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ledger_entries_person_id_people")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_ledger_entries_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_index("ix_ledger_entries_person_id_month", "ledger_entries", ["person_id", "month"])
    op.create_index("ix_ledger_entries_site_id_month", "ledger_entries", ["site_id", "month"])
    for statement in kept(op.get_bind().dialect.name, "ledger_entries"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("ledger_entries")
