"""What must never leave the browser: card numbers and IINs that somebody living could bear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_plus

from prober.lab.server import Received

_RUN = re.compile(r"(?<!\d)\d{12,19}(?!\d)")


def forbidden_values(log: Iterable[Received], declared: set[str]) -> list[str]:
    """Luhn-valid card-like numbers and check-digit-valid 12-digit numbers in anything that was received."""
    found: list[str] = []
    for received in log:
        said = " ".join((received.path, received.query, received.body.decode("utf-8", "replace")))
        for number in _RUN.findall(unquote_plus(said)):
            if number in declared:
                continue
            if len(number) == 12 and _iin_valid(number):
                found.append(number)
            if 15 <= len(number) <= 16 and number[0] in "23456" and _luhn(number):
                found.append(number)
    return found


def _iin_valid(digits: str) -> bool:
    numbers = [int(d) for d in digits]
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(w * n for w, n in zip(weights, numbers, strict=False)) % 11
        if rest != 10:
            return rest == numbers[11]
    return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
