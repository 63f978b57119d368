"""An identity that can belong to nobody, value by value with its proof."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from prober.models.base import Noun


class Proof(StrEnum):
    """How strongly a value is shown to belong to nobody.

    ABSOLUTE: the rule in force cannot produce it (a failing check digit, a wrong length, a reserved domain).
    CONVENTION: no known issue uses it (an unassigned region, a birth date decades ahead).
    NONE: it proves nothing (a name, a postcode).
    """

    ABSOLUTE = "absolute"
    CONVENTION = "convention"
    NONE = "none"


class Value(Noun):
    """One thing to type.

    kind: the field purpose it answers, e.g. 'plate', 'personal_id', 'phone'.
    grade: its class of invalidity, e.g. 'I3' or 'P2' (DOMAIN words); 'P3' is a plate for region menus.
    why: one sentence for a layman: why nobody can bear it, with the source.
    parts: the same value cut as forms cut it, e.g. {'number': '000', 'series': 'QQQ', 'region': '99'}.
    """

    kind: str
    text: str
    grade: str = ""
    proof: Proof
    why: str
    parts: dict[str, str] = Field(default_factory=dict)


class Identity(Noun):
    """The values of one probe.

    name: 'A', 'B', ... within the case.
    ladder: for a kind, alternatives from the most plausible to the plainly wrong, tried in order
        when the site's own script refuses; the first is the default.
    last_resort: values with a VALID check digit and an impossible month or a birth many years ahead,
        usable only where the site's own script has just refused a failing one.
    """

    name: str
    seed: int
    ladder: dict[str, tuple[Value, ...]]
    last_resort: dict[str, Value] = Field(default_factory=dict)

    def value(self, kind: str, rung: int = 0) -> Value | None:
        """The value for a field purpose at a rung of its ladder, None when there is none."""
        rungs = self.ladder.get(kind, ())
        return rungs[rung] if rung < len(rungs) else None
