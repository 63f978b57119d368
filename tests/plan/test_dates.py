"""Dates as fields want them written."""

from __future__ import annotations

import pytest

from prober.models.identity import Proof, Value
from prober.plan.dates import dated
from tests.plan.pages import IDENTITY, control, page, plan

DAY = Value(
    kind="birth_date",
    text="09.03.2071",
    proof=Proof.CONVENTION,
    why="It is decades ahead.",
    parts={"day": "09", "month": "03", "year": "2071", "yy": "71", "iso": "2071-03-09"},
)


@pytest.mark.parametrize(
    "shown, wanted",
    [
        ({"placeholder": "дд.мм.рррр"}, "09.03.2071"),
        ({"placeholder": "DD/MM/YYYY"}, "09/03/2071"),
        ({"placeholder": "MM/DD/YYYY"}, "03/09/2071"),
        ({"placeholder": "yyyy-mm-dd"}, "2071-03-09"),
        ({"placeholder": "jj/mm/aaaa"}, "09/03/2071"),
        ({"placeholder": "TT.MM.JJJJ"}, "09.03.2071"),
        ({"label": "Дата рождения (ГГГГ-ММ-ДД)"}, "2071-03-09"),
        ({"placeholder": "YYMMDD"}, "710309"),
        ({"placeholder": "YYYYMMDD"}, "20710309"),
        ({"placeholder": "31.12.1990"}, "09.03.2071"),
        ({"placeholder": "12/31/1990"}, "03/09/2071"),
        ({"placeholder": "1990-12-31"}, "2071-03-09"),
        ({"placeholder": "วว/ดด/ปปปป", "label": "วันเกิด (พ.ศ.)"}, "09/03/2614"),
        ({"placeholder": "31/12/2530"}, "09/03/2614"),
        ({"data": {"data-inputmask-placeholder": "__.__.____"}}, "09.03.2071"),
        ({"type": "date", "placeholder": "DD/MM/YYYY"}, "2071-03-09"),
        ({}, "09.03.2071"),
        ({"label": "Date of birth"}, "09.03.2071"),
        ({"label": "Address of the committee"}, "09.03.2071"),
    ],
)
def test_the_date_is_written_as_the_field_shows(shown: dict[str, object], wanted: str) -> None:
    assert dated(control("d", **shown), DAY) == wanted


def test_a_date_field_gets_a_date_whatever_it_is_called() -> None:
    go = (control("go", "button", y=400, text="Send"), "@submit")
    actions = plan(page((control("p"), "plate"), (control("d", y=50, type="date"), "protocol"), go))
    assert actions[1].text == IDENTITY.ladder["document_date"][0].parts["iso"]


def test_a_day_on_which_somebody_was_born_comes_last_and_proves_nothing() -> None:
    ladder = IDENTITY.ladder["birth_date"]
    assert [value.proof for value in ladder] == [Proof.CONVENTION, Proof.CONVENTION, Proof.NONE]
    assert ladder[-1].parts["year"].startswith("19")
