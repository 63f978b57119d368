"""What is loaded ahead is what a case needs, and a wrong file is not told here."""

from __future__ import annotations

from prober.app.warm import warm
from prober.catalog import load_scenario
from prober.reading import lexicon


def test_the_words_of_the_scenario_are_in_memory_afterwards() -> None:
    warm("kz-fines")
    loaded = lexicon._phrases.cache_info().misses
    lexicon.lexicon_for(load_scenario("kz-fines").languages)
    assert lexicon._phrases.cache_info().misses == loaded


def test_an_unknown_scenario_is_left_to_the_check() -> None:
    warm("no-such-scenario")
