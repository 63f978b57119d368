"""Everything a report is made from: the case, what was learned about it since, and how it may be shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from prober.models.case import Case, Exhibit, VerdictClass
from prober.models.custody import Review
from prober.models.page import Snapshot
from prober.models.scenario import Scenario
from prober.models.surroundings import Contact, Surroundings
from prober.reporting.messages import Words
from prober.reporting.text import defang, defang_inside, harmless, masked, without_token
from prober.verdicts.facts import Facts

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_GROUPED = re.compile(
    r"(?<=\d) (?=\d{3}(?!\d)|[₸₽€$£]|(?:тг|тенге|теңге|руб|сум|сом|so|[A-Z]{3}\b))"
)  # spaces inside a sum, which must not break over lines

__all__ = ["Contact", "Dossier", "Manner", "Scope", "Surroundings", "act_on", "scope_of"]

YOUNG = 60  # days between the registration of a domain and its first fraudulent case
Scope = Literal["domain", "host", "url"]


@dataclass(frozen=True)
class Dossier:
    """A case with the ports to its evidence.

    exhibit, snapshot, har: give an exhibit's checked bytes, a stored snapshot, the HAR log; they raise BrokenCase.
    manifest: SHA-256 of SHA256SUMS, '' when unsealed. siblings: 'host (case id)' of cases of the same kit.
    """

    case: Case
    scenario: Scenario
    exhibit: Callable[[Exhibit], bytes]
    snapshot: Callable[[str], Snapshot]
    har: Callable[[], dict[str, Any]] = field(default=dict)
    manifest: str = ""
    signer: str = ""
    stamped_at: datetime | None = None
    reviews: tuple[Review, ...] = ()
    surroundings: Surroundings = field(default_factory=Surroundings)
    siblings: tuple[str, ...] = ()

    @cached_property
    def facts(self) -> Facts:
        """The case arranged for rules, which is how a report looks at it too."""
        return Facts(self.case, self.scenario)

    @cached_property
    def review(self) -> Review | None:
        """The last decision of a person, None when nobody decided."""
        decisions = [review for review in self.reviews if review.decision != "note"]
        return decisions[-1] if decisions else None

    @cached_property
    def ours(self) -> frozenset[str]:
        """Every value that prober typed, also those that the page refused: these may be shown."""
        whole = (text for probe in self.case.probes for text in probe.typed.values())
        steps = (step for probe in self.case.probes for step in probe.steps)
        typed = (a.text for step in steps for a in step.actions if a.do == "fill" and a.value_kind)
        return frozenset((*whole, *typed))


@dataclass(frozen=True)
class Manner:
    """How a report speaks: language, edition, and whether secrets found on the page are shown."""

    words: Words
    edition: Literal["recipient", "internal"] = "recipient"
    include_secrets: bool = False
    ours: frozenset[str] = frozenset()

    def say(self, text: str, limit: int = 300) -> str:
        """Text from the page: harmless, unclickable, and masked unless secrets are wanted."""
        shown = text if self.include_secrets else masked(text, self.ours)
        return _GROUPED.sub("\u00a0", defang_inside(harmless(shown, limit)))

    def url(self, url: str, limit: int = 400) -> str:
        """An address for people; in the recipient's edition without a victim's token."""
        return defang(url if self.edition == "internal" else without_token(url, self.ours), limit)

    def hides_token(self, url: str) -> bool:
        """Whether something of the address is left out."""
        return (
            self.edition == "recipient"
            and without_token(url, self.ours) != urlsplit(url)._replace(fragment="").geturl()
        )


def scope_of(host: str) -> tuple[Scope, str, str]:
    """What should be acted on by its name alone: (scope, target, platform).

    A host below a suffix that a company shares out (pages.dev) is that customer's; else the page is all
    that is known to be bad, since the site may be hacked.
    """
    every = _suffixes(False)
    suffix = every.publicsuffix(host) or ""
    if "." in suffix and suffix != _suffixes(True).publicsuffix(host):
        return "host", host, suffix
    return "url", every.privatesuffix(host) or host, ""


@lru_cache(maxsize=2)
def _suffixes(official: bool) -> PublicSuffixList:
    """The list of public suffixes; reading it takes a tenth of a second, so once."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=official)


def registered_for_this(dossier: Dossier) -> str:
    """The day on which the domain was registered, where that was so shortly before that it serves nothing else."""
    verdict = dossier.case.verdict
    try:
        day = date.fromisoformat(dossier.surroundings.registered_on)
    except ValueError:
        return ""
    young = 0 <= (dossier.case.started_at.date() - day).days <= YOUNG
    return day.isoformat() if young and verdict and verdict.verdict is VerdictClass.FRAUDULENT else ""


def act_on(dossier: Dossier) -> tuple[Scope, str, str]:
    """Scope, target and platform of the request: a name chosen to deceive is the domain's own fault."""
    facts = dossier.facts
    scope, target, platform = scope_of(facts.host)
    tokens = {token for body in dossier.scenario.bodies for token in body.tokens if len(token) > 3}
    if scope == "url" and facts.poses and any(token in target for token in tokens):
        return "domain", target, ""
    if scope == "url" and registered_for_this(dossier):
        return "domain", target, ""
    if scope == "host":
        return scope, target, platform
    return "url", dossier.case.final_url or dossier.case.url, ""
