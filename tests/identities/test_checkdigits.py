"""Check-digit rules against published vectors and second implementations."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from idnumbers.nationalid.KAZ import IndividualIDNumber

from prober.identities.checkdigits import RuleError, accepted, bounds, break_, luhn_valid, mend, passes, right
from prober.identities.everywhere import S10_RULE, VIN_RULE
from prober.identities.kazakhstan import IIN_RULE
from prober.models.scenario import CheckDigit
from tests.identities import oracles

UIN_RULE = CheckDigit(
    passes=(tuple(range(1, 11)), (3, 4, 5, 6, 7, 8, 9, 10, 1, 2)), fallback="0"
)  # as in scenarios/ru-gibdd.yaml
LUHN = CheckDigit(method="luhn")
DNI = CheckDigit(modulus=23, passes=((14, 6, 19, 18, 11, 8, 10, 1),), map="TRWAGMYFPDXBNJZSQVHLCKE")

digits = st.text(alphabet="0123456789", min_size=12, max_size=12)


# Synthetic numbers with birth dates in 2099 or impossible ones: they belong to nobody.
@pytest.mark.parametrize(
    "iin", ["991231500006", "991231500707", "991231500719", "991231500720", "991231500600", "000000000000"]
)
def test_right_iins_pass(iin: str) -> None:
    assert passes(IIN_RULE, iin)
    assert iin[-1] in accepted(IIN_RULE, iin)


@pytest.mark.parametrize("bin_", ["100140000003", "700140000019"])
def test_right_bins_pass(bin_: str) -> None:
    assert passes(IIN_RULE, bin_)


def test_a_wrong_digit_fails() -> None:
    assert not passes(IIN_RULE, "991231500007")
    assert accepted(IIN_RULE, "991231500007") >= {"6"}


@pytest.mark.parametrize("eleven", ["99123150077", "89040231584", "00081315989", "99999990003", "99999990194"])
def test_two_remainders_of_ten_leave_no_digit(eleven: str) -> None:
    assert right(IIN_RULE, eleven + "0") == ""
    assert not any(passes(IIN_RULE, eleven + last) for last in "0123456789")
    assert accepted(IIN_RULE, eleven + "0") == {"0"}  # some libraries write 0 there
    assert mend(IIN_RULE, eleven + "0") == ""


@given(digits)
def test_the_iin_rule_agrees_with_two_other_implementations(iin: str) -> None:
    assert passes(IIN_RULE, iin) == oracles.iin_valid(iin)
    assert accepted(IIN_RULE, iin) == oracles.iin_forbidden(iin[:11])
    theirs = IndividualIDNumber.checksum(iin)
    assert right(IIN_RULE, iin) == ("" if theirs is None else str(theirs))


@given(digits, st.integers())
def test_broken_iins_fail_for_everybody(iin: str, seed: int) -> None:
    broken = break_(IIN_RULE, iin, Random(seed))
    assert broken[:11] == iin[:11]
    assert broken[11] not in oracles.iin_forbidden(iin[:11])
    assert not oracles.iin_valid(broken)
    assert IndividualIDNumber.checksum(broken) != int(broken[11])


@given(digits)
def test_luhn(number: str) -> None:
    assert luhn_valid(number) == oracles.luhn_valid(number) == passes(LUHN, number)
    assert oracles.luhn_valid(mend(LUHN, number))


def test_luhn_of_a_published_example() -> None:
    assert luhn_valid("79927398713")


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_postal_items(nine: str) -> None:
    assert passes(S10_RULE, f"RR{nine}KZ") == oracles.s10_valid(nine)


def test_postal_item_of_the_standard() -> None:
    assert passes(S10_RULE, "RR473124829GB")


@given(st.text(alphabet="0123456789", min_size=20, max_size=25))
def test_charge_numbers(uin: str) -> None:
    assert passes(UIN_RULE, uin) == oracles.uin_valid(uin)


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPRSTUVWXYZ", min_size=17, max_size=17))
def test_vehicle_numbers(vin: str) -> None:
    assert passes(VIN_RULE, vin) == oracles.vin_valid(vin)
    assert oracles.vin_valid(mend(VIN_RULE, vin))


def test_vehicle_number_of_the_literature() -> None:
    assert passes(VIN_RULE, "1M8GDM9AXKP042788")


def test_letters_as_check_characters() -> None:
    assert right(DNI, "00000000T") == "T" and right(DNI, "00000023T") == "T" and right(DNI, "00000001R") == "R"
    broken = break_(DNI, "00000001R", Random(1))
    assert broken[-1].isalpha() and broken[-1] != "R"


@pytest.mark.parametrize(
    ("method", "valid"),
    [
        ("mod11_2", "079X"),  # ISO/IEC 7064, MOD 11-2
        ("mod11_10", "07945"),  # MOD 11,10
        ("mod37_36", "A12425GABC1234002M"),  # MOD 37,36, as the ISAN and GRid use it
        ("mod97", "7944440606"[:10]),
    ],
)
def test_iso_7064(method: str, valid: str) -> None:
    rule = CheckDigit(method=method)  # type: ignore[arg-type]
    if method == "mod97":
        valid = mend(rule, valid)
        assert int(valid) % 97 == 1
    assert passes(rule, valid)
    if valid[-1].isdigit():
        assert not passes(rule, break_(rule, valid, Random(2)))


def test_a_letter_without_value_is_refused() -> None:
    with pytest.raises(RuleError, match="no value"):
        right(IIN_RULE, "9912Ж1500000")


@pytest.mark.parametrize("wrong", ["x", "3", "1:b", "::"])
def test_wrong_slices_are_refused(wrong: str) -> None:
    with pytest.raises(RuleError, match="no slice"):
        bounds(wrong, 5)


@given(st.integers(-9, 9), st.integers(-9, 9), st.text(max_size=8))
def test_slices_cut_as_python_does(first: int, last: int, text: str) -> None:
    start, stop = bounds(f"{first}:{last}", len(text))
    assert text[start:stop] == text[first:last]
