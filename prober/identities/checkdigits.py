"""Check-digit rules as data: what a rule accepts under any of its readings, and how to break or satisfy it."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from random import Random

from prober.models.scenario import CheckDigit

DIGITS = string.digits
ALPHANUMERIC = DIGITS + string.ascii_uppercase


class RuleError(ValueError):
    """A rule that cannot be applied to a text."""


def cut(slice_text: str, text: str) -> str:
    """The part of `text` that a slice 'a:b' names ('' for all)."""
    start, stop = bounds(slice_text, len(text))
    return text[start:stop]


def bounds(slice_text: str, length: int) -> tuple[int, int]:
    """Start and end of a slice 'a:b' in a text of that length.

    Raises:
        RuleError: it is no slice.
    """
    first, colon, last = slice_text.partition(":")
    try:
        start, stop, _ = slice(int(first) if first else None, int(last) if last else None).indices(length)
    except ValueError:
        raise RuleError(f"{slice_text!r} is no slice 'a:b'") from None
    if slice_text and not colon:
        raise RuleError(f"{slice_text!r} is no slice 'a:b'")
    return start, stop


def _alphabet(rule: CheckDigit) -> str:
    """What a check character may look like: digits, or letters where the rule writes letters only."""
    return DIGITS if not rule.map or rule.map[0] in DIGITS else rule.map


def _width(rule: CheckDigit) -> int:
    return 2 if rule.method == "mod97" else 1


def place(rule: CheckDigit, text: str) -> tuple[int, int]:
    """Where the check characters stand in `text`: start and end."""
    start, stop = bounds(rule.span, len(text))
    if rule.method == "mod97":
        return stop - 2, stop
    at = stop + rule.position if rule.position < 0 else start + rule.position
    if not start <= at < stop:
        raise RuleError(f"{text!r} has no character {rule.position}")
    return at, at + 1


def _stem(rule: CheckDigit, text: str) -> str:
    """What the check characters are computed from."""
    start, stop = bounds(rule.span, len(text))
    at, end = place(rule, text)
    return text[start:at] + text[end:stop]


def _letter_values(rule: CheckDigit) -> dict[str, int]:
    return {letter: value for letters, value in rule.letters.items() for letter in letters}


def _numbers(rule: CheckDigit, stem: str) -> list[int]:
    if stem.isdecimal() and stem.isascii():
        return [ord(char) - 48 for char in stem]
    letters = _letter_values(rule)
    try:
        return [int(char) if char in DIGITS else letters[char] for char in stem]
    except KeyError as missing:
        raise RuleError(f"the rule gives {missing} no value (in {stem!r})") from None


def numbers_of(rule: CheckDigit, text: str) -> list[int]:
    """What a weighted rule multiplies: the values of the characters without the check character."""
    return _numbers(rule, _stem(rule, text))


def remainders(rule: CheckDigit, text: str) -> tuple[int, ...]:
    """For a weighted rule: the remainder of every pass, whether or not it comes to it."""
    return _remainders(rule, numbers_of(rule, text))


def _remainders(rule: CheckDigit, numbers: Sequence[int]) -> tuple[int, ...]:
    size = len(numbers)
    rows = (row if len(row) >= size else row * (size // len(row) + 1) for row in rule.passes)
    return tuple(sum([n * w for n, w in zip(numbers, row, strict=False)]) % rule.modulus for row in rows)


def _character(rule: CheckDigit, remainder: int) -> str:
    table = rule.map or DIGITS
    return table[remainder] if remainder < len(table) else ""


def right(rule: CheckDigit, text: str) -> str:
    """The check characters that the rule demands; '' where it has none (such a number is never issued)."""
    stem = _stem(rule, text)
    if rule.method == "weighted":
        characters = [_character(rule, r) for r in _remainders(rule, _numbers(rule, stem))]
        return next((char for char in characters if char), rule.fallback)
    return _METHODS[rule.method](rule, stem)


def accepted(rule: CheckDigit, text: str) -> frozenset[str]:
    """Every check character that some reading of the rule would accept here.

    For rules of several passes libraries differ: some stop at the first pass, some write 0 for a remainder
    without a character. All of these are in the set, so a value outside it is wrong for everybody.
    """
    if rule.method != "weighted":
        return frozenset({right(rule, text)})
    found = {rule.fallback} if rule.fallback else set()
    for remainder in remainders(rule, text):
        found.add(_character(rule, remainder) or "0")
    return frozenset(found)


def passes(rule: CheckDigit, text: str) -> bool:
    """Whether `text` satisfies the rule as it is usually read."""
    at, end = place(rule, text)
    demanded = right(rule, text)
    return bool(demanded) and text[at:end] == demanded


def break_(rule: CheckDigit, text: str, rng: Random) -> str:
    """`text` with check characters that no reading of the rule accepts."""
    at, end = place(rule, text)
    wrong = accepted(rule, text)
    if _width(rule) == 1:
        choice = rng.choice([char for char in _alphabet(rule) if char not in wrong])
    else:
        choice = rng.choice(
            [pair for n in range(100) if (pair := f"{n:02}") not in wrong and n % 97 != int(*wrong) % 97]
        )
    return text[:at] + choice + text[end:]


def mend(rule: CheckDigit, text: str) -> str:
    """`text` with the right check characters; '' where the rule has none for it."""
    at, end = place(rule, text)
    demanded = right(rule, text)
    return text[:at] + demanded + text[end:] if demanded else ""


def luhn_digit(stem: str) -> str:
    """The Luhn check digit (ISO/IEC 7812-1 annex B) of a string of digits."""
    total = 0
    for index, char in enumerate(reversed(stem)):
        doubled = int(char) * 2 if index % 2 == 0 else int(char)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def luhn_valid(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    return luhn_digit(digits[:-1]) == digits[-1]


def _luhn(rule: CheckDigit, stem: str) -> str:
    return luhn_digit("".join(str(n) for n in _numbers(rule, stem)))


def _mod97(rule: CheckDigit, stem: str) -> str:
    number = "".join(str(ALPHANUMERIC.index(char)) for char in stem)
    return f"{98 - int(number + '00') % 97:02}"


def _mod11_2(rule: CheckDigit, stem: str) -> str:
    total = 0
    for number in _numbers(rule, stem):
        total = (total + number) * 2 % 11
    return "0123456789X"[(12 - total) % 11]


def _hybrid(modulus: int, stem: str) -> str:
    """ISO 7064 hybrid systems MOD 11,10 and MOD 37,36."""
    check = modulus
    for char in stem:
        check = (check + ALPHANUMERIC.index(char)) % modulus or modulus
        check = check * 2 % (modulus + 1)
    return ALPHANUMERIC[(1 - check) % modulus]


_METHODS: dict[str, Callable[[CheckDigit, str], str]] = {
    "luhn": _luhn,
    "mod97": _mod97,
    "mod11_2": _mod11_2,
    "mod11_10": lambda rule, stem: _hybrid(10, stem),
    "mod37_36": lambda rule, stem: _hybrid(36, stem),
}
