"""`prober run`: a list of suspects to a table of verdicts."""

from __future__ import annotations

import asyncio
import shlex
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prober.app.after_run import Wanted, report_of, summarise, write_summary
from prober.app.check import CheckOptions
from prober.app.run import Run, RunRequest
from prober.app.warm import settle
from prober.browser.engine import open_engine
from prober.cli.check import _resolve
from prober.cli.faults import INTERRUPTED, told
from prober.cli.matter import Footing, no_footing
from prober.cli.run_show import RunShow, show_summary
from prober.cli.worker import check_queue
from prober.errors import ProberError, UsageError
from prober.models.run import RunFinished
from prober.reporting.run_summary import RunSummary

FAIL_ON = ("fraudulent", "suspicious", "inconclusive", "no_fraud_found", "never")


@dataclass(frozen=True)
class RunArguments:
    """The arguments as given; `options.output` is where case folders go once the run's folder is known."""

    target: str
    list: str
    output: Path | None
    options: CheckOptions
    resolve: tuple[str, ...] = ()
    column: str = ""
    jobs: int = 0
    resume: bool = False
    as_json: bool = False
    fail_on: str = "fraudulent"
    junit: Path | None = None
    sarif: Path | None = None
    pace: float = 0.0
    host_pace: float = 0.0
    recycle: int = 150
    queue: str = ""
    browser: str = ""
    no_sandbox: bool = False
    footing: Callable[[], Footing] = no_footing


def run_list(arguments: RunArguments) -> int:
    """Returns the exit status of the contract: 0 all done, 1 at least one `fail_on`, 2 failure, 130 interrupted."""
    with told(as_json=arguments.as_json):
        wanted = Wanted(_fail_on(arguments.fail_on), arguments.junit, arguments.sarif)
        if arguments.queue:
            check_queue(arguments.queue)
        folder, footing = _folder(arguments), arguments.footing()
        request = RunRequest(
            target=arguments.target, list=arguments.list, output=folder, column=arguments.column, jobs=arguments.jobs,
            options=replace(
                arguments.options, output=folder, resolve=_resolve(arguments.resolve), matter=footing.matter,
                tsa=footing.tsa, tsa_chain=footing.tsa_chain,
            ),
            resume=arguments.resume, pace=arguments.pace, host_pace=arguments.host_pace, queue=arguments.queue, recycle=arguments.recycle,
        )  # fmt: skip
        summary, interrupted = asyncio.run(_run(Run(request), arguments, wanted))
    again = resume_command(arguments, folder)
    if arguments.as_json:
        print(report_of(summary, interrupted=interrupted, again=again).model_dump_json(by_alias=True))
    else:
        show_summary(summary)
    if interrupted:
        print(f"Interrupted with {summary.left} suspects left. Continue with:\n  {again}", file=sys.stderr)
        return INTERRUPTED
    return _status(summary, wanted)


async def _run(run: Run, arguments: RunArguments, wanted: Wanted) -> tuple[RunSummary, bool]:
    """Work through the list and write the summary, also when it is interrupted or cannot go on."""
    show = RunShow(arguments.target, as_json=arguments.as_json)
    try:
        run.prepare()
        _on_interrupt(run)
        await asyncio.to_thread(settle)
        end: RunFinished | None = None
        failure: ProberError | None = None
        try:
            with show.live():
                async for event in run.events(lambda: _engine(arguments)):
                    show.event(event)
                    end = event if isinstance(event, RunFinished) else end
        except ProberError as error:
            failure = error
        summary = await asyncio.to_thread(_written, run, end.seconds if end else 0.0, wanted)
        if failure is not None:
            raise failure
        return summary, end is not None and end.interrupted
    finally:
        run.close()


def _written(run: Run, seconds: float, wanted: Wanted) -> RunSummary:
    summary = summarise(run, seconds)
    write_summary(run, summary, wanted)
    return summary


def _engine(arguments: RunArguments) -> AbstractAsyncContextManager[Any]:
    return open_engine(executable=arguments.browser, sandbox=not arguments.no_sandbox)


def _on_interrupt(run: Run) -> None:
    """The first Ctrl-C ends the run tidily, the second at once."""
    loop = asyncio.get_running_loop()

    def stop(number: signal.Signals) -> None:
        print("\nEnding: what is finished is being written; again to end at once.", file=sys.stderr)
        run.stop()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop, number)
        except NotImplementedError:  # Windows: Ctrl-C ends at once, and the run resumes as after a kill
            return


def _folder(arguments: RunArguments) -> Path:
    """Where the run lives: as given, else a new folder; with --resume the newest run below reports/."""
    if arguments.output is not None:
        return arguments.output
    reports = Path("reports")
    if arguments.resume:
        runs = sorted(path.parent for path in reports.glob("run-*/run.sqlite"))
        if not runs:
            raise UsageError("There is no run below reports/ to resume; name its folder with --output.")
        return runs[-1]
    return reports / f"run-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"


def _fail_on(text: str) -> frozenset[str]:
    words = frozenset(word.strip() for word in text.split(",") if word.strip())
    unknown = words - set(FAIL_ON)
    if unknown or not words:
        raise UsageError(f"--fail-on takes {', '.join(FAIL_ON)}, several with commas; not '{text}'.")
    return words - {"never"}


def _status(summary: RunSummary, wanted: Wanted) -> int:
    if any(summary.counts[word] for word in wanted.fail_on):
        return 1
    return 2 if summary.counts["failed"] else 0


def resume_command(arguments: RunArguments, folder: Path) -> str:
    """What to type to go on."""
    given = [word for word in sys.argv[1:] if word != "--resume"] if sys.argv[1:2] == ["run"] else []
    words = given or ["run", arguments.target, arguments.list]
    if arguments.output is None:
        words = [*words, "--output", str(folder)]
    return shlex.join(["prober", *words, "--resume"])
