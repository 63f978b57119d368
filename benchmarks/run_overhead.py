"""What a run costs beside probing: a played probe over many suspects; rate, and memory as the list grows.

python -m benchmarks.run_overhead [--suspects 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from prober.app.run import Run, RunRequest
from prober.models.run import RunFinished
from tests.app.stub_run import StubEngine, verdict


async def _probe(work, browser, tell):
    await asyncio.sleep(0)
    return verdict(work)


async def _run(suspects: int, folder: Path) -> dict[str, float]:
    listing = folder / "list.txt"
    listing.write_text("".join(f"https://suspect{n % (suspects // 2)}.example/pay/{n}\n" for n in range(suspects)))
    run = Run(RunRequest("kz-fines", str(listing), folder / "out", jobs=8))
    start = time.perf_counter()
    run.prepare()
    loaded = time.perf_counter()
    done = 0
    async for event in run.events(StubEngine(), _probe):
        done = event.done if isinstance(event, RunFinished) else done
    run.close()
    end = time.perf_counter()
    lines = sum(1 for _ in (folder / "out/results.jsonl").open())
    assert done == lines == suspects, (done, lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"suspects": suspects, "load_per_second": suspects / (loaded - start), "per_second": suspects / (end - loaded), "overall_per_second": suspects / (end - start), "peak_megabytes": peak}  # fmt: skip


def main() -> None:
    """Each size in a process of its own, so that peaks can be compared."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suspects", type=int, default=100_000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(asyncio.run(_run(options.one, Path(folder)))))
        return
    for suspects in (200, 2_000, options.suspects):
        command = [sys.executable, "-m", "benchmarks.run_overhead", "--one", str(suspects)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print("  ".join(f"{name} {value:,.0f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
