"""From a recorded case to findings and a verdict. Pure: replays any stored case."""

from __future__ import annotations

from typing import Literal

from prober.models.case import Case, Finding, Probe, Verdict, VerdictClass
from prober.models.scenario import Scenario
from prober.verdicts.answers import Answer
from prober.verdicts.facts import Facts
from prober.verdicts.rules_fraud import FRAUD_RULES
from prober.verdicts.rules_site import SITE_RULES

RULES_VERSION = "1"

OBSTACLES = {
    "login": "the page wants a log-in before it answers",
    "captcha": "a captcha stands in the way",
    "blocked": "the site blocked the visit",
    "unreachable": "the site could not be reached",
    "no_form": "no form that asks for a vehicle or person was found",
    "timeout": "the page did not answer in time",
    "input_refused": "the page's own script refused every value, so nothing could be submitted",
    "maintenance": "the site says that it is under maintenance",
    "error_page": "the site answered with an error page",
    "parked": "the domain is parked",
    "gone": "the page is gone",
    "rate_limit": "the site limits requests",
    "geo": "the site does not serve this country",
    "empty": "the page is empty",
    "crashed": "the page crashed the browser",
    "hung": "the page hung the browser",
    "loop": "the page redirects or reloads itself without end",
    "limit": "the page used up what one visit may take",
    "too_large": "the page is too large to be read",
    "download": "the address hands over a file instead of a page",
    "exit": "the walk leads to a host that prober does not visit",
    "error": "the site answered with an error of its own",
    "dead_end": "the site took the data and showed neither a debt nor a refusal",
    "one_identity": "only one identity could be asked",
    "bound_to_link": "the same bill is shown to anyone with this link, and none without it",
    "offered": "the site sells a service for any input and claims no debt",
    "budget": "the visits allowed were used up before an answer",
}


def judge(case: Case, scenario: Scenario) -> Verdict:
    """Apply today's rules (DESIGN section 5) to what was recorded.

    The class, its grounds and the obstacle follow from the findings and the answers alone; neither clock,
    network nor browser is touched.
    """
    facts = Facts(case, scenario)
    findings = tuple(f for rule in (*FRAUD_RULES, *SITE_RULES) for f in [rule(facts)] if f is not None)
    by_rule = {finding.rule: finding for finding in findings}
    grounds = _grounds(facts, by_rule)
    for decide in (_fraudulent, _suspicious, _no_fraud_found):
        decided = decide(facts, by_rule, grounds)
        if decided is not None:
            verdict, reason = decided
            return Verdict(
                verdict=verdict, reason=reason, grounds=grounds if verdict is VerdictClass.FRAUDULENT else (),
                findings=findings, rules=RULES_VERSION,
            )  # fmt: skip
    obstacle = _obstacle(facts, by_rule)
    return Verdict(
        verdict=VerdictClass.INCONCLUSIVE, obstacle=obstacle, findings=findings, rules=RULES_VERSION,
        reason=f"Could not tell: {OBSTACLES.get(obstacle, obstacle)}.{_vantage(facts)}",
    )  # fmt: skip


def _grounds(facts: Facts, by_rule: dict[str, Finding]) -> tuple[Literal["a", "b"], ...]:
    grounds: list[Literal["a", "b"]] = []
    if len(facts.accused) >= 2:
        grounds.append("a")
    paid = by_rule.get("payment_for_nobody")
    one_is_enough = len(facts.demanded) == 1 and not _second_was_asked(facts) and _one_suffices(facts)
    if paid is not None and (paid.weight == "decisive" or one_is_enough):
        grounds.append("b")
    return tuple(grounds)


def _second_was_asked(facts: Facts) -> bool:
    return len(facts.asked) >= 2


def _one_suffices(facts: Facts) -> bool:
    """A second identity could not be asked: impersonation, or a claimed debt with card fields on the own origin."""
    _, answer = facts.demanded[0]
    if facts.offers:
        return False
    return bool(facts.poses) or (answer.accused and facts.own_card_fields(answer))


def _fraudulent(
    facts: Facts, by_rule: dict[str, Finding], grounds: tuple[Literal["a", "b"], ...]
) -> tuple[VerdictClass, str] | None:
    if not grounds:
        return None
    if "labelled_demo" in by_rule:
        return None
    if "bill_of_the_link" in by_rule and not facts.poses:
        return None
    debt, payment = by_rule.get("debt_for_nobody"), by_rule.get("payment_for_nobody")
    parts = [debt.summary] if debt is not None else []
    if payment is not None:
        parts.append(f"It then asks for {payment.facts['what']}." if parts else payment.summary)
    if "response_function" in by_rule and by_rule["response_function"].weight == "strong":
        parts.append(by_rule["response_function"].summary)
    return VerdictClass.FRAUDULENT, " ".join(parts)


def _suspicious(
    facts: Facts, by_rule: dict[str, Finding], grounds: tuple[Literal["a", "b"], ...]
) -> tuple[VerdictClass, str] | None:
    if "labelled_demo" in by_rule and (facts.accused or facts.demanded or facts.poses):
        return VerdictClass.SUSPICIOUS, by_rule[
            "labelled_demo"
        ].summary + " It still accuses or imitates; a person should look."
    if "impersonation" in by_rule:
        return VerdictClass.SUSPICIOUS, by_rule["impersonation"].summary
    if "bill_of_the_link" in by_rule:
        return None
    if "debt_for_nobody" in by_rule:
        return VerdictClass.SUSPICIOUS, by_rule["debt_for_nobody"].summary + " A second identity did not confirm it."
    if "payment_for_nobody" in by_rule and not facts.offers:
        return VerdictClass.SUSPICIOUS, by_rule["payment_for_nobody"].summary + " What for was not established."
    if "card_without_lookup" in by_rule and _claims_on_landing(facts):
        return VerdictClass.SUSPICIOUS, "The page claims a debt and asks for payment details of whoever opens the link."
    if "cloaking" in by_rule and len(facts.rejected) < 2 and not facts.offers:
        return VerdictClass.SUSPICIOUS, by_rule["cloaking"].summary
    return None


def _claims_on_landing(facts: Facts) -> bool:
    """A bill for whoever opens the link; something for sale on the way makes it a shop."""
    for probe, answer in facts.experiment:
        if not answer.demanded_without_query or any(step.reading.offers for step in probe.steps):
            continue
        if facts.poses or any(step.reading.accusations for step in probe.steps):
            return True
    return False


def _no_fraud_found(
    facts: Facts, by_rule: dict[str, Finding], grounds: tuple[Literal["a", "b"], ...]
) -> tuple[VerdictClass, str] | None:
    if len(facts.rejected) < 2 or (facts.demanded and not facts.offers) or "bill_of_the_link" in by_rule:
        return None
    if any(a.accused for _, a in facts.experiment):
        return None
    return VerdictClass.NO_FRAUD_FOUND, f"This is not a clearance. {by_rule['rejects'].summary}{_vantage(facts)}"


def _vantage(facts: Facts) -> str:
    seen = facts.case.environment.exit_country
    profiles = " and ".join(sorted({p.profile for p in facts.case.probes})) or "no profile"
    if not seen or seen == facts.scenario.country:
        return f" Seen as {profiles}." + ("" if seen else " The country of the exit is not known.")
    return f" Seen as {profiles} from {seen}, not from {facts.scenario.country}: it may look different there."


def _obstacle(facts: Facts, by_rule: dict[str, Finding]) -> str:
    if "bill_of_the_link" in by_rule:
        return "bound_to_link"
    if facts.offers:
        return "offered"
    if not facts.answers:
        return "unreachable"
    return _worst(facts.answers)


def _worst(answers: tuple[tuple[Probe, Answer], ...]) -> str:
    """The obstacle that says most: of probes that asked first, then of the first probe."""
    outcomes = [answer.outcome for _, answer in answers]
    for telling in ("captcha", "login", "input_refused", "exit", "error", "dead_end"):
        if telling in outcomes and any(a.asked for _, a in answers):
            return telling
    if "rejected" in outcomes:
        return "one_identity"
    return outcomes[0] or "budget"
