"""Keys that no two cases have at a time, over all machines."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, LiteralString

import psycopg

log = logging.getLogger(__name__)


class BoardKeys:
    """The keys of one case: advisory locks of one connection."""

    def __init__(self, connection: psycopg.AsyncConnection[tuple[Any, ...]]) -> None:
        self._connection = connection
        self._ours: set[str] = set()
        self._one = asyncio.Lock()

    async def take(self, key: str) -> bool:
        """Whether the key was free or ours; it is ours then. A lost database has no free keys."""
        async with self._one:
            if key not in self._ours and await self._ask(
                "SELECT pg_try_advisory_lock(hashtextextended(%s, 7262))", key
            ):
                self._ours.add(key)
            return key in self._ours

    async def give(self, key: str) -> None:
        """Others may have it."""
        async with self._one:
            if key in self._ours:
                self._ours.discard(key)
                await self._ask("SELECT pg_advisory_unlock(hashtextextended(%s, 7262))", key)

    async def _ask(self, query: LiteralString, key: str) -> bool:
        try:
            row = await (await self._connection.execute(query, (key,))).fetchone()
        except psycopg.Error as problem:
            log.warning("the queue could not be asked for '%s': %s", key, problem)
            return False
        return bool(row and row[0])
