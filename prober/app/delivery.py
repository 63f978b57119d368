"""Brings sealed cases to where the evidence is to go; what cannot be brought stays here and is brought later."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path

from prober.errors import StoreError
from prober.store.depot import Depot

log = logging.getLogger(__name__)

FILE = "undelivered.txt"  # ids of cases that are still to be brought, one a line
TRIES = 3


class Delivery:
    """From one folder to one place. url: '' leaves all cases where they are."""

    def __init__(self, output: Path, url: str = "", backoff: float = 0.5) -> None:
        self.output, self.backoff = output, backoff
        self._depot = Depot(url) if url else None

    async def bring(self, folder: Path) -> str:
        """Bring a case away; returns where it is now: its URL, or its folder when the place cannot be reached."""
        if self._depot is None:
            return str(folder)
        for turn in range(TRIES):
            try:
                place = await asyncio.to_thread(self._depot.keep, folder)
            except StoreError as problem:
                if turn == TRIES - 1:
                    log.warning("%s The case stays in %s and is brought later.", problem.message, folder)
                    await asyncio.to_thread(self.note, folder.name)
                    return str(folder)
                await asyncio.sleep(self.backoff * 4**turn)
            else:
                await asyncio.to_thread(shutil.rmtree, folder)
                return place
        raise AssertionError

    def bring_left(self) -> int:
        """Bring what could not be brought before (its folder stays, since results name it); returns how many are left."""
        if self._depot is None:
            return 0
        left = []
        for case_id in self._waiting():
            try:
                self._depot.keep(self.output / case_id)
            except StoreError as problem:
                log.warning("%s", problem.message)
                left.append(case_id)
        self._write(left)
        return len(left)

    def _waiting(self) -> list[str]:
        file = self.output / FILE
        names = file.read_text("utf-8").split() if file.exists() else []
        return [name for name in dict.fromkeys(names) if (self.output / name / "case.json").exists()]

    def note(self, case_id: str) -> None:
        """This case is to be brought later."""
        if self._depot is None:
            return
        with (self.output / FILE).open("a", encoding="utf-8") as file:
            file.write(f"{case_id}\n")

    def _write(self, left: list[str]) -> None:
        file = self.output / FILE
        if left:
            file.write_text("".join(f"{case_id}\n" for case_id in left), encoding="utf-8")
        else:
            file.unlink(missing_ok=True)
