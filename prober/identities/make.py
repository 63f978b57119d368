"""Identities from a seed: every value by the patterns of its kind, no two identities alike."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from random import Random

from prober.identities import checkdigits
from prober.identities.lookalike import is_placeholder, reads_as
from prober.identities.patterns import Lookup, ShapeError, alone, draw, freedom
from prober.identities.ready import specs_of
from prober.models.identity import Identity, Proof, Value
from prober.models.scenario import Pattern, Scenario, ValueSpec

ENOUGH = 0.7  # of the characters that can differ, what share has to
CANDIDATES = 24
DATE_KINDS = ("birth_date", "document_date")


def make_identities(scenario: Scenario, seed: int, count: int) -> tuple[Identity, ...]:
    """`count` identities named A, B, ..., dissimilar in every value; the same seed gives the same ones.

    The first identities do not depend on `count`, nor a value on what other kinds the scenario has.

    Raises:
        ShapeError: a pattern of the scenario cannot be drawn; the catalog refuses such scenarios earlier.
    """
    specs = specs_of(scenario)
    makers: list[_Maker] = []
    for index in range(count):
        makers.append(_Maker(specs, seed, index, scenario.locale, tuple(makers)))
    return tuple(maker.identity(_name(index), seed) for index, maker in enumerate(makers))


def make_value(spec: ValueSpec, pattern: Pattern, rng: Random, *, locale: str = "", lookup: Lookup = alone) -> Value:
    """One value by one pattern of its spec, with its reason.

    Raises:
        ShapeError: the pattern gives no acceptable value, or refers to others and `lookup` is missing.
    """
    return _value(spec, pattern, make_text(spec, pattern, rng, lookup), locale)


def make_text(spec: ValueSpec, pattern: Pattern, rng: Random, lookup: Lookup = alone) -> str:
    """The text of such a value; drawn again where it happened to be valid as something else.

    Raises:
        ShapeError: as `make_value`.
    """
    rule = pattern.check_digit or spec.check_digit
    for _ in range(100):
        text = draw(pattern.shape, rng, lookup)
        if rule and pattern.check == "fail":
            text = checkdigits.break_(rule, text, rng)
        elif rule and pattern.check == "pass":
            text = checkdigits.mend(rule, text)
        if text and acceptable(text, pattern):
            return text
    raise ShapeError(f"the shape {pattern.shape!r} of {spec.kind} gives no usable value")


def acceptable(text: str, pattern: Pattern) -> bool:
    """Whether the value is no placeholder and would not pass for a valid number of another kind."""
    if pattern.proof == "none" and not text.replace(" ", "").isdecimal():
        return True
    taken_for = reads_as(text)
    return not is_placeholder(text) and (not taken_for or (pattern.last_resort and taken_for == "iin"))


def _value(spec: ValueSpec, pattern: Pattern, text: str, locale: str) -> Value:
    parts = {name: checkdigits.cut(where, text) for name, where in pattern.parts.items()}
    rule = pattern.check_digit or spec.check_digit
    words = dict(parts)
    if rule and pattern.check != "none":
        at, end = checkdigits.place(rule, text)
        words |= {"last": text[at:end], "right": " or ".join(sorted(checkdigits.accepted(rule, text)))}
    if spec.kind in DATE_KINDS:
        text, parts = dated(text, locale)
    why = pattern.why
    for word, replacement in (words | {"text": text}).items():
        why = why.replace("{" + word + "}", replacement)
    return Value(kind=spec.kind, text=text, grade=pattern.grade, proof=Proof(pattern.proof), why=why, parts=parts)


def dated(iso: str, locale: str) -> tuple[str, dict[str, str]]:
    """An ISO date as people of the locale write it, and its parts."""
    year, month, day = iso.split("-")
    language = locale.partition("-")[0]
    if locale in ("en-US", "en-PH"):
        text = f"{month}/{day}/{year}"
    elif language in ("en", "fr", "es", "it", "pt", "hi"):
        text = f"{day}/{month}/{year}"
    elif language in ("zh", "ja", "ko", "sv", "lt", "hu", ""):
        text = iso
    else:
        text = f"{day}.{month}.{year}"
    return text, {"day": day, "month": month, "year": year, "yy": year[2:], "iso": iso}


def difference(one: str, other: str) -> int:
    """In how many places two texts differ."""
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _name(index: int) -> str:
    letters = string.ascii_uppercase
    return letters[index] if index < 26 else letters[index // 26 - 1] + letters[index % 26]


@dataclass
class _Maker:
    """Makes the values of one identity, each once, those they refer to first."""

    specs: dict[str, ValueSpec]
    seed: int
    index: int
    locale: str
    before: tuple[_Maker, ...]
    made: dict[tuple[str, int], Value] = field(default_factory=dict)
    making: set[tuple[str, int]] = field(default_factory=set)

    def identity(self, name: str, seed: int) -> Identity:
        ladder: dict[str, tuple[Value, ...]] = {}
        last: dict[str, Value] = {}
        for kind, spec in self.specs.items():
            values = [(pattern, self.get(kind, rung)) for rung, pattern in enumerate(spec.patterns)]
            ladder[kind] = tuple(value for pattern, value in values if not pattern.last_resort)
            last.update((kind, value) for pattern, value in values if pattern.last_resort)
        return Identity(name=name, seed=seed, ladder=ladder, last_resort=last)

    def get(self, kind: str, rung: int) -> Value:
        key = kind, rung
        if key not in self.made:
            if key in self.making:
                raise ShapeError(f"{kind} refers to itself")
            self.making.add(key)
            self.made[key] = self.make(kind, rung)
        return self.made[key]

    def look_up(self, kind: str, rung: int, part: str) -> str:
        if kind not in self.specs or rung >= len(self.specs[kind].patterns):
            raise ShapeError(f"there is no value <{kind}:{rung}> to refer to")
        value = self.get(kind, rung)
        if part and part not in value.parts:
            raise ShapeError(f"{kind} has no part {part!r}")
        return value.parts[part] if part else value.text

    def make(self, kind: str, rung: int) -> Value:
        spec = self.specs[kind]
        pattern = spec.patterns[rung]
        rng = Random(f"{self.seed}/{self.index}/{kind}/{rung}")
        others = [maker.get(kind, rung).text for maker in self.before]
        wanted = ENOUGH * freedom(pattern.shape)
        best, best_distance = None, -1.0
        for _ in range(CANDIDATES if others else 1):
            value = make_value(spec, pattern, rng, locale=self.locale, lookup=self.look_up)
            distance = min((difference(value.text, other) for other in others), default=0)
            if distance > best_distance:
                best, best_distance = value, distance
            if best_distance >= wanted:
                break
        assert best is not None
        return best
