"""Makes findings: the one place that knows how the class for or against the site is spelt in JSON."""

from __future__ import annotations

from typing import Literal

from prober.models.case import Finding


def finding(
    *,
    rule: str,
    side: Literal["fraud", "site"],
    weight: Literal["decisive", "strong", "supporting"],
    summary: str,
    exhibits: tuple[str, ...] = (),
    facts: dict[str, str] | None = None,
) -> Finding:
    """A finding of a rule; `facts` are what its sentence is made of, for other languages."""
    return Finding(**{"for": side}, rule=rule, weight=weight, summary=summary, exhibits=exhibits, facts=facts or {})
