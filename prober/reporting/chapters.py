"""The pages after the first: probes, comparison, trail, findings, exhibits, limits."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from prober.identities.ready import specs_of
from prober.models.case import Probe
from prober.models.identity import MADE, Proof, Value
from prober.reporting import sentences as say
from prober.reporting.arithmetic import Working
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.pictures import Gallery
from prober.reporting.technical import technical
from prober.verdicts.answers import Answer

SIDE_LIMIT = 2
TRAIL_LIMIT = 60  # steps shown; a case has a few dozen at most


def chapters(dossier: Dossier, manner: Manner, gallery: Gallery) -> dict[str, Any]:
    """Everything after page one, ready for the template."""
    return {
        "probes": probes(dossier, manner),
        "side": side_by_side(dossier, manner, gallery),
        "trail": trail(dossier, manner, gallery),
        "against": _findings(dossier, manner, "fraud"),
        "for": _findings(dossier, manner, "site"),
        "technical": technical(dossier, manner),
        "observation": observation(dossier, manner),
        "exhibits": exhibits(dossier, manner),
        "left_out": left_out(dossier, manner),
        "limits": limits(dossier, manner),
        "seal": seal(dossier, manner),
    }


def probes(dossier: Dossier, manner: Manner) -> list[dict[str, Any]]:
    """Each probe with what was typed; a value that comes back later is explained where it came first."""
    found: list[dict[str, Any]] = []
    explained: dict[str, str] = {}
    for probe, answer in dossier.facts.answers:
        made = _probe(dossier, manner, probe, answer)
        for value in made["values"]:
            name = explained.setdefault(value["text"], probe.name)
            if name != probe.name:
                value |= {"why": manner.words("explained", name=name), "source": "", "working": None}
        found.append(made)
    return found


def _probe(dossier: Dossier, manner: Manner, probe: Probe, answer: Answer) -> dict[str, Any]:
    words = manner.words
    values = [value for value in say.typed_values(probe) if value.proof is not Proof.NONE]
    quiet = [value for value in say.typed_values(probe) if value.proof is Proof.NONE]
    return {
        "name": words("probe", name=probe.name),
        "arm": words.one("arms", probe.arm),
        "device": words.one("profiles", probe.profile),
        "when": words.moment(probe.started_at, seconds=True),
        "seconds": words("seconds", seconds=f"{probe.seconds:.1f}"),
        "answer": say.answered(manner, probe, answer),
        "outcome": words.one("outcomes", probe.outcome or "dead_end"),
        "accused": bool(answer.accusations),
        "values": [_value(dossier, manner, value) for value in values],
        "quiet": ", ".join(
            f"{say.value_word(manner, value, dossier.scenario.country)} {manner.say(value.text, 60)}" for value in quiet
        ),
    }


def _value(dossier: Dossier, manner: Manner, value: Value) -> dict[str, Any]:
    words = manner.words
    spec, made = specs_of(dossier.scenario).get(value.kind), value.grade.startswith(MADE)
    return {
        "kind": say.value_word(manner, value, dossier.scenario.country),
        "text": manner.say(value.text, 60),
        "proof": words.one("proofs", value.proof),
        "absolute": value.proof is Proof.ABSOLUTE,
        "why": say.why(manner, value, dossier.scenario),
        "source": words("source", source=spec.source)
        if spec and spec.source and not made and not say.has_own_words(manner, value, dossier.scenario)
        else "",
        "working": _working(manner, say.working_of(dossier.scenario, value)),
    }


def _working(manner: Manner, working: Working | None) -> dict[str, Any] | None:
    """The check digit worked out: a table and the sentences under it."""
    if working is None:
        return None
    words = manner.words
    if not working.rows:
        line = words("calculation_plain", method=working.method, right=working.right or "–", last=working.last)
        return {"digits": (), "rows": (), "lines": [line]}
    lines = []
    for row in working.rows:
        values = {"sum": row.sum, "quotient": row.quotient, "modulus": working.modulus, "remainder": row.remainder}
        key = "calculation_sum" if row.right else "calculation_again"
        lines.append(words(key, **values, right=row.right, last=working.last))
    if len(working.accepted) > 1:
        accepted = words("whys_or").join(working.accepted)
        lines.append(words("calculation_every", accepted=accepted, last=working.last))
    rows = [
        (words("calculation_weights", row=at + 1), row.weights, row.products) for at, row in enumerate(working.rows)
    ]
    return {"digits": working.digits, "rows": rows, "lines": lines}


def side_by_side(dossier: Dossier, manner: Manner, gallery: Gallery) -> dict[str, Any] | None:
    """Two different identities and what each was told; None where fewer than two were answered."""
    facts = dossier.facts
    pairs = next((p for p in (facts.accused, facts.demanded, facts.rejected) if len(p) >= SIDE_LIMIT), None)
    if pairs is None:
        return None
    columns = []
    for probe, answer in pairs[:SIDE_LIMIT]:
        told = answer.accusations or answer.demands or answer.refusals[-1:]
        columns.append(
            {
                "typed": say.typed_words(manner, probe, dossier.scenario.country),
                "answer": say.answered(manner, probe, answer),
                "picture": gallery.of_step(probe, told[0][0], "fine"),
            }
        )
    verdict = dossier.case.verdict
    function = next(
        (f.facts.get("function", "") for f in (verdict.findings if verdict else ()) if f.rule == "response_function"),
        "",
    )
    return {"columns": columns, "sentence": manner.words.one("side_words", function or "other")}


def trail(dossier: Dossier, manner: Manner, gallery: Gallery) -> list[dict[str, Any]]:
    """Each probe's steps with their pictures, in the order in which they were taken."""
    shown = 0
    found = []
    for probe in dossier.case.probes:
        steps = []
        before = ""
        for step in probe.steps[: max(0, TRAIL_LIMIT - shown)]:
            picture = gallery.of_step(probe, step) if gallery.taken(step) else None
            steps.append(
                {
                    "number": step.number,
                    "when": f"{step.at:%H:%M:%S} UTC",
                    "url": _place(manner, step.url, before),
                    "status": step.status or "",
                    "text": say.happened(manner, probe, step, dossier.scenario.country),
                    "picture": picture,
                    "telling": bool(step.new_accusations or step.new_demands),
                }
            )
            before = step.url
        shown += len(steps)
        typed = say.typed_words(manner, probe, dossier.scenario.country)
        found.append({"name": manner.words("probe", name=probe.name), "typed": typed, "steps": steps})
    return found


def _place(manner: Manner, url: str, before: str) -> str:
    """Where a step was: '' where nothing moved, without its host where only the path is new."""
    if url == before:
        return ""
    shown = manner.url(url, 160)
    same = before and urlsplit(url)[:2] == urlsplit(before)[:2]
    return "/" + shown.split("/", 3)[-1] if same and shown.count("/") > 2 else shown


def _findings(dossier: Dossier, manner: Manner, side: str) -> list[dict[str, str]]:
    verdict = dossier.case.verdict
    return [
        {
            "text": say.finding_words(manner, finding, dossier),
            "weight": manner.words(f"weights.{finding.weight}"),
            "exhibits": ", ".join(finding.exhibits),
        }
        for finding in (verdict.findings if verdict else ())
        if finding.side == side
    ]


def observation(dossier: Dossier, manner: Manner) -> list[tuple[str, str]]:
    """Who looked, from where, with what. The exit and the seed only in the internal edition."""
    words, case = manner.words, dossier.case
    world = case.environment
    first = case.started_at
    last = max((step.at for step in dossier.facts.steps), default=first)
    country = words.one("countries", world.exit_country) if world.exit_country else words("observation.direct")
    rows = [
        ("first", words.moment(first, world.timezone, seconds=True)),
        ("last", words.moment(last, world.timezone, seconds=True)),
        ("profile", ", ".join(dict.fromkeys(words.one("profiles", probe.profile) for probe in case.probes))),
        ("agent", manner.say(world.agent)),
        ("locale", world.locale),
        ("timezone", world.timezone),
        ("country", country),
        ("tool", f"prober {world.prober} · {manner.say(world.browser, 60)}"),
        ("scenario", f"{case.scenario} {case.scenario_version}"),
        ("legal_basis", manner.say(case.matter.legal_basis, 200) or words("strip.not_stated")),
    ]
    earlier = [(words("recheck.name"), recheck_words(dossier, manner))] if case.earlier else []
    if manner.edition == "internal":
        rows += [("proxy", manner.say(world.proxy)), ("seed", str(case.seed))]
    return [*earlier, *((words(f"observation.{name}"), value) for name, value in rows if value.strip())]


def recheck_words(dossier: Dossier, manner: Manner) -> str:
    """What a re-check found against the case before it; '' where this case is none."""
    earlier, words = dossier.case.earlier, manner.words
    if earlier is None:
        return ""
    when = words.moment(earlier.gone_since) if earlier.gone_since else ""
    said = words(f"recheck.{earlier.state}", how=_how(manner, earlier.how), when=when)
    return f"{earlier.case_id} · {said} · {words('recheck.since', when=words.moment(earlier.first_seen))}"


def _how(manner: Manner, how: str) -> str:
    """How a page was found gone, in the reader's language; what is no such way is told as it was recorded."""
    way, _, status = how.replace("registrar hold:", "hold").partition(" ")
    known = manner.words.has("recheck.hows", way)
    return manner.words(f"recheck.hows.{way}", status=manner.say(status, 60)) if known else manner.say(how, 120)


def exhibits(dossier: Dossier, manner: Manner) -> list[dict[str, str]]:
    """Every exhibit with its hash."""
    words = manner.words
    return [
        {
            "id": exhibit.id,
            "what": words.one("exhibit.kinds", exhibit.kind),
            "where": manner.url(exhibit.url, 70),
            "probe": exhibit.probe,
            "when": f"{exhibit.taken_at:%Y-%m-%d %H:%M:%S}",
            "size": f"{exhibit.size:,}".replace(",", "\u202f"),
            "sha256": exhibit.sha256,
        }
        for exhibit in dossier.case.exhibits
    ]


def left_out(dossier: Dossier, manner: Manner) -> list[str]:
    """Documents that were too large to keep, each with its size."""
    words = manner.words
    found = []
    for probe in dossier.case.probes:
        for step in probe.steps:
            for name, size in step.facts.items():
                kind = name.removeprefix("left_out_")
                if kind != name and size.isdigit():
                    bytes_ = f"{int(size):,}".replace(",", "\u202f")
                    what = words.one("exhibit.kinds", kind)
                    found.append(words("exhibit.left_out", what=what, probe=probe.name, step=step.number, size=bytes_))
    return found


def limits(dossier: Dossier, manner: Manner) -> list[str]:
    """What the method cannot show, and what this report leaves out."""
    words, world = manner.words, dossier.case.environment
    found = list(words.lines("limits"))
    if world.exit_country:
        found.append(words("limit_vantage", country=words.one("countries", world.exit_country)))
    if world.virtual_time:
        found.append(words("observation.virtual"))
    if not manner.include_secrets:
        found.append(words("limit_masked"))
    if dossier.stamped_at is None:
        found.append(words("limit_unstamped"))
    else:
        found.append(words("limit_stamped", when=words.moment(dossier.stamped_at, seconds=True)))
    return found


def seal(dossier: Dossier, manner: Manner) -> list[str]:
    """The numbers by which the record is checked."""
    words = manner.words
    if not dossier.manifest:
        return [words("statuses.unsealed")]
    grouped = " ".join(dossier.signer[at : at + 4] for at in range(0, len(dossier.signer), 4))
    lines = [words("manifest", manifest=dossier.manifest)]
    lines += [words("signer", fingerprint=grouped)] if dossier.signer else []
    return [*lines, words("verify_hint")]
