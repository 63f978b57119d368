"""Lists that people sent in: kept as they came, with what is in them counted."""

from __future__ import annotations

import io
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field, ValidationError

from prober.app.plan_of_run import choice_of, work_of
from prober.errors import StoreError, UsageError
from prober.models.base import Noun
from prober.models.run import Skipped
from prober.store.folder import write_whole

SHOWN = 50  # unusable rows that are told with their lines
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class BadRow(Noun):
    """A row that cannot be used, and why."""

    line: int
    text: str
    reason: str


class SuspectList(Noun):
    """One list. suspects: addresses to probe once; duplicates: rows that say the same again.

    bad: the first rows that cannot be used; unusable: how many there are. by: who sent it in; holders: who may see it.
    """

    schema_: str = Field(default="prober/list/1", alias="schema")
    id: str
    name: str
    column: str = ""
    suspects: int
    duplicates: int
    unusable: int
    bad: tuple[BadRow, ...] = ()
    created_at: datetime
    by: str = ""
    holders: tuple[str, ...] = ()

    model_config = Noun.model_config | {"populate_by_name": True}


class Lists:
    """All lists, a folder each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self, data: bytes, name: str, column: str, by: str = "", holders: frozenset[str] = frozenset()
    ) -> SuspectList:
        """Take in a list in any form that `prober run` reads.

        Raises:
            UsageError: there is no address in it, or not the column that was named.
            StoreError: it cannot be written.
        """
        id, name = secrets.token_urlsafe(16), tidy_name(name)
        found = _counted(data, name, column)
        made = SuspectList(
            id=id, name=name, column=column, created_at=datetime.now(UTC), by=by, holders=tuple(sorted(holders)), suspects=found[0],
            duplicates=found[1], unusable=found[2], bad=found[3],
        )  # fmt: skip
        place = self.folder / id
        try:
            place.mkdir(parents=True)
        except OSError as problem:
            raise StoreError(f"Could not make {place}: {problem.strerror}.") from problem
        write_whole(place / name, data)
        write_whole(place / "list.json", made.model_dump_json(by_alias=True).encode())
        return made

    def get(self, id: str) -> SuspectList | None:
        """A list by its id."""
        if not _ID.fullmatch(id):
            return None
        try:
            return SuspectList.model_validate_json((self.folder / id / "list.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def path(self, one: SuspectList) -> Path:
        """The list as it came."""
        return self.folder / one.id / one.name


def tidy_name(name: str) -> str:
    """A name of a person's file that is safe in a folder; its ending stays, since it tells the form."""
    plain = re.sub(r"[^\w.-]+", "-", name.replace("\\", "/").rpartition("/")[2]).strip(".-")[-80:]
    return f"list-{plain}" if plain == "list.json" else plain or "list.txt"


def _counted(data: bytes, name: str, column: str) -> tuple[int, int, int, tuple[BadRow, ...]]:
    seen: set[str] = set()
    duplicates = unusable = 0
    bad: list[BadRow] = []
    for row in work_of(io.BytesIO(data), name, column, choice_of("auto")):
        if isinstance(row, Skipped):
            unusable += 1
            if len(bad) < SHOWN:
                bad.append(BadRow(line=row.line, text=row.text, reason=row.reason))
        elif row.id in seen:
            duplicates += 1
        else:
            seen.add(row.id)
    if not seen:
        why = f" Line {bad[0].line}: {bad[0].reason}." if bad else ""
        raise UsageError(f"There is no address in this list.{why}")
    return len(seen), duplicates, unusable, tuple(bad)
