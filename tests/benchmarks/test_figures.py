"""The figures that the measurements show follow from what was measured."""

from __future__ import annotations

import math

from benchmarks.common import Ran, middle, table, verdict_in
from benchmarks.speed import Row, summary


def row(ratio: float, *, spinner: bool = False, right: bool = True) -> Row:
    return Row("site", spinner, 2 * ratio, 2.0, 1.0, ratio, 2 * ratio, "fraudulent", right)


def test_spinner_sites_have_a_median_of_their_own() -> None:
    figures = summary([row(2.0), row(3.0), row(0.5, spinner=True)])
    assert figures["median_ratio"] == 2.0
    assert figures["median_ratio_on_spinners"] == 0.5


def test_wrong_verdicts_are_counted() -> None:
    assert summary([row(1.0), row(1.0, right=False)])["wrong_verdicts"] == 1


def test_nothing_measured_is_no_number() -> None:
    assert math.isnan(middle([]))


def test_output_without_a_verdict_is_a_failure() -> None:
    assert verdict_in(Ran(1.0, 2, "", "no browser")) == "failed"
    assert verdict_in(Ran(1.0, 1, '{"verdict": "fraudulent"}', "")) == "fraudulent"


def test_columns_of_a_table_are_aligned() -> None:
    lines = table(("site", "s"), [("a", 1.0), ("long-name", 12.345)]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[-1].endswith("12.35") or lines[-1].endswith("12.34")
