"""The language of shapes."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.identities.patterns import ShapeError, draw, freedom, parse, references


@pytest.mark.parametrize(
    ("shape", "form"),
    [
        ("000[QXZ]{3}9[0-9]", r"000[QXZ]{3}9\d"),
        ("(00|9[0-9])", r"00|9\d"),
        ("[A-Z]{2,4}", "[A-Z]{2,4}"),
        (r"a\[\{b", r"a\[\{b"),
        ("x{3}y", "xxxy"),
        ("(ab|c){2}", "(ab|c){2}"),
        ("[а-я]-[+.]", "[а-я]-[+.]"),
        ("[a-]", "[a-]"),
        ("(a|)b", "a?b"),
    ],
)
def test_drawn_text_has_the_shape(shape: str, form: str) -> None:
    rng = Random(3)
    drawn = {draw(shape, rng) for _ in range(300)}
    assert all(re.fullmatch(form, text) for text in drawn)
    assert (len(drawn) > 1) == (freedom(shape) > 0)


def test_choices_of_a_class_are_even() -> None:
    rng = Random(5)
    counts = [0] * 10
    for _ in range(20_000):
        counts[int(draw("[0-9]", rng))] += 1
    assert min(counts) > 1_800 and max(counts) < 2_200


def test_references_are_looked_up() -> None:
    shape = "<birth_date:1.yy>-<name>"
    assert draw(shape, Random(1), lambda kind, rung, part: f"{kind}/{rung}/{part}") == "birth_date/1/yy-name/0/"
    assert [(r.kind, r.rung, r.part) for r in references(f"(a|{shape})")] == [("birth_date", 1, "yy"), ("name", 0, "")]


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ("", "empty shape"),
        ("[", "ends too early"),
        ("[]", "empty class"),
        ("[z-a]", "runs backwards"),
        ("(a|b", "no closing ')'"),
        ("a)", "')' stands alone"),
        ("a{x}", "a repeat is"),
        ("a{4,2}", "upwards"),
        ("a{9999999}", "upwards"),
        ("<a", "no closing '>'"),
        ("<>", "a reference is"),
        ("a\\", "ends too early"),
    ],
)
def test_wrong_shapes_are_refused_in_words(shape: str, says: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(says)):
        parse(shape)


def test_a_value_made_alone_refers_to_nothing() -> None:
    with pytest.raises(ShapeError, match="made alone"):
        draw("<name>", Random(1))


@given(st.text(alphabet="ab[](){}|<>\\-,0129.:Ж", max_size=24), st.integers())
def test_any_text_is_a_shape_or_refused(shape: str, seed: int) -> None:
    try:
        parse(shape)
    except ShapeError:
        return
    first = draw(shape, Random(seed), lambda *_: "?")
    assert first == draw(shape, Random(seed), lambda *_: "?")
