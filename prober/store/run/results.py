"""`results.jsonl`: one whole line per suspect that is done, however the process ends."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prober.errors import StoreError

FILE = "results.jsonl"
SYNC_EVERY = 0.5  # seconds; what a loss of power may cost


class Results:
    """Appends results; a line is handed to the system in one write, and to the disk every half second."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as problem:
            raise _fault(path, problem) from problem
        self.size = os.fstat(self._file).st_size
        self._synced = time.monotonic()

    def append(self, results: list[dict[str, Any]]) -> int:
        """Write results, all or none; returns the size of the file with them."""
        data = b"".join(json.dumps(result, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for result in results)
        try:
            written = os.write(self._file, data) if data else 0
            if written != len(data):  # the disk is full: take back the half line
                os.ftruncate(self._file, self.size)
                raise OSError(28, "No space left on device")
            self.size += len(data)
            if time.monotonic() - self._synced > SYNC_EVERY:
                os.fdatasync(self._file) if hasattr(os, "fdatasync") else os.fsync(self._file)
                self._synced = time.monotonic()
        except OSError as problem:
            raise _fault(self.path, problem) from problem
        return self.size

    def mend(self, trusted: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Cut off a half line at the end; gives the results that stand beyond `trusted` bytes, with where each ends.

        Lines that are not JSON are passed over: somebody wrote them by hand.
        """
        with self.path.open("rb") as file:
            file.seek(trusted)
            end = trusted
            for line in file:
                if not line.endswith(b"\n"):
                    os.ftruncate(self._file, end)
                    self.size = end
                    return
                end += len(line)
                try:
                    result = json.loads(line)
                except ValueError:
                    continue
                if isinstance(result, dict):
                    yield end, result

    def close(self) -> None:
        """Bring everything to the disk."""
        try:
            os.fsync(self._file)
        except OSError as problem:
            raise _fault(self.path, problem) from problem
        finally:
            os.close(self._file)


def _fault(path: Path, problem: OSError) -> StoreError:
    return StoreError(
        f"Could not write {path}: {problem.strerror}. Free the space or choose another folder with --output, "
        "then continue with --resume; nothing finished is lost."
    )
