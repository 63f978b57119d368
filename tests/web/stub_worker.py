"""A queue worker whose cases are drawn: `python -m tests.web.stub_worker URL FOLDER LOG`.

What holds 'slow' in its address is begun and never ends by itself.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from prober.app.run import result_of
from prober.app.worker import Worker
from prober.models.events import CaseFinished, CaseOpened, Notice
from prober.queueing.jobs import Timings
from tests.app.stub_run import StubEngine
from tests.factories_case import fraudulent


def main() -> None:
    _, url, folder, log = sys.argv
    output = Path(folder)

    async def probe(work, browser, tell):
        note(log, f"begun {work.url}")
        if "slow" in work.url:
            try:
                tell(CaseOpened(case_id="in-work", url=work.url, scenario="auto"))
                await asyncio.Event().wait()
            finally:
                note(log, f"ended {work.url}")
        case, place = fraudulent(output)
        tell(CaseOpened(case_id=case.id, url=work.url, scenario=case.scenario))
        tell(Notice(case_id=case.id, text="drawn"))
        tell(CaseFinished(case=case, case_dir=str(place.path)))
        return result_of(case, work, output)

    timings = Timings(heartbeat=0.5, graceful=1.0, stalled=20.0)
    worker = Worker(url, output, 4, StubEngine(), lambda options, place: probe, timings)
    asyncio.run(worker.work())


def note(log: str, text: str) -> None:
    with Path(log).open("a") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    main()
