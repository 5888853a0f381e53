"""What the database itself refuses: overlapping duties in force, and changes of what never changes."""

from __future__ import annotations

from alembic import op

from api.store.guards import guards, unguards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
TABLES = ("audit_entries", "forecasts", "requirements", "roster_versions", "site_plans")


def upgrade() -> None:
    for statement in guards(op.get_bind().dialect.name, TABLES):
        op.execute(statement)


def downgrade() -> None:
    for statement in unguards(op.get_bind().dialect.name, TABLES):
        op.execute(statement)
