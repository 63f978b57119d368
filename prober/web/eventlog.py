"""Events of one thing in a file: numbered from 1, appended whole, read from any number on without holding all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prober.errors import StoreError
from prober.web.submissions import Told

STRIDE = 256  # events between two remembered places in the file


class EventLog:
    """A hundred thousand suspects tell a million events, so only every 256th place is kept in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._marks = [0]
        self._size = 0
        if path.exists():
            self._scan()

    def append(self, event: str, data: dict[str, Any]) -> Told:
        """Store one event. Raises StoreError."""
        told = Told(number=self.count + 1, at=datetime.now(UTC), event=event, data=data)
        line = told.model_dump_json().encode() + b"\n"
        try:
            with self.path.open("ab") as file:
                file.write(line)
        except OSError as problem:
            raise StoreError(f"Could not write {self.path}: {problem.strerror}.") from problem
        self._note(len(line))
        return told

    def read(self, after: int = 0, limit: int = 500) -> list[Told]:
        """At most `limit` events with numbers above `after`."""
        after = max(0, after)
        if after >= self.count:
            return []
        found = []
        for number, line in self._lines(after // STRIDE):
            if number > after:
                found.append(Told.model_validate(json.loads(line)))
                if len(found) == limit:
                    break
        return found

    def _lines(self, mark: int) -> Iterator[tuple[int, bytes]]:
        with self.path.open("rb") as file:
            file.seek(self._marks[mark])
            for number, line in enumerate(file, start=mark * STRIDE + 1):
                if number > self.count:
                    return
                yield number, line

    def _note(self, length: int) -> None:
        self.count += 1
        self._size += length
        if self.count % STRIDE == 0:
            self._marks.append(self._size)

    def _scan(self) -> None:
        """Find the places, and cut off a half line that a crash left."""
        with self.path.open("rb+") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    file.truncate(self._size)
                    return
                self._note(len(line))
