"""The stored cases as the pages list them: a port, and an implementation that reads case folders."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from prober.models.base import Noun
from prober.models.case import Exhibit
from prober.store.folder import CASE, JOURNAL
from prober.store.index.kits import Campaign
from prober.store.reading import exhibit_bytes, load_case

CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,200}")
Sort = Literal["newest", "oldest", "host", "verdict", "slowest"]
ORDER = {"fraudulent": 0, "suspicious": 1, "inconclusive": 2, "no_fraud_found": 3}


class CaseLine(Noun):
    """What a list shows of a case. claim: the sum that was claimed, as on the page."""

    id: str
    url: str
    host: str
    scenario: str
    verdict: str
    obstacle: str = ""
    reason: str = ""
    claim: str = ""
    started_at: str
    seconds: float = 0.0


@dataclass(frozen=True)
class CaseQuery:
    """Which cases are wanted. page: from 1. by: who must hold them, None for all cases.

    campaign: only this one. ids: only these, () for all.
    """

    text: str = ""
    verdict: str = ""
    scenario: str = ""
    host: str = ""
    sort: Sort = "newest"
    page: int = 1
    size: int = 25
    by: frozenset[str] | None = None
    campaign: str = ""
    ids: tuple[str, ...] = ()


class CasePage(Noun):
    """One page of a list, how many there are in all, and how many of each verdict whatever the verdict asked for."""

    cases: tuple[CaseLine, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


class Cases(Protocol):
    """Where cases are looked up; an index may stand behind it."""

    def search(self, query: CaseQuery) -> CasePage:
        """One page of the cases that fit."""

    def rows(self, query: CaseQuery) -> Iterator[CaseLine]:
        """All cases that fit, in their order; page and size are not regarded."""

    def campaigns(self, by: frozenset[str] | None) -> tuple[tuple[Campaign, tuple[str, ...]], ...]:
        """Kits seen on several hosts, with what their cases have in common, the most recent first."""

    def campaign_of(self, id: str) -> str:
        """The campaign of a case, '' for none."""

    def find_kits(self, most: int) -> int:
        """Look at so many cases that nobody looked at; how many it were."""

    def folder(self, id: str) -> Path | None:
        """The folder of a case, None where there is none of that id."""

    def held(self, id: str, by: frozenset[str] | None) -> bool:
        """Whether somebody may see a case; None sees all."""

    def hold(self, id: str, by: frozenset[str]) -> None:
        """Let users and teams see a case from now on, also one in work."""


class FolderCases:
    """Reads `output/*/case.json` once each and keeps the lines in memory; new folders are seen at the next look.

    Who holds what is forgotten with it.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self._held: dict[str, frozenset[str]] = {}
        self._lines: dict[str, CaseLine] = {}
        self._lock = threading.Lock()
        self._seen_at = 0

    def search(self, query: CaseQuery) -> CasePage:
        lines = self._look()
        wanted = query.text.casefold().strip()
        found = [
            line
            for line in lines
            if all(word in f"{line.url} {line.id} {line.reason}".casefold() for word in wanted.split())
            and (not query.scenario or line.scenario == query.scenario)
            and (not query.host or line.host == query.host)
            and self.held(line.id, query.by)
            and (not query.ids or line.id in query.ids)
            and not query.campaign
        ]
        counts: dict[str, int] = {}
        for line in found:
            counts[line.verdict] = counts.get(line.verdict, 0) + 1
        if query.verdict:
            found = [line for line in found if line.verdict == query.verdict]
        _sort(found, query.sort)
        pages = max(1, -(-len(found) // query.size))
        page = min(max(1, query.page), pages)
        shown = tuple(found[(page - 1) * query.size : page * query.size])
        return CasePage(cases=shown, total=len(found), page=page, pages=pages, counts=counts)

    def rows(self, query: CaseQuery) -> Iterator[CaseLine]:
        yield from self.search(replace(query, page=1, size=10**9)).cases

    def campaigns(self, by: frozenset[str] | None) -> tuple[tuple[Campaign, tuple[str, ...]], ...]:
        return ()

    def campaign_of(self, id: str) -> str:
        return ""

    def find_kits(self, most: int) -> int:
        return 0

    def folder(self, id: str) -> Path | None:
        return folder_of(self.output, id)

    def held(self, id: str, by: frozenset[str] | None) -> bool:
        return by is None or bool(by & self._held.get(id, frozenset()))

    def hold(self, id: str, by: frozenset[str]) -> None:
        self._held[id] = self._held.get(id, frozenset()) | by

    def _look(self) -> list[CaseLine]:
        with self._lock:
            names = {entry.name for entry in self.output.iterdir()} if self.output.is_dir() else set()
            for gone in self._lines.keys() - names:
                del self._lines[gone]
            for name in names - self._lines.keys():
                if CASE_ID.fullmatch(name) and (line := _line(self.output / name)) is not None:
                    self._lines[name] = line
            return list(self._lines.values())


def folder_of(output: Path, id: str) -> Path | None:
    """The folder of a case, finished or in work; None for what is no case id or no case."""
    if not CASE_ID.fullmatch(id) or ".." in id:
        return None
    folder = output / id
    return folder if (folder / CASE).is_file() or (folder / JOURNAL).is_file() else None


def _sort(lines: list[CaseLine], sort: Sort) -> None:
    lines.sort(key=lambda line: line.started_at, reverse=True)
    if sort == "oldest":
        lines.reverse()
    elif sort == "host":
        lines.sort(key=lambda line: line.host)
    elif sort == "verdict":
        lines.sort(key=lambda line: ORDER.get(line.verdict, 9))
    elif sort == "slowest":
        lines.sort(key=lambda line: line.seconds, reverse=True)


def _line(folder: Path) -> CaseLine | None:
    """The line of a finished case; None for what is no case, or not one yet."""
    try:
        record = json.loads((folder / CASE).read_bytes())
        verdict = record.get("verdict") or {}
        return CaseLine(
            id=folder.name,
            url=str(record["url"]),
            host=urlsplit(str(record["url"])).hostname or "",
            scenario=str(record["scenario"]),
            verdict=str(verdict.get("verdict", "inconclusive")),
            obstacle=str(verdict.get("obstacle", "")),
            reason=str(verdict.get("reason", "")),
            claim=_claim(record),
            started_at=str(record["started_at"]),
            seconds=float(record.get("seconds", 0)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _claim(record: dict[str, Any]) -> str:
    """The first sum that the page claimed, '' where it claimed none."""
    for probe in record.get("probes", ()):
        for step in probe.get("steps", ()):
            for accusation in step.get("new_accusations", ()):
                if amount := accusation.get("amount"):
                    return str(amount.get("text", ""))[:40]
    return ""


def exhibit_of(folder: Path, id: str) -> Exhibit | None:
    """An exhibit by its number out of the case's own list, also while the case is being made."""
    if (folder / CASE).is_file():
        return next((e for e in load_case(folder).exhibits if e.id == id), None)
    try:
        lines = (folder / JOURNAL).read_bytes().split(b"\n")
    except OSError:
        return None
    for line in lines:
        if line.startswith(b'{"kind": "exhibit"') and line.endswith(b"}}"):
            exhibit = Exhibit.model_validate(json.loads(line)["record"])
            if exhibit.id == id:
                return exhibit
    return None


def content_of(folder: Path, exhibit: Exhibit) -> bytes:
    """The bytes of an exhibit, checked against the hash taken with it. Raises BrokenCase."""
    return exhibit_bytes(folder, exhibit)
