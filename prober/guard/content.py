"""What must never leave the browser: card numbers, and numbers that a living person could bear. Pure.

Prober types neither. This is the last look at what goes out, should a page's script or a fault of ours have
made such a value out of what was typed. It sees addresses, bodies and socket messages as the browser layer
shows them. What it cannot see:

- values that the page encodes, encrypts or splits (Base64, a key of its own, one digit a request);
- bodies of requests that the browser layer does not show: redirected ones, those of shared workers, reports;
- peer connections (the browser gives them no way out past the proxy);
- numbers of other lengths: cards of 13, 14 or 17 to 19 digits, national numbers of other countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import unquote_plus

LEAST_YEAR, MOST_YEAR = 1900, 2035  # of birth, of anybody who lives or is soon born
TEXT_CAP = 400_000  # letters of one text that are looked at

# Digits, alone or in groups of three or more with one separator between them, as people and masks write numbers.
_RUN = re.compile(r"(?<![0-9.])(?:\d{12,16}|\d{3,6}(?:[ \u00a0.\-]\d{3,6}){2,4})(?![0-9])")
# What networks issue: Visa, Mastercard, American Express, Mir, JCB, UnionPay, Discover, Uzcard, Humo, Elkart.
_ISSUERS = re.compile(
    r"4|5[1-5]|2(?:2(?:2[1-9]|[3-9])|[3-6]|7(?:[01]|20))|3[47]|220[0-4]|35(?:2[89]|[3-8])|62|6011|65|64[4-9]|8600|9860|9417"
)
_IIN_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


class Found(NamedTuple):
    """A value found on its way out. kind: 'card' or 'personal_id'; masked: what a report may show of it."""

    kind: Literal["card", "personal_id"]
    masked: str


def withheld(text: str, allowed: Iterable[str] = ()) -> tuple[Found, ...]:
    """The forbidden values in an address, body or message.

    Args:
        text: as it goes out; percent-encoding is undone, twice.
        allowed: what this case has declared: its last-resort values, digits only or not.
    """
    known = {_digits(value) for value in allowed}
    found: dict[str, Found] = {}
    text = text[:TEXT_CAP]
    plain = unquote_plus(text)
    for form in {text, plain, unquote_plus(plain)}:
        for run in _RUN.findall(form):
            number = _digits(run)
            if number in known or number in found:
                continue
            if is_card(number):
                found[number] = Found("card", f"{number[:4]}…{number[-2:]}")
            elif could_be_iin(number):
                found[number] = Found("personal_id", f"{number[:4]}…")
    return tuple(found.values())


def is_card(number: str) -> bool:
    """15 or 16 digits with an issuer's prefix and the right check digit."""
    if len(number) not in (15, 16) or not _ISSUERS.match(number) or (len(set(number)) < 3 and number[0] != "4"):
        return False
    if (len(number) == 15) != number.startswith(("34", "37")):
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def could_be_iin(number: str) -> bool:
    """Twelve digits with the right check digit, of somebody born on a day that is or was or will soon be."""
    if len(number) != 12 or number[6] not in "3456":
        return False
    century = 1900 if number[6] in "34" else 2000
    try:
        born = date(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        return False
    if not LEAST_YEAR <= born.year <= MOST_YEAR:
        return False
    digits = [int(digit) for digit in number]
    for weights in _IIN_WEIGHTS:
        rest = sum(w * d for w, d in zip(weights, digits, strict=False)) % 11
        if rest < 10:
            return rest == digits[11]
    return False


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")
