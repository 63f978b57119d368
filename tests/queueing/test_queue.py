"""The queue on a really started PostgreSQL: one final result each, no overlap on a host, over killed and paused workers."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from prober.app.run import Run
from prober.errors import StoreError
from prober.models.run import RunFinished
from tests.app.stub_run import StubEngine, request

pytest.importorskip("procrastinate")


@pytest.fixture
def url(database: str) -> str:
    return database


def listing(tmp_path: Path, count: int, hosts: int) -> Path:
    path = tmp_path / "list.txt"
    path.write_text("".join(f"https://q{n % hosts}.example/{n}\n" for n in range(count)))
    return path


def worker(
    url: str, log: Path, *, seconds: float = 0.05, stalled: float = 2.0, jobs: int = 4
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.queueing.stub_worker", url, str(log), str(jobs), str(seconds), str(stalled)]
    return subprocess.Popen(command)


async def collect(url: str, path: Path, folder: Path, limit: float = 90.0) -> RunFinished:
    run = Run(request(path, folder, queue=url, resume=True))
    run.prepare()
    try:
        async with asyncio.timeout(limit):
            events = [event async for event in run.events(StubEngine())]
    finally:
        run.close()
    assert isinstance(events[-1], RunFinished)
    return events[-1]


def lines(folder: Path) -> Counter[str]:
    return Counter(json.loads(line)["url"] for line in (folder / "results.jsonl").read_text().splitlines())


def overlaps(log: Path) -> list[tuple[float, float]]:
    spans = defaultdict(list)
    for line in log.read_text().splitlines():
        place, begun, ended, *_ = line.split()
        spans[place].append((float(begun), float(ended)))
    return [pair for of_place in spans.values() for pair in pairwise(sorted(of_place)) if pair[0][1] > pair[1][0]]


def end(*workers: subprocess.Popen[bytes]) -> None:
    for one in workers:
        if one.poll() is None:
            one.send_signal(signal.SIGCONT)
            one.kill()
        one.wait()


async def test_two_workers_share_the_work(url: str, tmp_path: Path) -> None:
    path = listing(tmp_path, 40, 10)
    workers = worker(url, tmp_path / "log"), worker(url, tmp_path / "log")
    try:
        done = await collect(url, path, tmp_path / "out")
    finally:
        end(*workers)
    assert done.counts == {"no_fraud_found": 40}
    assert lines(tmp_path / "out") == Counter(path.read_text().split())
    assert overlaps(tmp_path / "log") == []
    assert len({line.split()[3] for line in (tmp_path / "log").read_text().splitlines()}) == 2


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_dead_or_paused_worker_costs_no_result_and_no_overlap(
    how: signal.Signals, url: str, tmp_path: Path
) -> None:
    path = listing(tmp_path, 60, 12)
    log = tmp_path / "log"
    first, second = worker(url, log, seconds=0.4), worker(url, log, seconds=0.4)
    try:
        collecting = asyncio.create_task(collect(url, path, tmp_path / "out"))
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and f" {first.pid} " not in (log.read_text() if log.exists() else ""):
            await asyncio.wait({collecting}, timeout=0.05)
        first.send_signal(how)
        if how == signal.SIGSTOP:
            await asyncio.wait({collecting}, timeout=4.0)  # longer than after which a worker counts as dead
            first.send_signal(signal.SIGCONT)
        done = await collecting
    finally:
        end(first, second)
    assert done.left == 0
    assert lines(tmp_path / "out") == Counter(path.read_text().split())
    assert overlaps(log) == []


async def test_a_resumed_run_fetches_what_was_done_meanwhile(url: str, tmp_path: Path) -> None:
    path = listing(tmp_path, 8, 8)
    run = Run(request(path, tmp_path / "out", queue=url))
    run.prepare()
    run_events = run.events(StubEngine())
    await anext(run_events)
    asked = asyncio.create_task(anext(run_events))  # submits, then waits for workers
    await asyncio.wait({asked}, timeout=3)
    run.stop()
    await asyncio.wait({asked}, timeout=10)
    run.close()
    one = worker(url, tmp_path / "log")
    try:
        done = await collect(url, path, tmp_path / "out")
    finally:
        end(one)
    assert done.done == 8
    assert lines(tmp_path / "out") == Counter(path.read_text().split())


async def test_a_lost_database_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="--resume"):
        await collect("postgresql://nobody@127.0.0.1:9/none", listing(tmp_path, 2, 2), tmp_path / "out")


async def test_a_database_lost_in_mid_run_is_one_sentence_and_costs_nothing(
    url: str, postgres: str, tmp_path: Path
) -> None:
    import psycopg
    from psycopg import sql

    name = sql.Identifier(url.partition("?")[0].rpartition("/")[2])
    path = listing(tmp_path, 40, 20)
    one = worker(url, tmp_path / "log", seconds=0.1)
    try:
        collecting = asyncio.create_task(collect(url, path, tmp_path / "out"))
        deadline = time.monotonic() + 60
        results = tmp_path / "out/results.jsonl"
        while time.monotonic() < deadline and not (results.exists() and len(lines(tmp_path / "out")) >= 5):
            await asyncio.wait({collecting}, timeout=0.05)
        with psycopg.connect(postgres, autocommit=True) as admin:
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name._obj[0],))
            with pytest.raises(StoreError, match="--resume"):
                await collecting
            kept = lines(tmp_path / "out")
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
        assert 5 <= sum(kept.values()) < 40
        done = await collect(url, path, tmp_path / "out")
        assert one.poll() is None, "a worker waits for a lost queue"
    finally:
        end(one)
    assert done.left == 0
    assert lines(tmp_path / "out") == Counter(path.read_text().split())
    assert overlaps(tmp_path / "log") == []
    asked = len((tmp_path / "log").read_text().splitlines())
    assert asked <= 40 + 4, "at most what was in work is probed again"
