"""A run over practice sites through the real browser: every row accounted for, no two cases on one host at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prober.app.after_run import Wanted, summarise, write_summary
from prober.app.check import CheckOptions
from prober.app.run import Run, RunRequest
from prober.browser.engine import open_engine
from prober.lab.server import Lab
from tests.conftest import BROWSER

pytestmark = pytest.mark.browser

SITES = (
    "fine-by-plate", "iin-strict", "english-fines", "deep-menu", "shadow-form", "nothing-found", "zero-fines",
    "login-wall", "captcha-wall", "blocked", "parked", "maintenance",
)  # fmt: skip


async def test_a_list_with_everything_in_it(lab: Lab, tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    twice = lab.url("fine-by-plate").replace("//fine-by-plate", "//fine-by-plate--2") + "?second=1"
    rows = [lab.url(name) for name in SITES] + [twice, lab.url("parked"), "no address", "http://gone.invalid/"]
    listing.write_text("\n".join(rows))
    received = len(lab.log)
    options = CheckOptions(output=tmp_path / "out", allow_private=True, seed=5)
    run = Run(RunRequest("central-asia", str(listing), tmp_path / "out", options, jobs=3, recycle=6))
    run.prepare()
    async for _ in run.events(lambda: open_engine(executable=BROWSER)):
        pass
    summary = summarise(run)
    write_summary(run, summary, Wanted())
    run.close()
    results = [json.loads(line) for line in (tmp_path / "out/results.jsonl").read_text().splitlines()]
    assert len(results) == len({result["url"] for result in results}) == 14
    assert (summary.duplicates, summary.unusable, summary.left) == (1, 1, 0)
    found = {result["url"].split("//")[1].split(".")[0]: result["verdict"] for result in results}
    assert found["fine-by-plate"] == "fraudulent"
    assert found["nothing-found"] == "no_fraud_found"
    assert found["gone"] == "inconclusive"
    assert {Path(result["case_dir"]).name for result in results} == {result["case_id"] for result in results}
    assert all((Path(result["case_dir"]) / "case.json").exists() for result in results)
    assert "data:image/jpeg" in (tmp_path / "out/summary.html").read_text()
    assert {entry.site for entry in lab.log[received:]} >= set(SITES)
