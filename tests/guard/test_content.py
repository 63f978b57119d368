"""The last look at what goes out: finds what must not, leaves honest numbers alone."""

from __future__ import annotations

import random
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.guard.content import could_be_iin, is_card, withheld

CARD = "4" + "1" * 15  # the schemes' published test number
DIGITS = st.text("0123456789", min_size=1, max_size=40)


def iin(stem: str) -> str:
    """The stem with the check digit that makes it valid; made here so that no file holds such a number."""
    return next(stem + last for last in "0123456789" if could_be_iin(stem + last))


BORN = iin("9001013" + "5004")


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        f"https://a.example/?n={CARD}",
        f'{{"card":"{CARD}"}}',
        " ".join(CARD[i : i + 4] for i in range(0, 16, 4)),
        "-".join(CARD[i : i + 4] for i in range(0, 16, 4)),
        quote(" ".join(CARD[i : i + 4] for i in range(0, 16, 4))),
        quote(quote(CARD[:4] + " " + CARD[4:8] + " " + CARD[8:12] + " " + CARD[12:])),
        "+".join(CARD[i : i + 4] for i in range(0, 16, 4)),
        "37828224631000" + "5",
    ],
)
def test_cards_are_seen_however_they_are_written(text: str) -> None:
    assert [w.kind for w in withheld(text)] == ["card"]


def test_personal_numbers_are_seen_and_declared_ones_pass() -> None:
    assert [w.kind for w in withheld(f"iin={BORN}&x=1")] == ["personal_id"]
    assert withheld(f"iin={BORN}&x=1", allowed=[BORN]) == ()
    assert BORN not in withheld(f"iin={BORN}")[0].masked


@pytest.mark.parametrize(
    "text",
    [
        "t=1763800000000",  # milliseconds
        "t=1763800000000123",  # microseconds
        "4111111111111112",  # wrong check digit
        "v=0.4111111111111111",  # a fraction of a random number
        "id=" + "4" + "1" * 19,  # longer than any card
        "0000000000000000",
        "900132350040",  # no such day
        "+7 701 000 00 00",
    ],
)
def test_honest_numbers_pass(text: str) -> None:
    assert withheld(text) == ()


def test_random_numbers_are_seldom_taken_for_forbidden_ones() -> None:
    rng = random.Random(1)
    twelve = sum(bool(withheld(str(rng.randrange(10**11, 10**12)))) for _ in range(20_000))
    assert twelve / 20_000 < 0.004
    times = sum(bool(withheld(f"_={1_600_000_000_000 + rng.randrange(10**11)}")) for _ in range(5_000))
    assert times == 0


@given(st.text(max_size=300))
def test_any_text_is_looked_at(text: str) -> None:
    assert all(w.kind in ("card", "personal_id") for w in withheld(text))


@given(DIGITS)
def test_what_is_found_is_what_it_is_called(number: str) -> None:
    for found in withheld(f"a={number}&b=2"):
        assert is_card(number) if found.kind == "card" else could_be_iin(number)
