"""Runs migrations on the connection that `prober.store.access.database` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from prober.store.access.tables import metadata
from prober.store.index.tables import UtcDateTime


def _render(kind: str, item: Any, autogenerate: Any) -> str | Literal[False]:
    """Migrations name plain types, so that they stand when the code changes."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table="access_version",
    render_as_batch=True,
    transaction_per_migration=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
