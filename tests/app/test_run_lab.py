"""Runs over practice sites through the real browser: every row accounted for, no two cases on one host at a time."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager, nullcontext
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import RedirectResponse

from prober.app.after_run import Wanted, summarise, write_summary
from prober.app.check import CheckOptions
from prober.app.run import Run, RunRequest
from prober.browser.engine import open_engine
from prober.lab.server import Lab
from prober.models.run import RunFinished
from prober.reporting.run_summary import RunSummary
from prober.store.depot import Depot
from tests.app.rough_list import rough_list, tarpits
from tests.conftest import BROWSER
from tests.store.bucket import bucket

pytestmark = pytest.mark.browser


async def run_through(folder: Path, rows: list[str], *, jobs: int = 3, **options: Any) -> tuple[list[dict], RunSummary]:
    """The lines of results and the summary of a run over rows, by scenario kz-fines."""
    listing = folder / "list.txt"
    listing.write_text("\n".join(rows))
    chosen = CheckOptions(**{"output": folder / "out", "allow_private": True, "seed": 5} | options)
    run = Run(RunRequest("kz-fines", str(listing), folder / "out", chosen, jobs=jobs, recycle=20))
    run.prepare()
    async for _ in run.events(lambda: open_engine(executable=BROWSER)):
        pass
    summary = summarise(run)
    write_summary(run, summary, Wanted())
    run.close()
    return [json.loads(line) for line in (folder / "out/results.jsonl").read_text().splitlines()], summary


@pytest.mark.parametrize("size", [20, pytest.param(300, marks=pytest.mark.slow)])
async def test_a_rough_list_ends_without_attention_and_accounts_for_every_row(
    lab: Lab, tmp_path: Path, size: int
) -> None:
    async with tarpits() as port:
        rough = rough_list(lab, port, size)
        received = len(lab.log)
        results, summary = await run_through(tmp_path, rough.lines, jobs=4, timeout=10.0)
    assert Counter(line["url"] for line in results) == Counter(rough.suspects)
    assert (summary.duplicates, summary.unusable, summary.left) == (rough.duplicates, rough.rubbish, 0)
    assert sorted(line["line"] for line in results) == sorted(rough.lines.index(url) + 1 for url in rough.suspects)
    skipped = [json.loads(line) for line in (tmp_path / "out/skipped.jsonl").read_text().splitlines()]
    assert len(skipped) + len(results) == len(rough.lines) == size
    found = {line["url"]: line for line in results}
    assert {found[url]["verdict"] for url in (*rough.dead, *rough.tarpits)} == {"inconclusive"}
    assert {found[url]["obstacle"] for url in rough.dead} == {"unreachable"}
    kinds = Counter((re.split(r"--|\.", url[7:])[0], found[url]["verdict"]) for url in rough.living)
    assert all(word == "fraudulent" for (site, word) in kinds if site == "fine-by-plate"), kinds
    assert all(word == "no_fraud_found" for (site, word) in kinds if site == "nothing-found"), kinds
    assert all((Path(line["case_dir"]) / "case.json").exists() for line in results)
    assert {entry.host for entry in lab.log[received:]} >= {url[7:].partition(":")[0] for url in rough.living}
    assert "data:image/jpeg" in (tmp_path / "out/summary.html").read_text()


def turns_of(log: list, host: str) -> list[str]:
    """Whose requests a host got, in order: the case's mark in the address or the referrer, each stretch once."""
    marks = []
    for entry in log:
        if entry.host == host:
            referer = dict(entry.headers).get("referer", "")
            found = re.search(r"mark=(\w+)", f"{entry.query} {referer}")
            marks += [found[1]] if found else []
    return [mark for mark, _ in groupby(marks)]


MARKED = ("nothing-found", "fine-by-plate")


def marked(lab: Lab) -> list[str]:
    """Two suspects each at two hosts."""
    return [f"{lab.origin(name, 'turns')}/?mark={mark}" for mark in ("a", "b") for name in MARKED]


async def test_two_cases_at_one_host_never_overlap(lab: Lab, tmp_path: Path) -> None:
    received = len(lab.log)
    results, _ = await run_through(tmp_path, marked(lab), jobs=4)
    assert len(results) == 4
    for name in MARKED:
        assert sorted(turns_of(lab.log[received:], f"{name}--turns.localhost")) == ["a", "b"], name


@asynccontextmanager
async def shorteners(target: str):
    """A server whose every host sends on to the target, with its own name as the mark; gives its port."""
    import uvicorn

    async def app(scope, receive, send) -> None:
        host = dict(scope["headers"])[b"host"].decode().partition(".")[0]
        await RedirectResponse(f"{target}?mark={host}", 302)(scope, receive, send)

    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.wait({task}, timeout=0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


async def test_redirects_to_one_host_never_overlap_there(lab: Lab, tmp_path: Path) -> None:
    received = len(lab.log)
    async with shorteners(f"{lab.origin('nothing-found', 'landing')}/") as port:
        rows = [f"http://s{n}.localhost:{port}/x" for n in range(4)]
        results, _ = await run_through(tmp_path, rows, jobs=4)
    assert {line["verdict"] for line in results} == {"no_fraud_found"}
    assert len(results) == 4
    turns = turns_of(lab.log[received:], "nothing-found--landing.localhost")
    assert sorted(turns) == ["s0", "s1", "s2", "s3"], turns
    assert len(list((tmp_path / "out").glob("*/case.json"))) == len(list((tmp_path / "out").glob("2*"))) == 4


def start_worker(queue: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "prober", "worker", "--queue", queue, "--jobs", "2", "--output", str(folder)]
    return subprocess.Popen(command, env=os.environ | {"PROBER_HOME": str(folder)})


def end(workers: list[subprocess.Popen[bytes]]) -> None:
    """As an administrator ends them."""
    for one in workers:
        one.terminate()
    for one in workers:
        try:
            assert one.wait(60) == 0
        finally:
            one.kill()


def listed(index: str) -> list[dict]:
    command = [sys.executable, "-m", "prober", "cases", "--index", index, "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


async def test_over_two_workers_no_two_cases_at_one_host_overlap(lab: Lab, tmp_path: Path, database: str) -> None:
    pytest.importorskip("procrastinate")
    workers = [start_worker(database, tmp_path / f"cases{n}") for n in range(2)]
    listing = tmp_path / "list.txt"
    listing.write_text("\n".join(marked(lab)))
    received = len(lab.log)
    options = CheckOptions(allow_private=True, seed=5)
    run = Run(RunRequest("kz-fines", str(listing), tmp_path / "out", options, queue=database))
    run.prepare()
    try:
        async with asyncio.timeout(180):
            events = [event async for event in run.events(lambda: open_engine(executable=BROWSER))]
    finally:
        run.close()
        await asyncio.to_thread(end, workers)
    assert isinstance(events[-1], RunFinished)
    assert events[-1].counts == {"no_fraud_found": 2, "fraudulent": 2}
    for name in MARKED:
        assert sorted(turns_of(lab.log[received:], f"{name}--turns.localhost")) == ["a", "b"], name
    rows = await asyncio.to_thread(listed, database)
    assert Counter(row["verdict"] for row in rows) == Counter(events[-1].counts)
    assert all((Path(row["case_dir"]) / "case.json").exists() for row in rows), "the index names the workers' folders"


async def test_evidence_in_a_bucket(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bucket(monkeypatch) as url:
        results, _ = await run_through(tmp_path, [lab.url("fine-by-plate")], evidence=f"{url}/run")
        (line,) = results
        assert line["case_dir"] == f"{url}/run/{line['case_id']}"
        assert not (tmp_path / "out" / line["case_id"]).exists()
        assert list(Depot(f"{url}/run").cases()) == [line["case_id"]]
    assert "data:image/jpeg" in (tmp_path / "out/summary.html").read_text()
