"""Many suspects from one list to a table of verdicts, unattended and resumable."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prober.app.attempt import ProbeOne, Tell
from prober.app.check import CheckOptions, check
from prober.app.delivery import Delivery
from prober.app.highlights import highlights_of
from prober.app.keeper import BrowserKeeper, Opener
from prober.app.machine import best_jobs, free_memory
from prober.app.plan_of_run import Choice, choice_of, open_list, work_of
from prober.app.pool import Gate, Limits, LocalRunner, Runner
from prober.app.result import as_json
from prober.errors import ProberError, UsageError
from prober.models.case import Case
from prober.models.run import Result, RunEvent, RunFinished, RunStarted, Work
from prober.ports import Browser
from prober.store.reading import load_case
from prober.store.run import Results, RunState
from prober.store.run.results import FILE as RESULTS
from prober.store.run.state import FILE as STATE


@dataclass(frozen=True)
class RunRequest:
    """What the user asked for. target: a scenario or suite, by name or file. list: a file, or '-'."""

    target: str
    list: str
    output: Path
    options: CheckOptions = field(default_factory=CheckOptions)
    column: str = ""
    jobs: int = 0  # 0: chosen from cores and memory
    resume: bool = False
    pace: float = 0.0
    host_pace: float = 0.0
    recycle: int = 150
    queue: str = ""  # postgresql://...: the work is done by `prober worker`s


class Run:
    """One run in its folder: `prepare`, then `events`, then `close`."""

    def __init__(self, request: RunRequest) -> None:
        self.request = request
        self.folder = request.output
        self.jobs = request.jobs or best_jobs()
        self.case_limit = 60.0 + request.options.timeout * (request.options.visits or 8)
        self.backoff = 1.0
        self._runner: Runner | None = None
        self._stopped = self._given_up = False

    def prepare(self) -> None:
        """Open the folder, take in the list, and after an interruption find out what is done.

        Raises:
            UsageError: the list, the scenario or the folder is not what it should be.
            StoreError: the folder cannot be written.
        """
        request = self.request
        choice = choice_of(request.target)
        existing = [name for name in (STATE, RESULTS) if (self.folder / name).exists()]
        if existing and not request.resume:
            raise UsageError(
                f"{self.folder} already holds a run ({existing[0]}); continue it with --resume, "
                "or choose another folder with --output."
            )
        try:
            self._take_in(choice)
        except BaseException:
            self.close()
            if not existing:
                self._unmake()
            raise

    def _take_in(self, choice: Choice) -> None:
        request = self.request
        self.state = RunState.open(self.folder)
        self.results = Results(self.folder / RESULTS)
        told = self.state.get("target")
        if told and told != request.target:
            raise UsageError(f"{self.folder} holds a run of '{told}', not of '{request.target}'; resume it with that.")
        if not (request.list == "-" and self.state.get("loaded")):
            with open_list(request.list) as stream:
                self.state.load(work_of(stream, "" if request.list == "-" else request.list, request.column, choice))
        if not told:
            self.state.put("list", request.list)
            self.state.put("started_at", datetime.now(UTC).isoformat())
            self.state.put("target", request.target)
        delivery = Delivery(self.folder, request.options.evidence)
        self._recover(delivery)
        delivery.bring_left()

    def _unmake(self) -> None:
        """Leave the folder as it was: a wrong list must not count as a run."""
        with contextlib.suppress(OSError):  # it may not be written, or holds other things
            for name in (STATE, f"{STATE}-wal", f"{STATE}-shm", RESULTS):
                (self.folder / name).unlink(missing_ok=True)
            self.folder.rmdir()

    def close(self) -> None:
        """Bring everything to the disk."""
        for part in ("results", "state"):
            if hasattr(self, part):
                getattr(self, part).close()
                delattr(self, part)

    def stop(self) -> None:
        """End soon; a resumed run goes on from here."""
        self._stopped = True
        if self._runner is not None:
            self._runner.stop()

    def give_up(self) -> None:
        """`stop`, also for workers on other machines, who else would go on."""
        self._stopped = self._given_up = True
        if self._runner is not None:
            self._runner.give_up()

    async def events(
        self, opener: Opener, probe_one: ProbeOne | None = None, gate: Gate | None = None
    ) -> AsyncGenerator[RunEvent, None]:
        """Work through the list on this machine. gate: what else is probed in this process.

        Raises StoreError or BrowserError when it cannot go on; what is finished is kept.
        """
        if self.request.queue:
            async for event in self._queue_events():
                yield event
            return
        start = time.monotonic()
        free = free_memory()
        keeper = BrowserKeeper(opener, cases=self.request.recycle, memory=max(2**30, free // 2) if free else 4 * 2**30)
        limits = Limits(self.jobs, self.request.pace, self.request.host_pace, self.case_limit, self.backoff)
        probe_one = probe_one or Checking(self.request.options, self.folder)
        runner = LocalRunner(self.state, self.results, keeper, probe_one, limits, gate)
        self._runner = runner
        yield self._started()
        try:
            if self._left() and not self._stopped:
                await keeper.warm()
                async with contextlib.aclosing(runner.events()) as events:
                    async for event in events:
                        yield event
        finally:
            await keeper.close()
        yield self._finished(start)

    async def _queue_events(self) -> AsyncIterator[RunEvent]:
        """Let workers on any number of machines do it."""
        from prober.app.queue_run import QueueRunner

        start = time.monotonic()
        if not self.state.get("queue_run"):
            self.state.put("queue_run", uuid.uuid4().hex)
        runner = QueueRunner(
            self.state,
            self.results,
            self.request.queue,
            self.state.get("queue_run"),
            self.request.options,
            (self.request.pace, self.request.host_pace),
        )
        self._runner = runner
        if self._given_up:
            runner.give_up()
        yield self._started()
        if self._left() and (self._given_up or not self._stopped):
            async for event in runner.events():
                yield event
        yield self._finished(start)

    def _finished(self, start: float) -> RunFinished:
        total, done = self.state.totals()
        return RunFinished(
            interrupted=done < total, done=done, left=total - done,
            seconds=round(time.monotonic() - start, 3), counts=self.state.counts(),
        )  # fmt: skip

    def _left(self) -> int:
        total, done = self.state.totals()
        return total - done

    def _started(self) -> RunStarted:
        total, done = self.state.totals()
        duplicates, unusable = self.state.skipped_counts()
        return RunStarted(
            name=Path(self.request.list).name, folder=str(self.folder), total=total, done=done,
            duplicates=duplicates, unusable=unusable, jobs=0 if self.request.queue else self.jobs, counts=self.state.counts(),
        )  # fmt: skip

    def _recover(self, delivery: Delivery) -> None:
        """Bring the state and the results file together again, and take over cases that were just finished."""
        trusted = int(self.state.get("written", "0"))
        if self.results.size < trusted:  # the file was cut or deleted: it, not the state, is what counts
            self.state.forget_results()
            trusted = 0
        for end, line in self.results.mend(trusted):
            work = self.state.work(str(line.get("suspect", "")))
            if work is not None and "verdict" in line:
                self.state.finish([(work, Result(verdict=line, highlights=self._highlights(line)))], end)
        for work in self.state.recover():
            case = self._finished_case(self.state.case_of(work.id))
            if case is not None:
                result = result_of(case, work, str(self.folder / case.id))
                delivery.note(case.id)
                self.state.finish([(work, result)], self.results.append([result.verdict]))

    def _finished_case(self, case_id: str) -> Case | None:
        """The case if it was judged and written before the interruption."""
        path = self.folder / case_id
        if not case_id or not (path / "case.json").exists():
            return None
        with contextlib.suppress(ProberError):
            case = load_case(path)
            return case if case.verdict is not None else None
        return None

    def _highlights(self, line: dict[str, Any]) -> Any:
        case = self._finished_case(str(line.get("case_id") or ""))
        return highlights_of(case) if case else Result().highlights


@dataclass(frozen=True)
class Checking:
    """`ProbeOne` that really probes."""

    options: CheckOptions
    output: Path
    checker: Callable[..., Any] = check

    async def __call__(self, work: Work, browser: Browser, tell: Tell) -> Result:
        options = replace(self.options, scenario=work.scenario, among=work.among, output=self.output)
        case = await self.checker(work.url, options, browser, (tell,))
        place = await Delivery(self.output, options.evidence).bring(self.output / case.id)
        return result_of(case, work, place)


def result_of(case: Case, work: Work, place: str) -> Result:
    """The line of `results.jsonl` for a case, and what the table shows of it. place: its folder or its URL."""
    verdict = as_json(case, place) | {"line": work.line, "suspect": work.id}
    return Result(verdict=verdict, highlights=highlights_of(case))
