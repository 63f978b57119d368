"""Near-duplicates: one landing under several spellings, and what must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prober.guard.suspect import normalise
from prober.intake import near_key


def key(text: str) -> str:
    return near_key(normalise(text).url)


@pytest.mark.parametrize(
    "other",
    [
        "https://A.example", "http://a.example:80/", "hxxps://a[.]example/", "www.a.example", "a.example/index.php",
        "https://a.example/?utm_source=sms&fbclid=1", "https://a.example/#top",
    ],
)  # fmt: skip
def test_one_landing(other: str) -> None:
    assert key(other) == key("https://a.example/")


@pytest.mark.parametrize(
    "other",
    [
        "https://b.example/", "https://a.example:8443/", "https://a.example/pay", "https://a.example/?id=1",
        "https://a.example/#/fines", "https://x.a.example/", "https://a.example/Pay",
    ],
)  # fmt: skip
def test_other_landings(other: str) -> None:
    assert key(other) != key("https://a.example/")


def test_order_of_parameters_makes_no_difference() -> None:
    assert key("https://a.example/p?b=2&a=1") == key("https://a.example/p/?a=1&b=2")


@settings(deadline=None)
@given(
    st.from_regex(
        r"https?://[a-z]{1,5}\.example(:[1-9]\d{1,3})?(/[a-z]{0,4}){0,3}(\?[a-z]=[a-z0-9]{0,3})?", fullmatch=True
    )
)
def test_the_key_is_the_key_of_itself(url: str) -> None:
    once = key(url)
    assert near_key("https://" + once) == once
