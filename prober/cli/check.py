"""`prober check`: one suspect, one verdict."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from prober.app.check import CheckOptions, check
from prober.app.intake import pick_link
from prober.app.result import EXIT_CODES, as_json, verdict_of
from prober.browser.engine import open_engine
from prober.cli.faults import told
from prober.cli.matter import matter_of_environment
from prober.cli.show import Show
from prober.errors import UsageError
from prober.models.case import Case


@dataclass(frozen=True)
class Request:
    """The arguments as given."""

    url: str | None
    text: str | None
    scenario: str
    as_json: bool
    output: Path
    allow_private: bool
    profile: str
    proxy: str
    exit_country: str
    resolve: tuple[str, ...]
    referer: str
    timeout: float
    seed: int | None
    visits: int | None
    real_time: bool
    attended: bool
    browser: str
    no_sandbox: bool


def run_check(request: Request) -> int:
    """Returns the exit status of the contract: 0 no fraud found, 1 fraudulent, 2 failure, 3 inconclusive, 4 suspicious."""
    show = Show(quiet=request.as_json and not sys.stderr.isatty())
    with told(as_json=request.as_json):
        given = _given(request, show)
        case = asyncio.run(_check(given, request, show))
    case_dir = str(request.output / case.id)
    if request.as_json:
        print(json.dumps(as_json(case, case_dir), ensure_ascii=False))
    else:
        show.verdict(case, case_dir)
    return EXIT_CODES[verdict_of(case).verdict]


def _given(request: Request, show: Show) -> str:
    if (request.url is None) == (request.text is None):
        raise UsageError(
            "Give either an address or --text with the message, e.g. prober check https://suspect.example/"
        )
    if request.profile not in {"auto", "phone", "desktop"}:
        raise UsageError(f"There is no profile '{request.profile}'; there are phone, desktop and auto.")
    if request.url is not None:
        return request.url
    first, others = pick_link(request.text or "", allow_private=request.allow_private)
    for other in others:
        show.notice(f"the message also links to {other}, which was not checked")
    return first


def _resolve(pairs: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        host, _, address = pair.partition("=")
        if not host or not address:
            raise UsageError(f"'{pair}' is no HOST=ADDRESS for --resolve, e.g. --resolve suspect.example=203.0.113.7")
        found[host.lower()] = address
    return found


async def _check(given: str, request: Request, show: Show) -> Case:
    options = CheckOptions(
        scenario=request.scenario,
        output=request.output,
        allow_private=request.allow_private,
        profile=request.profile,
        proxy=request.proxy,
        exit_country=request.exit_country,
        referer=request.referer,
        resolve=_resolve(request.resolve),
        timeout=request.timeout,
        virtual_time=not request.real_time,
        seed=request.seed,
        visits=request.visits,
        matter=matter_of_environment(),
    )
    async with open_engine(executable=request.browser, sandbox=not request.no_sandbox) as browser:
        with show.live():
            return await check(given, options, browser, (show.event,))
