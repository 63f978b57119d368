"""Observes the labelled pages of tests/pages in a real browser and compares their answers with the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from prober.browser.engine import Engine
from prober.models.page import Snapshot
from prober.models.reading import Reading
from prober.reading.read import read

PAGES = Path(__file__).resolve().parent.parent / "pages"
EXPECT = "data-expect"


def index() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.load((PAGES / "index.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return loaded


async def observe(engine: Engine, name: str) -> tuple[Snapshot, dict[str, str]]:
    """The page without its answers, and the answers by control."""
    seen = await engine.observe_static((PAGES / f"{name}.html").read_text(encoding="utf-8"), width=412, height=915)
    answers = {c.ref: c.data[EXPECT] for c in seen.controls if EXPECT in c.data}
    bare = [c.model_copy(update={"data": {k: v for k, v in c.data.items() if k != EXPECT}}) for c in seen.controls]
    return seen.model_copy(update={"controls": tuple(bare)}), answers


def misses(snapshot: Snapshot, answers: dict[str, str], known: dict[str, Any]) -> Counter[str]:
    """Everything that the reading has otherwise than the page's labels: fields, card, debts with their sums, answer."""
    reading = read(snapshot)
    wrong = Counter(_fields(reading, answers))
    if bool([d for d in reading.demands if d.kind == "card"]) != (known["card"] == "yes"):
        wrong["card"] += 1
    claimed, wanted = set(_debts(reading)), set(known.get("debts", ()))
    wrong.update(f"{debt} not read" for debt in wanted - claimed)
    wrong.update(f"{debt} read" for debt in claimed - wanted)
    said = next((r.kind for r in reading.refusals), "")
    if said != known.get("answer", ""):
        wrong[f"{known.get('answer', '') or 'no answer'} read as {said or 'no answer'}"] += 1
    return wrong


def _fields(reading: Reading, answers: dict[str, str]) -> Iterator[str]:
    found = {f.ref: f.purpose for f in reading.fields}
    for ref, true in answers.items():
        if found.get(ref) != true:
            yield f"{true} read as {found.get(ref, 'nothing')}"


def _debts(reading: Reading) -> Iterator[str]:
    for claim in reading.accusations:
        value = f"{claim.amount.value.normalize():f} {claim.amount.currency}" if claim.amount else "without a sum"
        yield f"{claim.debt} {value}".strip()
