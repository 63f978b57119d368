"""A page's input pattern as the characters it wants, one by one: for the patterns that forms really carry."""

from __future__ import annotations

import re
import warnings
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from prober.models.shape import script_of, translated

LONGEST = 40
_SETS = {
    op.CATEGORY_DIGIT: "9",
    op.CATEGORY_WORD: "*",
    op.CATEGORY_SPACE: "= ",
}


def cells_of_regex(regex: str) -> tuple[str, ...]:
    """The cells of a value that the pattern takes, as long as it allows; empty where it is too free or unreadable."""
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # about sets that later dialects nest
            cells = _walk(_parser.parse(translated(regex)))
    except (re.error, ValueError, RecursionError, OverflowError):
        return ()
    solid = [cell for cell in cells if not cell.startswith("=") or cell[1:].isalnum()]
    return tuple(cells) if 3 <= len(solid) <= LONGEST else ()


def _walk(parsed: Any) -> list[str]:
    cells: list[str] = []
    for kind, value in parsed:
        if kind is op.LITERAL:
            cells.append(f"={chr(value)}")
        elif kind is op.IN:
            cells.append(_set(value))
        elif kind is op.CATEGORY:
            cells.append(_SETS.get(value, "*"))
        elif kind in (op.ANY, op.NOT_LITERAL):
            cells.append("*")
        elif kind is op.BRANCH:
            cells += _walk(value[1][0])
        elif kind is op.SUBPATTERN:
            cells += _walk(value[-1])
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            cells += _repeat(*value)
        elif kind not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            raise ValueError(f"{kind} is not for forms")
        if len(cells) > LONGEST:
            raise ValueError("too long")
    return cells


def _repeat(least: int, most: Any, inner: Any) -> list[str]:
    once = _walk(inner)
    if least == 0 and all(cell.startswith("=") and not cell[1:].isalnum() for cell in once):
        return []  # a separator that may be left out
    free = most is op.MAXREPEAT or most > LONGEST
    return once * (max(least, 1) if free else most)


def _set(items: Any) -> str:
    chars: set[str] = set()
    for kind, value in items:
        if kind is op.NEGATE:
            return "A:any" if (op.CATEGORY, op.CATEGORY_NOT_WORD) in items else "*"
        if kind is op.LITERAL:
            chars.add(chr(value))
        elif kind is op.RANGE:
            if value[1] - value[0] > 400:
                chars |= {chr(value[0]), chr(value[1])}
            else:
                chars |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif kind is op.CATEGORY:
            if value is op.CATEGORY_WORD:
                return "*"
            chars |= set("0123456789") if value is op.CATEGORY_DIGIT else {" "}
    return _named(chars)


def _named(chars: set[str]) -> str:
    letters = {char.upper() for char in chars if char.isalpha()}
    digits = {char for char in chars if char.isdecimal()}
    if letters and digits:
        return "*"
    if digits:
        return "9" if len(digits) == 10 else "[" + "".join(sorted(digits))
    if not letters:
        return "=" + min(chars, default=" ")
    scripts = {script_of(letter) for letter in letters}
    if len(scripts) == 1 and len(letters) >= 20:
        return f"A:{scripts.pop()}"
    return "[" + "".join(sorted(letters)) if len(letters) <= 60 else "A:any"
