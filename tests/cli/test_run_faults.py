"""`prober run` where the machine fails it: one sentence, nothing finished lost, and resuming works."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.test_run import PLAYED

COUNT = 300


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    path = tmp_path / "list.txt"
    path.write_text("".join(f"https://a{n}.example/{'x' * 200}\n" for n in range(COUNT)))
    return path


def run(*arguments: object, before: tuple[str, ...] = (), **more) -> tuple[int, str]:
    """Status and standard error."""
    command = [*before, sys.executable, "-c", PLAYED.replace("0.05", "0.001"), "run", "kz-fines", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **more)
    return done.returncode, done.stderr


def told(err: str) -> str:
    """What it says of its failure: one sentence, no traceback."""
    assert "Traceback" not in err
    said = [line for line in err.splitlines() if line.startswith("prober: ")]
    assert len(said) == 1, err
    return said[0]


def resumed(listing: Path, folder: Path) -> list[str]:
    """The addresses of the results after `--resume` has ended well."""
    status, err = run(listing, "--output", folder, "--resume", "--jobs", "4")
    assert status == 0, err
    lines = (folder / "results.jsonl").read_text().splitlines()
    return [json.loads(line)["url"] for line in lines]


@pytest.mark.parametrize("kilobytes", [60, 120, 240])
def test_no_room_left(listing: Path, tmp_path: Path, kilobytes: int) -> None:
    """A limit on the size of files stands for a full disk; where it strikes (state, results, summary) differs."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    folder = tmp_path / "out"
    status, err = run(listing, "--output", folder, "--jobs", "4", preexec_fn=limit)
    assert status == 2
    assert "--resume" in told(err) or "--output" in told(err)
    results = folder / "results.jsonl"
    before = [json.loads(line)["url"] for line in results.read_text().splitlines()] if results.exists() else []
    after = resumed(listing, folder)
    assert after[: len(before)] == before
    assert Counter(after) == Counter(listing.read_text().split())


def test_a_folder_that_cannot_be(listing: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    status, err = run(listing, "--output", tmp_path / "file/out")
    assert status == 2
    assert "--output" in told(err)


def test_a_folder_that_may_only_be_read(listing: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir(mode=0o555)
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:  # root may write anywhere but to what is mounted for reading
        mount = f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}"
        before = ("unshare", "--mount", "sh", "-c", f'{mount} && exec "$@"', "sh")
        if subprocess.run([*before, "true"], capture_output=True, check=False).returncode:
            pytest.skip("root without mounts of its own cannot have a folder that may only be read")
    status, err = run(listing, "--output", folder, before=before)
    assert status == 2
    assert "--output" in told(err) or "permissions" in told(err)


def test_a_state_that_is_damaged_says_how_to_go_on(listing: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert run(listing, "--output", folder, "--jobs", "4")[0] == 0
    before = (folder / "results.jsonl").read_bytes()
    (folder / "run.sqlite").write_bytes(b"\0garbage" * 4000)
    status, err = run(listing, "--output", folder, "--resume")
    assert status == 2
    assert "Delete it and continue with --resume" in told(err)
    (folder / "run.sqlite").unlink()
    resumed(listing, folder)
    assert (folder / "results.jsonl").read_bytes() == before
