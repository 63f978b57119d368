"""Words of cases, found fast: a trigram index over address, id and reason."""

from __future__ import annotations

from alembic import op

from prober.store.index.search import postgres_trigrams
from prober.store.index.trigrams import sqlite_trigrams

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        sqlite_trigrams(connection.exec_driver_sql)
    else:
        postgres_trigrams(connection)
    connection.exec_driver_sql("CREATE INDEX ix_cases_campaign_id_started_at ON cases (campaign_id, started_at)")


def downgrade() -> None:
    """Back to the version before."""
    connection = op.get_bind()
    connection.exec_driver_sql("DROP INDEX ix_cases_campaign_id_started_at")
    if connection.dialect.name == "sqlite":
        for name in ("in", "out", "new"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS cases_text_{name}")
        connection.exec_driver_sql("DROP TABLE IF EXISTS cases_text")
    else:
        connection.exec_driver_sql("DROP INDEX IF EXISTS ix_cases_text")
