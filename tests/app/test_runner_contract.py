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
from prober.models.events import ProbeStarted
from prober.models.run import Result, RunEvent, RunFinished, SuspectDone, SuspectStarted, SuspectStep
from prober.queueing.jobs import Timings
from tests.app.stub_run import StubEngine, request, verdict

pytest.importorskip("procrastinate")

Probe = Callable[..., Awaitable[Result]]


@pytest.fixture(params=["local", "queue"])
def work_through(request: pytest.FixtureRequest, tmp_path: Path):
    """Runs a list to its end with a played probe; gives the lines of results and all events."""
    url = request.getfixturevalue("database") if request.param == "queue" else ""
    return lambda rows, probe, **more: _through(tmp_path, url, rows, probe, **more)


async def _through(
    folder: Path, url: str, rows: list[str], probe: Probe, hear: Callable[[RunEvent], None] | None = None, **more
) -> tuple[list[dict], list[RunEvent]]:
    listing = folder / "list.txt"
    listing.write_text("\n".join(rows))
    run = Run(request(listing, folder / "out", queue=url, jobs=4, **more))
    run.backoff = 0.01
    run.prepare()
    events: list[RunEvent] = []
    hear = hear or (lambda event: None)
    try:
        async with asyncio.timeout(120), _working(url, folder, probe):
            async for event in run.events(StubEngine(), probe):
                events.append(event)
                hear(event)
    finally:
        run.close()
    assert isinstance(events[-1], RunFinished)
    return [json.loads(line) for line in (folder / "out/results.jsonl").read_text().splitlines()], events


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

    results, events = await work_through([*ROWS, ROWS[0], "no address"], probe)
    assert Counter(line["url"] for line in results) == Counter(ROWS)
    assert (events[-1].done, events[-1].left, events[-1].counts) == (20, 0, {"no_fraud_found": 20})
    for of_place in spans.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(of_place)))


async def test_faults_are_tried_again_then_named(work_through) -> None:
    tries: Counter[str] = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        if work.url == ROWS[1] or (work.url == ROWS[2] and tries[work.url] == 1):
            raise RuntimeError("broken")
        return verdict(work)

    results, events = await work_through(ROWS[:5], probe)
    assert {line["url"]: line["obstacle"] for line in results if line["obstacle"]} == {ROWS[1]: "prober_failed"}
    assert (tries[ROWS[1]], tries[ROWS[2]]) == (3, 2)
    assert events[-1].counts == {"no_fraud_found": 4, "failed": 1}


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

    results, events = await work_through(ROWS[:5], probe)
    assert len(results) == 4
    assert events[-1].counts == {"no_fraud_found": 4, "refused": 1}


async def test_redirects_to_one_host_never_meet(work_through) -> None:
    spans = []

    async def probe(work, browser, tell) -> Result:
        for host in (work.place, "kit.example"):
            if not await browser.turn.enter(host, ()):
                await asyncio.Event().wait()  # until the case is ended
        await browser.turn.landed("kit.example")
        begun = asyncio.get_running_loop().time()
        await asyncio.sleep(0.02)
        spans.append((begun, asyncio.get_running_loop().time()))
        return verdict(work)

    results, _ = await work_through([f"https://short{n}.example/" for n in range(4)], probe)
    assert len(results) == len(spans) == 4
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(spans)))


async def test_paces(work_through) -> None:
    begun: list[tuple[float, str]] = []
    ended: dict[str, float] = {}

    async def probe(work, browser, tell) -> Result:
        now = asyncio.get_running_loop().time()
        assert now - ended.get(work.place, 0.0) > 0.28, "two cases of one host follow too soon"
        assert all(now - other > 0.2 for other, _ in begun), "two cases begin too soon"
        begun.append((now, work.place))
        await asyncio.sleep(0.01)
        ended[work.place] = asyncio.get_running_loop().time()
        return verdict(work)

    rows = ["https://a.example/1", "https://a.example/2", "https://b.example/"]
    results, _ = await work_through(rows, probe, pace=1.0, host_pace=0.3)
    assert [line["verdict"] for line in results] == ["no_fraud_found"] * 3
    assert len(begun) == 3


async def test_who_watches_sees_what_is_in_work(work_through) -> None:
    async def probe(work, browser, tell) -> Result:
        tell(ProbeStarted(case_id="c", probe="P1", arm="identity", values={}, why="asking for a first person"))
        await asyncio.wait_for(seen.wait(), 60)
        return verdict(work)

    def hear(event: RunEvent) -> None:
        told.update({event.id} if isinstance(event, SuspectStep) else ())
        if len(told) == 2:
            seen.set()

    told: set[str] = set()
    seen = asyncio.Event()
    _, events = await work_through(ROWS[:2], probe, hear=hear)
    kinds = [type(event) for event in events]
    assert kinds.count(SuspectStarted) == kinds.count(SuspectDone) == 2
    assert {e.sentence for e in events if isinstance(e, SuspectStep)} == {"asking for a first person"}


async def test_a_dead_browser_costs_its_cases_one_retry(work_through) -> None:
    tries: Counter[str] = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        await asyncio.sleep(0.01)
        if work.url == ROWS[1] and tries[work.url] == 1:
            browser.alive = False
        if not browser.alive:
            raise RuntimeError("target closed")
        return verdict(work)

    results, _ = await work_through(ROWS[:5], probe)
    assert [line["verdict"] for line in results] == ["no_fraud_found"] * 5
    assert max(tries.values()) == 2


async def test_a_resumed_run_asks_for_nothing_twice(work_through) -> None:
    tries: Counter[str] = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        return verdict(work)

    await work_through(ROWS[:4], probe)
    results, events = await work_through(ROWS[:6], probe, resume=True)
    assert Counter(line["url"] for line in results) == Counter(ROWS[:6])
    assert set(tries.values()) == {1}
    assert events[0].done == 4
