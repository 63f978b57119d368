"""Cases built from plain words, for the rules to judge."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from prober.catalog import load_scenario
from prober.identities.make import make_identities
from prober.models.case import Arm, Case, Environment, Probe, Step
from prober.models.reading import Accusation, Amount, Demand, Label, Offer, Pose, Pretext, Reading, Refusal

SCENARIO = load_scenario("kz-fines")
IDENTITIES = make_identities(SCENARIO, seed=7, count=6)
NOW = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)


def accusation(amount: str = "19660", case_number: str = "") -> Accusation:
    money = Amount(value=Decimal(amount), currency="KZT", text=f"{amount} ₸")
    return Accusation(debt="traffic_fine", quote=f"Штраф {amount} ₸", amount=money, case_number=case_number)


def demand(kind: str = "card", frame_url: str = "", quote: str = "Номер карты") -> Demand:
    return Demand(kind=kind, quote=quote, frame_url=frame_url)  # type: ignore[arg-type]


def refusal(kind: str = "not_found") -> Refusal:
    return Refusal(kind=kind, quote="Штрафов не найдено")  # type: ignore[arg-type]


def pose(body: str = "") -> Pose:
    return Pose(body=body or SCENARIO.bodies[0].key, quote="Электронное правительство", how="title")


def probe(
    identity: int = 0,
    *,
    accusations: tuple[Accusation, ...] = (),
    demands: tuple[Demand, ...] = (),
    refusals: tuple[Refusal, ...] = (),
    offers: tuple[Offer, ...] = (),
    poses: tuple[Pose, ...] = (),
    labels: tuple[Label, ...] = (),
    outcome: str = "",
    asked: bool = True,
    sent: bool = True,
    arm: Arm = "identity",
    profile: str = "phone",
    pretexts: tuple[Pretext, ...] = (),
    typed: str = "plate",
    url: str = "https://suspect.example/",
) -> Probe:
    """A two-step probe: the landing page, then the answer."""
    who = IDENTITIES[identity]
    landing = Step(
        number=1, at=NOW, url=url, reading=Reading(poses=poses, labels=labels), asked=asked, sent=sent and asked,
        new_demands=demands if not asked else (),
    )  # fmt: skip
    answer = Step(
        number=2, at=NOW, url=url,
        reading=Reading(accusations=accusations, demands=demands, refusals=refusals, offers=offers, pretexts=pretexts),
        new_accusations=accusations, new_demands=demands, exhibits=(f"E{identity + 1:02d}",),
    )  # fmt: skip
    value = who.value(typed)
    return Probe(
        name=f"P{identity + 1}", arm=arm, identity=who, profile=profile, started_at=NOW,
        steps=(landing, answer) if asked else (landing,), outcome=outcome,
        typed={typed: value.text} if asked and value else {}, submitted=asked and sent,
    )  # fmt: skip


def case(*probes: Probe, url: str = "https://suspect.example/", country: str = "KZ") -> Case:
    return Case(
        id="c", url=url, final_url=url, scenario=SCENARIO.name, seed=7, started_at=NOW,
        environment=Environment(prober="0", exit_country=country), probes=probes,
    )  # fmt: skip
