"""What the site answered to one identity, boiled down from the steps of its probe."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from prober.models.case import Probe, Step
from prober.models.reading import Accusation, Demand, Offer, Refusal

PLAIN = frozenset({"says that it exists", "names what was typed"})  # reasons of an accusation that leaves no doubt


@dataclass(frozen=True)
class Answer:
    """The answer to one identity.

    asked: an identifying value was typed and sent off by a button or key.
    submitted: a request with it left the browser.
    accusations, demands: those new against the pages before the query, with the step where they first stood.
    """

    outcome: str
    asked: bool
    submitted: bool
    accusations: tuple[tuple[Step, Accusation], ...] = ()
    demands: tuple[tuple[Step, Demand], ...] = ()
    refusals: tuple[tuple[Step, Refusal], ...] = ()
    offers: tuple[tuple[Step, Offer], ...] = ()
    demanded_without_query: bool = False
    typed: frozenset[str] = frozenset()

    @property
    def accused(self) -> bool:
        """A debt is claimed: not contradicted by the same page, unless payment was demanded for it after all."""
        return bool(self.accusations) and (bool(self.demands) or not self.contradicted)

    @property
    def contradicted(self) -> bool:
        """Every page that names a debt also says that nothing is on record, or refuses the input.

        A refusal of the input does not undo a claim that plainly says that the debt exists or names what was
        typed: scams ask for more data in such words.
        """
        kinds: dict[int, set[str]] = {}
        for step, refusal in self.refusals:
            kinds.setdefault(step.number, set()).add(refusal.kind)
        return all(
            "not_found" in kinds.get(step.number, ())
            or ("invalid" in kinds.get(step.number, ()) and not PLAIN.intersection(accusation.reasons))
            for step, accusation in self.accusations
        )

    @property
    def demanded(self) -> bool:
        return bool(self.demands) or self.demanded_without_query

    @property
    def demanded_after_query(self) -> bool:
        return bool(self.demands)

    @property
    def bound(self) -> bool:
        """The accusation comes with a sum of money or a demand to pay; a bare number may be anything."""
        sums = (a.amount for _, a in self.accusations if a.amount is not None)
        return self.accused and (bool(self.demands) or any(amount.currency for amount in sums))

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        return tuple(dict.fromkeys(a.amount.value for _, a in self.accusations if a.amount is not None))

    @property
    def case_numbers(self) -> tuple[str, ...]:
        """Numbers that the site gave the case; an echo of what was typed is none."""
        numbers = dict.fromkeys(a.case_number for _, a in self.accusations if a.case_number)
        return tuple(number for number in numbers if _plain(number) not in self.typed)

    @property
    def rejected(self) -> bool:
        """Refused in answer to a submission that left the browser; nothing was claimed, at most something offered."""
        noes = [refusal for step, refusal in self.refusals if refusal.kind != "error" and not _captcha(step)]
        return self.submitted and bool(noes) and not self.accused and (not self.demands or bool(self.offers))


def answer_of(probe: Probe) -> Answer:
    """Read the answer from the steps; `Step.facts` and the `new_*` fields were set while probing."""
    asked_at = next((n for n, step in enumerate(probe.steps) if step.asked), None)
    later = probe.steps[asked_at + 1 :] if asked_at is not None else ()
    page_of_query = probe.steps[asked_at : asked_at + 1] if asked_at is not None else ()
    prices = {offer.amount.value for step in later for offer in step.reading.offers if offer.amount is not None}
    selling = any(step.reading.offers for step in probe.steps)
    return Answer(
        outcome=probe.outcome,
        asked=asked_at is not None,
        submitted=probe.submitted,
        accusations=tuple(
            (step, a) for step in later for a in step.new_accusations if _is_claim(step, a, prices, selling)
        ),
        demands=tuple((step, d) for step in later for d in step.new_demands),
        refusals=tuple((step, r) for step in later for r in step.reading.refusals),
        offers=tuple((step, o) for step in (*page_of_query, *later) for o in step.reading.offers),
        demanded_without_query=asked_at is None and any(step.new_demands for step in probe.steps),
        typed=frozenset(_plain(text) for text in probe.typed.values()),
    )


def _plain(text: str) -> str:
    return "".join(ch for ch in text.upper() if ch.isalnum())


def _captcha(step: Step) -> bool:
    """The refusal may be the captcha's rather than the look-up's."""
    return any(wall.kind == "captcha" for wall in step.reading.walls) or bool(step.reading.with_purpose("captcha"))


def _is_claim(step: Step, accusation: Accusation, prices: set[Decimal], selling: bool) -> bool:
    """A debt rather than the price of something, or the outcome of a sum that the visitor asked for.

    selling: something is for sale on the way; a line that only repeats what was typed is then the receipt's.
    """
    if selling and set(accusation.reasons) == {"names what was typed"}:
        return False
    if accusation.amount is not None and accusation.amount.value in prices:
        return False
    return not any(label.kind == "calculator" for label in step.reading.labels)
