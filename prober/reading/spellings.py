"""Writes the phrases of a language in its other alphabets, so that no phrase has to be listed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from prober.reading.data import packaged_data

_NO_WORDS = ("<n>", "..", "...")  # parts of a phrase that are notation
_CYRILLIC = re.compile("[а-яѐ-ӿ]")
_LATIN = re.compile("[a-zà-ɏ]")


@cache
def _tables(language: str) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """For each other alphabet: what finds the letters to change, and what they become."""
    tables = (packaged_data("lexicons", "_spellings") or {}).get(language, ())
    return tuple((re.compile("|".join(sorted(map(re.escape, t), key=len, reverse=True))), t) for t in tables)


def spellings(language: str, phrase: str) -> Iterator[str]:
    """The phrase in every other alphabet of a language; nothing where it is not wholly in the usual one."""
    for letters, table in _tables(language):
        pieces = [
            p if p in _NO_WORDS else letters.sub(lambda m, t=table: t[m.group()], p)  # type: ignore[misc]
            for p in phrase.split()
        ]
        written = " ".join(pieces)
        words = "".join(p for p in pieces if p not in _NO_WORDS)
        if written != phrase and not (_CYRILLIC.search(words) and _LATIN.search(words)):
            yield written
