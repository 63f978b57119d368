"""Renamed, relabelled, translated, reordered or obfuscated fields are still recognised: at most 3 points of F1 less."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from prober.browser.engine import Engine
from prober.models.page import Snapshot
from prober.reading.card import card_demands
from prober.reading.fields import read_fields
from tests.reading.mutations import ALL
from tests.reading.saved_pages import index, observe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_LOST = 0.03
Mutation = Callable[[Snapshot, dict[str, str]], Snapshot]
# What each labelled kind of the corpora is called here.
PURPOSES = {
    "cc-number": "card_number", "cc-csc": "card_code", "cc-name": "card_holder", "cc-exp": "card_expiry", "tel": "phone",
    "cc-exp-month": "card_month", "cc-exp-year": "card_year", "email": "email", "name": "name", "id-number": "personal_id",
    "given-name": "name_given", "family-name": "name_family", "additional-name": "name_additional",
}  # fmt: skip


def f1(pages: list[tuple[Snapshot, dict[str, str], bool]], mutation: Mutation | None) -> tuple[float, float]:
    """F1 of 'asks for a card' and of all field purposes together, over the labelled pages."""
    card: Counter[tuple[bool, bool]] = Counter()
    hits = false = missed = 0
    for snapshot, answers, asks in pages:
        changed = mutation(snapshot, answers) if mutation else snapshot
        fields = read_fields(changed)
        read = {f.ref: f.purpose for f in fields}
        for ref, true in answers.items():
            said = read.get(ref, "unknown")
            hits += said == true
            false += said not in {true, "unknown"}
            missed += said != true
        card[bool(card_demands(changed, fields)), asks] += 1
    right, wrong = card[True, True], card[True, False] + card[False, True]
    return 2 * right / (2 * right + wrong), 2 * hits / (2 * hits + false + missed)


async def test_on_the_labelled_pages(engine: Engine) -> None:
    pages = [(*await observe(engine, name), known["card"] == "yes") for name, known in index().items()]
    plain = f1(pages, None)
    lost = {}
    for mutation in ALL:
        changed = f1(pages, mutation)
        lost[mutation.__name__] = tuple(round(was - now, 4) for was, now in zip(plain, changed, strict=True))
    assert all(max(pair) <= MOST_LOST for pair in lost.values()), lost


def benchmark() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "recognition.py"
    spec = importlib.util.spec_from_file_location("recognition", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["recognition"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif("PROBER_CORPORA" not in os.environ, reason="PROBER_CORPORA names no folder of labelled pages")
def test_on_the_corpora() -> None:
    bench = benchmark()
    keep = os.environ.get("PROBER_CORPORA_SNAPSHOTS")
    with bench.corpus(Path(os.environ["PROBER_CORPORA"])) as (records, folder):
        pages = asyncio.run(bench.snapshots(records, folder, Path(keep) if keep else None, bench.Result()))
    plain = bench.measure(pages, bench.Result())
    lost: dict[str, tuple[float, float]] = {}
    for mutation in ALL:

        def change(snapshot: Snapshot, kinds: dict[str, str], mutation: Mutation = mutation) -> Snapshot:
            return mutation(snapshot, {ref: PURPOSES.get(kind, "") for ref, kind in kinds.items()})

        mutated = bench.measure(pages, bench.Result(), change)
        card = plain.cards["all"].f1 - mutated.cards["all"].f1
        lost[mutation.__name__] = (round(card, 4), round(plain.macro() - mutated.macro(), 4))
    assert all(max(pair) <= MOST_LOST for pair in lost.values()), lost
