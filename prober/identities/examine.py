"""What is wrong with a scenario beyond its form: words that do not exist, shapes that cannot be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from prober.identities.checkdigits import RuleError, bounds
from prober.identities.make import make_identities
from prober.identities.patterns import ShapeError, parse, references
from prober.identities.ready import READY, specs_of
from prober.models.reading import PURPOSES
from prober.models.scenario import CheckDigit, Official, Scenario, ValueSpec

Problem = tuple[tuple[str | int, ...], str]

_HOST = re.compile(r"([a-z0-9_]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?")
NEVER_TYPED = ("card_", "gift_card", "loyalty_card", "iban", "captcha", "username", "password")


def examine(scenario: Scenario) -> list[Problem]:
    """Every problem found, as field path and sentence; empty when the scenario can be used."""
    found = [*_names(scenario), *_hosts(scenario), *_values(scenario)]
    if not found:
        try:
            make_identities(scenario, 1, 2)
        except (ShapeError, RuleError) as error:
            found.append((("values",), str(error)))
    return found


def _names(scenario: Scenario) -> Iterator[Problem]:
    kinds = specs_of_or_empty(scenario)
    for index, kind in enumerate(scenario.asks):
        if kind not in PURPOSES:
            yield ("asks", index), not_a_kind(kind)
        elif kinds and kind not in kinds:
            yield ("asks", index), f"no value of the kind {kind!r} is described under 'values'"
    for hint in scenario.choose_when:
        if hint not in ("languages", "words", "tlds"):
            yield ("choose_when", hint), f"{hint!r} is no hint; there are languages, words and tlds"
    seen: set[str] = set()
    for index, body in enumerate(scenario.bodies):
        if body.key in seen:
            yield ("bodies", index, "key"), f"{body.key!r} is used twice"
        seen.add(body.key)


def specs_of_or_empty(scenario: Scenario) -> dict[str, ValueSpec]:
    """The specs, or nothing where one names a ready ladder that does not exist (which is told elsewhere)."""
    return {} if any(spec.make and spec.make not in READY for spec in scenario.values) else specs_of(scenario)


def hosts_in(official: Official) -> list[Problem]:
    """What is wrong with lists of official hosts."""
    found: list[Problem] = []
    for group in ("suffixes", "hosts", "payment"):
        for index, host in enumerate(getattr(official, group)):
            if not _HOST.fullmatch(host):
                found.append((("official", group, index), not_a_host(host)))
            elif group != "suffixes" and "." not in host:
                found.append((("official", group, index), f"{host!r} is a whole top-level domain: see 'suffixes'"))
    return found


def _hosts(scenario: Scenario) -> Iterator[Problem]:
    yield from hosts_in(scenario.official)
    for number, body in enumerate(scenario.bodies):
        for index, host in enumerate(body.hosts):
            if not _HOST.fullmatch(host):
                yield ("bodies", number, "hosts", index), not_a_host(host)


def not_a_host(host: str) -> str:
    return f"{host!r} is no plain host name (small letters, punycode, no scheme, path or '*')"


def not_a_kind(kind: str) -> str:
    near = get_close_matches(kind, PURPOSES, 1)
    return f"{kind!r} is no kind of value that forms ask for" + (f"; did you mean {near[0]!r}?" if near else "")


def _values(scenario: Scenario) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, spec in enumerate(scenario.values):
        at: tuple[str | int, ...] = ("values", index)
        if spec.kind not in PURPOSES:
            yield (*at, "kind"), not_a_kind(spec.kind)
        elif spec.kind.startswith(NEVER_TYPED):
            yield (*at, "kind"), f"prober never types a {spec.kind}"
        if spec.kind in seen:
            yield (*at, "kind"), f"{spec.kind!r} is described twice"
        seen.add(spec.kind)
        if spec.make and spec.make not in READY:
            yield (*at, "make"), f"{spec.make!r} is no ready ladder; there are {', '.join(sorted(READY))}"
        elif not spec.make and not spec.patterns:
            yield at, "it needs 'make' or 'patterns'"
        yield from _patterns(spec, at)


def _patterns(spec: ValueSpec, at: tuple[str | int, ...]) -> Iterator[Problem]:
    if spec.check_digit:
        yield from _rule(spec.check_digit, (*at, "check_digit"))
    for number, pattern in enumerate(spec.patterns):
        where = (*at, "patterns", number)
        try:
            parse(pattern.shape)
            references(pattern.shape)
        except ShapeError as error:
            yield (*where, "shape"), str(error)
        if pattern.check_digit:
            yield from _rule(pattern.check_digit, (*where, "check_digit"))
        elif pattern.check != "none" and not spec.check_digit and not spec.make:
            yield (*where, "check"), "there is no 'check_digit' to fail or to pass"
        if pattern.check == "pass" and not pattern.last_resort:
            yield (*where, "check"), "a right check digit is allowed as a last resort only (last_resort: true)"
        for name, part in pattern.parts.items():
            try:
                bounds(part, 1)
            except RuleError as error:
                yield (*where, "parts", name), str(error)


def _rule(rule: CheckDigit, at: tuple[str | int, ...]) -> Iterator[Problem]:
    if rule.method == "weighted" and (not rule.passes or not all(rule.passes) or rule.modulus < 2):
        yield at, "a weighted rule needs a modulus and at least one row of weights"
