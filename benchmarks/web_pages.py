"""How quickly pages answer over many cases, idle and while two cases are in work: `python -m benchmarks.web_pages`.

Asked by an administrator, who sees all cases, and by a user whose team holds half of them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import insert

from prober.app.check import CheckOptions
from prober.browser.engine import open_engine
from prober.lab.server import serve as serve_lab
from prober.models.people import Role
from prober.store.access.people import People
from prober.store.access.place import access_of
from prober.store.index.database import open_database
from prober.store.index.place import index_of
from prober.store.index.tables import cases, holders
from prober.web.app import make_app, make_site
from prober.web.settings import ServeOptions

WORDS = ("fraudulent", "suspicious", "no_fraud_found", "inconclusive")
CLIENTS = 4
TEAM = "team:bench"


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


def serve(output: Path, sandbox: bool) -> None:
    """The server, in a process of its own as `prober serve` is; its port is its first line."""
    listener = socket.create_server(("127.0.0.1", 0))
    check = CheckOptions(output=output, allow_private=True)
    site = make_site(ServeOptions(check=check, token="t", host_cases=10**6), lambda: open_engine(sandbox=sandbox))
    for limiter in (site.access.requests, site.access.submits):
        limiter.size = limiter.per_second = 10_000
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(make_app(site), log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


@contextlib.contextmanager
def served(output: Path, sandbox: bool) -> Iterator[str]:
    """The address of a server over a folder of cases."""
    words = [sys.executable, "-m", "benchmarks.web_pages", "--serve", str(output)]
    process = subprocess.Popen([*words, *([] if sandbox else ["--no-sandbox"])], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(30)


async def main(count: int, seconds: float, sandbox: bool) -> None:
    """Serve, ask idle, ask while two cases are in work. Asker and practice sites are in another process."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place)
        fill(output, count)
        people = People(access_of(output))
        people.add("user", "seven green lamps", Role.ANALYST, "bench")
        bearers = {"administrator": "t", "user of a team": people.make_token("user", "", 1)[1]}
        people.close()
        with served(output, sandbox) as origin:
            async with serve_lab() as lab, httpx.AsyncClient(base_url=origin, timeout=60) as client:
                await measure(client, lab, bearers, seconds)


async def measure(client: httpx.AsyncClient, lab: Any, bearers: dict[str, str], seconds: float) -> None:
    """Every page by everybody, idle and then with two cases in work."""
    client.headers["Authorization"] = "Bearer t"
    made = await checked(client, lab.url("fine-by-plate"))
    pages = {"case list": "/cases", "search": "/cases?q=host777", "case page": f"/cases/{made}"}
    for busy in (False, True):
        feeding = asyncio.create_task(feed(client.base_url, lab)) if busy else None
        for who, token in bearers.items():
            for name, path in pages.items():
                if who != "administrator" and name == "case page":
                    continue  # not theirs
                client.headers["Authorization"] = f"Bearer {token}"
                await client.get(path)
                line(f"{name}, {who}, {'two cases in work' if busy else 'idle'}", await load(client, path, seconds))
        if feeding is not None:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)


async def checked(client: httpx.AsyncClient, url: str) -> str:
    """The id of a finished case."""
    one = (await client.post("/api/v1/submissions", json={"url": url})).raise_for_status().json()
    while one["state"] in ("waiting", "running"):
        await asyncio.sleep(0.2)
        one = (await client.get(one["links"]["self"])).json()
    return str(one["case_id"])


async def feed(origin: Any, lab: Any) -> None:
    """Keep two cases in work."""
    async with httpx.AsyncClient(base_url=origin, timeout=60, headers={"Authorization": "Bearer t"}) as client:
        while True:
            for name in ("fine-by-plate", "iin-strict"):
                await client.post("/api/v1/submissions", json={"url": lab.url(name)})
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--cases", type=int, default=100_000)
    given.add_argument("--seconds", type=float, default=10.0)
    given.add_argument("--no-sandbox", action="store_true")
    given.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = given.parse_args()
    if asked.serve:
        serve(asked.serve, not asked.no_sandbox)
        sys.exit()
    asyncio.run(main(asked.cases, asked.seconds, not asked.no_sandbox))
