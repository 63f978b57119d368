"""Measures the reading of form fields and card demands on labelled saved pages, in the real browser, offline.

    python benchmarks/recognition.py PATH [--json FILE] [--keep FOLDER]

PATH is a folder with labels.jsonl and the pages (or pages.tar.xz), or the archive itself with labels.jsonl beside it.
Scripts are off, every request is refused, the window is 1280 x 1600.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from prober.browser.engine import Engine, open_engine
from prober.models.page import Snapshot
from prober.models.reading import Demand, FieldReading
from prober.reading.card import NUMBER_ALONE
from prober.reading.read import read

MARK = "data-bench-place"
_GROUPS = (("source", "source"), ("language", "lang"))
AT_ONCE = 3  # pages open side by side: two cores kept busy while one page waits
KINDS: dict[str, tuple[str, ...]] = {  # kind -> purposes that name it
    "number": ("card_number",),
    "expiry": ("card_expiry", "card_month", "card_year"),
    "code": ("card_code",),
    "holder": ("card_holder",),
    "phone": ("phone",),
    "email": ("email",),
    "name": ("name", "name_given", "name_family", "name_additional"),
    "id": ("personal_id",),
}
_PLACE = f"""() => document.querySelectorAll('input,select,textarea').forEach((e, i) => e.setAttribute('{MARK}', i))"""
Mutation = Callable[[Snapshot, dict[str, str]], Snapshot]  # the labels by control help to translate


def kind_of_label(token: str) -> str:
    """The measured kind of an HTML autocomplete token, '' for kinds that are not measured."""
    if token.startswith("cc-exp"):
        return "expiry"
    if token == "tel" or token.startswith("tel-"):
        return "phone"
    table = {
        "cc-number": "number", "cc-csc": "code", "cc-name": "holder", "cc-given-name": "holder",
        "cc-family-name": "holder", "cc-additional-name": "holder", "email": "email", "name": "name",
        "given-name": "name", "family-name": "name", "additional-name": "name", "id-number": "id",
    }  # fmt: skip
    return table.get(token, "")


def kind_of_purpose(purpose: str) -> str:
    return next((kind for kind, purposes in KINDS.items() if purpose in purposes), "")


@dataclass
class Tally:
    """Right, wrongly claimed and missed."""

    hit: int = 0
    false: int = 0
    miss: int = 0
    right_no: int = 0

    def add(self, said: bool, true: bool) -> None:
        if said and true:
            self.hit += 1
        elif said:
            self.false += 1
        elif true:
            self.miss += 1
        else:
            self.right_no += 1

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.false) if self.hit + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.miss) if self.hit + self.miss else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (2 * self.hit + self.false + self.miss) if self.hit + self.false + self.miss else 1.0

    def row(self) -> dict[str, float]:
        numbers = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {
            "hit": self.hit,
            "false": self.false,
            "miss": self.miss,
            **{k: round(v, 4) for k, v in numbers.items()},
        }


@dataclass
class Result:
    """All counts of one run."""

    cards: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))  # number alone counts only as 'lenient'
    lenient: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shown: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))  # visible fields only
    by_group: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    unlabelled: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    lost: int = 0

    def macro(self, shown: bool = False) -> float:
        tallies = self.shown if shown else self.kinds
        return statistics.mean(tallies[k].f1 for k in KINDS if k in tallies) if tallies else 0.0


@contextmanager
def corpus(path: Path) -> Iterator[tuple[list[dict[str, Any]], Path]]:
    """The labels and the folder of the pages; an archive is unpacked to a temporary folder."""
    archive = path if path.is_file() else path / "pages.tar.xz"
    labels = (path.parent if path.is_file() else path) / "labels.jsonl"
    if not labels.exists():
        raise SystemExit(f"Nothing to measure: {labels} does not exist. Name a folder with labels.jsonl and pages.")
    records = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    if records and (labels.parent / records[0]["file"]).exists():
        yield records, labels.parent
    elif archive.exists():
        with tempfile.TemporaryDirectory(prefix="prober-pages-") as folder:
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
            yield records, Path(folder)
    else:
        raise SystemExit(f"Nothing to measure: neither the pages beside {labels} nor {archive} exist.")


async def observe(engine: Engine, html: str, seconds: dict[str, list[float]]) -> Snapshot:
    """The page as a Snapshot whose controls carry their place among input, select and textarea."""
    times = [time.perf_counter()]

    async def prepare(page: Any) -> None:
        times.append(time.perf_counter())
        for frame in page.frames:
            await frame.evaluate(_PLACE)
        times.append(time.perf_counter())

    snapshot = await engine.observe_static(html, prepare=prepare)
    if len(times) == 3:
        seconds["load"].append(times[1] - times[0])
        seconds["observe"].append(time.perf_counter() - times[2])
    return snapshot


async def snapshots(
    records: list[dict[str, Any]], folder: Path, keep: Path | None, result: Result
) -> list[tuple[dict[str, Any], Snapshot]]:
    """Every page observed once, or read back from `keep`."""
    found: dict[str, Snapshot] = {}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(engine: Engine, record: dict[str, Any]) -> None:
        name = record["file"]
        stored = keep / f"{name.replace('/', '_')}.json" if keep else None
        if stored and stored.exists():
            found[name] = Snapshot.model_validate_json(stored.read_bytes())
            return
        async with gate:
            html = (folder / name).read_text(encoding="utf-8", errors="replace")
            found[name] = await observe(engine, html, result.seconds)
        if stored:
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_text(found[name].model_dump_json(), encoding="utf-8")

    async with open_engine() as engine:
        await asyncio.gather(*(one(engine, r) for r in records))
    return [(r, found[r["file"]]) for r in records]


def unmarked(snapshot: Snapshot) -> tuple[Snapshot, dict[tuple[int, int], str]]:
    """The snapshot without our marks, and where (frame, place) each control is."""
    places: dict[tuple[int, int], str] = {}
    controls = []
    for control in snapshot.controls:
        mark = control.data.get(MARK)
        if mark is not None:
            places[control.frame, int(mark)] = control.ref
            control = control.model_copy(update={"data": {k: v for k, v in control.data.items() if k != MARK}})
        controls.append(control)
    return snapshot.model_copy(update={"controls": tuple(controls)}), places


def measure(pages: list[tuple[dict[str, Any], Snapshot]], result: Result, mutate: Mutation | None = None) -> Result:
    """Read every page and compare with its labels."""
    for record, raw in pages:
        snapshot, places = unmarked(raw)
        if mutate is not None:
            labels = {(f["frame"], f["n"]): f["kind"] for f in record["fields"]}
            snapshot = mutate(snapshot, {ref: labels.get(place, "") for place, ref in places.items()})
        started = time.perf_counter()
        reading = read(snapshot)
        fields, demands = reading.fields, tuple(d for d in reading.demands if d.kind == "card")
        result.seconds["read"].append(time.perf_counter() - started)
        _count_card(record, fields, demands, result)
        _count_fields(record, {f.ref: f for f in fields}, places, snapshot, result)
    return result


def _count_card(
    record: dict[str, Any], fields: tuple[FieldReading, ...], demands: tuple[Demand, ...], result: Result
) -> None:
    true = record["asks_card"]
    if true is None:
        return
    alone = any(NUMBER_ALONE in d.reasons for d in demands)
    said = bool(demands) and not alone
    for group in (
        "all",
        f"source {record['source']}",
        f"language {record['lang']}",
        *(f"tag {t}" for t in record["tags"]),
    ):
        result.cards[group].add(said, true)
    result.lenient.add(bool(demands), true)
    if said != true or (alone and not true):
        why = [
            f"{f.purpose} {f.confidence} {f.usable} {f.reasons[:3]}" for f in fields if f.purpose.startswith("card_")
        ]
        what = "missed card page" if true else "false card page" if said else "no card page"
        result.misses.append(f"{what} {record['file']} {record['tags']}{' (number alone)' if alone else ''}: {why[:6]}")


def _count_fields(
    record: dict[str, Any],
    fields: dict[str, FieldReading],
    places: dict[tuple[int, int], str],
    snapshot: Snapshot,
    result: Result,
) -> None:
    labelled = set()
    for label in record["fields"]:
        ref = places.get((label["frame"], label["n"])) or _by_name(snapshot, label)
        true = kind_of_label(label["kind"])
        reading = fields.get(ref) if ref else None
        labelled.add(ref)
        if reading is None:
            result.lost += bool(true)
        said = kind_of_purpose(reading.purpose) if reading else ""
        for kind in KINDS:
            tallies = [result.kinds[kind]]
            tallies += [result.by_group[f"{by} {record[key]}"][kind] for by, key in _GROUPS]
            if label["visible"]:
                tallies.append(result.shown[kind])
            for tally in tallies:
                tally.add(said == kind, true == kind)
        if said != true and (said or true):
            purpose, why = (reading.purpose, reading.reasons[:4]) if reading else ("lost", ())
            result.misses.append(
                f"field {record['file']} n={label['n']} {label['kind']} read as {purpose}"
                f"{'' if label['visible'] else ' (hidden)'}: {label['name']!r} {label['id']!r} {why}"
            )
    for ref, reading in fields.items():
        if ref not in labelled and reading.usable:
            result.unlabelled[kind_of_purpose(reading.purpose) or "other"] += 1


def _by_name(snapshot: Snapshot, label: dict[str, Any]) -> str | None:
    """Fields of inner frames, whose numbering may differ, are found by their name and id."""
    if not label["frame"]:
        return None
    return next((c.ref for c in snapshot.controls if c.frame and (c.name, c.id) == (label["name"], label["id"])), None)


def report(result: Result) -> str:
    lines = [
        f"{'asks for card details':34} {'hit':>5} {'false':>5} {'miss':>5} {'precision':>9} {'recall':>7} {'F1':>7}"
    ]
    lines += [_line(name, tally) for name, tally in sorted(result.cards.items(), key=lambda i: i[0] != "all")]
    lines.append(_line("all, number alone counted too", result.lenient))
    no = result.cards["all"]
    lines.append(f"false card pages among the negatives: {no.false / max(no.false + no.right_no, 1):.2%}")
    lines.append("")
    lines += [_line(f"field {kind}", result.kinds[kind]) for kind in KINDS]
    lines.append(f"macro-F1 of the field kinds: {result.macro():.4f}; visible fields only: {result.macro(True):.4f}")
    lines.append("field kinds by source and by language: precision/recall/F1")
    for group, kinds in sorted(result.by_group.items(), reverse=True):
        told = "  ".join(
            f"{k} {t.precision:.2f}/{t.recall:.2f}/{t.f1:.2f}" for k, t in kinds.items() if t.hit + t.false + t.miss
        )
        lines.append(f"  {group}: {told}")
    lines.append(
        f"fields read that carry no label: {dict(result.unlabelled)}; labelled fields not found: {result.lost}"
    )
    for name, values in result.seconds.items():
        lines.append(f"{name}: median {statistics.median(values) * 1000:.0f} ms, worst {max(values) * 1000:.0f} ms")
    return "\n".join(lines)


def _line(name: str, tally: Tally) -> str:
    return (
        f"{name:34} {tally.hit:5} {tally.false:5} {tally.miss:5}"
        f" {tally.precision:9.3f} {tally.recall:7.3f} {tally.f1:7.3f}"
    )


def as_json(result: Result) -> dict[str, Any]:
    return {
        "card": {name: tally.row() for name, tally in result.cards.items()},
        "card_number_alone_counted": result.lenient.row(),
        "fields": {kind: result.kinds[kind].row() for kind in KINDS},
        "fields_by_group": {g: {k: t.row() for k, t in kinds.items()} for g, kinds in result.by_group.items()},
        "macro_f1": round(result.macro(), 4),
        "macro_f1_visible": round(result.macro(True), 4),
        "misses": result.misses,
        "milliseconds": {k: round(statistics.median(v) * 1000, 1) for k, v in result.seconds.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--keep", type=Path, help="store the observed pages in this folder and reuse them")
    parser.add_argument("--quiet", action="store_true", help="do not list the misses")
    given = parser.parse_args()
    result = Result()
    with corpus(given.path) as (records, folder):
        pages = asyncio.run(snapshots(records, folder, given.keep, result))
    measure(pages, result)
    if not given.quiet:
        print("\n".join(result.misses), end="\n\n")
    print(report(result))
    if given.json:
        given.json.write_text(json.dumps(as_json(result), indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
