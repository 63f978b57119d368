"""Tests that hold the catalogues together."""

import string
from datetime import UTC, datetime

import pytest

from prober.errors import UsageError
from prober.reporting.messages import LANGUAGES, Words, catalogue

AT = datetime(2026, 11, 22, 20, 30, 5, tzinfo=UTC)


def leaves(node, path=""):
    if isinstance(node, dict):
        for name, child in node.items():
            yield from leaves(child, f"{path}/{name}")
    elif isinstance(node, list):
        yield path, (f"list of {len(node)}",)
    else:
        assert isinstance(node, str), path
        yield path, tuple(sorted(name for _, name, _, _ in string.Formatter().parse(node) if name))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_catalogue_has_the_same_keys_and_places(lang):
    english, other = dict(leaves(catalogue("en"))), dict(leaves(catalogue(lang)))
    assert english.keys() == other.keys()
    assert {path: places for path, places in english.items() if places != other[path]} == {}


def test_moments_in_three_languages_with_the_local_clock():
    assert Words("en").moment(AT, "Asia/Almaty") == "22 Nov 2026, 20:30 UTC (23 Nov 2026, 01:30 Astana)"
    assert Words("ru").moment(AT, "Europe/Moscow") == "22 ноября 2026 г., 20:30 UTC (23:30, Москва)"
    assert Words("kk").moment(AT, seconds=True) == "2026 ж. 22 қараша, 20:30:05 UTC"
    assert Words("en").moment(AT, "Nowhere/Land") == "22 Nov 2026, 20:30 UTC"


def test_lists_and_fallbacks():
    words = Words("en")
    assert words.listed(["a", "b", "a", "c"]) == "a, b and c"
    assert words.one("kinds", "personal_id.RU", "personal_id") == "personal number"
    assert words.one("kinds", "unheard_of") == "value"
    with pytest.raises(UsageError, match="choose one of"):
        Words("fr")
