"""What the measurements share: the machine they ran on, whole processes timed, and tables."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


class Missing(Exception):
    """Something that the measurement needs is not here; the sentence says what and how to get it."""


@dataclass(frozen=True)
class Ran:
    """A finished process: real seconds from start to end, exit status (-1: killed at the limit), output."""

    seconds: float
    status: int
    out: str
    err: str


def run(command: Sequence[str], limit: float = 180.0) -> Ran:
    """Run a whole process from the checkout and time it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=limit, cwd=ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return Ran(time.perf_counter() - began, -1, "", f"no end within {limit:.0f} s")
    return Ran(time.perf_counter() - began, done.returncode, done.stdout, done.stderr)


def prober_check(url: str, output: Path, *more: str) -> list[str]:
    """The command line of a whole verdict, as a user types it."""
    options = ["--json", "--allow-private", "--output", str(output)]
    return [sys.executable, "-m", "prober", "check", url, *options, *more]


def verdict_in(ran: Ran) -> str:
    """The verdict word in the output of `prober check --json`, 'failed' where there is none."""
    try:
        return str(json.loads(ran.out)["verdict"])
    except (ValueError, KeyError, TypeError):
        return "failed"


def the_browser() -> str:
    """Path of the browser that prober would take; Missing where there is none."""
    try:
        from prober.browser.find import find_browser
    except ImportError as error:
        raise Missing(f"prober's own dependencies are not installed ({error.name}); run ./setup.sh first") from error
    choice = find_browser()
    if choice is None:
        raise Missing("no browser was found; run 'prober install-browser' first")
    return choice.path


def machine() -> dict[str, Any]:
    """Where and when, with the load average: a ratio measured on a busy machine says less."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else (-1.0, -1.0, -1.0)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load_1_min": round(load[0], 2),
    }


def middle(values: Sequence[float]) -> float:
    """The median; NaN of nothing."""
    return statistics.median(values) if values else float("nan")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A plain table: the first column to the left, numbers to the right with two digits."""
    cells = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in cells
    ]
    return "\n".join((lines[0], "  ".join("-" * width for width in widths), *lines[1:]))


def arguments(about: str, *, rounds: int) -> argparse.ArgumentParser:
    """The options that every measurement has."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("sites", nargs="*", help="names of practice sites (default: all that apply)")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"repetitions (default {rounds})")
    parser.add_argument("--json", dest="json_file", type=Path, help="write the figures to this file as well")
    return parser


def finish(result: dict[str, Any], json_file: Path | None) -> None:
    """Write the figures where the user wants them."""
    if json_file is not None:
        json_file.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
