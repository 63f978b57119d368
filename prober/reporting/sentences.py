"""Sentences that several parts of a report share: what was typed, claimed, asked for and done."""

from __future__ import annotations

import re

from prober.identities.numbers import rule_named
from prober.identities.ready import specs_of
from prober.models.action import Action
from prober.models.case import Case, Finding, Probe, Step
from prober.models.identity import MADE, Proof, Value
from prober.models.reading import Accusation, Demand
from prober.models.scenario import Body, Scenario
from prober.reporting.arithmetic import Working, work_out
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.text import defang_host
from prober.verdicts.answers import Answer

_SOURCE_NAME = re.compile(r"[a-z][a-z0-9]*(?:[_.\-\[\]][a-z0-9]*)*|[a-z]+(?:[A-Z][a-z0-9]*)+")
QUERY_KINDS = (
    "personal_id", "plate", "protocol", "tracking", "document_number", "vehicle_certificate", "driver_license",
    "account", "vin",
)  # fmt: skip


def kind_word(manner: Manner, kind: str, country: str) -> str:
    """'IIN' for a personal number of Kazakhstan."""
    return manner.words.one("kinds", f"{kind}.{country}", kind)


def value_word(manner: Manner, value: Value, country: str) -> str:
    """The same for a value: one made to a form of some other country is no 'IIN'."""
    return kind_word(manner, value.kind, "" if value.grade.startswith(MADE) else country)


def main_value(probe: Probe) -> Value | None:
    """The typed value that identifies somebody and says most: one with an absolute proof where there is one."""
    typed = [value for kind in (*QUERY_KINDS, *probe.typed) for value in typed_values(probe) if value.kind == kind]
    absolute = [value for value in typed if value.proof is Proof.ABSOLUTE]
    return next(iter((*absolute, *typed)), None)


def typed_values(probe: Probe) -> tuple[Value, ...]:
    """What was submitted, with its proofs, in the order of the record."""
    known = {
        (value.kind, value.text): value
        for value in (
            *(v for rungs in probe.identity.ladder.values() for v in rungs),
            *probe.identity.last_resort.values(),
        )
    }
    return tuple(
        known.get((kind, text)) or Value(kind=kind, text=text, proof=Proof.NONE, why="")
        for kind, text in probe.typed.items()
    )


def typed_words(manner: Manner, probe: Probe, country: str) -> str:
    """'IIN 961120612736'."""
    value = main_value(probe)
    return f"{value_word(manner, value, country)} {manner.say(value.text)}" if value else ""


def why(manner: Manner, value: Value, scenario: Scenario) -> str:
    """Why nobody can have a value, in the reader's language where the catalogue knows the rule."""
    words, working = manner.words, working_of(scenario, value)
    if not has_own_words(manner, value, scenario):
        return value.why.replace("(recalled)", "(general knowledge)")
    right = words("whys_or").join(working.accepted) if working else ""
    last = working.last if working else ""
    return words.filled(
        "whys", _why_key(value, scenario), **{**value.parts, "text": value.text, "last": last, "right": right}
    )


def has_own_words(manner: Manner, value: Value, scenario: Scenario) -> bool:
    """Whether the catalogue itself explains this kind of value; the value's own sentence is English."""
    return not value.grade.startswith(MADE) and manner.words.has("whys", _why_key(value, scenario))


def _why_key(value: Value, scenario: Scenario) -> str:
    grade = "" if working_of(scenario, value) else f".{value.grade}"
    return f"{value.kind}{grade}.{scenario.country}"


def working_of(scenario: Scenario, value: Value) -> Working | None:
    """How the scenario's check-digit rule finds the value wrong, or that of the country whose number it is; else None."""
    if value.grade.startswith(MADE):
        rule = rule_named(value.why, value.text)
        return work_out(rule, "".join(char for char in value.text if char.isdecimal())) if rule else None
    spec = specs_of(scenario).get(value.kind)
    return work_out(spec.check_digit, value.text) if spec and spec.check_digit else None


def debt_word(manner: Manner, accusation: Accusation) -> str:
    """'a fine'."""
    return manner.words.one("debts", accusation.debt, "debt")


def money_words(manner: Manner, *accusations: Accusation | None) -> str:
    """' of 19 660 ₸', each sum once; '' where none was named."""
    sums = dict.fromkeys(manner.say(a.amount.text, 40) for a in accusations if a is not None and a.amount is not None)
    return manner.words("money", money=manner.words.listed(sums)) if sums else ""


def field_words(manner: Manner, step: Step, demand: Demand) -> str:
    """'card number, expiry date and CVV', or how else the money is asked for."""
    purposes = [f.purpose for f in step.reading.fields if f.ref in demand.refs and f.purpose.startswith("card_")]
    if demand.kind == "card" and purposes:
        return manner.words.listed(manner.words.one("card_fields", purpose) for purpose in purposes)
    return manner.words.one("demands", demand.kind, "card")


def claim(manner: Manner, answer: Answer) -> tuple[str, str, str]:
    """(debt, money, fields) of an answer; '' for what it did not contain."""
    accusation = answer.accusations[0][1] if answer.accusations else None
    debt = debt_word(manner, accusation) if accusation else ""
    fields = field_words(manner, *answer.demands[0]) if answer.demands else ""
    return debt, money_words(manner, accusation), fields


def answered(manner: Manner, probe: Probe, answer: Answer, limit: int = 160) -> str:
    """What the page answered to a probe, in one line."""
    words = manner.words
    parts = []
    if answer.accusations:
        parts.append(words("answer.accused", quote=manner.say(telling(answer.accusations[0][1]), limit)))
    if answer.demands:
        parts.append(words("answer.demanded", fields=field_words(manner, *answer.demands[0])))
    if not parts and answer.refusals:
        parts.append(words("answer.rejected", quote=manner.say(answer.refusals[-1][1].quote, limit)))
    return "; ".join(parts) or words("answer.nothing", outcome=words.one("outcomes", probe.outcome or "dead_end"))


def telling(accusation: Accusation) -> str:
    """The piece of a claim's quote that says most, with its sum."""
    best = max(accusation.quote.split(" | "), key=len)
    money = accusation.amount.text if accusation.amount else ""
    return best if money in best else f"{best} … {money}"


def body_name(manner: Manner, body: Body) -> str:
    """An official body's name with a capital letter; scenarios keep names as pages write them."""
    name = manner.say(body.names[0], 120)
    return capital(name)


def capital(name: str) -> str:
    """A name written all in small letters, with a capital."""
    return name[:1].upper() + name[1:] if name == name.lower() and "." not in name else name


def asking(probe: Probe, answer: Answer) -> Step | None:
    """The step on which that was typed which was then answered; earlier ones the page's own script refused."""
    told = (*answer.accusations, *answer.demands) or answer.refusals[-1:]
    before = told[0][0].number if told else len(probe.steps) + 1
    asked = [step for step in probe.steps if step.asked and step.number < before]
    return asked[-1] if asked else None


def finding_words(manner: Manner, finding: Finding, dossier: Dossier) -> str:
    """A finding in the reader's language; its own English sentence where the catalogue does not know the rule."""
    words, facts = manner.words, dossier.facts
    if finding.rule == "response_function":
        return words.one("side_words", finding.facts.get("function", "other"))
    if not words.has("findings", finding.rule):
        return manner.say(finding.summary)
    pairs = facts.accused if finding.rule == "debt_for_nobody" else facts.demanded
    typed = words.listed(typed_words(manner, probe, dossier.scenario.country) for probe, _ in pairs[:3])
    debt, _, fields = claim(manner, pairs[0][1]) if pairs else ("", "", "")
    money = money_words(manner, *(answer.accusations[0][1] for _, answer in pairs[:3] if answer.accusations))
    values = {
        "typed": typed, "debt": debt, "money": money, "fields": fields, "host": defang_host(facts.host), "body": "",
        "real": "", "quote": "",
    }  # fmt: skip
    values |= {name: manner.say(text) for name, text in finding.facts.items() if name not in ("host", "debt", "money")}
    values["real"] = defang_host(values["real"])
    values["body"] = capital(values["body"])
    return words(f"findings.{finding.rule}", **values)


def is_source_name(label: str) -> bool:
    """Whether a label is what only the page's source calls a control ('iin', 'card_no'), not its visitors."""
    return bool(_SOURCE_NAME.fullmatch(label))


def happened(manner: Manner, probe: Probe, step: Step, country: str) -> str:
    """What a step showed and what was done, for the trail."""
    words = manner.words
    parts = []
    if step.failure:
        parts.append(words("actions.failed", failure=manner.say(step.failure, 80)))
    for accusation in step.new_accusations[:1]:
        quote = manner.say(telling(accusation), 120)
        debt, money = debt_word(manner, accusation), money_words(manner, accusation)
        parts.append(words("actions.accused", debt=debt, money=money, quote=quote))
    for demand in step.new_demands[:1]:
        parts.append(words("actions.demanded", fields=field_words(manner, step, demand)))
    if step.reading.refusals and not step.new_accusations and step.number > 1:
        parts.append(words("actions.refused", quote=manner.say(step.reading.refusals[0].quote, 140)))
    parts += [done(manner, action, country) for action in step.actions]
    return "; ".join(parts)


def done(manner: Manner, action: Action, country: str) -> str:
    """An action in words. What was typed is shown only where it identifies nobody."""
    words = manner.words
    label = manner.say(getattr(action, "label", ""), 60)
    if action.do == "fill":
        quiet = not action.value_kind
        label = kind_word(manner, action.value_kind, country) if not quiet and is_source_name(label) else label
        return words("actions.fill_quiet" if quiet else "actions.fill", text=manner.say(action.text, 60), label=label)
    if action.do == "press":
        return words("actions.press", key=manner.say(action.key, 20))
    if action.do == "stop":
        return words("actions.stop", outcome=words.one("outcomes", action.outcome))
    return words(f"actions.{action.do}", label=label)


def page_url(manner: Manner, case: Case) -> str:
    """The address that the report is about: the one reached, as a person would be given it."""
    return manner.url(case.final_url or case.url)


def host_name(dossier: Dossier) -> str:
    """The host, unclickable."""
    return defang_host(dossier.facts.host)
