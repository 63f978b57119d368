"""Takes in lists and runs: what may be asked for, and who asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from prober.app.plan_of_run import choice_of
from prober.catalog import scenario_names, suite_names
from prober.errors import UsageError
from prober.store.access.deeds import Deeds
from prober.web.lists import Lists, SuspectList
from prober.web.problems import Refused
from prober.web.roles import Principal
from prober.web.runs import ACTIVE, RunRecord, Runs
from prober.web.runs_worker import RunsWorker

WAITING = 50  # runs held before more are refused


@dataclass(eq=False)
class RunDesk:
    """One server's lists and runs. reading: one at a time opens the state of a run."""

    lists: Lists
    runs: Runs
    worker: RunsWorker
    deeds: Deeds
    reading: threading.Lock = field(default_factory=threading.Lock)

    def add_list(self, data: bytes, name: str, column: str, who: Principal) -> SuspectList:
        """See `Lists.add`."""
        made = self.lists.add(data, name, column[:80], who.name, who.holders)
        self._audit(who, "list", made.id, made.name)
        return made

    def start(self, listed: SuspectList, target: str, who: Principal, key: str = "") -> RunRecord:
        """A run over a list.

        Raises:
            UsageError: there is no such scenario or suite.
            Refused: too many runs are waiting.
        """
        if target != "auto" and target not in (*scenario_names(), *suite_names()):  # never a file of the caller's
            raise UsageError(f"There is no scenario or suite '{target[:60]}'.")
        choice_of(target)
        if sum(one.state in ACTIVE for one in self.runs.all()) >= WAITING:
            raise Refused(503, "full", "Too many runs are waiting; try again later.", retry_after=600)
        made = self.runs.add(listed, target, who.name, who.holders, key)
        self._audit(who, "run", made.id, made.folder)
        self.worker.wake()
        return made

    def cancel(self, one: RunRecord, who: Principal) -> None:
        """Give up a run."""
        self._audit(who, "run cancelled", one.id, one.folder)
        self.worker.cancel(one.id)

    def resume(self, one: RunRecord, who: Principal) -> None:
        """Let it go on."""
        self._audit(who, "run resumed", one.id, one.folder)
        self.worker.resume(one.id)

    def _audit(self, who: Principal, what: str, id: str, name: str) -> None:
        self.deeds.note(who.name, what, id, name, who.address)
