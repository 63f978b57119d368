"""Page one of a report, for the one who decides in a minute: its parts in their order."""

from __future__ import annotations

from typing import Any

from prober.models.case import Probe, Step, VerdictClass
from prober.reporting import sentences as say
from prober.reporting.dossier import Dossier, Manner, act_on, registered_for_this
from prober.reporting.pictures import Gallery, Picture
from prober.reporting.text import defang_host
from prober.reporting.walkthrough import walkthrough
from prober.verdicts.answers import Answer

QUOTE = 90  # characters of a quote on page one
MOST_STEPS = 10  # lines of the walkthrough on page one; the letter has all of them
Cell = tuple[str, str]


def page_one(dossier: Dossier, manner: Manner, gallery: Gallery) -> dict[str, Any]:
    """Everything that page one shows, ready for the template."""
    words, verdict = manner.words, dossier.case.verdict
    name = str(verdict.verdict) if verdict else "inconclusive"
    return {
        "strip": strip(dossier, manner),
        "headline": headline(dossier, manner),
        "verdict": name,
        "verdict_word": words(f"verdict.{name}"),
        "grounds": grounds(dossier, manner),
        "rules": words("rules", version=verdict.rules if verdict else "–"),
        "pictures": pictures(dossier, manner, gallery),
        "rows": rows(dossier, manner),
        "posing": posing(dossier, manner),
        "yourself": _shortened(manner, yourself(dossier, manner)),
        "request": request(dossier, manner),
        "status": status(dossier, manner),
    }


def grounds(dossier: Dossier, manner: Manner) -> list[str]:
    """Why the class is what it is, in plain words, and how far it goes."""
    words, verdict = manner.words, dossier.case.verdict
    if verdict is None:
        return [words("verdict_note.inconclusive")]
    lines = [words(f"grounds.{ground}") for ground in verdict.grounds]
    if verdict.verdict is VerdictClass.SUSPICIOUS:
        order = ("labelled_demo", "impersonation", "debt_for_nobody", "payment_for_nobody", "card_without_lookup")
        known = {finding.rule: finding for finding in verdict.findings}
        lines += [say.finding_words(manner, known[rule], dossier) for rule in order if rule in known][:1]
    if verdict.obstacle:
        lines.append(words("obstacle", obstacle=words.one("outcomes", verdict.obstacle)))
    return [*lines, *filter(None, (words(f"verdict_note.{verdict.verdict}"),))]


def strip(dossier: Dossier, manner: Manner) -> list[tuple[str, str, str]]:
    """(name, value, style) of the strip at the top."""
    words, matter = manner.words, dossier.case.matter
    unknown = words("strip.not_stated")
    operator = matter.operator if manner.edition == "internal" else ""
    marking = " · ".join(
        (f"TLP:{matter.tlp}" if matter.tlp else "TLP –", f"PAP:{matter.pap}" if matter.pap else "PAP –")
    )
    cells = [("report", dossier.case.id, ""), ("organisation", manner.say(matter.organisation, 80) or unknown, "")]
    cells.append(("operator", manner.say(operator or matter.role, 60) or unknown, ""))
    cells.append(("matter", manner.say(matter.number, 60) or unknown, ""))
    cells.append(("marking", marking if matter.tlp or matter.pap else unknown, ""))
    cells.append(("edition", words(f"strip.editions.{manner.edition}"), ""))
    cells.append(("review", reviewed(dossier, manner), "done" if dossier.review else "open"))
    return [(words(f"strip.{name}"), value, style) for name, value, style in cells]


def reviewed(dossier: Dossier, manner: Manner) -> str:
    """'reviewed by …' or 'NOT REVIEWED'."""
    review = dossier.review
    if review is None:
        return manner.words("strip.not_reviewed")
    key = "strip.reviewed" if review.decision == "confirmed" else "strip.rejected"
    return manner.words(key, name=manner.say(review.reviewer, 60), when=manner.words.day(review.at))


def leading(dossier: Dossier) -> tuple[Probe, Answer] | None:
    """The probe that shows best what is wrong: accused and asked to pay, else accused, else asked, else answered."""
    facts = dossier.facts
    both = [pair for pair in facts.accused if pair[1].demands]
    for pairs in (both, facts.accused, facts.demanded, facts.rejected, facts.asked, facts.answers):
        if pairs:
            return pairs[0]
    return None


def headline(dossier: Dossier, manner: Manner) -> str:
    """The headline as a fact; the class comes after it."""
    words, case, pair = manner.words, dossier.case, leading(dossier)
    probe, answer = pair if pair else (None, None)
    at = case.started_at
    values: dict[str, str] = {"url": say.page_url(manner, case), "debt": "", "money": "", "fields": "", "kind": ""}
    key = "nothing"
    if probe is not None and answer is not None:
        value = say.main_value(probe)
        country = dossier.scenario.country
        values["kind"] = (
            words.one("for_kinds", f"{value.kind}.{country}", value.kind) if value else words.one("for_kinds", "other")
        )
        values["debt"], values["money"], values["fields"] = say.claim(manner, answer)
        key = _key(answer)
        told = (*(step for step, _ in answer.accusations), *(step for step, _ in answer.demands), *probe.steps[-1:])
        at = told[0].at if told else at
    poses = dossier.facts.poses
    judged = case.verdict.verdict if case.verdict else VerdictClass.INCONCLUSIVE
    if poses and key in ("nothing", "rejected") and judged is VerdictClass.SUSPICIOUS:
        key = "posing"
        values |= {"body": say.body_name(manner, poses[0][2]), "real": defang_host(poses[0][2].hosts[0])}
        at = poses[0][0].at
    return words(f"headline.{key}", when=words.moment(at, case.environment.timezone), **values)


def _key(answer: Answer) -> str:
    if answer.accusations:
        return "accused_demanded" if answer.demands else "accused"
    if answer.demands:
        return "demanded"
    return "rejected" if answer.rejected else "nothing"


def pictures(dossier: Dossier, manner: Manner, gallery: Gallery) -> list[tuple[Picture, str]]:
    """Two details with captions: the fine and the card form, or what there is instead."""
    pair = leading(dossier)
    if pair is None:
        return []
    probe, answer = pair
    wanted: list[tuple[Step, str]] = []
    wanted += [(answer.accusations[0][0], "fine")] if answer.accusations else []
    wanted += [(answer.demands[0][0], "card")] if answer.demands else []
    wanted = (
        [(probe.steps[0], "landing"), *wanted] if len(wanted) == 1 and wanted[0][0] is not probe.steps[0] else wanted
    )
    if not wanted and probe.steps:
        wanted.append((probe.steps[0], "landing"))
        if answer.refusals and len(probe.steps) > 1:
            wanted.append((answer.refusals[-1][0], "answer"))
    found: list[tuple[Picture, str]] = []
    for step, kind in wanted:
        picture = gallery.of_step(probe, step, kind)
        if picture is not None and (kind == "card" or picture.exhibit not in {shown.exhibit for shown, _ in found}):
            found.append((picture, manner.words(f"{kind}_picture", exhibit=picture.exhibit)))
    return found


def rows(dossier: Dossier, manner: Manner) -> list[dict[str, str]]:
    """Two rows: what was typed, why nobody can have it, what the page answered."""
    facts = dossier.facts
    pairs = (*facts.accused, *facts.demanded, *facts.rejected, *facts.asked)
    found: list[dict[str, str]] = []
    seen: set[str] = set()
    for probe, answer in pairs:
        value = say.main_value(probe)
        if value is None or probe.identity.name in seen:
            continue
        seen.add(probe.identity.name)
        found.append(
            {
                "kind": say.value_word(manner, value, dossier.scenario.country),
                "value": manner.say(value.text, 60),
                "why": say.why(manner, value, dossier.scenario),
                "answer": say.answered(manner, probe, answer, QUOTE),
            }
        )
    return found[:2]


def posing(dossier: Dossier, manner: Manner) -> str:
    """Whose name the page uses and where that body really is."""
    poses = dossier.facts.poses
    if not poses:
        return manner.words("name_none")
    _, pose, body = poses[0]
    return manner.words(
        "name_found",
        body=say.body_name(manner, body),
        quote=manner.say(pose.quote, 80),
        real=defang_host(body.hosts[0]),
    )


def yourself(dossier: Dossier, manner: Manner) -> list[str]:
    """The steps by which a reader sees it in a minute."""
    pair = leading(dossier)
    if pair is None or not pair[0].steps:
        return []
    return walkthrough(dossier, manner, *pair, varies=varies(dossier))


def _shortened(manner: Manner, lines: list[str]) -> list[str]:
    """A long way without its middle, which the trail tells."""
    left_out = len(lines) - MOST_STEPS + 1
    if left_out < 2:
        return lines
    return [*lines[:5], manner.words("yourself_steps.more", count=left_out), *lines[5 + left_out :]]


def varies(dossier: Dossier) -> bool:
    """Whether the same input was told another sum at another visit, so that a reader will see another one too."""
    verdict = dossier.case.verdict
    functions = [
        f.facts.get("function") for f in (verdict.findings if verdict else ()) if f.rule == "response_function"
    ]
    return bool({"random", "varying"} & set(functions))


def request(dossier: Dossier, manner: Manner) -> str:
    """One action on one thing."""
    verdict = dossier.case.verdict
    scope, target, platform = act_on(dossier)
    shown = manner.url(target) if scope == "url" else defang_host(target)
    if verdict is None or verdict.verdict in (VerdictClass.NO_FRAUD_FOUND, VerdictClass.INCONCLUSIVE):
        return manner.words("requests.none")
    rejected = dossier.review is not None and dossier.review.decision == "rejected"
    if rejected:
        return manner.words("requests.none")
    if verdict.verdict is VerdictClass.SUSPICIOUS:
        return manner.words("requests.look", target=shown)
    day = registered_for_this(dossier)
    if scope == "domain" and day and not dossier.facts.poses:
        return manner.words("requests.domain_new", target=shown, day=day)
    return manner.words(f"requests.{scope}", target=shown, platform=defang_host(platform))


def status(dossier: Dossier, manner: Manner) -> list[Cell]:
    """Last seen live, registrar, host, CDN, and the first digits of the number that stands for the case."""
    words, around, case = manner.words, dossier.surroundings, dossier.case
    live = [step.at for step in dossier.facts.steps if not step.failure and (step.status or 0) < 400]
    unknown = words("statuses.unknown")
    addresses = next((host.addresses for host in case.hosts if host.name == dossier.facts.host), ())
    network = " · ".join(
        part for part in (defang_host(", ".join(addresses[:2])), manner.say(around.network, 60)) if part
    )
    registered = " · ".join(part for part in (around.registrar, around.registered_on) if part)
    return [
        (words("statuses.last_seen"), words.moment(max(live)) if live else "–"),
        (words("statuses.registrar"), manner.say(registered, 80) or unknown),
        (words("statuses.network"), network or unknown),
        (words("statuses.cdn"), manner.say(around.cdn, 60) or unknown),
        (words("statuses.seal"), f"{dossier.manifest[:16]}…" if dossier.manifest else words("statuses.unsealed")),
    ]
