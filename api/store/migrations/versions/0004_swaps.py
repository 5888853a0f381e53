"""Swaps with their parties, and the board; the tables of before had never been written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, Json, JsonOrNull, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("swap_legs")
    op.drop_table("swaps")

    op.create_table(
        "swaps",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("asker_id", BigKey, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("approver", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("counters_id", BigKey, nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("reason", Json, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=True),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("decided_by", BigKey, nullable=True),
        sa.Column("decided_at", UtcDateTime, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_swaps_asker_id_people")),
        sa.ForeignKeyConstraint(["counters_id"], ["swaps.id"], name=op.f("fk_swaps_counters_id_swaps")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_swaps_decided_by_accounts")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_swaps_made_by_accounts")),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_swaps_roster_id_rosters")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_swaps_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swaps_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_swaps_roster_id_state"), ["roster_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_swaps_site_id_state"), ["site_id", "state"], unique=False)

    op.create_table(
        "posts",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=True),
        sa.Column("duty_id", BigKey, nullable=True),
        sa.Column("duty", Json, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wanted", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_posts_duty_id_duties")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_posts_made_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_posts_person_id_people")),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_posts_roster_id_rosters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_roster_id_state"), ["roster_id", "state"], unique=False)

    op.create_table(
        "swap_parties",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("swap_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("answered_by", BigKey, nullable=True),
        sa.Column("answered_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["accounts.id"], name=op.f("fk_swap_parties_answered_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_swap_parties_person_id_people")),
        sa.ForeignKeyConstraint(["swap_id"], ["swaps.id"], name=op.f("fk_swap_parties_swap_id_swaps")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_parties")),
        sa.UniqueConstraint("swap_id", "person_id", name=op.f("uq_swap_parties_swap_id_person_id")),
    )
    with op.batch_alter_table("swap_parties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_parties_person_id"), ["person_id"], unique=False)

    op.create_table(
        "swap_legs",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("swap_id", BigKey, nullable=False),
        sa.Column("duty_id", BigKey, nullable=True),
        sa.Column("post_id", BigKey, nullable=True),
        sa.Column("duty", Json, nullable=False),
        sa.Column("taker_id", BigKey, nullable=False),
        sa.Column("split", JsonOrNull, nullable=True),
        sa.Column("bound", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_swap_legs_duty_id_duties")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_swap_legs_post_id_posts")),
        sa.ForeignKeyConstraint(["swap_id"], ["swaps.id"], name=op.f("fk_swap_legs_swap_id_swaps")),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name=op.f("fk_swap_legs_taker_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_legs")),
    )
    with op.batch_alter_table("swap_legs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_legs_swap_id"), ["swap_id"], unique=False)
        batch_op.create_index(
            "uq_swap_legs_duty",
            ["duty_id"],
            unique=True,
            postgresql_where=sa.text("bound"),
            sqlite_where=sa.text("bound"),
        )
        batch_op.create_index(
            "uq_swap_legs_post",
            ["post_id"],
            unique=True,
            postgresql_where=sa.text("bound"),
            sqlite_where=sa.text("bound"),
        )


def downgrade() -> None:

    with op.batch_alter_table("swap_legs", schema=None) as batch_op:
        batch_op.drop_index("uq_swap_legs_post", postgresql_where=sa.text("bound"), sqlite_where=sa.text("bound"))
        batch_op.drop_index("uq_swap_legs_duty", postgresql_where=sa.text("bound"), sqlite_where=sa.text("bound"))
        batch_op.drop_index(batch_op.f("ix_swap_legs_swap_id"))

    op.drop_table("swap_legs")
    with op.batch_alter_table("swap_parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_swap_parties_person_id"))

    op.drop_table("swap_parties")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posts_roster_id_state"))
        batch_op.drop_index(batch_op.f("ix_posts_person_id"))
        batch_op.drop_index(batch_op.f("ix_posts_expires_at"))

    op.drop_table("posts")
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_swaps_site_id_state"))
        batch_op.drop_index(batch_op.f("ix_swaps_roster_id_state"))
        batch_op.drop_index(batch_op.f("ix_swaps_expires_at"))

    op.drop_table("swaps")

    op.create_table(
        "swaps",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("asker_id", BigKey, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", BigKey, nullable=True),
        sa.Column("decided_at", UtcDateTime, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_swaps_asker_id_people")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_swaps_decided_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_swaps_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swaps_asker_id_day"), ["asker_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_swaps_site_id_state"), ["site_id", "state"], unique=False)

    op.create_table(
        "swap_legs",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("swap_id", BigKey, nullable=False),
        sa.Column("duty_id", BigKey, nullable=True),
        sa.Column("giver_id", BigKey, nullable=False),
        sa.Column("taker_id", BigKey, nullable=True),
        sa.Column("duty", Json, nullable=False),
        sa.Column("giver_agreed_at", UtcDateTime, nullable=True),
        sa.Column("taker_agreed_at", UtcDateTime, nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["duties.id"], name=op.f("fk_swap_legs_duty_id_duties"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name=op.f("fk_swap_legs_giver_id_people")),
        sa.ForeignKeyConstraint(["swap_id"], ["swaps.id"], name=op.f("fk_swap_legs_swap_id_swaps")),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name=op.f("fk_swap_legs_taker_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_legs")),
    )
    with op.batch_alter_table("swap_legs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_legs_swap_id"), ["swap_id"], unique=False)
        batch_op.create_index(
            "uq_swap_legs_open_duty",
            ["duty_id"],
            unique=True,
            postgresql_where=sa.text("open"),
            sqlite_where=sa.text("open"),
        )
