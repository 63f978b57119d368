"""From a list and a scenario or suite to the work of a run."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from prober.catalog import load_scenario, load_suite, scenario_names, scenarios_for, suite_names
from prober.errors import ScenarioError, UsageError
from prober.guard.suspect import Suspect, registrable_domain
from prober.intake import Row, Unusable, near_key, read_rows
from prober.models.run import Skipped, Work

# (suspect, its language) -> for each case to make: the scenario ('auto' lets the page decide) and among which.
Choice = Callable[[Suspect, str], tuple[tuple[str, tuple[str, ...]], ...]]


def choice_of(target: str) -> Choice:
    """How SCENARIO_OR_SUITE picks scenarios for a suspect.

    Raises ScenarioError: there is no such scenario or suite, or its file is wrong.
    """
    if target == "auto":
        return lambda suspect, lang: (("auto", ()),)
    if target in scenario_names():
        load_scenario(target)
        return lambda suspect, lang: ((target, ()),)
    if target in suite_names() or _is_suite(target):
        suite = load_suite(target)

        def pick(suspect: Suspect, lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
            names = scenarios_for(suite, url=suspect.url, lang=lang)
            if suite.mode == "all" or len(names) == 1:
                return tuple((name, ()) for name in names)
            return (("auto", names),)

        return pick
    if target.endswith((".yaml", ".yml")):
        load_scenario(target)
        return lambda suspect, lang: ((target, ()),)
    known = ", ".join(("auto", *scenario_names()))
    raise ScenarioError(
        f"There is no scenario or suite '{target}'; scenarios: {known}; suites: {', '.join(suite_names())}. "
        "Name one of them, or a file."
    )


def _is_suite(target: str) -> bool:
    try:
        return target.endswith((".yaml", ".yml")) and "prober/suite/" in Path(target).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def open_list(path: str) -> AbstractContextManager[BinaryIO]:
    """The list as bytes; '-' is standard input.

    Raises UsageError when it cannot be read.
    """
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except OSError as problem:
        raise UsageError(
            f"Could not read the list {path}: {problem.strerror}. Give a file, or - for standard input."
        ) from None


def work_of(stream: BinaryIO, name: str, column: str, choice: Choice) -> Iterator[Work | Skipped]:
    """The work that a list makes, row by row; duplicates are left in, the state of the run finds them."""
    return to_work(read_rows(stream, name=name, column=column), choice)


def to_work(rows: Iterable[Row | Unusable], choice: Choice) -> Iterator[Work | Skipped]:
    """See `work_of`."""
    for row in rows:
        if isinstance(row, Unusable):
            yield Skipped(row.line, row.text, "unusable", row.reason)
            continue
        key, place = near_key(row.suspect.url), place_of(row.suspect.host)
        for scenario, among in choice(row.suspect, row.lang):
            yield Work(
                id=hashlib.blake2b(f"{key}\n{scenario} {' '.join(among)}".encode(), digest_size=10).hexdigest(),
                line=row.line,
                url=row.suspect.url,
                place=place,
                scenario=scenario,
                among=among,
            )


def place_of(host: str) -> str:
    """What no two cases share at a time: the registrable domain; the whole name below 'localhost'."""
    return host if host.endswith(".localhost") else registrable_domain(host)
