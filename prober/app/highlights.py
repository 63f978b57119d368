"""What the table of a run shows of a case: the claim, its sum, and the picture of it."""

from __future__ import annotations

from prober.models.case import Case, Step
from prober.models.reading import Accusation
from prober.models.run import Highlights
from prober.reporting.annotate import shown_part


def highlights_of(case: Case) -> Highlights:
    """The first new accusation with a sum, else the first one, else the first demand, else the last picture."""
    host = next((host.addresses for host in case.hosts), ())
    steps = [step for probe in case.probes for step in probe.steps]
    accusing = [(step, claim) for step in steps for claim in step.new_accusations]
    accusing.sort(key=lambda found: found[1].amount is None)
    if accusing:
        step, claim = accusing[0]
        return _with_picture(
            case, step, Highlights(claim=claim.quote, amount=_sum(claim), box=claim.box, addresses=host)
        )
    demanding = [(step, demand) for step in steps for demand in step.new_demands]
    if demanding:
        step, demand = demanding[0]
        text = demand.amount.text if demand.amount else ""
        return _with_picture(case, step, Highlights(claim=demand.quote, amount=text, box=demand.box, addresses=host))
    if steps:
        return _with_picture(case, steps[-1], Highlights(addresses=host))
    return Highlights(addresses=host)


def _sum(claim: Accusation) -> str:
    return claim.amount.text if claim.amount else ""


def _with_picture(case: Case, step: Step, found: Highlights) -> Highlights:
    pictures = [exhibit for exhibit in case.exhibits if exhibit.id in step.exhibits and exhibit.kind == "screenshot"]
    if not pictures:
        return found
    first = pictures[0]
    return found.model_copy(update={"picture": first.file, "exhibit": first.id, "shown": shown_part(first.note)})
