"""Tests of the matter from the environment."""

import pytest

from prober.cli.matter import VARIABLES, matter_of_environment
from prober.errors import UsageError


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)


def test_what_is_set_is_taken_and_the_rest_is_not_stated(monkeypatch):
    monkeypatch.setenv("PROBER_ORGANISATION", "CERT of Examples")
    monkeypatch.setenv("PROBER_TLP", "tlp:amber+strict")
    matter = matter_of_environment()
    assert (matter.organisation, matter.tlp, matter.pap) == ("CERT of Examples", "AMBER+STRICT", "")


def test_an_unknown_marking_is_told(monkeypatch):
    monkeypatch.setenv("PROBER_PAP", "BLUE")
    with pytest.raises(UsageError, match="PROBER_PAP"):
        matter_of_environment()
