"""The labelled pages of tests/pages are read right, but for the misses that are listed."""

from __future__ import annotations

from collections import Counter

import pytest

from prober.browser.engine import Engine
from tests.reading.saved_pages import asks_card, index, misses, observe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", index())
async def test_page_is_read_as_labelled(engine: Engine, name: str) -> None:
    known = index()[name]
    snapshot, answers = await observe(engine, name)
    assert answers, "the page has no labelled field"
    assert misses(snapshot, answers) == Counter(known["misses"])
    assert asks_card(snapshot) == (known["card"] == "yes")
