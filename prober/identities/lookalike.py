"""What an invented number must not happen to be: a valid number of another kind, or a placeholder."""

from __future__ import annotations

from prober.identities.checkdigits import accepted, luhn_valid
from prober.identities.kazakhstan import IIN_RULE

_INN10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_RUNS = "01234567890123456789 09876543210987654321"


def reads_as(text: str) -> str:
    """What the text would be taken for by its check digits: 'iin', 'inn', 'card' or ''."""
    digits = text.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdecimal()):
        return ""
    size = len(digits)
    if size == 12 and digits[-1] in accepted(IIN_RULE, digits):
        return "iin"  # or a BIN: the rule is the same
    if size in (10, 12) and is_inn(digits):
        return "inn"
    if 13 <= size <= 19 and luhn_valid(digits):
        return "card"
    return ""


def is_inn(digits: str) -> bool:
    """Whether 10 or 12 digits satisfy the check digits of a Russian taxpayer number."""

    def check(weights: tuple[int, ...]) -> str:
        return str(sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11 % 10)

    if len(digits) == 10:
        return digits[9] == check(_INN10)
    return digits[10] == check(_INN11) and digits[11] == check(_INN12)


def is_placeholder(text: str) -> bool:
    """Whether a person would take it for a stand-in: one repeated character, or digits that just count."""
    compact = "".join(char for char in text if char.isalnum())
    if len(compact) < 4:
        return False
    return len(set(compact)) == 1 or (compact.isdecimal() and compact in _RUNS)
