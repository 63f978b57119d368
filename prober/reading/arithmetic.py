"""Works out sums that a page asks to prove humanity, e.g. '7 + 5 =' or 'сколько будет три плюс два'."""

from __future__ import annotations

import re
from functools import lru_cache

from prober.models.page import Control, Snapshot
from prober.models.reading import Arithmetic, FieldReading
from prober.reading.data import packaged_data
from prober.reading.text import fold

_SIGNS = {"+": "+", "-": "-", "×": "*", "x": "*", "х": "*", "*": "*", "·": "*", "÷": "/", ":": "/", "/": "/"}
_NUMBER = r"(?<![\d.,/])\d{1,3}(?![\d.,]*\d)"
_SUM = re.compile(rf"({_NUMBER})\s*([+\-×xх*·÷:/])\s*({_NUMBER})(?:\s*([+\-×xх*])\s*({_NUMBER}))?\s*(=|\?|equals|$)")
_ASKED = re.compile(r"=\s*[?_.…]*\s*$|=\s*\?|\?")


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], dict[str, str], re.Pattern[str]]:
    data = packaged_data("cues", "sums")
    numbers = {fold(w): str(n) for n, entry in data["numbers"].items() for w in entry}
    signs = {fold(w): sign for sign, entry in data["signs"].items() for w in entry}
    asks = re.compile("|".join(re.escape(fold(w)) for w in sorted(data["asks"], key=len, reverse=True)))
    return numbers, signs, asks


def read_arithmetic(snapshot: Snapshot, fields: tuple[FieldReading, ...]) -> tuple[Arithmetic, ...]:
    """Questions beside a text box whose answer is a number; the box is named by `ref`."""
    by_ref = {c.ref: c for c in snapshot.controls}
    found = []
    for field in fields:
        question = question_at(by_ref[field.ref]) if field.usable and field.ref in by_ref else ""
        if question:
            found.append(Arithmetic(ref=field.ref, question=question, answer=str(solve(question))))
    return tuple(found)


def question_at(control: Control) -> str:
    """The sum that stands at a text box, '' where none does."""
    if control.kind not in {"text", "editable"}:
        return ""
    texts = [control.label, control.aria_label, control.placeholder, control.title]
    texts += [n.text for n in control.near if n.distance <= 90]
    return next((" ".join(t.split()) for t in texts if solve(t) is not None), "")


def solve(text: str) -> int | None:
    """The answer to a sum in a text, None when it asks for none (dates, prices and phone numbers are no sums)."""
    if not text or len(text) > 160:
        return None
    numbers, signs, asks = _words()
    plain = " ".join(_translate(w, numbers, signs) for w in re.findall(r"\d+|[^\W\d_]+|[^\w\s]", fold(text)))
    match = _SUM.search(plain)
    if match is None:
        return None
    asked = bool(_ASKED.search(plain)) or bool(asks.search(fold(text)))
    if not asked:
        return None
    first, sign, second, sign2, third, _ = match.groups()
    value = _apply(int(first), _SIGNS[sign], int(second))
    if third is not None and value is not None:
        if _SIGNS[sign2] == "*":
            right = _apply(int(second), "*", int(third))
            value = None if right is None else _apply(int(first), _SIGNS[sign], right)
        else:
            value = _apply(value, _SIGNS[sign2], int(third))
    return value


def _translate(word: str, numbers: dict[str, str], signs: dict[str, str]) -> str:
    return numbers.get(word) or signs.get(word) or word


def _apply(left: int, sign: str, right: int) -> int | None:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return left // right if right and left % right == 0 else None
