"""Values and their parts."""

from __future__ import annotations

import pytest

from prober.models.identity import Identity, Proof, Value


def value(kind: str, grade: str, text: str, **parts: str) -> Value:
    return Value(kind=kind, text=text, grade=grade, proof=Proof.CONVENTION, why="Nobody.", parts=parts)


IDENTITY = Identity(
    name="A",
    seed=1,
    ladder={
        "plate": (
            value("plate", "P2", "000QXZ99", number="000", series="QXZ", region="99"),
            value("plate", "P3", "000ЖЫЩ01", number="000", series="ЖЫЩ", region="01"),
            value("plate", "P3", "000QVW02", number="000", series="QVW", region="02"),
        ),
        "phone": (value("phone", "T2", "+77090001234", national="7090001234"),),
        "birth_date": (value("birth_date", "B2", "14.03.2071", iso="2071-03-14", day="14"),),
        "personal_id": (value("personal_id", "I3", "710314500000"),),
    },
    last_resort={"personal_id": value("personal_id", "IV", "710314512345")},
)


@pytest.mark.parametrize(
    ("kind", "grade", "piece", "whole"),
    [
        ("plate", "P2", "000QXZ99", "000QXZ99"),
        ("plate", "P2", "QXZ", "000QXZ99"),
        ("plate", "P2", "000 qxz 99", "000QXZ99"),
        ("plate", "P3", "QVW", "000QVW02"),
        ("phone", "T2", "709 000 12 34", "+77090001234"),
        ("birth_date", "B2", "2071-03-14", "14.03.2071"),
        ("personal_id", "IV", "12345", "710314512345"),
    ],
)
def test_a_piece_belongs_to_its_value(kind: str, grade: str, piece: str, whole: str) -> None:
    found = IDENTITY.origin(kind, grade, piece)
    assert found and found.text == whole


@pytest.mark.parametrize(("kind", "grade", "piece"), [("plate", "P2", "ЖЫЩ"), ("plate", "P2", ""), ("otp", "O", "1")])
def test_a_strange_piece_belongs_to_none(kind: str, grade: str, piece: str) -> None:
    assert IDENTITY.origin(kind, grade, piece) is None


def test_parts_answer_their_own_purposes() -> None:
    region = IDENTITY.value("plate_region", 1)
    assert region and region.text == "01" and region.kind == "plate_region" and region.grade == "P3"
    assert IDENTITY.value("birth_day").text == "14"  # type: ignore[union-attr]
    assert IDENTITY.value("birth_month") is None and IDENTITY.value("plate", -1) is None
    assert [v.text for v in IDENTITY.graded("plate", "P3")] == ["000ЖЫЩ01", "000QVW02"]
    assert not IDENTITY.can_be_absolute("plate")
