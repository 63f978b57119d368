"""The schema of the index, one for SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)  # fmt: skip


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times in UTC on every database; SQLite alone would give naive ones back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: naive UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware UTC."""
        return value.replace(tzinfo=UTC) if value else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _case() -> Column[Any]:
    return Column("case_id", Text, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)


campaigns = Table(
    "campaigns", metadata,
    Column("id", Text, primary_key=True), Column("name", Text, nullable=False),
    Column("first_seen", UtcDateTime), Column("last_seen", UtcDateTime),
)  # fmt: skip

cases = Table(
    "cases", metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("obstacle", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("grounds", Text, nullable=False),
    Column("amount", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("prober", Text, nullable=False),
    Column("case_dir", Text, nullable=False),
    Column("campaign_id", Text, ForeignKey("campaigns.id", ondelete="SET NULL")),
    Index(None, "started_at"), Index(None, "verdict", "started_at"), Index(None, "host"), Index(None, "domain"),
    Index(None, "campaign_id", "started_at"),
)  # fmt: skip

findings = Table(
    "findings", metadata, _case(), Column("number", Integer, primary_key=True),
    Column("rule", Text, nullable=False), Column("side", Text, nullable=False),
    Column("weight", Text, nullable=False), Column("summary", Text, nullable=False),
)  # fmt: skip

probes = Table(
    "probes", metadata, _case(), Column("name", Text, primary_key=True),
    Column("arm", Text, nullable=False), Column("profile", Text, nullable=False), Column("outcome", Text, nullable=False),
    Column("submitted", Boolean, nullable=False), Column("seconds", Float, nullable=False),
)  # fmt: skip

hosts = Table(
    "hosts", metadata, _case(), Column("name", Text, primary_key=True), Column("port", Integer, primary_key=True),
    Column("addresses", Text, nullable=False), Column("requests", Integer, nullable=False), Index(None, "name"),
)  # fmt: skip

traces = Table(
    "traces", metadata, _case(), Column("kind", Text, primary_key=True), Column("value", Text, primary_key=True),
    Index(None, "value", "kind"),
)  # fmt: skip

# People's words about cases; no foreign keys, so that a rebuilt index keeps them.
tags = Table(
    "tags", metadata, Column("case_id", Text, primary_key=True), Column("tag", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False), Index(None, "tag"),
)  # fmt: skip

notes = Table(
    "notes", metadata, Column("id", Text, primary_key=True), Column("case_id", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False), Column("text", Text, nullable=False), Index(None, "case_id"),
)  # fmt: skip

purged = Table(
    "purged", metadata, Column("case_id", Text, primary_key=True), Column("manifest", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False), Column("reason", Text, nullable=False),
)  # fmt: skip

holders = Table(
    "holders", metadata, Column("case_id", Text, primary_key=True), Column("holder", Text, primary_key=True),
    Column("at", UtcDateTime, nullable=False), Index(None, "holder"),
)  # fmt: skip
