"""The form that a field wants, from every cue that pages give."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prober.models.page import Box, Control, NearText
from prober.models.shape import Shape
from prober.reading.regexes import cells_of_regex
from prober.reading.shapes import part_shape, row_shape, shape_held, shapes_in_words, shapes_of


def box(**more: object) -> Control:
    values: dict[str, object] = {"ref": "a", "order": 0, "kind": "text", "tag": "input"}
    return Control.model_validate(values | {"box": Box(x=0, y=0, width=200, height=30)} | more)


def layout(shape: Shape) -> str:
    """'A 999 AA' for a letter, a gap, three digits, ..."""
    return "".join(
        cell if cell in "9*" else "A" if cell[0] in "A[" else cell[1:] if cell[0] == "=" else "?"
        for cell in shape.cells
    )


@pytest.mark.parametrize(
    "field, wanted",
    [
        ({"placeholder": "A 123 BC"}, "A 999 AA"),
        ({"placeholder": "VD: 30A12345"}, "99A99999"),
        ({"placeholder": "e.g. AB12 CDE"}, "AA99 AAA"),
        ({"placeholder": "예) 12가3456"}, "99A9999"),
        ({"label": "Αριθμός κυκλοφορίας (π.χ. ΙΚΧ 1234)"}, "AAA 9999"),
        ({"aria_label": "Номер, например, 123 ABC 02"}, "999 AAA 99"),
        ({"near": (NearText(side="below", distance=6, text="Contoh: B 1234 XYZ."),)}, "A 9999 AAA"),
        ({"placeholder": "00000000000", "input_mode": "numeric"}, "99999999999"),
        ({"placeholder": "XXX-XXX-XXX", "input_mode": "numeric"}, "999-999-999"),
        ({"pattern": r"^[A-Z]{2}\s?\d{3}\s?[A-Z]{2}$"}, "AA999AA"),
        ({"pattern": r"[0-9]{14}"}, "9" * 14),
        ({"data": {"data-inputmask": "'mask': '99-99-9999'"}}, "99-99-9999"),
        ({"data": {"data-mask": "AA-000-AA"}}, "AA-999-AA"),
        ({"placeholder": "1234/2026"}, "9999/9999"),
        ({"max_length": 12, "input_mode": "numeric"}, "9" * 12),
        ({"label": "ИИН (12 цифр)"}, "9" * 12),
    ],
)  # fmt: skip
def test_the_form_that_a_field_asks_for(field: dict[str, object], wanted: str) -> None:
    assert layout(shapes_of(box(**field))[0]) == wanted


@pytest.mark.parametrize("text", ["Введите номер автомобиля", "Plate", "дд.мм.рррр", "12", "Search 2026 models here"])
def test_words_are_no_example(text: str) -> None:
    assert not shapes_of(box(placeholder=text))


def test_alternatives_are_forms_of_their_own() -> None:
    assert [layout(s) for s in shapes_of(box(placeholder="123 ABC 02 / A 123 ABC"))] == ["999 AAA 99", "A 999 AAA"]


def test_a_form_that_the_field_has_no_room_for_is_none() -> None:
    assert not shapes_of(box(placeholder="AB 1234567", max_length=7))


@pytest.mark.parametrize(
    "said, wanted",
    [
        ("Placa inválida. Use o formato ABC1234 ou ABC1D23", ["AAA9999", "AAA9A99"]),
        ("O Renavam deve ter de 9 a 11 dígitos", ["9" * 9, "9" * 11]),
        ("מספר רכב חייב להכיל 7 או 8 ספרות", ["9" * 7, "9" * 8]),
        ("Ο ΑΦΜ αποτελείται από 9 ψηφία", ["9" * 9]),
        ("Jaribu tena (mfano: T 123 ABC).", ["A 999 AAA"]),
        ("Số CCCD gồm 12 chữ số", ["9" * 12]),
        ("10 digits required", ["9" * 10]),
        ("Номер указан неверно", []),
    ],
)
def test_what_an_objection_asks_for(said: str, wanted: list[str]) -> None:
    assert [layout(shape) for shape in shapes_in_words(said)] == wanted


def test_characters_are_digits_where_the_field_takes_no_others() -> None:
    assert not shapes_in_words("Номер - 10 знаков")
    assert layout(shapes_in_words("Номер - 10 знаков", digits=True)[0]) == "9" * 10


def test_a_mask_gives_itself_away() -> None:
    held = shape_held("00Z000QZ", "000 QZ_")
    assert held is not None and layout(held) == "999 AA*"
    assert shape_held("000ZJZ99", "000 ZJZ 99") is None  # only separators came in
    assert shape_held("000ZJZ99", "000ZJ") is None  # cut at its length


def test_parts_and_rows() -> None:
    parts = [part_shape(box(placeholder=p, max_length=n)) for p, n in (("B", 2), ("1234", 4), ("เช่น 1กก", 4))]
    assert [layout(p) for p in parts if p] == ["A", "9999", "9AA"]
    row = [box(input_mode=mode) for mode in ("numeric", "numeric", "text", "text", "numeric")]
    assert layout(row_shape(row)) == "99AA9"
    assert layout(row_shape([box(input_mode="numeric")] * 6)) == "9" * 6


@settings(deadline=None)
@given(st.text(max_size=60))
@example("[ß]")  # whose capitals are two letters
def test_no_pattern_and_no_text_breaks_the_reading(text: str) -> None:
    cells_of_regex(text)
    shapes_of(box(placeholder=text, pattern=text, label=text, data={"data-mask": text}))
    shapes_in_words(text)
    shape_held("000ZJZ99", text)


@pytest.mark.parametrize(
    "regex, text", [(r"\p{L}{2,3}[\s-]?\d{3,4}", "ΦΠΠ0000"), ("[АВЕК]{1}[0-9]{3}", "А000"), ("(", "x")]
)
def test_patterns_of_pages_are_understood(regex: str, text: str) -> None:
    assert Shape(cells=("*",), regex=regex).fits(text)
