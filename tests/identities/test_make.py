"""What holds for every identity of every scenario."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from idnumbers.nationalid.KAZ import IndividualIDNumber

from prober.catalog import all_scenarios, load_scenario
from prober.identities.checkdigits import passes
from prober.identities.make import dated, difference, make_identities, make_text
from prober.identities.patterns import ShapeError, freedom
from prober.identities.ready import specs_of
from prober.models.identity import Identity, Proof
from prober.models.reading import PURPOSES
from prober.models.scenario import Pattern, Scenario, ValueSpec
from tests.identities import oracles

SCENARIOS = all_scenarios()
KZ = load_scenario("kz-fines")

any_scenario = st.sampled_from(SCENARIOS)
seeds = st.integers(min_value=0, max_value=2**63)


@settings(max_examples=60, deadline=None)
@given(any_scenario, seeds, st.integers(1, 4))
def test_a_seed_gives_the_same_identities_however_many(scenario: Scenario, seed: int, count: int) -> None:
    identities = make_identities(scenario, seed, count)
    assert identities == make_identities(scenario, seed, count + 1)[:count]
    assert [identity.name for identity in identities] == list("ABCD")[:count]


@settings(max_examples=60, deadline=None)
@given(any_scenario, seeds)
def test_values_explain_themselves_and_answer_a_purpose(scenario: Scenario, seed: int) -> None:
    (identity,) = make_identities(scenario, seed, 1)
    for kind, ladder in identity.ladder.items():
        assert kind in PURPOSES and not kind.startswith(("card", "gift", "iban", "password"))
        assert ladder
        for value in (*ladder, *identity.last_resort.values()):
            assert value.text and value.grade and value.why.endswith(".")
            assert not re.search(r"[{}<>]", value.why), value.why
            assert all(value.parts.values())


def share(identities: tuple[Identity, ...], scenario: Scenario) -> list[tuple[str, float]]:
    """For every kind and rung that can vary: the smallest share of free places in which two identities differ."""
    specs, found = specs_of(scenario), []
    for kind, spec in specs.items():
        patterns = [pattern for pattern in spec.patterns if not pattern.last_resort]
        for rung, pattern in enumerate(patterns):
            free = freedom(pattern.shape)
            texts = [identity.ladder[kind][rung].text for identity in identities]
            pairs = [(one, two) for i, one in enumerate(texts) for two in texts[:i]]
            if free:
                found.append((f"{kind}/{pattern.grade}", min(difference(*pair) for pair in pairs) / free))
    return found


@settings(max_examples=60, deadline=None)
@given(any_scenario, seeds)
def test_identities_are_dissimilar_in_every_value(scenario: Scenario, seed: int) -> None:
    for what, differing in share(make_identities(scenario, seed, 3), scenario):
        assert differing >= 0.5, what


@settings(max_examples=100, deadline=None)
@given(any_scenario, seeds)
def test_no_number_is_valid_as_something_else(scenario: Scenario, seed: int) -> None:
    for identity in make_identities(scenario, seed, 2):
        for ladder in identity.ladder.values():
            for value in ladder:
                number = value.text.replace(" ", "")
                if not (number.isascii() and number.isdecimal()):
                    continue
                if len(number) == 12:
                    assert number[11] not in oracles.iin_forbidden(number[:11]), value
                if 13 <= len(number) <= 19:
                    assert not oracles.luhn_valid(number), value
                assert len(set(number)) > 1 or len(number) < 4


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_iins_of_an_identity(seed: int) -> None:
    (identity,) = make_identities(KZ, seed, 1)
    for value in identity.ladder["personal_id"][:3]:
        assert value.proof is Proof.ABSOLUTE
        assert re.fullmatch(r"\d{12}", value.text)
        assert value.text[11] not in oracles.iin_forbidden(value.text[:11])
        assert not IndividualIDNumber.validate(value.text)
    grades = [value.grade for value in identity.ladder["personal_id"]]
    assert grades == ["I3", "I3b", "I2", "I1", "I0"]
    plausible = identity.ladder["personal_id"][0].text
    assert plausible[:2] >= "60" and plausible[6] in "56" and "01" <= plausible[2:4] <= "12"
    assert identity.ladder["personal_id"][1].text[:2] <= "50" and identity.ladder["personal_id"][1].text[6] in "12"
    assert identity.ladder["personal_id"][2].text[2:4] >= "13"
    assert len(identity.ladder["personal_id"][3].text) == 11


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_the_last_resort_is_right_and_of_the_far_future(seed: int) -> None:
    (identity,) = make_identities(KZ, seed, 1)
    last = identity.last_resort["personal_id"]
    parsed = IndividualIDNumber.parse(last.text)
    assert parsed is not None and parsed["yyyymmdd"].year >= 2060
    assert last.proof is Proof.CONVENTION
    assert last not in identity.ladder["personal_id"]


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_the_birth_date_fits_the_iin(seed: int) -> None:
    (identity,) = make_identities(KZ, seed, 1)
    birth, iin = identity.value("birth_date"), identity.value("personal_id")
    assert birth and iin
    assert iin.text[:6] == birth.parts["yy"] + birth.parts["month"] + birth.parts["day"]
    assert birth.parts["year"][:2] == "20" and birth.text == ".".join(birth.parts[p] for p in ("day", "month", "year"))


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_plates_carry_two_impossibilities(seed: int) -> None:
    (identity,) = make_identities(KZ, seed, 1)
    default = identity.value("plate")
    assert default and default.grade == "P2"
    assert re.fullmatch(r"000[A-Z]{3}(00|9\d)", default.text)
    assert "".join(default.parts[p] for p in ("number", "series", "region")) == default.text
    assert identity.value("plate_region").text == default.parts["region"]  # type: ignore[union-attr]
    cyrillic, latin = identity.graded("plate", "P3")
    assert re.fullmatch(r"000[ЖЫЩЮЭ]{3}(0[1-9]|1\d|20)", cyrillic.text)
    assert re.fullmatch(r"000[A-Z]{3}(0[1-9]|1\d|20)", latin.text)
    for value in identity.ladder["plate"]:
        assert not re.fullmatch(r"(?!000)\d{3}[A-Z]{2,3}(0[1-9]|1\d|20)", value.text)
    assert not identity.can_be_absolute("plate") and identity.can_be_absolute("personal_id")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_a_scenario_asks_for_something_proven(scenario: Scenario) -> None:
    (identity,) = make_identities(scenario, 1, 1)
    proofs = [value.proof for kind in scenario.asks if (value := identity.value(kind))]
    assert proofs and proofs[0] is not Proof.NONE


def test_data_alone_breaks_the_check_digits_of_other_countries() -> None:
    for seed in range(200):
        (ru,) = make_identities(load_scenario("ru-gibdd"), seed, 1)
        assert not any(oracles.uin_valid(value.text) for value in ru.ladder["protocol"][:2])
        (parcel,) = make_identities(load_scenario("parcel-fee"), seed, 1)
        s10, other, usps, _ = parcel.ladder["tracking"]
        assert not oracles.s10_valid(s10.text[2:11]) and not oracles.s10_valid(other.text[2:11])
        assert not oracles.gs1_valid(usps.text)
        assert not oracles.vin_valid(ru.ladder["vin"][0].text)


def test_other_kinds_do_not_change_a_value() -> None:
    fewer = KZ.model_copy(update={"values": KZ.values[:2], "asks": ("plate",)})
    assert make_identities(fewer, 9, 2)[1].ladder["plate"] == make_identities(KZ, 9, 2)[1].ladder["plate"]


def test_parts_that_do_not_exist_are_none() -> None:
    (identity,) = make_identities(KZ, 1, 1)
    assert identity.value("plate_region", 4) is None  # garbage has no region
    assert identity.value("plate", 99) is None and identity.value("nothing") is None


def test_a_reference_in_a_circle_is_refused() -> None:
    def spec(kind: str, other: str) -> ValueSpec:
        pattern = Pattern(grade="X", shape=f"<{other}>", proof="none", why="No.")
        return ValueSpec(kind=kind, patterns=(pattern,))

    circle = KZ.model_copy(update={"values": (spec("city", "region"), spec("region", "city"))})
    with pytest.raises(ShapeError, match="itself"):
        make_identities(circle, 1, 1)


def test_a_shape_of_valid_numbers_only_is_refused() -> None:
    spec = ValueSpec(kind="account", patterns=(Pattern(grade="X", shape="4111111111111111", proof="none", why="No."),))
    with pytest.raises(ShapeError, match="no usable value"):
        make_text(spec, spec.patterns[0], Random(1))


@pytest.mark.parametrize(
    ("locale", "text"),
    [("ru-KZ", "14.03.2071"), ("en-US", "03/14/2071"), ("en-GB", "14/03/2071"), ("", "2071-03-14")],
)
def test_dates_are_written_as_people_write_them(locale: str, text: str) -> None:
    assert dated("2071-03-14", locale)[0] == text


# The million: every published rule of the IIN against two oracles that share no code with the maker.
@pytest.mark.parametrize("number", [1_000_000, 6_000], ids=["million", "few"])
def test_no_iin_can_belong_to_anybody(number: int) -> None:
    spec = specs_of(KZ)["personal_id"]
    births = Random(2)

    def birth(kind: str, rung: int, part: str) -> str:
        return {"yy": f"{births.randrange(100):02}", "month": f"{births.randint(1, 12):02}"}.get(
            part, f"{births.randint(1, 28):02}"
        )

    checksum = IndividualIDNumber.checksum
    forbidden = oracles.iin_forbidden
    for index, pattern in enumerate(spec.patterns[:3]):
        rng = Random(index)
        for _ in range(number // 3 + 1):
            text = make_text(spec, pattern, rng, birth)
            assert text[11] not in forbidden(text[:11]), text
            assert checksum(text) != int(text[11]), text
    assert passes(spec.check_digit, "991231500006")  # type: ignore[arg-type]
