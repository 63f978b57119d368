"""The steps by which a reader sees it in a minute: every press and entry on the way, and where to stop."""

from __future__ import annotations

from collections.abc import Iterable

from prober.models.action import Action
from prober.models.case import Probe, Step
from prober.reporting import sentences as say
from prober.reporting.dossier import Dossier, Manner
from prober.verdicts.answers import Answer

MOST = 12  # lines on the way; a longer way is told by the trail


def walkthrough(dossier: Dossier, manner: Manner, probe: Probe, answer: Answer, *, varies: bool) -> list[str]:
    """From the address to what is expected. varies: the sum is another one at each visit."""
    words = manner.words
    told = (*answer.accusations, *answer.demands) or answer.refusals[-1:]
    first = told[0][0].number if told else len(probe.steps) + 1
    lines = [_opening(dossier, manner, probe), *_done(dossier, manner, probe, _before(probe, answer, first))[:MOST]]
    debt, money, fields = say.claim(manner, answer)
    if debt and money and varies:
        amount = answer.accusations[0][1].amount
        shown = manner.say(amount.text, 40) if amount else ""
        lines.append(words("yourself_steps.expect_varying", debt=debt, sum=shown))
    elif debt:
        lines.append(words("yourself_steps.expect_accused", debt=debt, money=money))
    elif answer.refusals:
        lines.append(words("yourself_steps.expect_rejected", quote=manner.say(answer.refusals[-1][1].quote, 90)))
    if fields:
        last = answer.demands[0][0].number
        lines += _done(dossier, manner, probe, [s for s in probe.steps if first <= s.number < last])[: MOST // 2]
        lines.append(words("yourself_steps.expect_demanded", fields=fields))
    if manner.hides_token(dossier.case.url):
        lines.append(words("yourself_steps.token"))
    return lines


def _opening(dossier: Dossier, manner: Manner, probe: Probe) -> str:
    words, case = manner.words, dossier.case
    country = case.environment.exit_country
    known = words.has("yourself_steps.devices", probe.profile)
    device = words.one("yourself_steps.devices" if known else "profiles", probe.profile)
    url = manner.url(case.url)
    if not country:
        return words("yourself_steps.open_anywhere", device=device, url=url)
    return words("yourself_steps.open", device=device, country=words.one("countries", country), url=url)


def _before(probe: Probe, answer: Answer, first: int) -> list[Step]:
    """The steps that led to the answer, without earlier entries that the page refused."""
    asked = say.asking(probe, answer)
    return [s for s in probe.steps if s.number < first and (not s.asked or asked is None or s.number >= asked.number)]


def _done(dossier: Dossier, manner: Manner, probe: Probe, steps: Iterable[Step]) -> list[str]:
    found: list[str] = []
    for step in steps:
        for action, outcome in zip(step.actions, (*step.outcomes, *([None] * len(step.actions))), strict=False):
            line = _line(dossier, manner, probe, action) if outcome is None or outcome.ok else ""
            if line and (not found or found[-1] != line):
                found.append(line)
    return found


def _line(dossier: Dossier, manner: Manner, probe: Probe, action: Action) -> str:
    words = manner.words
    label = manner.say(getattr(action, "label", ""), 40)
    if action.do == "fill":
        if action.value_kind not in probe.typed:
            return words("yourself_steps.fill_any")
        value = manner.say(probe.typed[action.value_kind], 60)
        if label and not say.is_source_name(label):
            return words("yourself_steps.type", value=value, label=label)
        kind = say.kind_word(manner, action.value_kind, dossier.scenario.country)
        return words("yourself_steps.type_field", value=value, kind=kind)
    if action.do == "click" and action.why != "cookie":
        named = label and not say.is_source_name(label)
        return words("yourself_steps.press", label=label) if named else words("yourself_steps.press_unnamed")
    if action.do == "press":
        return words("yourself_steps.key", key=manner.say(action.key, 20))
    if action.do in ("choose", "check") and label:
        return words(f"yourself_steps.{action.do}", label=label)
    return ""
