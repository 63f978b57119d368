"""The arithmetic shown to readers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prober.catalog import load_scenario
from prober.identities.checkdigits import remainders
from prober.identities.kazakhstan import IIN_RULE
from prober.identities.make import make_identities
from prober.identities.workings import rule_of, workings
from prober.models.scenario import CheckDigit


def test_on_paper() -> None:
    first, second = workings(IIN_RULE, "991231500006")
    assert str(first) == ("9·1 + 9·2 + 1·3 + 2·4 + 3·5 + 1·6 + 5·7 + 0·8 + 0·9 + 0·10 + 0·11 = 94; 94 mod 11 = 6")
    assert second.modulus == 11
    assert workings(CheckDigit(method="luhn"), "79927398713") == ()


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_the_remainders_are_those_of_the_rule(iin: str) -> None:
    assert tuple(working.remainder for working in workings(IIN_RULE, iin)) == remainders(IIN_RULE, iin)


def test_the_rule_of_a_value() -> None:
    kz = load_scenario("kz-fines")
    (identity,) = make_identities(kz, 1, 1)
    rules = [rule_of(kz, v.kind, v.text, v.grade) for v in identity.ladder["personal_id"]]
    assert rules == [IIN_RULE] * 3 + [None] * 2
    assert rule_of(kz, "plate", "000QQQ99", "P2") is None and rule_of(kz, "shoe", "", "") is None
