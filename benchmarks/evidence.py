"""What evidence costs: pictures, documents, records and the seal, and the report, against the whole verdict.

    python -m benchmarks.evidence [SITE ...] [--rounds 3] [--json FILE]

Each site of the lab is checked in one running browser, in turns with and without evidence: without, nothing is
pictured, saved, recorded or sealed. The verdict's time runs from the first request to the sealed folder; what it is
longer than the bare one is the cost of the evidence. Sealing is timed within it, and report.html is made afterwards
from the sealed folder: these two together are what a verdict costs beyond being found and recorded.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.common import Missing, arguments, finish, machine, middle, table, the_browser

TARGET = 0.25  # of a verdict's time, at the median over the lab: sealing and report; and all evidence
SIZE_TARGET = 3.0  # MB of a sealed case, and of its report
SLOW = ("tarpit",)  # two minutes each, nearly all of it waiting


@dataclass(frozen=True)
class Row:
    """One site: median seconds with and without evidence and of the report; shares; megabytes.

    share: of the verdict's time that evidence and seal take. share_after: seal and report by the verdict.
    """

    site: str
    verdict: float
    bare: float
    seal: float
    report: float
    share: float
    share_after: float
    case_mb: float
    report_mb: float


@contextlib.contextmanager
def without_evidence() -> Iterator[None]:
    """For a while nothing is pictured, saved, recorded or sealed; the walk and the verdict are as ever."""
    from prober.browser.session import BrowserSession
    from prober.models.page import Box
    from prober.ports import Traces
    from prober.store.folder import CaseFolder

    async def no_picture(*_: Any, **__: Any) -> tuple[bytes, Box]:
        return b"", Box(x=0, y=0, width=0, height=0)

    async def no_text(*_: Any) -> str:
        return ""

    async def no_bytes(*_: Any) -> bytes:
        return b""

    async def no_traces(*_: Any) -> Traces:
        return Traces()

    check = importlib.import_module("prober.app.check")
    put = [
        (BrowserSession, "picture", no_picture),
        (BrowserSession, "dom", no_text),
        (BrowserSession, "mhtml", no_bytes),
        (BrowserSession, "traces", no_traces),
        (BrowserSession, "har", lambda *_: {}),
        (CaseFolder, "keep_snapshot", lambda *_: ""),
        (CaseFolder, "keep_har", lambda *_: None),
        (CaseFolder, "listen", lambda *_: None),
        (CaseFolder, "write_case", lambda folder, _: folder.path),
        (check, "seal", lambda *_: None),
    ]
    before = [(holder, name, getattr(holder, name)) for holder, name, _ in put]
    for holder, name, call in put:
        setattr(holder, name, call)
    try:
        yield
    finally:
        for holder, name, call in before:
            setattr(holder, name, call)


@contextlib.contextmanager
def timed_seal() -> Iterator[list[float]]:
    """Notes the seconds of every sealing."""
    check = importlib.import_module("prober.app.check")
    real, seconds = check.seal, list[float]()

    def seal(*given: Any) -> Any:
        began = time.perf_counter()
        try:
            return real(*given)
        finally:
            seconds.append(time.perf_counter() - began)

    check.seal = seal  # type: ignore[attr-defined]
    try:
        yield seconds
    finally:
        check.seal = real  # type: ignore[attr-defined]


async def measure(names: list[str], rounds: int, output: Path) -> list[Row]:
    """Every site in turn, in one browser; the first check of all warms it and is not counted."""
    from prober.browser.engine import open_engine
    from prober.lab.catalogue import all_sites
    from prober.lab.server import serve

    sites = [site for site in all_sites() if site.name in names or (not names and site.name not in SLOW)]
    rows = []
    async with serve() as lab, open_engine(executable=the_browser(), sandbox=False) as engine:
        await _whole(lab.url(sites[0].name), sites[0].scenario, engine, output)
        for site in sites:
            url, whole, bare = lab.url(site.name), [], []
            for _ in range(rounds):
                whole.append(await _whole(url, site.scenario, engine, output))
                with without_evidence():
                    bare.append((await _verdict(url, site.scenario, engine, output))[0])
            verdict, sealing, report, *sizes = (middle(list(column)) for column in zip(*whole, strict=True))
            without = middle(bare)
            shares = ((verdict - without) / verdict, (sealing + report) / verdict)
            rows.append(Row(site.name, verdict, without, sealing, report, *shares, *sizes))
            print(f"{site.name}: {rows[-1].share:.2f}", file=sys.stderr, flush=True)
    return rows


async def _verdict(url: str, scenario: str, engine: Any, output: Path) -> tuple[float, str]:
    """Seconds of one check in the running browser, with the seed that all rounds share, and the case's id."""
    from prober.app.check import CheckOptions, check

    options = CheckOptions(scenario=scenario, output=output, allow_private=True, seed=5)
    began = time.perf_counter()
    case = await check(url, options, engine)
    return time.perf_counter() - began, case.id


async def _whole(url: str, scenario: str, engine: Any, output: Path) -> tuple[float, ...]:
    """Seconds of a check, of its sealing and of its report; megabytes of the case and of the report."""
    from prober.app.dossiers import ReportOptions, make_report

    with timed_seal() as sealing:
        verdict, name = await _verdict(url, scenario, engine, output)
    folder = output / name
    case_mb = await asyncio.to_thread(lambda: sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6)
    began = time.perf_counter()
    (page,) = await make_report(folder, ReportOptions())
    return (
        verdict,
        sum(sealing),
        time.perf_counter() - began,
        case_mb,
        (await asyncio.to_thread(page.stat)).st_size / 1e6,
    )


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
    head = ("site", "verdict s", "without s", "seal s", "report s", "evidence", "seal + report", "case MB", "report MB")
    print(table(head, [tuple(asdict(row).values()) for row in rows]))
    share, beyond = middle([row.share for row in rows]), middle([row.share_after for row in rows])
    largest = max(rows, key=lambda row: row.case_mb)
    longest = max(rows, key=lambda row: row.report_mb)
    print(
        f"\nsealing and report.html: {beyond:.0%} of a verdict's time at the median over {len(rows)} sites ({TARGET:.0%})"
    )
    print(
        f"report.html alone: {middle([row.report for row in rows]):.2f} s; sealing {middle([row.seal for row in rows]):.3f} s"
    )
    print(f"all evidence within the verdict, pictures and documents included: {share:.0%} ({TARGET:.0%})")
    print(f"largest case {largest.case_mb:.2f} MB ({largest.site}), largest report {longest.report_mb:.2f} MB")
    after = machine()
    print(f"{before['cores']} cores, load average {before['load_1_min']} before, {after['load_1_min']} after")
    figures = {"median_evidence": share, "median_seal_and_report": beyond}
    sizes = {"largest_case_mb": largest.case_mb, "largest_report_mb": longest.report_mb}
    sites = [asdict(row) for row in rows]
    finish({"before": before, "after": after, "summary": {**figures, **sizes}, "sites": sites}, options.json_file)
    return int(max(share, beyond) > TARGET or largest.case_mb > SIZE_TARGET or longest.report_mb > SIZE_TARGET)


if __name__ == "__main__":
    sys.exit(main())
