"""What a run costs beside probing: a played probe over many suspects; rate, and memory as the list grows.

python -m benchmarks.run_overhead [--suspects 100000] [--browser 12,48]

--browser: also with a real browser over practice sites, for so many suspects; the peak is that of prober's own process.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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
    loaded, before = time.perf_counter(), time.process_time()
    done = 0
    async for event in run.events(StubEngine(), _probe):
        done = event.done if isinstance(event, RunFinished) else done
    run.close()
    end, computed = time.perf_counter(), time.process_time() - before
    lines = sum(1 for _ in (folder / "out/results.jsonl").open())
    assert done == lines == suspects, (done, lines)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"suspects": suspects, "load_per_second": suspects / (loaded - start), "per_second": suspects / (end - loaded), "overall_per_second": suspects / (end - start), "per_second_of_computing": suspects / computed, "peak_megabytes": peak}  # fmt: skip


async def _browse(suspects: int, folder: Path) -> dict[str, float]:
    """A run over practice sites that are served by a process of their own."""
    from benchmarks.run_throughput import SITES
    from prober.app.check import CheckOptions
    from prober.browser.engine import open_engine
    from prober.lab.catalogue import all_sites

    entries = {site.name: site.entry for site in all_sites()}
    with _lab() as port:
        rows = [
            f"http://{SITES[n % len(SITES)]}--{n}.localhost:{port}{entries[SITES[n % len(SITES)]]}"
            for n in range(suspects)
        ]
        (folder / "list.txt").write_text("\n".join(rows))
        options = CheckOptions(allow_private=True, seed=5)
        run = Run(RunRequest("kz-fines", str(folder / "list.txt"), folder / "out", options, jobs=3))
        run.prepare()
        async for event in run.events(lambda: open_engine()):
            if isinstance(event, RunFinished):
                assert event.done == suspects
                seconds = event.seconds
        run.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"suspects": suspects, "per_minute": 60 * suspects / seconds, "peak_megabytes": peak}


@contextlib.contextmanager
def _lab() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "prober", "lab", "--port", str(port)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()  # said once it listens
        yield port
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Each size in a process of its own, so that peaks can be compared."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suspects", type=int, default=100_000)
    parser.add_argument("--browser", default="", help="sizes of lists that a real browser works through")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one-browser", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one or options.one_browser:
        measure = _run if options.one else _browse
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(asyncio.run(measure(options.one or options.one_browser, Path(folder)))))
        return
    browsed = [("--one-browser", int(size)) for size in options.browser.split(",") if size]
    for kind, suspects in browsed or [("--one", size) for size in (200, 2_000, options.suspects)]:
        command = [sys.executable, "-m", "benchmarks.run_overhead", kind, str(suspects)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print("  ".join(f"{name} {value:,.0f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
