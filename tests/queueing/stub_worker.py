"""A worker whose probing is played: `python -m tests.queueing.stub_worker URL LOG JOBS SECONDS STALLED`."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from pathlib import Path

from prober.app.worker import Worker
from prober.queueing.jobs import Timings
from tests.app.stub_run import StubEngine, verdict


def main() -> None:
    _, url, log, jobs, seconds, stalled = sys.argv

    async def probe(work, browser, tell):
        begun = time.time()
        await asyncio.sleep(float(seconds) * (0.5 + random.random()))
        with Path(log).open("a") as file:  # noqa: ASYNC230
            file.write(f"{work.place} {begun} {time.time()} {os.getpid()} {work.url}\n")
        return verdict(work)

    timings = Timings(heartbeat=0.5, graceful=1.0, stalled=float(stalled))
    worker = Worker(url, Path(log).parent, int(jobs), StubEngine(), lambda options, folder: probe, timings)
    asyncio.run(worker.work())


if __name__ == "__main__":
    main()
