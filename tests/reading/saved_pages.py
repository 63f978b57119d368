"""Observes the labelled pages of tests/pages in a real browser and compares their answers with the reading."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from prober.browser.engine import Engine
from prober.models.page import Snapshot
from prober.reading.card import card_demands
from prober.reading.fields import read_fields

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


def misses(snapshot: Snapshot, answers: dict[str, str]) -> Counter[str]:
    read = {f.ref: f.purpose for f in read_fields(snapshot)}
    wrong = [f"{true} read as {read.get(ref, 'nothing')}" for ref, true in answers.items() if read.get(ref) != true]
    return Counter(wrong)


def asks_card(snapshot: Snapshot) -> bool:
    return bool(card_demands(snapshot, read_fields(snapshot)))
