"""Values made to any form: nobody can bear them, and the same seed gives the same ones."""

from __future__ import annotations

import string
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from idnumbers.nationalid import BRA, GRC, ISR, KOR, LTU, POL, ROU, THA, TUR, ZAF

from prober.catalog import load_scenario
from prober.identities.checkdigits import right
from prober.identities.fitted import fitted, safe
from prober.identities.lookalike import is_placeholder, reads_as
from prober.identities.make import make_identities
from prober.identities.numbers import accepted_by, rule_named
from prober.models.identity import Identity, Proof, Value
from prober.models.shape import Shape
from tests.identities import oracles

KZ = load_scenario("kz-fines")
IDENTITIES = make_identities(KZ, 5, 3)
LETTERS = ["A:latin", "A:cyrillic", "A:greek", "A:hangul", "A:thai", "A:any", "*", "[ABEKMHOPCTYX", "[abc"]
CELLS = ["9", "9", "9", *LETTERS, "= ", "=-", "=K"]
KINDS = ["plate", "personal_id", "account", "document_number", "vehicle_certificate", "protocol"]
LANGUAGES = ["", "ru", "el", "ko", "he", "pt"]


def shape(example: str) -> Shape:
    made = (
        "9" if c.isdigit() else f"A:{'any' if c in string.ascii_uppercase else 'latin'}" if c.isalpha() else f"={c}"
        for c in example
    )
    return Shape(cells=tuple(made), example=example)


def any_shape(rng: Random) -> Shape:
    """A form as some page may ask for it: digits only, or letters of several scripts, digits and separators."""
    if rng.random() < 0.4:
        return Shape(cells=("9",) * rng.randint(3, 22))
    return Shape(cells=tuple(rng.choice(CELLS) for _ in range(rng.randint(1, 20))))


def test_values_of_thousands_of_forms_keep_their_proof() -> None:
    rng, made = Random(11), 0
    for _ in range(6000):
        wanted, kind = any_shape(rng), rng.choice(KINDS)
        value = fitted(
            kind, wanted, rng.choice(IDENTITIES), variant=rng.choice((1, 2, 3)), language=rng.choice(LANGUAGES)
        )
        if value is not None:
            made += 1
            keeps_its_proof(kind, wanted, value)
    assert made > 2000


def keeps_its_proof(kind: str, wanted: Shape, value: Value) -> None:
    plain = "".join(c for c in value.text if c.isalnum())
    assert wanted.fits(value.text)
    assert safe(kind, plain) and not is_placeholder(plain) and not reads_as(plain)
    assert value.kind == kind and value.grade.startswith("F") and value.why.endswith(".")
    assert value.proof is not Proof.NONE
    if kind == "plate":
        runs = "".join(c if c.isdecimal() else " " for c in plain).split()
        assert any(set(run) == {"0"} for run in runs) or plain.startswith("00")
    elif plain.isdecimal():
        assert not accepted_by(plain)
        assert len(plain) != 12 or plain[11] not in oracles.iin_forbidden(plain[:11])
        assert not 13 <= len(plain) <= 19 or not oracles.luhn_valid(plain)


@pytest.mark.parametrize(
    "country, length",
    [(GRC, 9), (ISR, 9), (BRA, 11), (TUR, 11), (POL, 11), (LTU, 11), (THA, 13), (ROU, 13), (ZAF, 13), (KOR, 13)],
)
@pytest.mark.parametrize("variant", [1, 2, 3])
def test_no_country_would_take_the_number(country: object, length: int, variant: int) -> None:
    rules = [rule for rule in vars(country).values() if hasattr(rule, "validate") and rule.__name__ != "EntityVAT"]
    assert rules
    for seed in range(60):
        (identity,) = make_identities(KZ, seed, 1) if seed < 3 else (Identity(name="A", seed=seed, ladder={}),)
        value = fitted("personal_id", Shape(cells=("9",) * length), identity, variant=variant, language="ko")  # type: ignore[arg-type]
        for rule in rules if value else ():
            assert not _valid(rule, value.text)  # type: ignore[union-attr]


def _valid(rule: object, text: str) -> bool:
    try:
        return bool(rule.validate(text))  # type: ignore[attr-defined]
    except (ValueError, IndexError, TypeError):
        return False


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(KINDS), st.integers())
def test_identities_differ_and_a_seed_repeats_them(kind: str, number: int) -> None:
    wanted = any_shape(Random(number))
    first = [fitted(kind, wanted, identity) for identity in IDENTITIES]
    assert first == [fitted(kind, wanted, identity) for identity in IDENTITIES]
    texts = [value.text for value in first if value]
    free = sum(cell in {"9", "*"} or cell[0] in "A[" for cell in wanted.cells)
    if free >= 8 and kind != "plate":
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "example", ["A 123 BC", "ABC1D23", "30A-123.45", "AB12 CDE", "1234 BCD", "AB-123-CD", "T 123 ABC"]
)
def test_plates_of_two_identities_share_no_letter(example: str) -> None:
    one, two, three = (fitted("plate", shape(example), identity) for identity in IDENTITIES)
    assert one and two and three
    letters = [[c for c in value.text if c.isalpha()] for value in (one, two, three)]
    assert all(a != b for a, b in zip(letters[0], letters[1], strict=True))
    assert letters[2] not in letters[:2]


@pytest.mark.parametrize("example", ["1234 BCD", "AB-123-CD", "ABC123"])
def test_noughts_alone_never_prove_a_latin_plate(example: str) -> None:
    """'0000 BCD' is issued in Spain, 'AB 000 CD' in Italy: letters that are not stay beside the noughts."""
    for variant in (1, 2):
        value = fitted("plate", shape(example), IDENTITIES[0], variant=variant)  # type: ignore[arg-type]
        assert value and set(value.text) & set("IOUQXZWVJAE")
        assert not value.text.endswith(("BCD", "CD"))


def test_the_reason_names_the_rule_of_the_country_where_the_page_tells_it() -> None:
    value = fitted("personal_id", Shape(cells=("9",) * 9), IDENTITIES[0], language="el")
    assert value and value.proof is Proof.ABSOLUTE and "AFM (GR)" in value.why
    rule = rule_named(value.why, value.text)
    assert rule is not None and right(rule, value.text) != value.text[-1]
    anywhere = fitted("personal_id", Shape(cells=("9",) * 9), IDENTITIES[0], language="en")
    assert anywhere and rule_named(anywhere.why, anywhere.text) is None
    assert anywhere.proof is Proof.CONVENTION and "fails every check-digit rule" in anywhere.why


def test_a_korean_number_may_name_a_birth_long_ago() -> None:
    value = fitted("personal_id", Shape(cells=("9",) * 7), IDENTITIES[0], variant=3, language="ko")
    assert value and value.text[6] == "9" and value.text[:2] < "50" and "1850" in value.why
    assert fitted("personal_id", Shape(cells=("9",) * 7), IDENTITIES[0], variant=3, language="ru") is None
