"""What every runner promises, on this machine and over a queue: one suite, two runners."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from prober.app.run import Run
from prober.app.worker import Worker
from prober.errors import UsageError
from prober.models.run import Result, RunFinished
from prober.queueing.jobs import Timings
from tests.app.stub_run import StubEngine, request, verdict

pytest.importorskip("procrastinate")

Probe = Callable[..., Awaitable[Result]]


@pytest.fixture(params=["local", "queue"])
def work_through(request: pytest.FixtureRequest, tmp_path: Path):
    """Runs a list to its end with a played probe; gives the lines of results and the last event."""
    url = request.getfixturevalue("database") if request.param == "queue" else ""
    return lambda rows, probe: _through(tmp_path, url, rows, probe)


async def _through(folder: Path, url: str, rows: list[str], probe: Probe) -> tuple[list[dict], RunFinished]:
    listing = folder / "list.txt"
    listing.write_text("\n".join(rows))
    run = Run(request(listing, folder / "out", queue=url, jobs=4))
    run.backoff = 0.01
    run.prepare()
    try:
        async with asyncio.timeout(60), _working(url, folder, probe):
            events = [event async for event in run.events(StubEngine(), probe)]
    finally:
        run.close()
    assert isinstance(events[-1], RunFinished)
    return [json.loads(line) for line in (folder / "out/results.jsonl").read_text().splitlines()], events[-1]


@asynccontextmanager
async def _working(url: str, folder: Path, probe: Probe) -> AsyncIterator[None]:
    if not url:
        yield
        return
    worker = Worker(url, folder, 4, StubEngine(), lambda options, where: probe, Timings(0.5, 1.0, 3.0))
    task = asyncio.create_task(worker.work())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


ROWS = [f"https://r{n % 5}.example/{n}" for n in range(20)]


async def test_one_result_each_and_no_overlap(work_through) -> None:
    spans = defaultdict(list)

    async def probe(work, browser, tell) -> Result:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        await asyncio.sleep(0.01)
        spans[work.place].append((begun, loop.time()))
        return verdict(work)

    results, end = await work_through([*ROWS, ROWS[0], "no address"], probe)
    assert Counter(line["url"] for line in results) == Counter(ROWS)
    assert (end.done, end.left, end.counts) == (20, 0, {"no_fraud_found": 20})
    for of_place in spans.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(of_place)))


async def test_faults_are_tried_again_then_named(work_through) -> None:
    tries: Counter[str] = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        if work.url == ROWS[1] or (work.url == ROWS[2] and tries[work.url] == 1):
            raise RuntimeError("broken")
        return verdict(work)

    results, end = await work_through(ROWS[:5], probe)
    assert {line["url"]: line["obstacle"] for line in results if line["obstacle"]} == {ROWS[1]: "prober_failed"}
    assert (tries[ROWS[1]], tries[ROWS[2]]) == (3, 2)
    assert end.counts == {"no_fraud_found": 4, "failed": 1}


async def test_what_kills_the_browser_is_parked(work_through) -> None:
    async def probe(work, browser, tell) -> Result:
        if work.url == ROWS[0]:
            browser.alive = False
        await asyncio.sleep(0.01)
        return verdict(work, "no_fraud_found" if browser.alive else "inconclusive")

    results, _ = await work_through(ROWS[:5], probe)
    assert {line["url"]: line["obstacle"] for line in results if line["obstacle"]} == {ROWS[0]: "browser_crash"}
    assert len(results) == 5


async def test_refused_suspects_have_no_verdict(work_through) -> None:
    async def probe(work, browser, tell) -> Result:
        if work.url == ROWS[3]:
            raise UsageError("official")
        return verdict(work)

    results, end = await work_through(ROWS[:5], probe)
    assert len(results) == 4
    assert end.counts == {"no_fraud_found": 4, "refused": 1}
