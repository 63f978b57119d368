"""Watching suspects until they are gone: what is due when, and how long each takedown took."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from prober.errors import ProberError
from prober.models.case import Case, State, VerdictClass
from prober.store.reading import load_case
from prober.store.trail import load_trail

log = logging.getLogger(__name__)

WATCHED = frozenset({VerdictClass.FRAUDULENT, VerdictClass.SUSPICIOUS})
SURE = 2  # looks in a row that find a page gone before watching ends: pages are taken down and put up again


@dataclass(frozen=True)
class Watched:
    """One suspect. case: the newest of its chain; first: the case that began it.

    gone: looks in a row that found it gone. told: when a desk was first told of it, None where none was.
    due: when to look again. fault: why the last look could not be made, '' when it was.
    """

    first: str
    case: str
    url: str
    first_seen: datetime
    due: datetime
    state: State = "up"
    how: str = ""
    gone: int = 0
    gone_since: datetime | None = None
    told: datetime | None = None
    fault: str = ""

    @property
    def over(self) -> bool:
        """Whether it is gone for sure."""
        return self.gone >= SURE

    def days(self, since: datetime | None) -> float | None:
        """Days from a moment to its being gone; None while it is up, or where there was no such moment."""
        if self.gone_since is None or since is None:
            return None
        return max((self.gone_since - since).total_seconds(), 0.0) / 86400


class Watch:
    """The state of a watch; pure: clock and probing are handed in.

    >>> Watch.of_cases([], {}, timedelta(hours=6)).over
    True
    """

    def __init__(self, suspects: Iterable[Watched], every: timedelta) -> None:
        self.every = every
        self._suspects = {one.first: one for one in suspects}

    @classmethod
    def of_cases(cls, cases: Iterable[Case], told: dict[str, datetime], every: timedelta) -> Watch:
        """From stored cases in any order; chains of re-checks are followed, so that a broken-off watch goes on.

        Args:
            told: case id -> when a desk was first told of that case.
        """
        found: dict[str, Watched] = {}
        for case in sorted(cases, key=lambda one: one.started_at):
            first = case.earlier.first_case if case.earlier is not None else case.id
            when = told.get(case.id)
            if case.earlier is not None and first in found:
                found[first] = after(found[first], case, every, told=when)
            elif case.verdict is not None and case.verdict.verdict in WATCHED:
                found[first] = Watched(first, case.id, case.url, case.started_at, case.started_at + every, told=when)
        return cls(found.values(), every)

    @property
    def suspects(self) -> tuple[Watched, ...]:
        """All of them, those still up first."""
        return tuple(sorted(self._suspects.values(), key=lambda one: (one.over, one.first_seen)))

    @property
    def over(self) -> bool:
        """Whether nothing is left to watch."""
        return all(one.over for one in self._suspects.values())

    def due(self, now: datetime) -> tuple[Watched, ...]:
        """Whom to look at now."""
        return tuple(one for one in self.suspects if not one.over and one.due <= now)

    def next_due(self) -> datetime | None:
        """When there is something to do again, None when nothing is left."""
        return min((one.due for one in self._suspects.values() if not one.over), default=None)

    def seen(self, first: str, case: Case) -> Watched:
        """Note what a re-check found."""
        self._suspects[first] = after(self._suspects[first], case, self.every)
        return self._suspects[first]

    def failed(self, first: str, now: datetime, why: str) -> Watched:
        """Note that a look could not be made; it is tried again at the next turn."""
        self._suspects[first] = replace(self._suspects[first], fault=why, due=now + self.every)
        return self._suspects[first]


def after(one: Watched, case: Case, every: timedelta, told: datetime | None = None) -> Watched:
    """The suspect once a re-check of it is there."""
    earlier = case.earlier
    if earlier is None:
        return one
    return replace(
        one,
        case=case.id,
        state=earlier.state,
        how=earlier.how,
        # 'unclear' neither confirms nor refutes that it is gone.
        gone=one.gone + 1 if earlier.state == "gone" else one.gone if earlier.state == "unclear" else 0,
        gone_since=earlier.gone_since or (one.gone_since if earlier.state == "unclear" else None),
        told=one.told or told,
        due=case.started_at + every,
        fault="",
    )


def open_watch(path: Path, every: timedelta) -> Watch:
    """The watch over a run's folder, a folder of cases, or one case; a case that does not read is passed over."""
    folders = [path] if (path / "case.json").exists() else sorted(file.parent for file in path.glob("*/case.json"))
    if folders == [path]:
        folders = sorted(file.parent for file in path.resolve().parent.glob("*/case.json"))
    cases: list[Case] = []
    told: dict[str, datetime] = {}
    for folder in folders:
        try:
            cases.append(load_case(folder))
            sent = [entry.at for entry in load_trail(folder) if entry.what == "sent"]
        except ProberError as problem:
            log.warning("%s is not watched: %s", folder, problem.message)
            continue
        if sent:
            told[cases[-1].id] = min(sent)
    if (path / "case.json").exists():
        mine = load_case(path)
        first = mine.earlier.first_case if mine.earlier else mine.id
        cases = [case for case in cases if first in (case.id, case.earlier.first_case if case.earlier else "")]
    return Watch.of_cases(cases, told, every)


async def keep_watch(
    watch: Watch,
    look: Callable[[Watched], Awaitable[Case]],
    now: Callable[[], datetime],
    wait_until: Callable[[datetime], Awaitable[bool]],
    tell: Callable[[Watched], None],
) -> None:
    """Look at what is due, again and again, until all are gone or waiting is broken off.

    Args:
        look: probes a suspect again. wait_until: returns False to end the watch.
    """
    while not watch.over:
        for one in watch.due(now()):
            try:
                case = await look(one)
            except ProberError as problem:
                tell(watch.failed(one.first, now(), problem.message))
                continue
            tell(watch.seen(one.first, case))
        due = watch.next_due()
        if due is None or not await wait_until(due):
            return
