"""What evidence costs: pictures, documents, records and the seal, and the report, against the whole verdict.

    python -m benchmarks.evidence [SITE ...] [--rounds 3] [--json FILE]

Each site of the lab is checked in one running browser. Every call that only serves the evidence is timed where it
is made; visits run side by side, so the sum of these calls is more than what they really add. The verdict's time
runs from the first request to the sealed folder. The report is made afterwards from the sealed folder.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import inspect
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import Missing, arguments, finish, machine, middle, table, the_browser

TARGET = 0.25  # of a verdict's time, at the median over the lab
SIZE_TARGET = 3.0  # MB of a sealed case, and of its report
FOLDER = ("add", "keep_snapshot", "keep_har", "write_case", "listen")
SESSION = ("picture", "dom", "mhtml", "traces", "har")


@dataclass(frozen=True)
class Row:
    """One site: median seconds; shares of the verdict's time; megabytes."""

    site: str
    verdict: float
    evidence: float
    seal: float
    report: float
    share: float
    share_report: float
    case_mb: float
    report_mb: float


class Clock:
    """Sums up the seconds spent in the calls it was put around."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {"evidence": 0.0, "seal": 0.0}

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, timed; one that awaits is timed to its end."""
        if inspect.iscoroutinefunction(call):

            @functools.wraps(call)
            async def timed_later(*args: Any, **more: Any) -> Any:
                began = time.perf_counter()
                try:
                    return await call(*args, **more)
                finally:
                    self.seconds[name] += time.perf_counter() - began

            return timed_later

        @functools.wraps(call)
        def timed(*args: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return call(*args, **more)
            finally:
                self.seconds[name] += time.perf_counter() - began

        return timed


@contextlib.contextmanager
def watched() -> Iterator[Clock]:
    """Time the calls that make evidence, everywhere, for a while."""
    from prober.browser.session import BrowserSession
    from prober.store.folder import CaseFolder

    clock, check = Clock(), importlib.import_module("prober.app.check")
    places: list[tuple[Any, str, str]] = [(CaseFolder, name, "evidence") for name in FOLDER]
    places += [(BrowserSession, name, "evidence") for name in SESSION]
    places += [(check, "seal", "seal")]
    before = [(holder, name, getattr(holder, name)) for holder, name, _ in places]
    for holder, name, kind in places:
        setattr(holder, name, clock.around(kind, getattr(holder, name)))
    try:
        yield clock
    finally:
        for holder, name, call in before:
            setattr(holder, name, call)


async def measure(names: list[str], rounds: int, output: Path) -> list[Row]:
    """Every site in turn, in one browser; the first check of all warms it and is not counted."""
    from prober.browser.engine import open_engine
    from prober.lab.catalogue import all_sites
    from prober.lab.server import serve

    sites = [site for site in all_sites() if not names or site.name in names]
    rows = []
    async with serve() as lab, open_engine(executable=the_browser(), sandbox=False) as engine:
        await _once(lab.url(sites[0].name), sites[0].scenario, engine, output)
        for site in sites:
            taken = [await _once(lab.url(site.name), site.scenario, engine, output) for _ in range(rounds)]
            columns = [middle(list(column)) for column in zip(*taken, strict=True)]
            rows.append(Row(site.name, *columns))
            print(f"{site.name}: {rows[-1].share:.2f}", file=sys.stderr, flush=True)
    return rows


async def _once(url: str, scenario: str, engine: Any, output: Path) -> tuple[float, ...]:
    from prober.app.check import CheckOptions, check
    from prober.app.dossiers import ReportOptions, make_report

    with watched() as clock:
        began = time.perf_counter()
        case = await check(url, CheckOptions(scenario=scenario, output=output, allow_private=True), engine)
        verdict = time.perf_counter() - began
    folder = output / case.id
    case_mb = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    began = time.perf_counter()
    (page,) = await make_report(folder, ReportOptions())
    report = time.perf_counter() - began
    evidence, seal = clock.seconds["evidence"], clock.seconds["seal"]
    size = page.stat().st_size / 1e6
    return verdict, evidence, seal, report, (evidence + seal) / verdict, report / verdict, case_mb, size


def main() -> int:
    """0 when the targets are met, 1 when not, 2 when something is missing."""
    options = arguments(__doc__.split("\n", 1)[0], rounds=3).parse_args()
    before = machine()
    try:
        with tempfile.TemporaryDirectory() as folder:
            rows = asyncio.run(measure(options.sites, options.rounds, Path(folder)))
    except Missing as missing:
        print(f"skipped: {missing}")
        return 2
    head = ("site", "verdict s", "evidence s", "seal s", "report s", "share", "report share", "case MB", "report MB")
    print(table(head, [tuple(asdict(row).values()) for row in rows]))
    share, report = middle([row.share for row in rows]), middle([row.share_report for row in rows])
    largest = max(rows, key=lambda row: row.case_mb)
    longest = max(rows, key=lambda row: row.report_mb)
    print(f"\nevidence and seal: {share:.0%} of a verdict's time at the median over {len(rows)} sites ({TARGET:.0%})")
    print(f"report.html afterwards: {report:.0%}; {middle([row.report for row in rows]):.2f} s")
    print(f"largest case {largest.case_mb:.2f} MB ({largest.site}), largest report {longest.report_mb:.2f} MB")
    after = machine()
    print(f"{before['cores']} cores, load average {before['load_1_min']} before, {after['load_1_min']} after")
    figures = {"median_share": share, "median_report_share": report}
    sizes = {"largest_case_mb": largest.case_mb, "largest_report_mb": longest.report_mb}
    sites = [asdict(row) for row in rows]
    finish({"before": before, "after": after, "summary": {**figures, **sizes}, "sites": sites}, options.json_file)
    return int(share > TARGET or largest.case_mb > SIZE_TARGET or longest.report_mb > SIZE_TARGET)


if __name__ == "__main__":
    sys.exit(main())
