"""A last look before anything is sent: did the page's mask turn our value into one that could be somebody's?"""

from __future__ import annotations

import re
from unicodedata import decimal

from prober.identities.lookalike import reads_as
from prober.identities.numbers import accepted_by

PEOPLE = frozenset({"personal_id", "account", "document_number", "driver_license"})
_SHORTEST = 8  # digits of a number that a person bears alone
_NOUGHTS = re.compile(r"(?<!\d)00")
_PLATE_IN_USE = re.compile(r"(?!000)\d{3}[A-Z]{2,3}(0[1-9]|1\d|20)")


def may_be_someones(kind: str, *, typed: str, held: str) -> bool:
    """Whether `held`, what a field holds after `typed` was typed into it, lost its proof of invalidity.

    Only what the page changed is looked at: a value held as typed keeps the proof it was made with.
    """
    ours, theirs = _plain(typed), _plain(held)
    if not theirs or ours == theirs or kind not in PEOPLE | {"plate"}:
        return False
    if reads_as(theirs) and not reads_as(ours):
        return True
    if kind == "plate":
        return _PLATE_IN_USE.fullmatch(theirs) is not None or _lost_noughts(ours, theirs)
    lone = len(theirs) >= _SHORTEST and theirs.isdecimal() and not theirs.startswith("000")
    return lone and bool(accepted_by(theirs))


def _lost_noughts(ours: str, theirs: str) -> bool:
    """The noughts that prove a plate to be nobody's are gone, and what is left could be a plate."""
    if not _NOUGHTS.search(ours) or _NOUGHTS.search(theirs):
        return False
    return len(theirs) >= 5 and any(char.isdecimal() for char in theirs)


def _plain(text: str) -> str:
    """Letters and digits alone; the digits of any script as ASCII ones."""
    return "".join(str(decimal(ch)) if ch.isdecimal() else ch for ch in text.upper() if ch.isalnum())
