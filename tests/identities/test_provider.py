"""The Faker provider."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from faker import Faker

from prober.identities.provider import InvalidKazakhProvider
from tests.identities import oracles


@pytest.fixture
def fake() -> Faker:
    faker = Faker()
    faker.add_provider(InvalidKazakhProvider)
    faker.seed_instance(4)
    return faker


def test_the_same_seed_gives_the_same_values(fake: Faker) -> None:
    first = [fake.invalid_iin(), fake.invalid_plate(), fake.invalid_phone()]
    fake.seed_instance(4)
    assert first == [fake.invalid_iin(), fake.invalid_plate(), fake.invalid_phone()]


@pytest.mark.parametrize("grade", ["I3", "I3b", "I2"])
def test_iins_fail_their_check_digit(fake: Faker, grade: str) -> None:
    for _ in range(500):
        iin = fake.invalid_iin(grade)
        assert iin[11] not in oracles.iin_forbidden(iin[:11])


@pytest.mark.parametrize(
    ("method", "form"),
    [
        ("invalid_plate", r"000[A-Z]{3}(00|9\d)"),
        ("invalid_protocol_number", r"\d{15}"),
        ("invalid_vehicle_certificate", r"[A-Z]{2}\d{8}"),
        ("invalid_document_number", r"\d{9}"),
        ("invalid_phone", r"\+7\d{10}"),
        ("invalid_email", r"[a-z]+\d+@example\.(com|org|net)"),
        ("invalid_vin", r"[A-HJ-NPR-Z0-9]{17}"),
        ("future_document_date", r"\d\d\.\d\d\.20[6-9]\d"),
        ("nobodys_name", r"\w+ \w+"),
    ],
)
def test_forms(fake: Faker, method: str, form: str) -> None:
    assert all(re.fullmatch(form, getattr(fake, method)()) for _ in range(50))


def test_every_value_says_why(fake: Faker) -> None:
    value = fake.invalid_value("personal_id")
    assert value.proof == "absolute" and value.text in value.why


@pytest.mark.parametrize(("kind", "grade", "says"), [("shoe", "", "no kind"), ("plate", "P9", "no grade")])
def test_unknown_words_are_refused(fake: Faker, kind: str, grade: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        fake.invalid_value(kind, grade)


def test_a_right_check_digit_is_never_given(fake: Faker) -> None:
    with pytest.raises(ValueError, match="no grade"):
        fake.invalid_iin("IV")


def test_making_identities_does_not_load_faker() -> None:
    code = "import sys, prober.identities.make; sys.exit('faker' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
