"""Tests of the worked-out check digit."""

from prober.catalog import load_scenario
from prober.identities import checkdigits
from prober.identities.make import make_identities
from prober.identities.ready import specs_of
from prober.models.scenario import CheckDigit
from prober.reporting.arithmetic import work_out

RULE = specs_of(load_scenario("kz-fines"))["personal_id"].check_digit


def test_the_working_agrees_with_the_rule():
    for identity in make_identities(load_scenario("kz-fines"), 3, 20):
        text = identity.value("personal_id").text
        working = work_out(RULE, text)
        assert working.last == text[-1] and working.right == checkdigits.right(RULE, text)
        assert working.rows[-1].right == working.right
        for row in working.rows:
            assert row.sum == sum(row.products) == row.quotient * 11 + row.remainder


def test_nothing_to_work_out():
    assert work_out(RULE, "12345") is None
    assert work_out(RULE, "ЖЯЮЫXXWZЯЫЩЯ") is None
    assert work_out(RULE, checkdigits.mend(RULE, "000000000010")) is None


def test_a_rule_that_is_no_weighted_sum():
    working = work_out(CheckDigit(method="luhn"), "79927398710")
    assert (working.rows, working.right, working.last) == ((), "3", "0")
