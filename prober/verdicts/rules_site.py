"""What speaks for the site."""

from __future__ import annotations

from collections.abc import Callable

from prober.models.case import Finding
from prober.verdicts.facts import Facts
from prober.verdicts.findings import finding
from prober.verdicts.rules_fraud import exhibits_of, typed_words


def rejects(facts: Facts) -> Finding | None:
    """The site answered an invalid identity with a rejection or 'nothing found'."""
    if not facts.rejected:
        return None
    steps = [answer.refusals[0][0] for _, answer in facts.rejected]
    quote = facts.rejected[0][1].refusals[0][1].quote
    whom = " and ".join(typed_words(probe) for probe, _ in facts.rejected[:3])
    return finding(
        rule="rejects", side="site", weight="decisive" if len(facts.rejected) >= 2 else "strong",
        summary=f"The site answered {whom} with '{quote[:120]}'.",
        exhibits=exhibits_of(steps), facts={"whom": whom, "quote": quote[:120], "count": str(len(facts.rejected))},
    )  # fmt: skip


def checks_input(facts: Facts) -> Finding | None:
    """The page's own script refused a value before anything was sent."""
    for probe, _ in facts.experiment:
        for n, step in enumerate(probe.steps[:-1]):
            after = probe.steps[n + 1]
            if step.asked and not step.sent and after.reading.refusals:
                return finding(
                    rule="checks_input", side="site", weight="supporting",
                    summary=f"The page itself refused a wrong value: '{after.reading.refusals[0].quote[:100]}'.",
                    exhibits=after.exhibits, facts={"quote": after.reading.refusals[0].quote[:100]},
                )  # fmt: skip
    return None


def sells_service(facts: Facts) -> Finding | None:
    """The money asked for is the price of something, no debt."""
    for _, answer in facts.experiment:
        if answer.offers:
            step, offer = answer.offers[0]
            return finding(
                rule="sells_service", side="site", weight="strong",
                summary=f"The money named is a {offer.kind.replace('_', ' ')}, not a debt: '{offer.quote[:100]}'.",
                exhibits=step.exhibits, facts={"kind": offer.kind, "quote": offer.quote[:100]},
            )  # fmt: skip
    return None


def labelled_demo(facts: Facts) -> Finding | None:
    """The page calls itself a demonstration, training or test."""
    found = facts.labelled("demo", "training", "test_mode")
    if found is None:
        return None
    step, label = found
    return finding(
        rule="labelled_demo", side="site", weight="strong", summary=f"The page calls itself a demonstration or training: '{label.quote[:100]}'.",
        exhibits=step.exhibits, facts={"quote": label.quote[:100]},
    )  # fmt: skip


def bill_of_the_link(facts: Facts) -> Finding | None:
    """Asked without the link's token, the same site claims nothing: the bill belongs to the link."""
    for probe, answer in facts.of_arms("without_token"):
        if answer.asked and not answer.accused and facts.accused:
            return finding(
                rule="bill_of_the_link", side="site", weight="strong",
                summary="Without the token in the link the form is served and no debt is claimed: the bill may belong to the link's addressee.",
                exhibits=exhibits_of(list(probe.steps[-1:])),
            )  # fmt: skip
    return None


SITE_RULES: tuple[Callable[[Facts], Finding | None], ...] = (
    rejects,
    checks_input,
    sells_service,
    labelled_demo,
    bill_of_the_link,
)
