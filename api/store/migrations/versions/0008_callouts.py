"""Call-outs at short notice, and who was asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "callouts",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("duty_id", BigKey, nullable=False),
        sa.Column("duty", Json, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("request_id", BigKey, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_at", UtcDateTime, nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("floor", sa.Boolean(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("taker_id", BigKey, nullable=True),
        sa.Column("version_number", sa.Integer(), nullable=True),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_callouts_duty_id_duties")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_callouts_made_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_callouts_person_id_people")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_callouts_request_id_requests")),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_callouts_roster_id_rosters")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_callouts_site_id_sites")),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name=op.f("fk_callouts_taker_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callouts")),
    )
    asking = sa.text("state = 'asking'")
    op.create_index(
        "uq_callouts_duty", "callouts", ["duty_id"], unique=True, postgresql_where=asking, sqlite_where=asking
    )
    op.create_index("ix_callouts_request_id", "callouts", ["request_id"])
    op.create_index("ix_callouts_site_id_state", "callouts", ["site_id", "state"])
    op.create_table(
        "callout_asks",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("callout_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=True),
        sa.Column("answer_by", UtcDateTime, nullable=True),
        sa.Column("answered_at", UtcDateTime, nullable=True),
        sa.Column("answered_by", BigKey, nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["accounts.id"], name=op.f("fk_callout_asks_answered_by_accounts")),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_callout_asks_callout_id_callouts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_callout_asks_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callout_asks")),
        sa.UniqueConstraint("callout_id", "person_id", name=op.f("uq_callout_asks_callout_id_person_id")),
    )
    op.create_index("ix_callout_asks_answer_by", "callout_asks", ["answer_by"])
    op.create_index("ix_callout_asks_person_id_state", "callout_asks", ["person_id", "state"])


def downgrade() -> None:
    op.drop_table("callout_asks")
    op.drop_table("callouts")
