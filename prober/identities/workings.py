"""The arithmetic of a check digit, step by step, for those who want to follow it on paper."""

from __future__ import annotations

from dataclasses import dataclass

from prober.identities.checkdigits import numbers_of, passes
from prober.identities.ready import specs_of
from prober.models.scenario import CheckDigit, Scenario


@dataclass(frozen=True)
class Working:
    """One pass of a weighted rule: each number times its weight, their sum, and what is left over."""

    terms: tuple[tuple[int, int], ...]
    total: int
    modulus: int
    remainder: int

    def __str__(self) -> str:
        """The same in signs that every language reads: '9·1 + 6·2 = 21; 21 mod 11 = 10'."""
        sum_ = " + ".join(f"{number}·{weight}" for number, weight in self.terms)
        return f"{sum_} = {self.total}; {self.total} mod {self.modulus} = {self.remainder}"


def workings(rule: CheckDigit, text: str) -> tuple[Working, ...]:
    """Every pass of a weighted rule over the text; empty for other methods."""
    found = []
    numbers = numbers_of(rule, text) if rule.method == "weighted" else []
    for row in rule.passes if numbers else ():
        weights = [row[index % len(row)] for index in range(len(numbers))]
        terms = tuple(zip(numbers, weights, strict=True))
        total = sum(number * weight for number, weight in terms)
        found.append(Working(terms, total, rule.modulus, total % rule.modulus))
    return tuple(found)


def rule_of(scenario: Scenario, kind: str, text: str, grade: str) -> CheckDigit | None:
    """The check-digit rule that a value of this kind and grade breaks, None where its proof is another."""
    spec = specs_of(scenario).get(kind)
    for pattern in spec.patterns if spec else ():
        if pattern.grade == grade and pattern.check == "fail":
            rule = pattern.check_digit or (spec.check_digit if spec else None)
            if rule and not passes(rule, text):
                return rule
    return None
