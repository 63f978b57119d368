"""Numbers that would pass for something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.identities.lookalike import is_inn, is_placeholder, reads_as


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("991231500006", "iin"),
        ("991231500770", "iin"),  # both passes 10, written 0: valid for some libraries
        ("7830002293", "inn"),  # the example of Russia's tax service
        ("4111 1111 1111 1111", "card"),
        ("991231500007", ""),
        ("000QQQ99", ""),
        ("٣٣٣٣٣٣٣٣٣٣٣٣", ""),
    ],
)
def test_what_a_text_reads_as(text: str, what: str) -> None:
    assert reads_as(text) == what


def test_a_wrong_inn_is_none() -> None:
    assert not is_inn("7830002294")


@pytest.mark.parametrize("text", ["0000", "ЖЖЖЖ", "123456", "987654", "1111-1111"])
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["000QQQ99", "12", "124578"])
def test_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


@given(st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    assert reads_as(text) in ("", "iin", "inn", "card")
    assert is_placeholder(text) in (True, False)
