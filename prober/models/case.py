"""Everything about one suspect at one time."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from prober.models.action import Action, Outcome
from prober.models.base import Noun
from prober.models.custody import Matter
from prober.models.identity import Identity
from prober.models.page import Box
from prober.models.reading import Accusation, Demand, Reading


class VerdictClass(StrEnum):
    FRAUDULENT = "fraudulent"
    SUSPICIOUS = "suspicious"
    NO_FRAUD_FOUND = "no_fraud_found"
    INCONCLUSIVE = "inconclusive"


class Exhibit(Noun):
    """A numbered piece of evidence in `exhibits/`, hashed when it was taken."""

    id: str  # 'E01'
    kind: Literal[
        "screenshot",
        "picture",
        "snapshot",
        "text",
        "dom",
        "mhtml",
        "har",
        "dialog",
        "download",
        "favicon",
        "certificate",
    ]
    file: str  # relative to the case folder
    sha256: str
    size: int
    taken_at: datetime  # UTC, prober's clock
    probe: str = ""
    step: int | None = None
    url: str = ""
    note: str = ""


class Mark(Noun):
    """A box on a picture worth drawing: the fine, its sum, the card fields."""

    what: Literal["fine", "amount", "card", "refusal", "form", "pose"]
    box: Box


class Step(Noun):
    """One turn of observe, plan, perform."""

    number: int
    at: datetime
    url: str
    title: str = ""
    snapshot: str = ""  # SHA-256 of the stored snapshot
    settled: bool = True
    failure: str = ""
    status: int | None = None
    reading: Reading
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    exhibits: tuple[str, ...] = ()
    asked: bool = False  # an identifying value was typed here and sent off
    sent: bool = False  # and a request with it left the browser
    new_accusations: tuple[Accusation, ...] = ()  # against the pages before the query
    new_demands: tuple[Demand, ...] = ()
    exits: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)  # small notes, e.g. {'typed': 'plate', 'submitted': 'yes'}


Arm = Literal["identity", "repeat", "desktop", "language", "without_token", "real_time", "landing"]


class Probe(Noun):
    """One pass through the suspect with one identity, in a fresh browser context."""

    name: str  # 'P1'
    arm: Arm = "identity"
    identity: Identity
    profile: str
    country: str = ""
    started_at: datetime
    seconds: float = 0.0
    steps: tuple[Step, ...] = ()
    outcome: str = ""  # see plan.outcomes
    why: str = ""
    typed: dict[str, str] = Field(default_factory=dict)  # value kind -> text that was submitted
    submitted: bool = False  # a request carrying typed data left the browser
    pictures: tuple[str, ...] = ()


class Host(Noun):
    """A host that the page spoke to, with the address that prober's own proxy connected to."""

    name: str
    port: int
    addresses: tuple[str, ...] = ()
    requests: int = 0


class Finding(Noun):
    """A rule's conclusion, in one sentence for a layman."""

    rule: str
    side: Literal["fraud", "site"] = Field(alias="for")
    weight: Literal["decisive", "strong", "supporting"]
    summary: str
    exhibits: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)  # what the sentence is made of, for other languages

    model_config = Noun.model_config | {"populate_by_name": True}


class Verdict(Noun):
    verdict: VerdictClass
    reason: str
    obstacle: str = ""
    grounds: tuple[Literal["a", "b"], ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)
    rules: str = "1"  # version of the rules that judged


class Environment(Noun):
    """Who looked, from where, with what."""

    prober: str
    browser: str = ""
    profile: str = ""
    agent: str = ""
    locale: str = ""
    timezone: str = ""
    proxy: str = ""
    exit_country: str = ""
    virtual_time: bool = True
    ocr: bool = False


State = Literal["up", "differs", "gone", "unclear"]


class Earlier(Noun):
    """What a re-check says of the case before it; dates are handed on, so that each record tells the whole story.

    case_id, manifest: the case before and the SHA-256 of its SHA256SUMS. first_case, first_seen: the one that began.
    how: for 'gone' dns, refused, http STATUS or parked; for 'differs' what against what; for 'unclear' the obstacle.
    last_up: when it was last seen to answer. gone_since: the first of the re-checks in a row that found it gone.
    """

    case_id: str
    manifest: str = ""
    first_case: str
    first_seen: datetime
    state: State
    how: str = ""
    last_up: datetime
    gone_since: datetime | None = None


class Case(Noun):
    """The sealed record; replayable. `schema` is versioned, old versions are read by migration."""

    schema_: Literal["prober/case/1"] = Field(default="prober/case/1", alias="schema")
    id: str
    url: str  # as given, defanged marks removed
    given: str = ""  # what the user gave: the URL or the whole SMS
    final_url: str = ""
    scenario: str
    scenario_version: str = ""
    seed: int
    started_at: datetime
    seconds: float = 0.0
    environment: Environment
    probes: tuple[Probe, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    hosts: tuple[Host, ...] = ()
    verdict: Verdict | None = None
    earlier: Earlier | None = None  # set where this case is a re-check
    matter: Matter = Matter()

    model_config = Noun.model_config | {"populate_by_name": True}
