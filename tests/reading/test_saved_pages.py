"""The labelled pages of tests/pages are read right, fields, debts, sums and answers, but for the misses that are listed."""

from __future__ import annotations

from collections import Counter

import pytest

from prober.browser.engine import Engine
from tests.reading.saved_pages import index, misses, observe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", index())
async def test_page_is_read_as_labelled(engine: Engine, name: str) -> None:
    known = index()[name]
    snapshot, answers = await observe(engine, name)
    assert misses(snapshot, answers, known) == Counter(known["misses"])
