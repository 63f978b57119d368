"""`prober cases` and `prober purge`: what was probed before."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prober.app.kits import find_kits
from prober.cli.faults import told
from prober.cli.show import defang, safe, table
from prober.errors import UsageError
from prober.models.case import VerdictClass
from prober.reporting.text import defang as defang_all
from prober.reporting.text import for_cell
from prober.store.access.deeds import note_here
from prober.store.depot import Depot
from prober.store.index.index import CaseIndex, Filter
from prober.store.index.kits import Kits

COLUMNS = (
    "id", "started_at", "verdict", "obstacle", "url", "host", "scenario", "amount", "reason", "seconds", "tags", "case_dir",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """The filters as given."""

    output: Path
    verdict: str = ""
    host: str = ""
    scenario: str = ""
    since: str = ""
    until: str = ""
    tag: str = ""
    campaign: str = ""
    limit: int | None = None
    export: str = ""
    as_json: bool = False
    rebuild: bool = False
    index: str = ""
    evidence: str = ""


def run_cases(question: Question) -> int:
    """List, export or rebuild; 0 unless something is wrong."""
    with told(as_json=question.as_json):
        if question.export not in ("", "csv", "jsonl"):
            raise UsageError(f"--export writes csv or jsonl, not '{question.export}'.")
        wanted = _filter(question)
        if not question.index and not question.output.is_dir():
            raise UsageError(f"There is no folder {question.output}; name that of the cases with --output.")
        index = CaseIndex(question.output, question.index)
        try:
            if question.rebuild:
                return _rebuild(index, Depot(question.evidence) if question.evidence else None)
            if question.campaign:
                find_kits(index)
            found = index.find(wanted)
            if question.as_json:
                print(json.dumps([_plain(row) for row in found], ensure_ascii=False))
            elif question.export:
                _export(found, question.export)
            else:
                _show(list(found), question.output)
        finally:
            index.close()
    return 0


def run_campaigns(output: Path, shared: str, *, as_json: bool) -> int:
    """Kits that were seen on several hosts; new cases are compared first."""
    with told(as_json=as_json):
        index = CaseIndex(output, shared)
        try:
            find_kits(index)
            kits = Kits(index)
            found = [(one, kits.shared(one.id)) for one in kits.all()]
        finally:
            index.close()
    if as_json:
        lines = [
            asdict(one) | {"first_seen": _moment(one.first_seen), "last_seen": _moment(one.last_seen), "shared": shared}
            for one, shared in found
        ]
        print(json.dumps(lines, ensure_ascii=False))
    elif not found:
        print(f"No kit was seen on two hosts in {output}.")
    else:
        rows: list[tuple[str, ...]] = [
            (one.id, one.name, str(one.cases), str(one.hosts), f"{one.first_seen:%Y-%m-%d}", f"{one.last_seen:%Y-%m-%d}",
             " ".join(marks))
            for one, marks in found
        ]  # fmt: skip
        table(("campaign", "first host", "cases", "hosts", "first", "last", "in common"), rows)
        print("Their cases: prober cases --campaign ID", file=sys.stderr)
    return 0


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def run_seen(output: Path, shared: str, value: str, *, as_json: bool) -> int:
    """Earlier cases with a host, an address or a hash; status 0 when there are none, 1 when there are."""
    with told(as_json=as_json):
        index = CaseIndex(output, shared)
        found = index.seen(value)
        index.close()
    if as_json:
        print(json.dumps([_plain(row) for row in found], ensure_ascii=False))
    elif not found:
        print(f"{safe(value)} was not seen before.")
    else:
        rows: list[tuple[str, ...]] = [
            (f"{row['started_at']:%Y-%m-%d %H:%M}", row["kind"], row["verdict"], defang(row["url"]), row["id"])
            for row in found
        ]
        table(("time (UTC)", "same", "verdict", "suspect", "case"), rows)
    return 1 if found else 0


def run_tag(output: Path, shared: str, case: str, words: Iterable[str], *, off: bool) -> int:
    """Give a case tags, or take them off."""
    with told(as_json=False):
        index = CaseIndex(output, shared)
        for word in words:
            index.tag(case, word, off=off)
        index.close()
    return 0


def run_note(output: Path, shared: str, case: str, text: str) -> int:
    """Write a note on a case."""
    with told(as_json=False):
        index = CaseIndex(output, shared)
        index.note(case, text)
        index.close()
    return 0


def run_notes(output: Path, shared: str, case: str, *, as_json: bool) -> int:
    """The notes on a case, the oldest first."""
    with told(as_json=as_json):
        index = CaseIndex(output, shared)
        found = index.notes(case)
        index.close()
    if as_json:
        print(
            json.dumps(
                [{"at": f"{row['at']:%Y-%m-%dT%H:%M:%SZ}", "text": row["text"]} for row in found], ensure_ascii=False
            )
        )
    for row in () if as_json else found:
        print(f"{row['at']:%Y-%m-%d %H:%M}  {safe(row['text'])}")
    return 0


def run_history(output: Path, shared: str, host: str, *, as_json: bool) -> int:
    """What the cases about a host came to, the oldest first."""
    with told(as_json=as_json):
        index = CaseIndex(output, shared)
        found = index.history(host.strip().lower())
        index.close()
    if as_json:
        print(json.dumps([_plain(row) for row in found], ensure_ascii=False))
    else:
        _show(found, output)
    return 0


def run_purge(output: Path, shared: str, older_than: str, reason: str, *, yes: bool) -> int:
    """Delete old cases; without `yes` only say which."""
    with told(as_json=False):
        before = datetime.now(UTC) - age(older_than)
        index = CaseIndex(output, shared)
        try:
            if not yes:
                found = list(index.find(Filter(until=before)))
                _show(found, output)
                print(f"{len(found)} cases would be deleted; add --yes to do it.", file=sys.stderr)
                return 0
            gone = index.purge(before, reason or f"older than {older_than}")
            note_here(output, "purged", *gone, detail=reason or f"older than {older_than}")
        finally:
            index.close()
    kept = "the index" if shared else "remarks.jsonl"
    print(f"{len(gone)} cases deleted; {kept} keeps id, hash, date and reason of each.", file=sys.stderr)
    return 0


def age(text: str) -> timedelta:
    """'90d', '12w', '6m' (30 days each) or '2y' as a time span. Raises UsageError when it is none of these."""
    found = re.fullmatch(r"(\d{1,4})\s*(d|w|m|y)", text.strip().lower())
    if not found:
        raise UsageError(f"'{text}' is no age; write for example 90d, 12w, 6m or 2y.")
    return timedelta(days=int(found[1]) * {"d": 1, "w": 7, "m": 30, "y": 365}[found[2]])


def moment(text: str) -> datetime | None:
    """'2026-11-22', '2026-11-22T10:00' or an age before now such as '7d', in UTC; None for ''."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            return datetime.now(UTC) - age(text)
        except UsageError:
            raise UsageError(f"'{text}' is no time; write for example 2026-11-22, 2026-11-22T10:00 or 7d.") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _filter(question: Question) -> Filter:
    verdicts = tuple(word.strip() for word in question.verdict.split(",") if word.strip())
    known = {verdict.value for verdict in VerdictClass}
    if unknown := [word for word in verdicts if word not in known]:
        raise UsageError(f"There is no verdict '{unknown[0]}'; there are {', '.join(sorted(known))}.")
    return Filter(
        verdict=verdicts, host=question.host.lower(), scenario=question.scenario, since=moment(question.since),
        until=moment(question.until), tag=question.tag, campaign=question.campaign, limit=question.limit,
    )  # fmt: skip


def _rebuild(index: CaseIndex, depot: Depot | None) -> int:
    count, broken = index.rebuild(depot)
    for message in broken:
        print(f"prober: {safe(message)}", file=sys.stderr)
    print(f"{count} cases in the index{f', {len(broken)} folders do not read' if broken else ''}.", file=sys.stderr)
    return 2 if broken else 0


def _show(rows: list[dict[str, Any]], output: Path) -> None:
    if not rows:
        print(f"No such cases in {output}. prober cases --rebuild finds folders that were copied there.")
        return
    cells: list[tuple[str, ...]] = [
        (f"{row['started_at']:%Y-%m-%d %H:%M}", row["verdict"], row["obstacle"], defang(row["url"]), row["amount"],
         " ".join(row["tags"]), row["id"])
        for row in rows
    ]  # fmt: skip
    table(("time (UTC)", "verdict", "obstacle", "suspect", "claimed", "tags", "case"), cells)


def _export(rows: Iterator[dict[str, Any]], kind: str) -> None:
    if kind == "jsonl":
        for row in rows:
            print(json.dumps(_plain(row), ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for row in rows:
        plain = _plain(row) | {"url": defang_all(row["url"]), "tags": " ".join(row["tags"])}
        writer.writerow(for_cell(str(plain[name])) for name in COLUMNS)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return dict(row) | {"started_at": row["started_at"].isoformat().replace("+00:00", "Z")}
