"""`prober worker`: probes what a queue hands out, until it is told to end."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from prober.cli.faults import told
from prober.errors import UsageError


@dataclass(frozen=True)
class WorkerArguments:
    """The arguments as given."""

    queue: str
    output: Path
    jobs: int = 0
    recycle: int = 150
    browser: str = ""
    no_sandbox: bool = False
    evidence: str = ""


def run_worker(arguments: WorkerArguments) -> int:
    """0 when it was told to end; 2 when the queue or the browser cannot be used."""
    with told(as_json=False):
        check_queue(arguments.queue)
        from prober.app.machine import best_jobs
        from prober.app.run import Checking
        from prober.app.warm import settle
        from prober.app.worker import Worker
        from prober.browser.engine import open_engine

        logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
        jobs = arguments.jobs or best_jobs()
        worker = Worker(
            arguments.queue, arguments.output, jobs, recycle=arguments.recycle, probe_for=Checking,
            evidence=arguments.evidence,
            opener=lambda: open_engine(executable=arguments.browser, sandbox=not arguments.no_sandbox),
        )  # fmt: skip
        place = arguments.evidence or arguments.output
        print(f"Worker {worker.name}: {jobs} side by side, cases in {place}; Ctrl-C ends.", file=sys.stderr)
        settle()
        asyncio.run(worker.work())
    return 0


def check_queue(url: str) -> None:
    """Raises UsageError when a queue cannot be used here at all."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageError(f"'{url}' is no queue; it must be a PostgreSQL address: postgresql://user:password@host/name")
    try:
        import procrastinate
        import psycopg
    except ImportError:
        raise UsageError("Queues need further parts; install them with: pip install 'prober[cluster]'") from None
    assert procrastinate
    assert psycopg
