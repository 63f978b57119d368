"""`prober check`: one suspect, one verdict."""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prober.cli.faults import told
from prober.cli.matter import Footing, no_footing
from prober.errors import UsageError

if TYPE_CHECKING:
    from prober.cli.show import Show
    from prober.models.case import Case
    from prober.ports import Browser


PATIENCE_WITH_PEOPLE = 180.0  # real seconds at each wall


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
    footing: Callable[[], Footing] = no_footing
    index: str = ""


def run_check(request: Request) -> int:
    """Returns the exit status of the contract: 0 no fraud found, 1 fraudulent, 2 failure, 3 inconclusive, 4 suspicious."""
    with told(as_json=request.as_json):
        _refuse_nonsense(request)
        case, show = asyncio.run(_check(request))
    from prober.app.result import EXIT_CODES, as_json, verdict_of

    case_dir = str(request.output / case.id)
    if request.as_json:
        print(json.dumps(as_json(case, case_dir), ensure_ascii=False))
    else:
        show.verdict(case, case_dir)
    return EXIT_CODES[verdict_of(case).verdict]


def _refuse_nonsense(request: Request) -> None:
    """What is wrong with the arguments at sight, before anything is started."""
    if (request.url is None) == (request.text is None):
        raise UsageError(
            "Give either an address or --text with the message, e.g. prober check https://suspect.example/"
        )
    if request.profile not in {"auto", "phone", "desktop"}:
        raise UsageError(f"There is no profile '{request.profile}'; there are phone, desktop and auto.")
    _resolve(request.resolve)
    request.footing()


def _link(request: Request) -> tuple[str, tuple[str, ...]]:
    """The address to check and the other links of the message; raises ProberError for what can never be checked."""
    from prober.app.intake import admit, pick_link
    from prober.catalog import load_scenario
    from prober.store.folder import CaseFolder

    given, others = request.url or "", tuple[str, ...]()
    if request.text is not None:
        given, others = pick_link(request.text, allow_private=request.allow_private)
    admit(given, allow_private=request.allow_private, pap=request.footing().matter.pap)
    if request.scenario != "auto":
        load_scenario(request.scenario)
    CaseFolder.refuse_unwritable(request.output)
    return given, others


def _resolve(pairs: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        host, _, address = pair.partition("=")
        if not host or not address:
            raise UsageError(f"'{pair}' is no HOST=ADDRESS for --resolve, e.g. --resolve suspect.example=203.0.113.7")
        found[host.lower()] = address
    return found


async def _check(request: Request) -> tuple[Case, Show]:
    """The driver and the browser start in processes of their own; meanwhile this one loads the rest of prober."""
    gc.disable()  # loading makes many objects and no garbage; collecting among them takes a fifth of its time
    from prober.browser.driver import driver_ahead

    async with driver_ahead() as driver:
        # In threads, so that the driver's first messages are answered meanwhile.
        given, others = await asyncio.to_thread(_link, request)
        await asyncio.to_thread(importlib.import_module, "prober.browser.engine")
        loading = asyncio.create_task(asyncio.to_thread(importlib.import_module, "prober.app.check"))
        from prober.browser.engine import open_engine

        async with open_engine(
            executable=request.browser, sandbox=not request.no_sandbox, driver=driver, headed=_window(request)
        ) as browser:
            await loading
            gc.freeze()
            gc.enable()
            return await _run(request, browser, given, others)


def _window(request: Request) -> bool:
    """Whether a window can be opened for a person; says so where there is no display."""
    if request.attended and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print(
            "prober: there is no display here, so --attended cannot open a window; going on without a person "
            "(run it on a desktop, or under a virtual display that somebody watches).",
            file=sys.stderr,
        )
        return False
    return request.attended


async def _run(request: Request, browser: Browser, given: str, others: tuple[str, ...]) -> tuple[Case, Show]:
    from prober.app.check import CheckOptions, check
    from prober.cli.show import Show

    footing = request.footing()
    show = Show(quiet=request.as_json and not sys.stderr.isatty())
    for other in others:
        show.notice(f"the message also links to {other}, which was not checked")
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
        attended=PATIENCE_WITH_PEOPLE if browser.headed else 0.0,
        matter=footing.matter,
        tsa=footing.tsa,
        tsa_chain=footing.tsa_chain,
        index=request.index,
    )
    with show.live():
        return await check(given, options, browser, (show.event,)), show
