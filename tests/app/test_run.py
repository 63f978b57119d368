"""A run with played probes: places, retries, parking, whole lines, and what a kill leaves."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from prober.app.run import Run
from prober.errors import BrowserError, StoreError, UsageError
from prober.models.run import Result, RunFinished, RunStarted, SuspectRetried
from tests.app.stub_run import StubEngine, StubProbe, play, request, verdict


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    return write(tmp_path / "list.txt", [f"https://a{n}.example/" for n in range(12)])


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


def lines_in(path: Path) -> list[str]:
    return path.read_text().split()


def results(folder: Path) -> list[dict]:
    text = (folder / "results.jsonl").read_text()
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


async def test_every_suspect_ends_with_one_line(listing: Path, tmp_path: Path) -> None:
    events = await play(request(listing, tmp_path / "out"), StubProbe())
    assert sorted(line["url"] for line in results(tmp_path / "out")) == sorted(lines_in(listing))
    assert isinstance(events[0], RunStarted)
    end = events[-1]
    assert isinstance(end, RunFinished)
    assert (end.done, end.left, end.interrupted, end.counts) == (12, 0, False, {"no_fraud_found": 12})


async def test_duplicates_and_unusable_rows_are_accounted_for(tmp_path: Path) -> None:
    lines = [
        "https://a.example/",
        "http://www.a.example",
        "not an address",
        "https://b.example/",
        "hxxps://b[.]example/#top",
    ]
    events = await play(request(write(tmp_path / "l.txt", lines), tmp_path / "out"), StubProbe())
    assert [line["url"] for line in results(tmp_path / "out")] == ["https://a.example/", "https://b.example/"]
    started = events[0]
    assert isinstance(started, RunStarted)
    assert (started.total, started.duplicates, started.unusable) == (2, 2, 1)


async def test_two_cases_of_one_place_never_overlap(tmp_path: Path) -> None:
    lines = [f"https://x{n}.shop{n % 3}.example/{n}" for n in range(30)]
    probe = StubProbe(0.005)
    await play(request(write(tmp_path / "l.txt", lines), tmp_path / "out", jobs=8), probe)
    spans = defaultdict(list)
    for _, place, begun, ended in probe.log:
        spans[place].append((begun, ended))
    assert len(probe.log) == 30
    for of_place in spans.values():
        of_place.sort()
        assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(of_place))
    everything = sorted((begun, ended) for of_place in spans.values() for begun, ended in of_place)
    assert any(later[0] < earlier[1] for earlier, later in itertools.pairwise(everything))


async def test_localhost_names_are_places_of_their_own(tmp_path: Path) -> None:
    lines = [f"http://s{n}.localhost:8000/" for n in range(4)]
    probe = StubProbe(0.02)
    await play(request(write(tmp_path / "l.txt", lines), tmp_path / "out"), probe)
    assert len({place for _, place, _, _ in probe.log}) == 4


async def test_pace(listing: Path, tmp_path: Path) -> None:
    probe = StubProbe()
    await play(request(listing, tmp_path / "out", pace=0.02), probe)
    begun = sorted(start for _, _, start, _ in probe.log)
    assert all(later - earlier > 0.015 for earlier, later in itertools.pairwise(begun))


async def test_pace_of_a_host(tmp_path: Path) -> None:
    lines = [f"https://a.example/{n}" for n in range(4)]
    probe = StubProbe()
    await play(request(write(tmp_path / "l.txt", lines), tmp_path / "out", host_pace=0.05), probe)
    spans = [(begun, ended) for _, _, begun, ended in probe.log]
    assert all(later[0] - earlier[1] > 0.04 for earlier, later in itertools.pairwise(spans))


async def test_a_fault_is_tried_again_and_then_named(listing: Path, tmp_path: Path, monkeypatch) -> None:
    tries = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        if "a3." in work.url or ("a4." in work.url and tries[work.url] < 2):
            raise RuntimeError("broken")
        return verdict(work)

    run = fast(request(listing, tmp_path / "out"))
    events = await finish(run, probe)
    lines = {line["url"]: line for line in results(tmp_path / "out")}
    assert len(lines) == 12
    assert lines["https://a3.example/"]["obstacle"] == "prober_failed"
    assert lines["https://a4.example/"]["verdict"] == "no_fraud_found"
    assert (tries["https://a3.example/"], tries["https://a4.example/"]) == (3, 2)
    assert sum(isinstance(event, SuspectRetried) for event in events) == 3
    assert events[-1].counts == {"no_fraud_found": 11, "failed": 1}


def fast(wanted) -> Run:
    run = Run(wanted)
    run.backoff = 0.01
    return run


async def finish(run: Run, probe, engine=None) -> list:
    try:
        run.prepare()
        return [event async for event in run.events(engine or StubEngine(), probe)]
    finally:
        run.close()


async def test_a_dead_browser_costs_its_cases_one_retry(listing: Path, tmp_path: Path) -> None:
    tries = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        await asyncio.sleep(0.01)
        if "a5." in work.url and tries[work.url] == 1:
            browser.alive = False
        if not browser.alive:
            raise RuntimeError("target closed")
        return verdict(work)

    engine = StubEngine()
    await finish(fast(request(listing, tmp_path / "out")), probe, engine)
    assert {line["verdict"] for line in results(tmp_path / "out")} == {"no_fraud_found"}
    assert len(results(tmp_path / "out")) == 12
    assert max(tries.values()) == 2
    assert 2 <= sum(count == 2 for count in tries.values()) <= 4
    assert engine.closed == len(engine.opened)


async def test_what_kills_the_browser_is_parked_and_named_and_costs_nobody_else(listing: Path, tmp_path: Path) -> None:
    tries = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        await asyncio.sleep(0.005)
        if "a0." in work.url:
            browser.alive = False
        return verdict(work, "no_fraud_found" if browser.alive else "inconclusive")

    await finish(fast(request(listing, tmp_path / "out")), probe)
    lines = {line["url"]: line for line in results(tmp_path / "out")}
    assert lines["https://a0.example/"]["obstacle"] == "browser_crash"
    assert "3 times" in lines["https://a0.example/"]["reason"]
    assert tries["https://a0.example/"] == 3
    assert [line["verdict"] for url, line in lines.items() if "a0" not in url] == ["no_fraud_found"] * 11
    assert max(count for url, count in tries.items() if "a0" not in url) == 2


@pytest.mark.parametrize(
    ("left", "tried", "kept"),
    [("fraudulent", 1, "fraudulent"), ("suspicious", 3, "suspicious"), ("no_fraud_found", 3, "inconclusive")],
)
async def test_a_part_of_a_case_stands_only_where_more_probes_cannot_undo_it(
    tmp_path: Path, left: str, tried: int, kept: str
) -> None:
    tries = 0

    async def probe(work, browser, tell) -> Result:
        nonlocal tries
        tries += 1
        browser.alive = False
        return verdict(work, left)

    await finish(fast(request(write(tmp_path / "l.txt", ["https://a1.example/"]), tmp_path / "out")), probe)
    assert tries == tried
    assert [line["verdict"] for line in results(tmp_path / "out")] == [kept]


async def test_a_hanging_case_is_ended(tmp_path: Path) -> None:
    async def probe(work, browser, tell) -> Result:
        if "a1." in work.url:
            await asyncio.Event().wait()
        return verdict(work)

    run = fast(request(write(tmp_path / "l.txt", ["https://a1.example/", "https://a2.example/"]), tmp_path / "out"))
    run.case_limit = 0.05
    await finish(run, probe)
    assert {line["url"]: line["obstacle"] for line in results(tmp_path / "out")} == {
        "https://a1.example/": "browser_crash",
        "https://a2.example/": None,
    }


async def test_the_browser_is_recycled(listing: Path, tmp_path: Path) -> None:
    engine = StubEngine()
    await play(request(listing, tmp_path / "out", recycle=3), StubProbe(0.002), engine)
    assert len(engine.opened) == 4
    assert engine.closed == len(engine.opened)


async def test_no_browser_is_told_at_once(listing: Path, tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match="none here"):
        await play(request(listing, tmp_path / "out"), StubProbe(), StubEngine(refuse=BrowserError("none here")))
    events = await play(request(listing, tmp_path / "out", resume=True), StubProbe())
    assert events[-1].done == 12


async def test_refused_suspects_are_no_verdicts(listing: Path, tmp_path: Path) -> None:
    async def probe(work, browser, tell) -> Result:
        if "a7." in work.url:
            raise UsageError("official")
        return verdict(work)

    events = await play(request(listing, tmp_path / "out"), probe)
    assert len(results(tmp_path / "out")) == 11
    assert events[-1].counts["refused"] == 1


async def test_a_folder_with_a_run_is_not_overwritten(listing: Path, tmp_path: Path) -> None:
    await play(request(listing, tmp_path / "out"), StubProbe())
    with pytest.raises(UsageError, match="--resume"):
        await play(request(listing, tmp_path / "out"), StubProbe())
    with pytest.raises(UsageError, match="kz-fines"):
        await play(request(listing, tmp_path / "out", resume=True, target="us-toll"), StubProbe())
    events = await play(request(listing, tmp_path / "out", resume=True), StubProbe())
    assert events[-1].done == 12
    assert len(results(tmp_path / "out")) == 12


async def test_two_runs_in_one_folder_are_told_apart(listing: Path, tmp_path: Path) -> None:
    run = Run(request(listing, tmp_path / "out"))
    run.prepare()
    try:
        with pytest.raises(StoreError, match="in use"):
            Run(request(listing, tmp_path / "out", resume=True)).prepare()
    finally:
        run.close()


async def test_stopping_keeps_what_is_done_and_resumes(listing: Path, tmp_path: Path) -> None:
    run = Run(request(listing, tmp_path / "out", jobs=2))
    probe = StubProbe(0.01)
    run.prepare()
    events = []
    async for event in run.events(StubEngine(), probe):
        events.append(event)
        if len(results(tmp_path / "out")) >= 4:
            run.stop()
    run.close()
    event = events[-1]
    assert isinstance(event, RunFinished)
    assert event.interrupted
    assert 4 <= len(results(tmp_path / "out")) < 12
    await play(request(listing, tmp_path / "out", resume=True), StubProbe())
    assert sorted(line["url"] for line in results(tmp_path / "out")) == sorted(lines_in(listing))


async def test_a_lost_state_is_rebuilt_from_the_results(listing: Path, tmp_path: Path) -> None:
    await play(request(listing, tmp_path / "out"), StubProbe())
    before = results(tmp_path / "out")
    for file in (tmp_path / "out").glob("run.sqlite*"):
        file.unlink()
    probe = StubProbe()
    await play(request(listing, tmp_path / "out", resume=True), probe)
    assert probe.log == []
    assert results(tmp_path / "out") == before


async def test_lost_results_are_made_again(listing: Path, tmp_path: Path) -> None:
    await play(request(listing, tmp_path / "out"), StubProbe())
    lines = (tmp_path / "out/results.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "out/results.jsonl").write_bytes(b"".join(lines[:5]) + lines[5][:20])
    probe = StubProbe()
    await play(request(listing, tmp_path / "out", resume=True), probe)
    assert len(probe.log) == 7
    assert Counter(line["url"] for line in results(tmp_path / "out")) == Counter(lines_in(listing))


async def test_a_damaged_state_is_told(listing: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/run.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="damaged"):
        await play(request(listing, tmp_path / "out", resume=True), StubProbe())


async def test_the_disk_is_full(listing: Path, tmp_path: Path, monkeypatch) -> None:
    import os

    write_really, written = os.write, []

    def full(file: int, data: bytes) -> int:
        if len(written) >= 3 and b"played" in data:
            return write_really(file, data[:10])
        written.append(data)
        return write_really(file, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="--resume"):
        await play(request(listing, tmp_path / "out", jobs=1), StubProbe())
    monkeypatch.undo()
    kept = len(results(tmp_path / "out"))
    assert kept >= 1
    await play(request(listing, tmp_path / "out", resume=True), StubProbe())
    assert Counter(line["url"] for line in results(tmp_path / "out")) == Counter(lines_in(listing))


@pytest.mark.slow
def test_killed_twenty_times_the_run_ends_as_if_undisturbed(tmp_path: Path) -> None:
    listing = write(tmp_path / "l.txt", [f"https://b{n % 150}.example/{n}" for n in range(600)])
    command = [sys.executable, "-m", "tests.app.stub_run", str(listing), str(tmp_path / "out"), "8", "0.03"]
    dice, kills, jobs = random.Random(4), 0, 8
    while kills < 20:
        process = subprocess.Popen(command)
        deadline = time.monotonic() + 0.7 + dice.random() * 0.6
        while process.poll() is None and time.monotonic() < deadline:
            try:
                process.wait(0.01)
            except subprocess.TimeoutExpired:
                continue
        if process.poll() is not None:
            break
        process.kill()
        process.wait()
        kills += 1
    subprocess.run(command, check=True)
    found = Counter(line["url"] for line in results(tmp_path / "out"))
    assert found == Counter(lines_in(listing))
    assert kills >= 15, f"only {kills} kills"
    begun = (tmp_path / "out.begun").read_text().splitlines()
    assert len(begun) <= 600 + kills * jobs, "a kill repeats at most the cases in work"


async def test_a_shut_gate_holds_back_its_place_only(tmp_path: Path) -> None:
    class Gate:
        keys: dict[str, object] = {}
        taken = {"a.example"}
        freed: list[str] = []

        def room(self) -> bool:
            return len(self.taken) < 3

        def take(self, place: str) -> bool:
            if place in self.taken:
                return False
            self.taken.add(place)
            return True

        def free(self, place: str) -> None:
            self.taken.discard(place)
            self.freed.append(place)
            if self.freed == ["b.example", "c.example"] or self.freed == ["c.example", "b.example"]:
                self.taken.discard("a.example")

    listing = write(tmp_path / "l.txt", [f"https://{name}.example/" for name in "abc"])
    probe, gate = StubProbe(), Gate()
    run = Run(request(listing, tmp_path / "out"))
    run.prepare()
    try:
        async for _ in run.events(StubEngine(), probe, gate):
            pass
    finally:
        run.close()
    assert [url for url, *_ in probe.log][-1] == "https://a.example/"
    assert sorted(gate.freed) == ["a.example", "b.example", "c.example"] and not gate.taken
