"""The form that a field wants its value in, as far as the page tells: which characters, in which order."""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import lru_cache
from typing import Literal

from prober.models.base import Noun

Source = Literal["pattern", "mask", "example", "boxes", "words", "held", "length"]

# Letters that Latin, Cyrillic and Greek plates write alike: an example in them names none of the three.
ALIKE = frozenset("ABCEHKMOPTXYАВСЕНКМОРТХУІΑΒΕΗΚΜΟΡΤΧΥΙ")
_BY_SIGHT = frozenset({"latin", "cyrillic", "greek"})


class Shape(Noun):
    """One form of a value.

    cells: per character '9' (a digit), 'A:latin' (a letter of that script; 'A:any' of whichever), '*' (a letter
        or digit), '[xyz' (one of these), '=-' (this very character).
    regex: what the page's own pattern demands of the whole, '' where it has none.
    example: the page's own example; it is only ever measured, never typed.
    source, quote: where the form was read from, and the words.
    """

    cells: tuple[str, ...]
    regex: str = ""
    example: str = ""
    source: Source = "example"
    quote: str = ""

    @property
    def solid(self) -> tuple[str, ...]:
        """The cells without separators."""
        return tuple(cell for cell in self.cells if not is_separator(cell))

    @property
    def digits_only(self) -> bool:
        return all(cell == "9" for cell in self.solid)

    def fits(self, text: str) -> bool:
        """Whether a text has this form; separators are nobody's business unless the page's pattern counts them."""
        if self.regex:
            return matches(self.regex, text)
        plain = compact(text)
        return len(plain) == len(self.solid) and all(_is(char, cell) for char, cell in zip(plain, self.solid))  # noqa: B905


def compact(text: str) -> str:
    """Letters and digits, in capitals."""
    return "".join(char for char in text.upper() if char.isalnum())


def is_separator(cell: str) -> bool:
    """Whether the cell is a character that only stands between others."""
    return cell.startswith("=") and not cell[1:].isalnum()


def script_of(letter: str) -> str:
    """'latin', 'cyrillic', 'thai', ...: the first word of the letter's Unicode name."""
    return unicodedata.name(letter[:1], "LATIN").partition(" ")[0].partition("-")[0].lower()


def matches(regex: str, text: str) -> bool:
    """Whether a browser would take `text` for an input with that pattern; a pattern we cannot read takes all."""
    compiled = _compiled(regex)
    return compiled is None or compiled.fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(regex: str) -> re.Pattern[str] | None:
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # about sets that later dialects nest
            return re.compile(translated(regex))
    except (re.error, RecursionError, OverflowError):
        return None


def translated(regex: str) -> str:
    """A pattern of a page in our own dialect."""
    regex = re.sub(r"\\p\{L[a-z]?\}|\\p\{(?:Script=)?\w+\}", r"[^\\W\\d_]", regex)
    return regex.replace("(?<", "(?P<") if re.search(r"\(\?<[A-Za-z]", regex) else regex


def _is(char: str, cell: str) -> bool:
    if cell == "9":
        return char.isdecimal()
    if cell == "*":
        return True
    if cell.startswith("["):
        return char in cell[1:].upper()
    if cell.startswith("="):
        return char == cell[1:].upper()
    script = cell.partition(":")[2]
    return char.isalpha() and (script == "any" or script_of(char) == script)


def letter_cells(example: str) -> list[str]:
    """The cell of each letter of an example: letters that look alike in several scripts stand for any of them."""
    scripts = {script_of(char) for char in example if char.isalpha()}
    vague = scripts <= _BY_SIGHT and all(char.upper() in ALIKE for char in example if char.isalpha())
    return [("A:any" if vague else f"A:{script_of(char)}") for char in example if char.isalpha()]
