"""Which scenario fits a suspect: pure, from the address, the landing page's language and its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from prober.models.scenario import Scenario
from prober.models.suite import Suite, SuiteRule

DEFAULT = "kz-fines"
ENOUGH = 2  # points below which the default is safer

_TLD, _TOKEN, _LANGUAGE, _WORD, _BODY, _CURRENCY = 3, 3, 1, 2, 4, 1
_MOST_WORDS = 4


def choose(scenarios: Sequence[Scenario], *, url: str, lang: str = "", text: str = "") -> str:
    """Name of the scenario that fits best; the default when in doubt.

    url: the suspect's address. lang: language of the landing page (BCP 47). text: what stands on it.
    """
    host, page = host_of(url), plain(text)
    scores = {scenario.name: score(scenario, host, lang, page) for scenario in scenarios}
    best = max(scores.values(), default=0)
    leaders = sorted(name for name, points in scores.items() if points == best)
    if best < ENOUGH or DEFAULT in leaders or not leaders:
        return DEFAULT
    return leaders[0]


def score(scenario: Scenario, host: str, lang: str, page: str) -> int:
    """How well a scenario fits, in points; `page` as `plain` gives it."""
    hints = scenario.choose_when
    points = 0
    if any(ends_with(host, tld) for tld in hints.get("tlds", ())):
        points += _TLD
    if any(len(token) > 2 and token in host for body in scenario.bodies for token in body.tokens):
        points += _TOKEN
    if lang and lang.partition("-")[0].lower() in hints.get("languages", scenario.languages):
        points += _LANGUAGE
    if not page:
        return points
    points += _WORD * min(_MOST_WORDS, count(hints.get("words", ()), page))
    points += _BODY * min(1, count((name for body in scenario.bodies for name in body.names), page))
    return points + _CURRENCY * min(1, count(scenario.currencies, page))


def scenarios_for(suite: Suite, *, url: str, lang: str = "") -> tuple[str, ...]:
    """The scenarios with which a suite probes a suspect; several where the landing page has yet to decide."""
    if suite.mode == "all":
        return suite.scenarios
    host = host_of(url)
    return next((rule.use for rule in suite.rules if _holds(rule, host, lang)), suite.scenarios)


def _holds(rule: SuiteRule, host: str, lang: str) -> bool:
    return (
        any(ends_with(host, tld) for tld in rule.tlds + rule.hosts)
        or any(token in host for token in rule.tokens)
        or bool(lang and lang.partition("-")[0].lower() in rule.languages)
    )


def host_of(url: str) -> str:
    """The host of an address in small letters, '' when there is none."""
    try:
        return (urlsplit(url if "//" in url else "//" + url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def ends_with(host: str, domain: str) -> bool:
    """Whether the host is that domain or lies under it."""
    return host == domain or host.endswith("." + domain)


def plain(text: str) -> str:
    """Text for comparing: composed, folded, every run of other characters one space, one space at the ends."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " " + " ".join("".join(char if char.isalnum() else " " for char in folded).split()) + " "


def count(words: Iterable[str], page: str) -> int:
    """How many of the words stand in the page; a word ending in '*' stands for all that begin so."""
    return sum((" " + plain(word.rstrip("*")).strip() + ("" if word.endswith("*") else " ")) in page for word in words)
