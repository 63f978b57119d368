"""What every machine form says of a case, gathered once: addresses live, ids stable, nothing of ours or the victim's."""

from __future__ import annotations

import ipaddress
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from importlib import resources
from urllib.parse import urlsplit

import yaml

from prober.models.case import VerdictClass
from prober.models.custody import Matter
from prober.models.scenario import Scenario
from prober.reporting.dossier import Dossier, Scope, act_on
from prober.reporting.technical import seen, targets
from prober.reporting.text import cut_at_token, harmless
from prober.verdicts.facts import host_of, under

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:prober:case")


@dataclass(frozen=True)
class Subject:
    """A case as exports see it.

    url: the live address, without what may be its addressee's own token unless that was asked for.
    actionable: fraudulent, and no person has rejected it. revoked: it was, until a person rejected it.
    changed: when what is said here last changed; a review says something new.
    confidence: 0-1; a person's confirmation raises it. targets: other hosts that typed data is sent to and
    that serve nobody else as far as known.
    """

    case_id: str
    url: str
    host: str
    domain: str
    scope: Scope
    scope_target: str
    addresses: tuple[str, ...]
    port: int
    first_seen: datetime
    last_seen: datetime
    verdict: str
    actionable: bool
    reviewed: bool
    confidence: float
    summary: str
    body: str
    body_host: str
    body_is_state: bool
    card_fields: tuple[str, ...]
    demands: tuple[str, ...]
    submission_url: str
    targets: tuple[str, ...]
    redirects: tuple[str, ...]
    tlp: str
    pap: str
    revoked: bool
    changed: datetime
    matter: Matter = field(default_factory=Matter)

    def uuid(self, kind: str, value: str = "") -> str:
        """A UUID that is the same in every export of this case, so that a second one updates the first."""
        return str(uuid.uuid5(NAMESPACE, f"{self.case_id}\n{kind}\n{value}"))


def subject_of(dossier: Dossier, whole_addresses: bool = False) -> Subject:
    """Gather what exports need. whole_addresses: with a victim's token where the address has one."""
    case, facts = dossier.case, dossier.facts
    snapshots = seen(dossier)
    live = [step.at for step in facts.steps if not step.failure and (step.status or 0) < 400]
    fit = (lambda url: url) if whole_addresses else (lambda url: cut_at_token(url, dossier.ours))
    url = fit(case.final_url or case.url)
    host = facts.host
    scope, target, _ = act_on(dossier)
    posted = targets(snapshots)
    pose = facts.poses[0] if facts.poses else None
    judged = case.verdict.verdict if case.verdict else VerdictClass.INCONCLUSIVE
    review = dossier.review.decision if dossier.review else ""
    demands = [(step, demand) for _, answer in facts.demanded for step, demand in answer.demands]
    fields = [f.purpose for step, demand in demands for f in step.reading.fields if f.ref in demand.refs]
    return Subject(
        case_id=case.id,
        url=url,
        host=host,
        domain=target if scope == "domain" else host,
        scope=scope,
        scope_target=url if scope == "url" else target,
        addresses=next((h.addresses for h in case.hosts if h.name == host), ()),
        port=_port(url),
        first_seen=min(live, default=case.started_at),
        last_seen=max(live, default=case.started_at),
        verdict=str(judged),
        actionable=judged is VerdictClass.FRAUDULENT and review != "rejected",
        reviewed=review == "confirmed",
        confidence={"confirmed": 0.95, "rejected": 0.0}.get(review, 0.85 if judged is VerdictClass.FRAUDULENT else 0.4),
        summary=harmless(case.verdict.reason if case.verdict else "", 900),
        body=pose[2].names[0] if pose else "",
        body_host=pose[2].hosts[0] if pose else "",
        body_is_state=bool(pose and any(_state(name, dossier.scenario) for name in pose[2].hosts)),
        card_fields=tuple(dict.fromkeys(purpose for purpose in fields if purpose.startswith("card_"))),
        demands=tuple(dict.fromkeys(demand.kind for _, demand in demands)),
        submission_url=next((fit(u) for u in reversed(posted) if urlsplit(u).scheme in ("http", "https")), ""),
        targets=tuple(
            dict.fromkeys(t for u in posted if (t := host_of(u)) and t != host and blockable(t, dossier.scenario))
        ),
        redirects=tuple(
            dict.fromkeys(fit(r.url) for s in snapshots for r in s.requests if r.redirected_to and r.kind == "document")
        ),
        tlp=case.matter.tlp,
        pap=case.matter.pap,
        revoked=judged is VerdictClass.FRAUDULENT and review == "rejected",
        changed=max([*live, case.started_at, *([dossier.review.at] if dossier.review else [])]),
        matter=case.matter,
    )


def _state(host: str, scenario: Scenario) -> bool:
    """Whether a host is a state's own: below an official suffix, or named as states name theirs."""
    return under(host, scenario.official.suffixes) or bool({"gov", "gouv", "gob", "govt", "gv"} & set(host.split(".")))


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def blockable(host: str, scenario: Scenario) -> bool:
    """Whether blocking a host hurts nobody else as far as known: never official, payment or shared ones."""
    official = scenario.official
    bodies = tuple(name for body in scenario.bodies for name in body.hosts)
    protected = (*official.suffixes, *official.hosts, *official.payment, *bodies, *shared_hosts())
    return bool(host) and not is_address(host) and "." in host and not under(host, protected)


def is_address(host: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def shared_hosts() -> tuple[str, ...]:
    """Hosts that serve many."""
    text = resources.files("prober.reporting").joinpath("shared_hosts.yaml").read_text("utf-8")
    return tuple(host for group in yaml.safe_load(text).values() for host in group)
