"""The check digit worked out on paper, so that a reader can follow it with a pencil."""

from __future__ import annotations

from dataclasses import dataclass

from prober.identities import checkdigits
from prober.models.scenario import CheckDigit


@dataclass(frozen=True)
class Row:
    """One pass of a weighted rule: weights, products, and what they come to."""

    weights: tuple[int, ...]
    products: tuple[int, ...]
    sum: int
    quotient: int
    remainder: int
    right: str  # the character for that remainder, '' where it has none


@dataclass(frozen=True)
class Working:
    """A rule applied to a value whose check digit fails.

    digits: what the weights are applied to. rows: the passes that the rule comes to; empty for rules
    that are no weighted sum. accepted: what any reading of the rule would take.
    """

    digits: tuple[str, ...]
    last: str
    right: str
    rows: tuple[Row, ...]
    modulus: int
    method: str
    accepted: tuple[str, ...]


def work_out(rule: CheckDigit, text: str) -> Working | None:
    """How the rule finds `text` wrong; None where it does not apply (another length, letters) or finds it right."""
    try:
        at, end = checkdigits.place(rule, text)
        right, accepted = checkdigits.right(rule, text), tuple(sorted(checkdigits.accepted(rule, text)))
    except (checkdigits.RuleError, ValueError, IndexError):
        return None
    last = text[at:end]
    start, stop = checkdigits.bounds(rule.span, len(text))
    stem = text[start:at] + text[end:stop]
    if last in accepted or not (stem.isascii() and stem.isdecimal()):
        return None
    rows = _rows(rule, stem) if rule.method == "weighted" else ()
    if rule.method == "weighted" and rule.passes and len(stem) != len(rule.passes[0]):
        return None
    return Working(tuple(stem), last, right, rows, rule.modulus, rule.method, accepted)


def _rows(rule: CheckDigit, stem: str) -> tuple[Row, ...]:
    table = rule.map or checkdigits.DIGITS
    rows: list[Row] = []
    for weights in rule.passes:
        products = tuple(int(digit) * weight for digit, weight in zip(stem, weights, strict=False))
        quotient, remainder = divmod(sum(products), rule.modulus)
        right = table[remainder] if remainder < len(table) else ""
        rows.append(Row(weights[: len(stem)], products, sum(products), quotient, remainder, right))
        if right:
            break
    return tuple(rows)
