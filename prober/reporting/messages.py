"""Words of reports in the reader's language, from one catalogue per language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from prober.errors import UsageError

LANGUAGES = ("en", "ru", "kk")


@lru_cache(maxsize=8)
def catalogue(lang: str) -> dict[str, Any]:
    """The whole catalogue of a language. Raises UsageError for a language that has none."""
    if lang not in LANGUAGES:
        raise UsageError(f"There are no reports in {lang!r}; choose one of {', '.join(LANGUAGES)}.")
    text = resources.files("prober.reporting").joinpath("messages", f"{lang}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


class Words:
    """One language's words; `words('headline.accused', money=...)` fills a sentence."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._all = catalogue(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence under a dotted key. Raises KeyError for a key that does not exist."""
        found = self._find(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found.format(**values) if values else found

    def one(self, group: str, *names: str) -> str:
        """The first of several names that a group has, else its 'other', else the first name itself."""
        table = self._find(group)
        return next((str(table[name]) for name in (*names, "other") if name in table), names[0].replace("_", " "))

    def filled(self, group: str, name: str, /, **values: object) -> str:
        """The sentence `name` of a group whose names hold dots."""
        return str(self._find(group)[name]).format(**values)

    def has(self, group: str, name: str) -> bool:
        """Whether a group has that name."""
        return name in self._find(group)

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of sentences."""
        return tuple(self._find(key))

    def listed(self, things: Iterable[str]) -> str:
        """'a, b and c'."""
        all_ = list(dict.fromkeys(things))
        return self("list_and").join([", ".join(all_[:-1]), all_[-1]] if len(all_) > 1 else all_)

    def day(self, at: datetime) -> str:
        """'22 Nov 2026'."""
        months = self._find("months")
        return self("date", day=at.day, month=months[at.month - 1], year=at.year)

    def moment(self, at: datetime, zone: str = "", seconds: bool = False) -> str:
        """'22 Nov 2026, 14:03 UTC (19:03 Astana)'; the local part only where its zone is known here."""
        utc = at.astimezone(UTC)
        told = f"{self.day(utc)}, {utc:%H:%M:%S} UTC" if seconds else f"{self.day(utc)}, {utc:%H:%M} UTC"
        try:
            local = at.astimezone(ZoneInfo(zone)) if zone and zone != "UTC" else None
        except (ZoneInfoNotFoundError, ValueError):
            local = None
        if local is None:
            return told
        city = self.one("cities", zone) if self.has("cities", zone) else zone.rsplit("/", 1)[-1].replace("_", " ")
        clock = f"{local:%H:%M}" if local.date() == utc.date() else f"{self.day(local)}, {local:%H:%M}"
        return f"{told} ({self('local', time=clock, city=city)})"

    def _find(self, key: str) -> Any:
        found: Any = self._all
        for name in key.split("."):
            found = found[name]
        return found
