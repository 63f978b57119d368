"""The last look at what a page's mask made of a value."""

from __future__ import annotations

import pytest

from prober.identities.safety import may_be_someones


@pytest.mark.parametrize(
    "kind, typed, held, stop",
    [
        ("plate", "000ZJZ99", "000 ZJZ 99", False),
        ("plate", "X 000 VQ", "X 000 VQ", False),
        ("plate", "0047ZJ", "47 ZJ 12", True),  # the noughts are gone
        ("plate", "000ZJZ99", "ZJZ 99", True),
        ("plate", "000ZJZ99", "099", False),  # no plate at all
        ("plate", "000ZJZ99", "123 ZJZ 02", True),
        ("personal_id", "831223522930", "831223522930", False),
        ("personal_id", "100000003XX", "100000003", True),  # nine digits that satisfy a rule of that length
        ("personal_id", "000032031", "0000320", False),
        ("account", "00001468703", "00001468707", False),  # still begins with noughts that no number has
        ("comment", "ok", "1234567890", False),
    ],
)
def test_what_may_be_sent(kind: str, typed: str, held: str, stop: bool) -> None:
    assert may_be_someones(kind, typed=typed, held=held) is stop


def test_digits_of_any_script_are_digits() -> None:
    assert not may_be_someones("personal_id", typed="00001461", held="٠٠٠٠١٤٦١")
    assert not may_be_someones("personal_id", typed="831223522930", held="٨٣١٢٢٣٥٢٢٩٣٠")
