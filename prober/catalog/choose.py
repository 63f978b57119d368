"""Which scenario fits a suspect: pure, from the address, the landing page's language and its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from prober.models.scenario import Scenario
from prober.models.suite import Suite, SuiteRule
from prober.reading.lexicon import detect

DEFAULT = "kz-fines"
ENOUGH = 2  # points below which the default is safer

_TLD, _TOKEN, _LANGUAGE, _WORD, _BODY, _CURRENCY = 3, 3, 2, 2, 4, 1
_MOST_WORDS = 4


def choose(scenarios: Sequence[Scenario], *, url: str, lang: str = "", text: str = "") -> str:
    """Name of the scenario that fits best; the default when none fits, or several fit as well.

    url: the suspect's address. lang: language that the landing page declares (BCP 47), believed only where
    its text does not say otherwise. text: what stands on it.
    """
    host, page = host_of(url), plain(text)
    spoken = next(iter(detect(text, lang)), "") or lang.replace("_", "-").partition("-")[0].lower()
    scores = {scenario.name: score(scenario, host, spoken, page) for scenario in scenarios}
    best = max(scores.values(), default=0)
    leaders = [name for name, points in scores.items() if points == best]
    return leaders[0] if best >= ENOUGH and len(leaders) == 1 else DEFAULT


def score(scenario: Scenario, host: str, spoken: str, page: str) -> int:
    """How well a scenario fits, in points; `page` as `plain` gives it.

    Words weigh double for a scenario of no country: they say what is claimed, which matters more than where.
    """
    hints = scenario.choose_when
    points = 0
    if any(ends_with(host, tld) for tld in hints.get("tlds", ())):
        points += _TLD
    if tokens := {token for body in scenario.bodies for token in body.tokens if len(token) > 2 and token in host}:
        points += _TOKEN + len(tokens) - 1
    if spoken in hints.get("languages", ()):
        points += _LANGUAGE
    weight = _WORD if scenario.country else 2 * _WORD
    points += weight * min(_MOST_WORDS, count(hints.get("words", ()), page))
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
    """Text for comparing: composed, folded, words and currency signs apart, one space at both ends."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    spaced = "".join(
        f" {char} " if unicodedata.category(char) == "Sc" else char if char.isalnum() else " " for char in folded
    )
    return " " + " ".join(spaced.split()) + " "


def count(words: Iterable[str], page: str) -> int:
    """How many of the words stand in the page; a word ending in '*' stands for all that begin so."""
    return sum(_form(word) in page for word in words)


@lru_cache(maxsize=4096)
def _form(word: str) -> str:
    form = plain(word.rstrip("*"))
    return form.rstrip() if word.endswith("*") else form
