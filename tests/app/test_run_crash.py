"""What a killed browser and a killed prober leave of a real run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prober.app.check import CheckOptions
from prober.app.run import Run, RunRequest
from prober.browser.engine import open_engine
from prober.browser.launch import kill_browser
from prober.lab.server import Lab
from prober.models.run import SuspectRetried, SuspectStep
from tests.app.stub_run import StubProbe, play, request
from tests.conftest import BROWSER
from tests.factories_case import fraudulent


@pytest.mark.browser
async def test_a_killed_browser_costs_its_cases_one_retry(lab: Lab, tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text("\n".join(lab.url(name) for name in ("nothing-found", "fine-by-plate", "zero-fines", "parked")))
    opened = []

    def opener():
        opened.append(open_engine(executable=BROWSER))
        return _Noted(opened[-1])

    options = CheckOptions(output=tmp_path / "out", allow_private=True, seed=5)
    run = Run(RunRequest("kz-fines", str(listing), tmp_path / "out", options, jobs=2))
    run.backoff = 0.1
    run.prepare()
    killed, retried = False, 0
    async for event in run.events(opener):
        retried += isinstance(event, SuspectRetried)
        if isinstance(event, SuspectStep) and not killed:
            kill_browser(_Noted.last.driver)
            killed = True
    run.close()
    found = [json.loads(line) for line in (tmp_path / "out/results.jsonl").read_text().splitlines()]
    verdicts = {line["url"].split("//")[1].split(".")[0]: line["verdict"] for line in found}
    assert verdicts["fine-by-plate"] == "fraudulent"
    assert verdicts["nothing-found"] == "no_fraud_found"
    assert len(verdicts) == 4
    assert 1 <= retried <= 2


class _Noted:
    """Remembers the first engine that is opened."""

    last = None

    def __init__(self, opening) -> None:
        self.opening = opening

    async def __aenter__(self):
        engine = await self.opening.__aenter__()
        _Noted.last = _Noted.last or engine
        return engine

    async def __aexit__(self, *error):
        return await self.opening.__aexit__(*error)


async def test_a_case_that_was_whole_when_prober_was_killed_is_taken_over(tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text("https://elik-shtraf.example/pay/\nhttps://other.example/\n")
    run = Run(request(listing, tmp_path / "out"))
    run.prepare()
    claimed = run.state.claim(0.0)
    case, _ = fraudulent(tmp_path / "out")
    run.state.opened(claimed.id, case.id)  # and here the process dies
    run.close()
    probe = StubProbe()
    events = await play(request(listing, tmp_path / "out", resume=True), probe)
    assert [url for url, *_ in probe.log] == ["https://other.example/"]
    found = [json.loads(line) for line in (tmp_path / "out/results.jsonl").read_text().splitlines()]
    assert (found[0]["case_id"], found[0]["verdict"]) == (case.id, "fraudulent")
    assert events[-1].done == 2
