"""Values made to the form of another country: their own kind, their own rule, no source that is not theirs."""

from __future__ import annotations

from prober.catalog import load_scenario
from prober.identities.fitted import fitted
from prober.identities.make import make_identities
from prober.models.shape import Shape
from prober.reporting.dossier import Manner
from prober.reporting.messages import Words
from prober.reporting.sentences import value_word, why, working_of

KZ = load_scenario("kz-fines")
(IDENTITY,) = make_identities(KZ, 5, 1)
MANNER = Manner(Words("en"), "recipient", False, ())


def test_a_greek_number_under_kazakhstans_scenario_is_explained_as_greek() -> None:
    value = fitted("personal_id", Shape(cells=("9",) * 9), IDENTITY, language="el")
    assert value is not None
    assert value_word(MANNER, value, "KZ") == "personal number"
    assert value_word(MANNER, IDENTITY.ladder["personal_id"][0], "KZ") == "IIN"
    working = working_of(KZ, value)
    assert working and len(working.rows) == 1 and working.rows[0].weights[0] == 256
    assert working.last == value.text[-1] and working.right in value.why
    assert why(MANNER, value, KZ) == value.why


def test_a_number_of_no_known_country_has_no_calculation() -> None:
    value = fitted("personal_id", Shape(cells=("9",) * 9), IDENTITY, language="en")
    assert value is not None and working_of(KZ, value) is None
