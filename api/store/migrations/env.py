"""Alembic's entrance: it is handed an open connection and runs in its transaction."""

from __future__ import annotations

from alembic import context

from api.store.tables import Table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
