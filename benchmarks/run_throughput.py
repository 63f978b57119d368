"""Verdicts a minute of `prober run` at several numbers of jobs, against one case after another in the same process
and against `prober check` as a program for each suspect; all on practice sites on this machine.

    python -m benchmarks.run_throughput [--sites 24] [--jobs 2,4,6] [--programs 12]
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from prober.app.check import CheckOptions
from prober.app.run import Run, RunRequest
from prober.app.warm import settle
from prober.browser.engine import open_engine
from prober.lab.server import LabThread
from prober.models.run import RunFinished

SITES = (
    "fine-by-plate", "iin-strict", "english-fines", "deep-menu", "shadow-form", "nothing-found", "zero-fines",
    "login-wall", "captcha-wall", "spinner-list", "tabs-police", "pay-frame",
)  # fmt: skip


async def _run(suspects: int, folder: Path, jobs: int) -> float:
    options = CheckOptions(output=folder / "out", allow_private=True, seed=5)
    run = Run(RunRequest("kz-fines", str(folder / "list.txt"), folder / "out", options, jobs=jobs))
    run.prepare()
    settle()  # as the command does
    end = None
    async for event in run.events(lambda: open_engine()):
        end = event if isinstance(event, RunFinished) else end
    run.close()
    assert end is not None
    assert end.done == suspects
    return end.seconds


def main() -> None:
    """Prints verdicts a minute and the ratio to single programs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=24)
    parser.add_argument("--jobs", default="1,2,4,6")
    parser.add_argument(
        "--programs",
        type=int,
        default=12,
        help="suspects checked by a program each; 12 is one of each site, as in the runs",
    )
    options = parser.parse_args()
    with LabThread() as lab, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = [lab.url(SITES[n % len(SITES)]) for n in range(options.sites)]
        rows = [url.replace(".localhost", f"--{n}.localhost") for n, url in enumerate(plain)]
        start = time.perf_counter()
        for url in rows[: options.programs]:
            command = [sys.executable, "-m", "prober", "check", url, "--allow-private", "--json", "-s", "kz-fines"]
            subprocess.run([*command, "-o", str(folder / "single"), "--seed", "5"], capture_output=True, check=False)
        single = 60 * options.programs / (time.perf_counter() - start)
        print(f"prober check, one after another: {single:.1f} verdicts a minute")
        for jobs in map(int, options.jobs.split(",")):
            (folder / f"jobs{jobs}").mkdir()
            (folder / f"jobs{jobs}" / "list.txt").write_text("\n".join(rows))
            seconds = asyncio.run(_run(len(rows), folder / f"jobs{jobs}", jobs))
            rate = 60 * len(rows) / seconds
            print(f"prober run --jobs {jobs}: {rate:.1f} verdicts a minute, {rate / single:.2f} times")


if __name__ == "__main__":
    main()
