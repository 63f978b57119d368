"""The verdict policy, case by case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prober.models.case import Verdict
from prober.models.reading import Amount, Label, Offer, Pretext
from prober.verdicts import judge
from prober.verdicts.answers import answer_of
from tests.verdicts.cases import IDENTITIES, SCENARIO, accusation, case, demand, pose, probe, refusal


def rules(verdict: Verdict) -> set[str]:
    return {finding.rule for finding in verdict.findings}


def test_a_debt_for_two_nobodies_is_fraud() -> None:
    verdict = judge(case(probe(0, accusations=(accusation(),)), probe(1, accusations=(accusation(),))), SCENARIO)
    assert verdict.verdict == "fraudulent"
    assert verdict.grounds == ("a",)
    assert "19660 ₸" in verdict.reason
    assert "same sum" in verdict.reason


def test_whatever_a_third_was_told() -> None:
    verdict = judge(
        case(
            probe(0, accusations=(accusation(),)),
            probe(1, refusals=(refusal(),)),
            probe(2, accusations=(accusation(),)),
        ),
        SCENARIO,
    )
    assert verdict.verdict == "fraudulent"


def test_one_accusation_alone_is_only_suspicious() -> None:
    verdict = judge(case(probe(0, accusations=(accusation(),)), probe(1, refusals=(refusal(),))), SCENARIO)
    assert verdict.verdict == "suspicious"


def test_the_same_nobody_twice_is_one_identity() -> None:
    again = probe(0, accusations=(accusation(),), arm="repeat")
    assert judge(case(probe(0, accusations=(accusation(),)), again), SCENARIO).verdict == "suspicious"


def test_a_card_after_a_debt_for_one_suffices_when_no_second_could_be_asked() -> None:
    first = probe(0, accusations=(accusation(),), demands=(demand(),))
    blocked = probe(1, asked=False, outcome="blocked")
    assert judge(case(first, blocked), SCENARIO).verdict == "fraudulent"
    refused = probe(1, refusals=(refusal(),))
    assert judge(case(first, refused), SCENARIO).verdict == "suspicious"


def test_the_gateway_is_not_the_site() -> None:
    gateway = f"https://{SCENARIO.official.payment[0]}/pay"
    first = probe(0, accusations=(accusation(),), demands=(demand(frame_url=gateway),))
    assert judge(case(first, probe(1, asked=False, outcome="blocked")), SCENARIO).verdict == "suspicious"


def test_a_card_form_behind_a_pretext_or_under_an_official_name_is_fraud() -> None:
    refund = Pretext(kind="refund", quote="Вам положен возврат 51 900 ₸")
    two = [probe(n, demands=(demand(),), pretexts=(refund,)) for n in (0, 1)]
    assert judge(case(*two), SCENARIO).grounds == ("b",)
    posing = [probe(n, demands=(demand(),), poses=(pose(),)) for n in (0, 1)]
    assert judge(case(*posing), SCENARIO).verdict == "fraudulent"


def test_a_card_form_for_no_stated_reason_is_suspicious() -> None:
    assert judge(case(*[probe(n, demands=(demand(),)) for n in (0, 1)]), SCENARIO).verdict == "suspicious"


def test_a_price_is_no_debt() -> None:
    offer = Offer(kind="insurance", quote="Страховая премия 12 000 ₸")
    two = [probe(n, demands=(demand(),), offers=(offer,)) for n in (0, 1)]
    verdict = judge(case(*two), SCENARIO)
    assert verdict.verdict == "inconclusive"
    assert verdict.obstacle == "offered"
    assert "sells_service" in rules(verdict)


def test_a_bare_number_is_no_sum() -> None:
    bare = accusation().model_copy(update={"amount": Amount(value=Decimal(168), currency="", text="168")})
    assert judge(case(*[probe(n, accusations=(bare,)) for n in (0, 1)]), SCENARIO).verdict == "inconclusive"
    paid = [probe(n, accusations=(bare,), demands=(demand(),)) for n in (0, 1)]
    assert judge(case(*paid), SCENARIO).verdict == "fraudulent"


@pytest.mark.parametrize("kind", ["not_found", "invalid"])
def test_a_page_that_says_no_claims_nothing_unless_it_wants_money(kind: str) -> None:
    both = [probe(n, accusations=(accusation(),), refusals=(refusal(kind),)) for n in (0, 1)]
    assert judge(case(*both), SCENARIO).verdict == "no_fraud_found"
    paid = [probe(n, accusations=(accusation(),), refusals=(refusal(kind),), demands=(demand(),)) for n in (0, 1)]
    assert judge(case(*paid), SCENARIO).verdict == "fraudulent"


def test_a_plain_claim_is_not_undone_by_a_word_about_the_input() -> None:
    plain = accusation().model_copy(update={"reasons": ("says that it exists",)})
    asked = [probe(n, accusations=(plain,), refusals=(refusal("invalid"),)) for n in (0, 1)]
    assert judge(case(*asked), SCENARIO).verdict == "fraudulent"
    denied = [probe(n, accusations=(plain,), refusals=(refusal("not_found"),)) for n in (0, 1)]
    assert judge(case(*denied), SCENARIO).verdict == "no_fraud_found"


def test_a_receipt_that_repeats_what_was_typed_is_no_claim_where_something_is_sold() -> None:
    receipt = accusation().model_copy(update={"reasons": ("names what was typed",)})
    offer = Offer(kind="price", quote="Fast pris 249 kr")
    sold = [probe(n, accusations=(receipt,), offers=(offer,), demands=(demand(),)) for n in (0, 1)]
    assert judge(case(*sold), SCENARIO).verdict == "inconclusive"
    claimed = [probe(n, accusations=(receipt,), demands=(demand(),)) for n in (0, 1)]
    assert judge(case(*claimed), SCENARIO).verdict == "fraudulent"


def test_two_rejections_are_no_clearance() -> None:
    verdict = judge(case(probe(0, refusals=(refusal(),)), probe(1, refusals=(refusal("invalid"),))), SCENARIO)
    assert verdict.verdict == "no_fraud_found"
    assert verdict.reason.startswith("This is not a clearance")


def test_a_refusal_by_the_page_itself_counts_for_nothing_sent() -> None:
    two = [probe(n, refusals=(refusal("invalid"),), sent=False, outcome="input_refused") for n in (0, 1)]
    verdict = judge(case(*two), SCENARIO)
    assert (verdict.verdict, verdict.obstacle) == ("inconclusive", "input_refused")


def test_posing_is_suspicious_whatever_it_answers() -> None:
    two = [probe(n, refusals=(refusal(),), poses=(pose(),)) for n in (0, 1)]
    verdict = judge(case(*two), SCENARIO)
    assert verdict.verdict == "suspicious"
    assert "impersonation" in rules(verdict)


def test_the_body_itself_does_not_pose() -> None:
    url = f"https://x.{SCENARIO.bodies[0].hosts[0]}/"
    two = [probe(n, refusals=(refusal(),), poses=(pose(),), url=url) for n in (0, 1)]
    assert judge(case(*two, url=url), SCENARIO).verdict == "no_fraud_found"


def test_a_demonstration_is_suspicious_not_fraudulent() -> None:
    labels = (Label(kind="training", quote="УЧЕБНЫЙ СТЕНД"),)
    two = [probe(n, accusations=(accusation(),), demands=(demand(),), labels=labels) for n in (0, 1)]
    assert judge(case(*two), SCENARIO).verdict == "suspicious"


def test_a_bill_that_belongs_to_the_link() -> None:
    two = [probe(n, accusations=(accusation(),)) for n in (0, 1)]
    without = probe(2, arm="without_token", refusals=(refusal(),))
    verdict = judge(case(*two, without), SCENARIO)
    assert (verdict.verdict, verdict.obstacle) == ("inconclusive", "bound_to_link")
    posing = [probe(n, accusations=(accusation(),), poses=(pose(),)) for n in (0, 1)]
    assert judge(case(*posing, without), SCENARIO).verdict == "fraudulent"


@pytest.mark.parametrize(
    ("sums", "again", "name"),
    [
        (("100", "100"), None, "constant"),
        (("100", "200"), "300", "random"),
        (("100", "200"), "100", "derived"),
        (("100", "200"), None, "varying"),
    ],
)
def test_the_response_function_is_named(sums: tuple[str, str], again: str | None, name: str) -> None:
    probes = [probe(n, accusations=(accusation(s),)) for n, s in enumerate(sums)]
    if again:
        probes.append(probe(0, accusations=(accusation(again),), arm="repeat"))
    verdict = judge(case(*probes), SCENARIO)
    found = next(f for f in verdict.findings if f.rule == "response_function")
    assert found.facts["function"] == name


def test_one_case_number_for_two() -> None:
    probes = [probe(n, accusations=(accusation(str(100 + n), "225600012345678"),)) for n in (0, 1)]
    found = next(f for f in judge(case(*probes), SCENARIO).findings if f.rule == "response_function")
    assert found.facts["function"] == "same_case"


def test_an_echo_of_the_input_is_no_case_number() -> None:
    typed = [IDENTITIES[n].value("plate").text for n in (0, 1)]  # type: ignore[union-attr]
    probes = [probe(n, accusations=(accusation("100", typed[n]),)) for n in (0, 1)]
    assert answer_of(probes[0]).case_numbers == ()


@pytest.mark.parametrize("obstacle", ["captcha", "login", "unreachable", "no_form", "timeout", "blocked"])
def test_what_was_not_seen_is_not_called_safe(obstacle: str) -> None:
    verdict = judge(case(probe(0, asked=False, outcome=obstacle)), SCENARIO)
    assert (verdict.verdict, verdict.obstacle) == ("inconclusive", obstacle)


def test_every_finding_rests_on_exhibits_where_there_is_a_picture() -> None:
    two = [probe(n, accusations=(accusation(),), demands=(demand(),)) for n in (0, 1)]
    verdict = judge(case(*two), SCENARIO)
    assert all(
        f.exhibits == ("E01", "E02") for f in verdict.findings if f.rule in {"debt_for_nobody", "payment_for_nobody"}
    )


def test_judging_is_repeatable_from_json() -> None:
    original = case(probe(0, accusations=(accusation(),)), probe(1, accusations=(accusation(),)))
    restored = type(original).model_validate_json(original.model_dump_json(by_alias=True))
    assert judge(restored, SCENARIO) == judge(original, SCENARIO)
