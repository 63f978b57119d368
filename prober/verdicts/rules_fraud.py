"""What speaks for fraud: one small function per rule, in the order of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from prober.models.case import Finding, Probe, Step
from prober.verdicts.answers import Answer
from prober.verdicts.facts import Facts, host_of
from prober.verdicts.findings import finding

KIND_WORDS = {
    "plate": "vehicle number", "personal_id": "personal number", "protocol": "fine number", "tracking": "parcel number",
    "document_number": "document number", "vehicle_certificate": "vehicle certificate", "phone": "phone number",
}  # fmt: skip
DEBT_WORDS = {
    "traffic_fine": "fine", "toll": "toll debt", "parking": "parking charge", "parcel_fee": "parcel fee", "tax": "tax debt",
}  # fmt: skip


def typed_words(probe: Probe) -> str:
    """'vehicle number 000QQQ99', the identifying value that was typed."""
    for kind, word in KIND_WORDS.items():
        if kind in probe.typed:
            return f"{word} {probe.typed[kind]}"
    return "data"


def exhibits_of(steps: list[Step]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e for step in steps for e in step.exhibits))


def _money(facts: Facts) -> str:
    texts = [a.amount.text for _, answer in facts.accused for _, a in answer.accusations if a.amount is not None]
    unique = list(dict.fromkeys(texts))
    if not unique:
        return ""
    return unique[0] if len(unique) == 1 else " and ".join(unique[:2])


def _nobodies(told: tuple[tuple[Probe, Answer], ...]) -> str:
    return (
        "which cannot exist"
        if len(told) == 1
        else "neither of which can exist"
        if len(told) == 2
        else "none of which can exist"
    )


def debt_for_nobody(facts: Facts) -> Finding | None:
    """A debt is claimed for identities that can belong to nobody (ground a with two of them)."""
    if not facts.accused:
        return None
    steps = [step for _, answer in facts.accused for step, _ in answer.accusations[:1]]
    debt = DEBT_WORDS.get(facts.accused[0][1].accusations[0][1].debt, "debt")
    whom = " and for ".join(typed_words(probe) for probe, _ in facts.accused[:3])
    money, two = _money(facts), len(facts.accused) >= 2
    summary = f"The page claims a {debt}{' of ' + money if money else ''} for {whom}, {_nobodies(facts.accused)}."
    data = {"debt": debt, "money": money, "whom": whom, "count": str(len(facts.accused))}
    return finding(
        rule="debt_for_nobody", side="fraud", weight="decisive" if two else "strong", summary=summary,
        exhibits=exhibits_of(steps), facts=data,
    )  # fmt: skip


def payment_for_nobody(facts: Facts) -> Finding | None:
    """Card details or a transfer are demanded after an identity that cannot exist was accepted (ground b)."""
    if not facts.demanded:
        return None
    kinds = {demand.kind for _, answer in facts.demanded for _, demand in answer.demands}
    what = (
        "card details"
        if "card" in kinds
        else {"qr": "a payment by QR code"}.get(next(iter(kinds)), "a transfer of money")
    )
    steps = [answer.demands[0][0] for _, answer in facts.demanded]
    two = (
        len(facts.demanded) >= 2
        and (bool(facts.accused) or bool(facts.poses) or bool(facts.pretext))
        and not facts.offers
    )
    whom = " and for ".join(typed_words(probe) for probe, _ in facts.demanded[:2])
    return finding(
        rule="payment_for_nobody", side="fraud", weight="decisive" if two else "strong",
        summary=f"The page asks for {what} after accepting {whom}, {_nobodies(facts.demanded)}.",
        exhibits=exhibits_of(steps), facts={"what": what, "whom": whom, "count": str(len(facts.demanded))},
    )  # fmt: skip


def response_function(facts: Facts) -> Finding | None:
    """How the answer depends on the input: constant, random, derived."""
    if len(facts.accused) < 2:
        return None
    name = response_name(facts)
    words = {
        "constant": "Two different people who cannot exist are told the very same sum.",
        "random": "The same person who cannot exist is told another sum at the next visit: the sum is made up.",
        "derived": "The sum changes with the input and comes back the same for it: it is computed from what was typed.",
        "same_case": "Two different people who cannot exist are told the same case number.",
        "varying": "Each visit is told another sum.",
    }
    if name not in words:
        return None
    steps = [step for _, answer in facts.accused for step, _ in answer.accusations[:1]]
    weight: Literal["strong", "supporting"] = "supporting" if name in {"derived", "varying"} else "strong"
    return finding(
        rule="response_function", side="fraud", weight=weight, summary=words[name], exhibits=exhibits_of(steps),
        facts={"function": name},
    )  # fmt: skip


def response_name(facts: Facts) -> str:
    """'constant', 'same_case', 'random', 'derived', 'varying' or '' where nothing was claimed twice."""
    if len(facts.accused) < 2:
        return ""
    numbers = [set(answer.case_numbers) for _, answer in facts.accused]
    if len(set(facts.sums)) == 1 and facts.sums[0]:
        return "constant"
    if numbers[0] and any(numbers[0] & later for later in numbers[1:]):
        return "same_case"
    for probe, answer in facts.of_arms("repeat"):
        first = next((a for p, a in facts.accused if p.identity.name == probe.identity.name), None)
        if first is not None and answer.amounts:
            return "derived" if answer.amounts == first.amounts else "random"
    return "varying" if all(facts.sums) else ""


def impersonation(facts: Facts) -> Finding | None:
    """The page speaks as an official body from a host that is not that body's."""
    if not facts.poses:
        return None
    step, pose, body = facts.poses[0]
    return finding(
        rule="impersonation", side="fraud", weight="strong",
        summary=f"The page presents itself as {body.names[0]} ('{pose.quote[:80]}') on {host_of(step.url)}; the real address is {body.hosts[0]}.",
        exhibits=step.exhibits, facts={"body": body.names[0], "key": body.key, "quote": pose.quote[:120], "real": body.hosts[0]},
    )  # fmt: skip


def look_alike_host(facts: Facts) -> Finding | None:
    """The host's name contains an official body's token though the host is not that body's."""
    for body in facts.scenario.bodies:
        for token in body.tokens:
            if token in facts.host.split(".") or (len(token) > 3 and token in facts.host):
                return finding(
                    rule="look_alike_host", side="fraud", weight="supporting",
                    summary=f"The address {facts.host} borrows the name of {body.names[0]} ({body.hosts[0]}).",
                    facts={"host": facts.host, "body": body.names[0], "real": body.hosts[0]},
                )  # fmt: skip
    return None


def card_without_lookup(facts: Facts) -> Finding | None:
    """Card details are demanded before anything was asked."""
    for _, answer in facts.experiment:
        if answer.demanded_without_query:
            steps = [step for p, a in facts.experiment if a is answer for step in p.steps if step.new_demands]
            return finding(
                rule="card_without_lookup", side="fraud", weight="supporting",
                summary="The page asks for payment details without having asked who pays for what.",
                exhibits=exhibits_of(steps),
            )  # fmt: skip
    return None


def any_code_accepted(facts: Facts) -> Finding | None:
    """A random SMS code, for a phone number that cannot exist, was accepted."""
    for _, answer in facts.experiment:
        for probe in (p for p, a in facts.experiment if a is answer):
            for n, step in enumerate(probe.steps[:-1]):
                code = any(a.do == "fill" and a.purpose == "otp" for a in step.actions)
                follow = probe.steps[n + 1]
                if code and not follow.reading.refusals and (follow.new_accusations or follow.new_demands):
                    return finding(
                        rule="any_code_accepted", side="fraud", weight="strong",
                        summary="The page accepted a made-up SMS code for a phone number that cannot exist.",
                        exhibits=follow.exhibits,
                    )  # fmt: skip
    return None


def cloaking(facts: Facts) -> Finding | None:
    """The page shows itself to one kind of visitor and hides from another."""
    shown = {p.profile for p, a in facts.experiment if a.asked}
    hidden = {
        p.profile
        for p, a in facts.experiment
        if not a.asked
        and p.steps
        and a.outcome not in {"unreachable", "crashed", "hung", "loop", "limit", "too_large", "download"}
    }
    differing = hidden - shown
    spared = {p.profile for p, a in facts.experiment if a.rejected}
    accused = {p.profile for p, a in facts.experiment if a.accused}
    if shown and differing:
        return finding(
            rule="cloaking", side="fraud", weight="supporting",
            summary=f"The form is shown to a {min(shown)} and hidden from a {min(differing)}.",
            facts={"shown": min(shown), "hidden": min(differing)},
        )  # fmt: skip
    if accused and spared - accused:
        return finding(
            rule="cloaking", side="fraud", weight="supporting",
            summary=f"A debt is claimed to a {min(accused)} and none to a {min(spared - accused)}.",
            facts={"shown": min(accused), "hidden": min(spared - accused)},
        )  # fmt: skip
    return None


FRAUD_RULES: tuple[Callable[[Facts], Finding | None], ...] = (
    debt_for_nobody,
    payment_for_nobody,
    response_function,
    impersonation,
    any_code_accepted,
    card_without_lookup,
    look_alike_host,
    cloaking,
)
