"""How quickly pages answer over many cases, idle and while two cases are in work: `python -m benchmarks.web_pages`.

Asked by an administrator, who sees all cases, and by a user whose team holds half of them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn
from sqlalchemy import insert

from prober.app.check import CheckOptions
from prober.browser.engine import open_engine
from prober.lab.server import serve as serve_lab
from prober.models.people import Role
from prober.store.index.database import open_database
from prober.store.index.place import index_of
from prober.store.index.tables import cases, holders
from prober.web.app import make_app, make_site
from prober.web.roles import Principal
from prober.web.settings import ServeOptions

WORDS = ("fraudulent", "suspicious", "no_fraud_found", "inconclusive")
CLIENTS = 4
TEAM = "team:bench"
FEEDER = Principal("benchmark", "benchmark", Role.ADMIN, frozenset({TEAM}))


def fill(output: Path, count: int) -> None:
    """Rows of an index, as many cases would leave them."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        {
            "id": f"20260101T000000Z-host{n}.example-{n:08x}", "url": f"https://host{n}.example/pay", "host": f"host{n}.example",
            "domain": f"host{n}.example", "final_url": "", "scenario": "kz-fines", "verdict": WORDS[n % 4], "obstacle": "",
            "reason": f"The page claims a fine of {n} ₸.", "grounds": "a", "amount": f"{n} ₸", "prober": "0",
            "started_at": start + timedelta(seconds=n), "seconds": 3.0, "case_dir": f"x{n}",
        }
        for n in range(count)
    ]  # fmt: skip
    with open_database(index_of(output)).begin() as connection:
        connection.execute(insert(cases), rows)
        held = [{"case_id": row["id"], "holder": TEAM, "at": start} for row in rows[::2]]
        connection.execute(insert(holders), held)


async def load(client: httpx.AsyncClient, path: str, seconds: float) -> list[float]:
    """Milliseconds of each answer, with a few clients at once, each asking ten times a second."""
    found: list[float] = []
    end = time.monotonic() + seconds

    async def ask() -> None:
        while time.monotonic() < end:
            begun = time.monotonic()
            (await client.get(path)).raise_for_status()
            found.append(1000 * (time.monotonic() - begun))
            await asyncio.sleep(max(0.0, 0.1 - (time.monotonic() - begun)))

    await asyncio.gather(*(ask() for _ in range(CLIENTS)))
    return found


def line(name: str, found: list[float]) -> None:
    """Median and 99th percentile."""
    cut = statistics.quantiles(found, n=100)
    print(f"{name:46} {len(found):5} answers  median {statistics.median(found):7.1f} ms  p99 {cut[98]:7.1f} ms")


async def main(count: int, seconds: float, sandbox: bool) -> None:
    """Serve, ask idle, ask while two cases are in work."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place)
        fill(output, count)
        listener = socket.create_server(("127.0.0.1", 0))
        options = ServeOptions(
            check=CheckOptions(output=output, allow_private=True), token="t", sandbox=sandbox, host_cases=10**6
        )
        site = make_site(options, lambda: open_engine(sandbox=sandbox))
        site.access.requests.size = site.access.requests.per_second = 10_000
        server = uvicorn.Server(uvicorn.Config(make_app(site), log_level="warning", timeout_graceful_shutdown=2))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        site.access.people.add("user", "seven green lamps", Role.ANALYST, "bench")
        bearers = {"administrator": "t", "user of a team": site.access.people.make_token("user", "", 1)[1]}
        async with serve_lab() as lab, httpx.AsyncClient(base_url=origin, timeout=30) as client:
            first = site.submit(lab.url("fine-by-plate"), "auto", FEEDER)
            async for _ in site.submissions.follow(first.id):
                pass
            made = site.submissions.recent(1)[0]
            pages = {"case list": "/cases", "search": "/cases?q=host777", "case page": f"/cases/{made.case_id}"}
            for who, token in bearers.items():
                client.headers["Authorization"] = f"Bearer {token}"
                for name, path in pages.items():
                    await client.get(path)
                    line(f"{name}, {who}, idle", await load(client, path, seconds))
            feeding = asyncio.create_task(feed(site, lab))
            for who, token in bearers.items():
                client.headers["Authorization"] = f"Bearer {token}"
                for name, path in pages.items():
                    line(f"{name}, {who}, two cases in work", await load(client, path, seconds))
            feeding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await feeding
        site.submissions.close()
        server.should_exit = True
        await running


async def feed(site, lab) -> None:  # type: ignore[no-untyped-def]
    """Keep two cases in work."""
    names = ("fine-by-plate", "iin-strict")
    while True:
        for name in names:
            site.submit(lab.url(name), "auto", FEEDER)
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--cases", type=int, default=100_000)
    given.add_argument("--seconds", type=float, default=10.0)
    given.add_argument("--no-sandbox", action="store_true")
    asked = given.parse_args()
    asyncio.run(main(asked.cases, asked.seconds, not asked.no_sandbox))
