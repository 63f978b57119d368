"""`prober recheck` and `prober watch`: what became of a suspect."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prober.cli.faults import told

if TYPE_CHECKING:
    from prober.app.check import CheckOptions
    from prober.app.watch import Watch, Watched
    from prober.models.case import Case, Earlier

AllowPrivate = Annotated[bool, typer.Option("--allow-private", envvar="PROBER_ALLOW_PRIVATE", help="Own test sites.")]
Proxy = Annotated[str, typer.Option("--proxy", envvar="PROBER_PROXY", help="Exit: an http:// or socks5:// address.")]
ExitCountry = Annotated[str, typer.Option("--exit-country", envvar="PROBER_EXIT_COUNTRY", help="Its country, e.g. KZ.")]
Timeout = Annotated[float, typer.Option("--timeout", envvar="PROBER_TIMEOUT", min=1, help="Seconds for one probe.")]
Browser = Annotated[str, typer.Option("--browser", envvar="PROBER_BROWSER", help="Path of the browser to use.")]
NoSandbox = Annotated[bool, typer.Option("--no-sandbox", envvar="PROBER_NO_SANDBOX", help="Unsafe.")]
LookUp = Annotated[
    bool, typer.Option("--look-up", envvar="PROBER_LOOK_UP", help="Ask the registry whether a gone domain is on hold.")
]
Tsa = Annotated[str, typer.Option("--tsa", envvar="PROBER_TSA", help="Address of an RFC 3161 time-stamping authority.")]
TsaChain = Annotated[
    Path | None, typer.Option("--tsa-chain", envvar="PROBER_TSA_CHAIN", help="Its certificates in PEM.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def recheck(
    case: Annotated[Path, typer.Argument(help="A case folder.")],
    as_json: AsJson = False,
    allow_private: AllowPrivate = False,
    proxy: Proxy = "",
    exit_country: ExitCountry = "",
    timeout: Timeout = 60.0,
    look_up: LookUp = False,
    tsa: Tsa = "",
    tsa_chain: TsaChain = None,
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
) -> None:
    """Probe the suspect of a case again and say what changed; a new case, the old one stays as it is."""
    options = _options(allow_private, proxy, exit_country, timeout, tsa, tsa_chain)
    with told(as_json=as_json):
        made, folder = asyncio.run(_recheck(case, options, browser, no_sandbox, look_up))
    assert made.earlier is not None
    if as_json:
        record = {"schema": "prober/recheck/1", "case_id": made.id, "url": made.url, "case_dir": str(folder)}
        print(json.dumps({**record, **{"earlier": made.earlier.model_dump(mode="json")}}, ensure_ascii=False))
    else:
        print(f"{_words(made.earlier)}\n{folder}")


def watch(
    folder: Annotated[Path, typer.Argument(help="The folder of a run, a folder of cases, or one case.")],
    every: Annotated[str, typer.Option("--every", help="How often, e.g. 30m, 6h, 1d.")] = "6h",
    once: Annotated[bool, typer.Option("--once", help="Look at what is due and end, for use from a timer.")] = False,
    allow_private: AllowPrivate = False,
    proxy: Proxy = "",
    exit_country: ExitCountry = "",
    timeout: Timeout = 60.0,
    look_up: LookUp = False,
    tsa: Tsa = "",
    tsa_chain: TsaChain = None,
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
) -> None:
    """Probe what was found fraudulent or suspicious again and again until all of it is gone; shows days to takedown."""
    from prober.app.watch import open_watch

    options = _options(allow_private, proxy, exit_country, timeout, tsa, tsa_chain)
    with told(as_json=False):
        state = open_watch(folder, interval(every))
        if state.over:
            print("Nothing is left to watch." if state.suspects else "There is no fraudulent or suspicious case here.")
        else:
            home = folder.resolve().parent if (folder / "case.json").exists() else folder
            asyncio.run(_watch(home, state, options, browser, no_sandbox, once, look_up))
    for one in state.suspects:
        print(line(one))
    if total := sum_up(state.suspects):
        print(total)


def interval(text: str) -> timedelta:
    """'6h' as a duration. Raises UsageError for what is none, or less than a minute."""
    from prober.errors import UsageError

    found = re.fullmatch(r"(\d{1,4})([mhd])", text.strip().lower())
    if found is None or int(found[1]) == 0:
        raise UsageError(f"'{text[:20]}' is no interval; write 30m, 6h or 1d.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def line(one: Watched) -> str:
    """One suspect in one line, for a person."""
    from prober.reporting.text import defang

    words = {"up": "still up", "differs": "answers differently", "gone": "gone", "unclear": "not clear"}[one.state]
    parts = [f"{defang(one.url, 80)}  {words}{f' ({one.how})' if one.how else ''}"]
    if one.gone_since is not None:
        parts.append(f"first seen gone {one.gone_since:%Y-%m-%d %H:%M} UTC")
        parts += [f"{days:.1f} days after it was first seen" for days in [one.days(one.first_seen)] if days is not None]
        parts += [f"{days:.1f} days after the first report" for days in [one.days(one.told)] if days is not None]
    if not one.over:
        parts.append(f"next look {one.due:%Y-%m-%d %H:%M} UTC")
    return "; ".join([*parts, one.fault] if one.fault else parts)


def sum_up(suspects: tuple[Watched, ...]) -> str:
    """'3 of 5 gone; days to takedown: median 2.5, longest 6.0', counted from the first report where there was one."""
    gone = [one for one in suspects if one.over]
    days = sorted(days for one in gone if (days := one.days(one.told or one.first_seen)) is not None)
    if not days:
        return ""
    middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
    return f"{len(gone)} of {len(suspects)} gone; days to takedown: median {middle:.1f}, longest {days[-1]:.1f}"


def _words(earlier: Earlier) -> str:
    when = f"{earlier.first_seen:%Y-%m-%d %H:%M} UTC"
    match earlier.state:
        case "gone":
            since = earlier.gone_since or earlier.last_up
            return f"Gone ({earlier.how}); first seen gone {since:%Y-%m-%d %H:%M} UTC, first seen up {when}."
        case "differs":
            return f"It answers differently: {earlier.how}. First seen {when}."
        case "unclear":
            return f"Not clear: {earlier.how or 'no answer'}. Last seen up {earlier.last_up:%Y-%m-%d %H:%M} UTC."
    return f"Still up, and answers as before. First seen {when}."


def _options(
    allow_private: bool, proxy: str, exit_country: str, timeout: float, tsa: str, tsa_chain: Path | None
) -> CheckOptions:
    from prober.app.check import CheckOptions

    return CheckOptions(
        allow_private=allow_private,
        proxy=proxy,
        exit_country=exit_country,
        timeout=timeout,
        tsa=tsa,
        tsa_chain=tsa_chain,
    )


async def _recheck(
    path: Path, options: CheckOptions, browser: str, no_sandbox: bool, look_up: bool
) -> tuple[Case, Path]:
    from prober.app.recheck import recheck as again
    from prober.app.surroundings import taken_out
    from prober.browser.engine import open_engine

    async with open_engine(executable=browser, sandbox=not no_sandbox) as engine:
        return await again(path, options, engine, status=taken_out if look_up else lambda url: "")


async def _watch(
    home: Path, state: Watch, options: CheckOptions, browser: str, no_sandbox: bool, once: bool, look_up: bool
) -> None:
    """A browser lives only while something is looked at: hours lie between two looks."""
    from prober.app.watch import keep_watch

    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stopped.set)

    async def look(one: Watched) -> Case:
        return (await _recheck(home / one.case, options, browser, no_sandbox, look_up))[0]

    async def wait_until(due: datetime) -> bool:
        if once:
            return False
        try:
            await asyncio.wait_for(stopped.wait(), max((due - _now()).total_seconds(), 0.0))
        except TimeoutError:
            return True
        return False

    def tell(one: Watched) -> None:
        print(line(one), flush=True)

    await keep_watch(state, look, _now, wait_until, tell)


def _now() -> datetime:
    return datetime.now(UTC)


COMMANDS: dict[str, Callable[..., Any]] = {"recheck": recheck, "watch": watch}
