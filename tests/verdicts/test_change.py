"""What became of a suspect, told from two cases."""

from datetime import UTC, datetime, timedelta

import pytest

from prober.models.case import Earlier
from prober.verdicts.change import compare, state_of
from tests.factories_case import fraudulent, rejecting

DAY = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def cases(tmp_path):
    return fraudulent(tmp_path)[0], rejecting(tmp_path)[0]


def failing(case, failure="", status=None, outcome="unreachable"):
    """The case as it would be had every probe met this."""
    probes = tuple(
        probe.model_copy(
            update={
                "outcome": outcome,
                "steps": (probe.steps[0].model_copy(update={"failure": failure, "status": status}),),
            }
        )
        for probe in case.probes
    )
    verdict = case.verdict.model_copy(update={"verdict": "inconclusive", "obstacle": outcome})
    return case.model_copy(update={"id": "later", "probes": probes, "verdict": verdict, "started_at": DAY})


@pytest.mark.parametrize(
    ("met", "state", "how"),
    [
        ({"failure": "dns"}, "gone", "dns"),
        ({"failure": "refused"}, "gone", "refused"),
        ({"status": 404, "outcome": "error_page"}, "gone", "http 404"),
        ({"status": 200, "outcome": "parked"}, "gone", "parked"),
        ({"failure": "timeout", "outcome": "timeout"}, "unclear", "timeout"),
        ({"status": 403, "outcome": "blocked"}, "unclear", "blocked"),
        ({"status": 503, "outcome": "maintenance"}, "unclear", "maintenance"),
    ],
)
def test_gone_is_what_cannot_be_a_block_of_ours(cases, met, state, how):
    assert state_of(cases[0], failing(cases[0], **met)) == (state, how)


def test_one_visit_that_was_served_is_not_gone(cases):
    half = failing(cases[0], failure="dns")
    half = half.model_copy(update={"probes": (half.probes[0], cases[0].probes[1])})
    assert state_of(cases[0], half)[0] == "unclear"


def test_up_and_different(cases):
    accusing, harmless = cases
    assert state_of(accusing, accusing) == ("up", "")
    assert state_of(accusing, harmless) == ("differs", "fraudulent + card -> no_fraud_found")


def test_the_first_of_the_looks_that_found_it_gone_is_handed_on(cases):
    first = compare(cases[0], failing(cases[0], failure="dns"), "ab")
    assert (first.case_id, first.manifest, first.gone_since, first.first_seen) == (
        cases[0].id, "ab", DAY, cases[0].started_at,
    )  # fmt: skip
    once = failing(cases[0], failure="dns").model_copy(update={"earlier": first})
    later = failing(cases[0], failure="refused").model_copy(update={"started_at": DAY + timedelta(days=2)})
    second = compare(once, later)
    assert isinstance(second, Earlier) and second.gone_since == DAY and second.first_case == cases[0].id
    back = cases[0].model_copy(update={"started_at": DAY + timedelta(days=3)})
    up = compare(later.model_copy(update={"earlier": second}), back)
    assert up.gone_since is None and up.last_up == back.started_at
