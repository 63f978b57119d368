"""A server that only enqueues: workers elsewhere probe, their events reach the page."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from prober.app.check import CheckOptions
from prober.web.app import make_app, make_site
from prober.web.settings import ServeOptions
from prober.web.site import Site
from tests.web.conftest import BEARER, TOKEN, no_browser

pytest.importorskip("procrastinate")
LIMIT = 60.0  # seconds


@pytest.fixture
def options(database: str, tmp_path: Path, monkeypatch) -> ServeOptions:
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    check = CheckOptions(output=tmp_path / "cases")
    return ServeOptions(check=check, token=TOKEN, queue=database)


@pytest.fixture
def worker(options: ServeOptions, tmp_path: Path) -> Iterator[Path]:
    """A worker process; the log of what it did."""
    log = tmp_path / "log"
    words = [sys.executable, "-m", "tests.web.stub_worker", options.queue, str(options.output), str(log)]
    process = subprocess.Popen(words)
    yield log
    process.kill()
    process.wait()


@contextlib.asynccontextmanager
async def working(site: Site) -> AsyncIterator[Site]:
    tasks = [asyncio.create_task(site.worker.run()), asyncio.create_task(site.desk.worker.run())]
    try:
        yield site
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def add(site: Site, url: str) -> str:
    one = site.submissions.add(url, url, "auto", "suspect.example", (), "")
    site.worker.wake()
    return one.id


async def events(site: Site, id: str, until: str = "") -> list[str]:
    """The events of a submission, to its end or to the first of that kind."""
    found = []
    async with asyncio.timeout(LIMIT):
        async for told in site.submissions.follow(id):
            if told is not None:
                found.append(told.event)
                if told.event == until:
                    break
    return found


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT):
        while not condition():  # noqa: ASYNC110, another process decides
            await asyncio.sleep(0.05)


async def logged(log: Path, text: str, times: int = 1) -> None:
    await until(lambda: log.exists() and log.read_text().count(text) >= times)


async def test_a_check_is_probed_by_a_worker_and_its_events_reach_the_page(options, worker):
    site = make_site(options, no_browser)
    async with working(site):
        id = add(site, "https://suspect.example/pay")
        assert await events(site, id) == ["case_opened", "notice", "case_finished", "ended"]
    one = site.submissions.get(id)
    assert (one.state, one.verdict) == ("done", "fraudulent") and one.started_at
    client = TestClient(make_app(site), "http://localhost", headers=BEARER, follow_redirects=False)
    assert client.get(f"/submissions/{id}").headers["location"] == f"/cases/{one.case_id}"
    assert client.get(f"/cases/{one.case_id}").status_code == 200


async def test_giving_up_reaches_the_worker(options, worker):
    site = make_site(options, no_browser)
    async with working(site):
        id = add(site, "https://suspect.example/slow")
        await events(site, id, until="case_opened")
        assert site.submissions.get(id).state == "running"
        site.worker.cancel(id)
        assert site.submissions.get(id).state == "cancelled"
        await logged(worker, "ended https://suspect.example/slow")
        other = add(site, "https://suspect.example/pay")  # its host is free again
        assert (await events(site, other))[-1] == "ended"


async def test_what_a_worker_did_while_the_server_was_away_comes_home_once(options, worker):
    first = make_site(options, no_browser)
    async with working(first):
        id = add(first, "https://suspect.example/slow")
        await events(first, id, until="case_opened")
    later = make_site(options, no_browser)
    assert later.submissions.get(id).state == "waiting"
    async with working(later):
        await events(later, id, until="case_opened")
        later.worker.cancel(id)
        await logged(worker, "ended")
    assert worker.read_text().count("begun") == 1


async def test_a_run_goes_over_the_queue_and_can_be_given_up_and_resumed(options, worker, tmp_path):
    site = make_site(options, no_browser)
    lines = [f"https://q{n}.example/" for n in range(4)] + ["https://q9.example/slow"]
    listed = site.desk.lists.add("\n".join(lines).encode(), "list.txt", "")
    run = site.desk.runs.add(listed, "auto", "", frozenset(), "")

    async def state(*wanted: str) -> None:
        async with asyncio.timeout(LIMIT):
            async for _ in site.desk.runs.follow(run.id):
                if site.desk.runs.get(run.id).state in wanted:
                    return

    async with working(site):
        await until(lambda: site.desk.runs.get(run.id).done == 4)
        await logged(worker, "begun https://q9.example/slow")
        site.desk.worker.cancel(run.id)
        await state("cancelled")
        await logged(worker, "ended https://q9.example/slow")
        found = site.desk.runs.get(run.id)
        assert (found.state, found.done, found.counts) == ("cancelled", 4, {"fraudulent": 4})
        site.desk.worker.resume(run.id)
        await logged(worker, "begun https://q9.example/slow", times=2)
        site.desk.worker.cancel(run.id)
        await state("cancelled")
