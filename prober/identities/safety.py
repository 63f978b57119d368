"""A last look before anything is sent: did the page's mask turn our value into one that could be somebody's?"""

from __future__ import annotations

import re

from prober.identities.lookalike import reads_as

_PLATE_IN_USE = re.compile(r"(?!000)\d{3}[A-Z]{2,3}(0[1-9]|1\d|20)")


def may_be_someones(kind: str, *, typed: str, held: str) -> bool:
    """Whether `held`, what a field holds after `typed` was typed into it, lost its proof of invalidity.

    Only what the page changed is looked at: a value held as typed keeps the proof it was made with.
    """
    ours, theirs = _plain(typed), _plain(held)
    if not theirs or ours == theirs or kind not in {"personal_id", "plate", "account"}:
        return False
    if reads_as(theirs) and not reads_as(ours):
        return True
    return kind == "plate" and _PLATE_IN_USE.fullmatch(theirs) is not None


def _plain(text: str) -> str:
    return "".join(ch for ch in text.upper() if ch.isalnum())
