"""`prober serve`: the web page and the API."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from prober.cli.faults import told
from prober.cli.matter import Footing, no_footing
from prober.cli.worker import check_queue
from prober.errors import UsageError


@dataclass(frozen=True)
class ServeArguments:
    """The arguments as given."""

    host: str
    port: int
    output: Path
    jobs: int
    allow_private: bool
    profile: str
    proxy: str
    exit_country: str
    timeout: float
    browser: str
    no_sandbox: bool
    public_url: str = ""
    queue: str = ""
    footing: Callable[[], Footing] = no_footing


def _public(url: str) -> str:
    """The origin under which people reach the server. Raises UsageError."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")):
        raise UsageError(f"'{url[:80]}' is no address of a server; write --public-url https://prober.example.")
    return f"{parts.scheme}://{parts.netloc}" if url else ""


def run_serve(given: ServeArguments) -> int:
    """Serve until interrupted."""
    with told(as_json=False):
        from prober.app.check import CheckOptions
        from prober.web.server import serve
        from prober.web.settings import ServeOptions

        footing = given.footing()
        if given.queue:
            check_queue(given.queue)
        check = CheckOptions(
            output=given.output, allow_private=given.allow_private, profile=given.profile, proxy=given.proxy,
            exit_country=given.exit_country, timeout=given.timeout, matter=footing.matter,
            tsa=footing.tsa, tsa_chain=footing.tsa_chain,
        )  # fmt: skip
        options = ServeOptions(
            host=given.host, port=given.port, check=check, jobs=given.jobs, browser=given.browser,
            sandbox=not given.no_sandbox, token=os.environ.get("PROBER_TOKEN", ""),
            public=_public(given.public_url), queue=given.queue,
        )  # fmt: skip
        serve(options, lambda line: print(line, file=sys.stderr, flush=True))
    return 0
