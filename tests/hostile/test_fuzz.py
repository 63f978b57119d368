"""What comes from outside, at random: snapshots of the browser, stored cases, whole pages."""

from __future__ import annotations

import json
import os
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from prober.browser import dom
from prober.browser.engine import Engine
from prober.browser.tree import STYLES, Part
from prober.catalog import load_scenario
from prober.errors import ProberError
from prober.models.case import Case
from prober.models.page import Snapshot
from prober.plan.steps import next_actions
from prober.plan.turns import Trail
from prober.reading.read import read
from tests.factories_case import rejecting
from tests.hostile.pages import page

WORDS = st.sampled_from(
    [
        "",
        "Штраф",
        "23 400 ₸",
        "Гос. номер",
        "ИИН",
        "div",
        "INPUT",
        "#text",
        "BODY",
        "HTML",
        "SELECT",
        "visible",
        "0",
        "none",
    ]
)
ANY = st.one_of(WORDS, st.text(max_size=20))
NUMBER = st.one_of(st.integers(-2, 40), st.floats(-1e9, 1e9, allow_nan=False))


@st.composite
def captures(draw: st.DrawFn) -> dict[str, Any]:
    """The shape of DOMSnapshot.captureSnapshot with whatever numbers and words in it."""
    strings = draw(st.lists(ANY, min_size=1, max_size=20))
    index = st.integers(-1, len(strings) - 1)
    count = draw(st.integers(1, 15))
    laid = draw(st.integers(0, count))

    def rare() -> dict[str, list[int]]:
        places = draw(st.lists(st.integers(0, count - 1), max_size=3, unique=True))
        return {"index": places, "value": [draw(index) for _ in places]}

    box = st.lists(NUMBER, min_size=4, max_size=4)
    nodes: dict[str, Any] = {
        "parentIndex": [-1, *(draw(st.integers(0, place - 1)) for place in range(1, count))],
        "nodeType": [draw(st.sampled_from([1, 3, 8, 9, 11])) for _ in range(count)],
        "nodeName": [draw(st.integers(0, len(strings) - 1)) for _ in range(count)],
        "nodeValue": [draw(index) for _ in range(count)],
        "backendNodeId": list(range(1, count + 1)),
        "attributes": [draw(st.lists(st.integers(0, len(strings) - 1), max_size=4).map(lambda a: a[: len(a) // 2 * 2])) for _ in range(count)],
        **{name: rare() for name in ("inputValue", "textValue", "currentSourceURL", "pseudoType", "contentDocumentIndex")},
        **{name: {"index": rare()["index"]} for name in ("inputChecked", "optionSelected", "isClickable")},
    }  # fmt: skip
    layout = {
        "nodeIndex": sorted(draw(st.lists(st.integers(0, count - 1), min_size=laid, max_size=laid))),
        "styles": [[draw(index) for _ in STYLES] for _ in range(laid)],
        "bounds": [draw(box) for _ in range(laid)],
        "text": [draw(index) for _ in range(laid)],
        "paintOrders": [draw(st.integers(0, 50)) for _ in range(laid)],
        "clientRects": [draw(st.one_of(st.just([]), box)) for _ in range(laid)],
    }
    boxes = {"layoutIndex": list(range(laid)), "bounds": [draw(box) for _ in range(laid)]}
    document = {"documentURL": draw(index), "title": draw(index), "nodes": nodes, "layout": layout, "textBoxes": boxes}
    return {"strings": strings, "documents": [document] * draw(st.integers(1, 2))}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(captures())
def test_any_capture_becomes_a_page_that_can_be_read(raw: dict[str, Any]) -> None:
    scenario = load_scenario("kz-fines")
    snapshot = dom.snapshot_of(dom.read([Part(raw)], 412, 915), url="http://a.example/")
    assert Snapshot.model_validate_json(snapshot.model_dump_json()) == snapshot
    read(snapshot, scenario)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> str:
    case, _ = rejecting(tmp_path_factory.mktemp("case"))
    return case.model_dump_json(by_alias=True)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), JSON), min_size=1, max_size=4))
def test_a_damaged_case_is_refused_or_read_never_more(stored: str, damages: list[tuple[int, Any]]) -> None:
    record = json.loads(stored)
    for place, value in damages:
        holder, key = _slots(record)[place % len(_slots(record))]
        holder[key] = value
    try:
        Case.model_validate(record)
    except (ValidationError, ProberError) as error:
        assert str(error)


def _slots(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        item = todo.pop()
        keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
        for key in keys:
            found.append((item, key))
            todo.append(item[key])
    return found


PAGES = int(os.environ.get("PROBER_FUZZ_PAGES", "40"))


@pytest.mark.browser
async def test_generated_pages_are_observed_read_and_planned(engine: Engine) -> None:
    await _observe(engine, range(PAGES))


@pytest.mark.slow
@pytest.mark.browser
async def test_two_thousand_generated_pages(engine: Engine) -> None:
    await _observe(engine, range(10_000, 12_000))


async def _observe(engine: Engine, seeds: range) -> None:
    from prober.identities.make import make_identities

    scenario = load_scenario("kz-fines")
    identity = make_identities(scenario, 1, 1)[0]
    for seed in seeds:
        html = page(random.Random(seed))
        snapshot = await engine.observe_static(html)
        assert snapshot.failure == "", f"seed {seed}"
        reading = read(snapshot, scenario)
        actions = next_actions(snapshot, reading, Trail(identity, scenario))
        assert actions, f"seed {seed}"
        assert not any(
            c.kind == "file" and a.do == "fill" and a.ref == c.ref for c in snapshot.controls for a in actions
        )
