"""Every table of the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.types import BigKey, Json, JsonOrNull, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.String(length=48), nullable=False),
        sa.Column("object", sa.String(length=100), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_account_id_id"), ["account_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_site_id_id"), ["site_id", "id"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "failed_tries",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_tries")),
    )
    with op.batch_alter_table("failed_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_tries_address_at"), ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_failed_tries_login_at"), ["login", "at"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("name", Json, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_table(
        "sites",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("group_id", BigKey, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", Json, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_sites_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("code", name=op.f("uq_sites_code")),
    )
    op.create_table(
        "milestones",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("done_at", UtcDateTime, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_milestones_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("site_id", "month", "kind", name=op.f("uq_milestones_site_id_month_kind")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_done_at_due_at"), ["done_at", "due_at"], unique=False)

    op.create_table(
        "special_days",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_special_days_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_days")),
    )
    with op.batch_alter_table("special_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_special_days_site_id_first"), ["site_id", "first"], unique=False)

    op.create_table(
        "teams",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_teams_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_teams_site_id_name")),
    )
    op.create_table(
        "people",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("contract", sa.String(length=64), nullable=False),
        sa.Column("team_id", BigKey, nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_people_site_id_sites")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_people_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("number", name=op.f("uq_people_number")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_site_id_name_id"), ["site_id", "name", "id"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("person_id", BigKey, nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("second_factor", sa.LargeBinary(), nullable=True),
        sa.Column("second_confirmed", sa.Boolean(), nullable=False),
        sa.Column("last_code", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
        sa.UniqueConstraint("person_id", name=op.f("uq_accounts_person_id")),
        sa.UniqueConstraint("subject", name=op.f("uq_accounts_subject")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("skill", sa.String(length=64), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificates_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificates_last"), ["last"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificates_person_id"), ["person_id"], unique=False)

    op.create_table(
        "openings",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("burdens", Json, nullable=False),
        sa.Column("paid_minutes", sa.Integer(), nullable=False),
        sa.Column("owed_minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_openings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
        sa.UniqueConstraint("person_id", "month", name=op.f("uq_openings_person_id_month")),
    )
    op.create_table(
        "protections",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("born", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_protections_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protections")),
    )
    with op.batch_alter_table("protections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protections_person_id"), ["person_id"], unique=False)

    op.create_table(
        "answered",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("account_id", BigKey, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", Json, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_answered_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answered")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_answered_account_id_key")),
    )
    with op.batch_alter_table("answered", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answered_made_at"), ["made_at"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came_at", UtcDateTime, nullable=True),
        sa.Column("left_at", UtcDateTime, nullable=True),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("marked_by", BigKey, nullable=True),
        sa.Column("marked_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["marked_by"], ["accounts.id"], name=op.f("fk_attendance_marked_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attendance_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("person_id", "day", name=op.f("uq_attendance_person_id_day")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_day"), ["day"], unique=False)

    op.create_table(
        "call_batches",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("per_call", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_call_batches_made_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_call_batches_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_batches")),
        sa.UniqueConstraint("site_id", "sha256", name=op.f("uq_call_batches_site_id_sha256")),
    )
    with op.batch_alter_table("call_batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_batches_site_id_last"), ["site_id", "last"], unique=False)

    op.create_table(
        "forecasts",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_forecasts_made_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_forecasts_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecasts")),
        sa.UniqueConstraint("site_id", "month", "number", name=op.f("uq_forecasts_site_id_month_number")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("given", Json, nullable=False),
        sa.Column("progress", Json, nullable=False),
        sa.Column("result", Json, nullable=False),
        sa.Column("stop", sa.String(length=8), nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=True),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_jobs_made_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_jobs_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_site_id_month_kind"), ["site_id", "month", "kind"], unique=False)

    op.create_table(
        "layers",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("removed_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_layers_made_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_layers_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layers")),
    )
    with op.batch_alter_table("layers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_layers_site_id_month"), ["site_id", "month"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("account_id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("read_at", UtcDateTime, nullable=True),
        sa.Column("sent_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notices_account_id_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_notices_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("account_id", "matter", name=op.f("uq_notices_account_id_matter")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_account_id_read_at"), ["account_id", "read_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "requests",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", BigKey, nullable=True),
        sa.Column("decided_at", UtcDateTime, nullable=True),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_requests_decided_by_accounts")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_requests_made_by_accounts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_requests_person_id_people")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_requests_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requests_person_id_first"), ["person_id", "first"], unique=False)
        batch_op.create_index(batch_op.f("ix_requests_site_id_first"), ["site_id", "first"], unique=False)

    op.create_table(
        "role_grants",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("account_id", BigKey, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("site_id", BigKey, nullable=True),
        sa.Column("granted_by", BigKey, nullable=True),
        sa.Column("granted_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_role_grants_account_id_accounts")),
        sa.ForeignKeyConstraint(["granted_by"], ["accounts.id"], name=op.f("fk_role_grants_granted_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_role_grants_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sa.UniqueConstraint("account_id", "role", "site_id", name=op.f("uq_role_grants_account_id_role_site_id")),
    )
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grants_site_id"), ["site_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", BigKey, nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_sessions_secret_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "site_plans",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_site_plans_made_by_accounts")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_site_plans_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_plans")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_site_plans_site_id_number")),
    )
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
        "tokens",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=True),
        sa.Column("used_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_tokens_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_tokens_secret_hash")),
    )
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tokens_account_id"), ["account_id"], unique=False)

    op.create_table(
        "requirements",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("forecast_id", BigKey, nullable=True),
        sa.Column("plan_id", BigKey, nullable=False),
        sa.Column("person_minutes", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["forecast_id"], ["forecasts.id"], name=op.f("fk_requirements_forecast_id_forecasts")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_requirements_made_by_accounts")),
        sa.ForeignKeyConstraint(["plan_id"], ["site_plans.id"], name=op.f("fk_requirements_plan_id_site_plans")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_requirements_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
        sa.UniqueConstraint("site_id", "month", "number", name=op.f("uq_requirements_site_id_month_number")),
    )
    op.create_table(
        "rosters",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", Json, nullable=True),
        sa.Column("pins", Json, nullable=False),
        sa.Column("requirement_id", BigKey, nullable=True),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_rosters_requirement_id_requirements")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_rosters_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosters")),
        sa.UniqueConstraint("site_id", "month", name=op.f("uq_rosters_site_id_month")),
    )
    op.create_table(
        "candidates",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("job_id", BigKey, nullable=True),
        sa.Column("duties", Json, nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("clean", sa.Boolean(), nullable=False),
        sa.Column("requirement_id", BigKey, nullable=True),
        sa.Column("plan_id", BigKey, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_candidates_job_id_jobs")),
        sa.ForeignKeyConstraint(["plan_id"], ["site_plans.id"], name=op.f("fk_candidates_plan_id_site_plans")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_candidates_requirement_id_requirements")
        ),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_candidates_roster_id_rosters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("job_id", name=op.f("uq_candidates_job_id")),
    )
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidates_roster_id_id"), ["roster_id", "id"], unique=False)

    op.create_table(
        "duties",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("site_id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=8), nullable=False),
        sa.Column("work", sa.String(length=64), nullable=False),
        sa.Column("breaks", Json, nullable=False),
        sa.Column("start_at", UtcDateTime, nullable=False),
        sa.Column("end_at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duties_person_id_people")),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_duties_roster_id_rosters")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_duties_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duties_person_id_day"), ["person_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_roster_id"), ["roster_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_duties_site_id_day"), ["site_id", "day"], unique=False)

    op.create_table(
        "roster_versions",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("roster_id", BigKey, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("plan_id", BigKey, nullable=False),
        sa.Column("requirement_id", BigKey, nullable=True),
        sa.Column("duties", JsonOrNull, nullable=True),
        sa.Column("changes", Json, nullable=True),
        sa.Column("certificate", Json, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_by", BigKey, nullable=True),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_roster_versions_made_by_accounts")),
        sa.ForeignKeyConstraint(["plan_id"], ["site_plans.id"], name=op.f("fk_roster_versions_plan_id_site_plans")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_roster_versions_requirement_id_requirements")
        ),
        sa.ForeignKeyConstraint(["roster_id"], ["rosters.id"], name=op.f("fk_roster_versions_roster_id_rosters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_versions")),
        sa.UniqueConstraint("roster_id", "number", name=op.f("uq_roster_versions_roster_id_number")),
    )
    op.create_table(
        "receipts",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("version_id", BigKey, nullable=False),
        sa.Column("person_id", BigKey, nullable=False),
        sa.Column("read_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_receipts_person_id_people")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["roster_versions.id"], name=op.f("fk_receipts_version_id_roster_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("version_id", "person_id", name=op.f("uq_receipts_version_id_person_id")),
    )
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


def downgrade() -> None:
    with op.batch_alter_table("swap_legs", schema=None) as batch_op:
        batch_op.drop_index("uq_swap_legs_open_duty", postgresql_where=sa.text("open"), sqlite_where=sa.text("open"))
        batch_op.drop_index(batch_op.f("ix_swap_legs_swap_id"))

    op.drop_table("swap_legs")
    op.drop_table("receipts")
    op.drop_table("roster_versions")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duties_site_id_day"))
        batch_op.drop_index(batch_op.f("ix_duties_roster_id"))
        batch_op.drop_index(batch_op.f("ix_duties_person_id_day"))

    op.drop_table("duties")
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidates_roster_id_id"))

    op.drop_table("candidates")
    op.drop_table("rosters")
    op.drop_table("requirements")
    with op.batch_alter_table("tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tokens_account_id"))

    op.drop_table("tokens")
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_swaps_site_id_state"))
        batch_op.drop_index(batch_op.f("ix_swaps_asker_id_day"))

    op.drop_table("swaps")
    op.drop_table("site_plans")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_account_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grants_site_id"))

    op.drop_table("role_grants")
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requests_site_id_first"))
        batch_op.drop_index(batch_op.f("ix_requests_person_id_first"))

    op.drop_table("requests")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_sent_at"))
        batch_op.drop_index(batch_op.f("ix_notices_account_id_read_at"))

    op.drop_table("notices")
    with op.batch_alter_table("layers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_layers_site_id_month"))

    op.drop_table("layers")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jobs_site_id_month_kind"))

    op.drop_table("jobs")
    op.drop_table("forecasts")
    with op.batch_alter_table("call_batches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_batches_site_id_last"))

    op.drop_table("call_batches")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_day"))

    op.drop_table("attendance")
    with op.batch_alter_table("answered", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answered_made_at"))

    op.drop_table("answered")
    with op.batch_alter_table("protections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protections_person_id"))

    op.drop_table("protections")
    op.drop_table("openings")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificates_person_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_last"))

    op.drop_table("certificates")
    op.drop_table("accounts")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_site_id_name_id"))

    op.drop_table("people")
    op.drop_table("teams")
    with op.batch_alter_table("special_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_special_days_site_id_first"))

    op.drop_table("special_days")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_done_at_due_at"))

    op.drop_table("milestones")
    op.drop_table("sites")
    op.drop_table("groups")
    with op.batch_alter_table("failed_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_tries_login_at"))
        batch_op.drop_index(batch_op.f("ix_failed_tries_address_at"))

    op.drop_table("failed_tries")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_site_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_account_id_id"))

    op.drop_table("audit_entries")
