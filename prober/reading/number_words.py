"""Numbers written in words ('двадцать одна тысяча шестьсот', 'жиырма бір мың', 'twenty-one thousand')."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from prober.reading.lexicon import packaged
from prober.reading.text import fold, words

_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʻʼ][^\W\d_]+)?|\d{1,3}(?:[ .,]\d{3})*|[^\s\w]")


@lru_cache(maxsize=1)
def _values() -> tuple[dict[str, int], dict[str, int], dict[str, int], frozenset[str]]:
    data = packaged("_numbers")
    units = {fold(w): int(n) for by in data["units"].values() for w, n in by.items()}
    hundreds = {fold(w): int(n) for w, n in data["hundreds"].items()}
    scales = {fold(w): int(n) for w, n in data["scales"].items()}
    return units, hundreds, scales, frozenset(fold(w) for w in data["joiners"])


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    units, hundreds, scales, _ = _values()
    return frozenset(units.keys() | hundreds.keys() | scales.keys())


def spelled_numbers(text: str) -> Iterator[tuple[Decimal, int, int]]:
    """Value, start and end of every run of number words in a cleaned text; digits may stand before a scale word."""
    _units, _hundreds, scales, joiners = _values()
    known = _known()
    if known.isdisjoint(words(fold(text))):
        return
    run: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        word = fold(match.group()) if not match.group()[0].isdigit() else match.group()
        if word in known or (run and word[:1].isdigit() and any(w in scales for w, _, _ in run)):
            run.append((word, match.start(), match.end()))
        elif run and (word in joiners or word == "-" or (word == "." and run[-1][0] in scales)):
            continue
        else:
            yield from _value(run)
            run = [(word, match.start(), match.end())] if word[:1].isdigit() else []
    yield from _value(run)


def _value(run: list[tuple[str, int, int]]) -> Iterator[tuple[Decimal, int, int]]:
    units, hundreds, scales, _ = _values()
    if not any(not w[0].isdigit() for w, _, _ in run):
        return
    total = part = 0
    for word, _, _ in run:
        if word in scales:
            total += (part or 1) * scales[word]
            part = 0
        elif word in hundreds:
            part = (part or 1) * 100
        elif word in units:
            part += units[word]
        else:
            part += int(re.sub(r"\D", "", word))
    yield Decimal(total + part), run[0][1], run[-1][2]
