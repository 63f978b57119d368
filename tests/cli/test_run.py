"""`prober run` as a program: exit statuses, one JSON object, Ctrl-C and what to type then."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from prober.cli.run import _fail_on
from prober.errors import UsageError

PLAYED = """
import sys
import prober.app.run as app
import prober.cli.run as cli
from tests.app.stub_run import StubEngine, verdict
import asyncio

async def play(self, work, browser, tell):
    await asyncio.sleep(0.05)
    return verdict(work, "fraudulent" if "bad" in work.url else "no_fraud_found")

app.Checking.__call__ = play
cli.open_engine = lambda **options: StubEngine()()
from prober.cli.main import main
main()
"""


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PLAYED, "run", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*arguments: str) -> tuple[int, str, str]:
    process = start(*arguments)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "list.txt"
    path.write_text("https://good.example/\nhttps://bad.example/\nrubbish here\n")
    return path


def test_statuses_and_the_one_object(listing: Path, tmp_path: Path) -> None:
    status, out, err = run("kz-fines", str(listing), "--output", str(tmp_path / "out"), "--json")
    told = json.loads(out)
    assert (status, told["schema"], told["done"], told["unusable"]) == (1, "prober/run/1", 2, 1)
    assert told["verdicts"]["fraudulent"] == 1
    assert "no fraud found" in err
    for name in ("results.jsonl", "summary.html", "summary.csv", "skipped.jsonl"):
        assert (tmp_path / "out" / name).stat().st_size
    status, out, _ = run(
        "kz-fines", str(listing), "--output", str(tmp_path / "out"), "--resume", "--fail-on", "suspicious"
    )
    assert status == 0
    assert "1 of 2 suspects" in out


def test_wrong_use_is_one_error_object(tmp_path: Path) -> None:
    status, out, err = run("no-such", str(tmp_path / "none.txt"), "--output", str(tmp_path / "out"), "--json")
    assert status == 2
    assert json.loads(out)["schema"] == "prober/error/1"
    assert "no scenario or suite" in err
    status, out, _ = run("kz-fines", str(tmp_path / "none.txt"), "--output", str(tmp_path / "out"), "--json")
    assert (status, json.loads(out)["error"]) == (2, "usage")


def test_a_wrong_first_try_does_not_spoil_the_folder(listing: Path, tmp_path: Path) -> None:
    assert run("kz-fines", "none.txt", "--output", str(tmp_path / "out"))[0] == 2
    assert run("kz-fines", str(listing), "--output", str(tmp_path / "out"))[0] == 1


def test_interrupted_it_says_how_to_go_on(tmp_path: Path) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text("".join(f"https://a{n}.example/\n" for n in range(400)))
    process = start("kz-fines", str(listing), "--output", str(tmp_path / "out"), "--jobs", "2", "--json")
    assert process.stderr is not None
    for line in process.stderr:
        if "no fraud found" in line:
            break
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    told = json.loads(out)
    assert process.returncode == 130
    assert told["interrupted"]
    assert 0 < told["done"] < 400
    assert "--resume" in err
    assert (tmp_path / "out/results.jsonl").read_text().count("\n") == told["done"]
    assert (tmp_path / "out/summary.html").exists()


def test_fail_on_words() -> None:
    assert _fail_on("suspicious, fraudulent") == {"suspicious", "fraudulent"}
    assert _fail_on("never") == set()
    with pytest.raises(UsageError):
        _fail_on("bad")
