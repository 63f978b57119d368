"""`prober serve`: the web page and the API."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from prober.cli.faults import told
from prober.cli.matter import Footing, no_footing


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
    footing: Callable[[], Footing] = no_footing


def run_serve(given: ServeArguments) -> int:
    """Serve until interrupted."""
    with told(as_json=False):
        from prober.app.check import CheckOptions
        from prober.web.server import serve
        from prober.web.settings import ServeOptions

        footing = given.footing()
        check = CheckOptions(
            output=given.output, allow_private=given.allow_private, profile=given.profile, proxy=given.proxy,
            exit_country=given.exit_country, timeout=given.timeout, matter=footing.matter,
            tsa=footing.tsa, tsa_chain=footing.tsa_chain,
        )  # fmt: skip
        options = ServeOptions(
            host=given.host, port=given.port, check=check, jobs=given.jobs, browser=given.browser,
            sandbox=not given.no_sandbox, token=os.environ.get("PROBER_TOKEN", ""),
        )  # fmt: skip
        serve(options, lambda line: print(line, file=sys.stderr, flush=True))
    return 0
