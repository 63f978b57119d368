"""Published check-digit rules of numbers of people and firms, by length: what a number must fail to be nobody's anywhere.

Sources: the issuing bodies' descriptions as collected in the literature on national identification numbers (recalled,
and compared in the tests with a library that knows them); rules that differ between libraries count in every reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from prober.identities import checkdigits
from prober.identities.checkdigits import luhn_valid
from prober.identities.kazakhstan import IIN_RULE
from prober.models.scenario import CheckDigit

FROM_ELEVEN = "00987654321"  # 11 minus the remainder, where 10 and 11 are written 0
MODULO = "01234567890"  # the remainder itself, 10 written 0
BACK_FROM_ELEVEN = "10987654321"  # 11 minus the remainder, of which the last digit counts


@dataclass(frozen=True)
class NumberRule:
    """The rule of one kind of number.

    language: of the country that asks for it, where that names one country; name: as people there say.
    """

    length: int
    country: str  # ISO 3166-1 alpha-2
    name: str
    accepts: Callable[[str], bool]
    language: str = ""
    right: Callable[[str], frozenset[str]] | None = None
    check: CheckDigit | None = None  # the rule as data, where it is a single check digit


def _weighted(
    length: int,
    country: str,
    name: str,
    weights: tuple[int, ...],
    table: str = MODULO,
    *,
    modulus: int = 11,
    language: str = "",
    second: tuple[int, ...] = (),
) -> NumberRule:
    passes = (weights, second) if second else (weights,)
    return _by_rule(length, country, name, CheckDigit(modulus=modulus, passes=passes, map=table), language)


def _by_rule(length: int, country: str, name: str, rule: CheckDigit, language: str = "") -> NumberRule:
    def right(text: str) -> frozenset[str]:
        return checkdigits.accepted(rule, text)

    return NumberRule(length, country, name, lambda text: text[-1] in right(text), language, right, rule)


def _luhn(length: int, country: str, name: str, language: str = "") -> NumberRule:
    def right(text: str) -> frozenset[str]:
        return frozenset({checkdigits.luhn_digit(text[:-1])})

    return NumberRule(length, country, name, luhn_valid, language, right)


def _verhoeff(text: str) -> bool:
    """Verhoeff's scheme over the dihedral group of order ten."""
    state = 0
    for place, char in enumerate(reversed(text)):
        state = _dihedral(state, _permuted(int(char), place))
    return state == 0


def _dihedral(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def _permuted(digit: int, times: int) -> int:
    for _ in range(times % 8):
        digit = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[digit]
    return digit


def _snils(text: str) -> bool:
    total = sum(int(char) * weight for char, weight in zip(text[:9], range(9, 0, -1), strict=True))
    return int(text[9:]) == total % 101 % 100


def _belgian(text: str) -> bool:
    return int(text[9:]) in {97 - int(head + text[:9]) % 97 for head in ("", "2")}


def _down(first: int, last: int = 2) -> tuple[int, ...]:
    return tuple(range(first, last - 1, -1))


RULES: tuple[NumberRule, ...] = (
    _luhn(8, "", "Luhn's rule"),
    _weighted(8, "DK", "CVR", (2, 7, 6, 5, 4, 3, 2), FROM_ELEVEN),
    _weighted(8, "SI", "davčna številka", (8, 7, 6, 5, 4, 3, 2), FROM_ELEVEN),
    _luhn(9, "IL", "teudat zehut", "he"),
    _weighted(9, "GR", "AFM", (256, 128, 64, 32, 16, 8, 4, 2), language="el"),
    _weighted(9, "PT", "NIF", _down(9), FROM_ELEVEN),
    _weighted(9, "NL", "BSN", _down(9), "0123456789", language="nl"),
    _weighted(9, "AU", "TFN", (1, 4, 3, 7, 5, 8, 6, 9), "0123456789"),
    _weighted(9, "PL", "REGON", (8, 9, 2, 3, 4, 5, 6, 7)),
    _weighted(10, "RU", "INN", (2, 4, 10, 3, 5, 9, 4, 6, 8)),
    _weighted(10, "UA", "RNOKPP", (10, 5, 7, 9, 4, 6, 10, 5, 7), language="uk"),
    _weighted(10, "BG", "EGN", (2, 4, 8, 5, 10, 9, 7, 3, 6), language="bg"),
    _weighted(10, "IR", "kod-e melli", _down(10), "01987654321", language="fa"),
    _weighted(10, "GB", "NHS number", _down(10), FROM_ELEVEN),
    _weighted(10, "PL", "NIP", (6, 5, 7, 2, 3, 4, 5, 6, 7)),
    _weighted(10, "CZ", "rodné číslo", (1, 10, 1, 10, 1, 10, 1, 10, 1), language="cs"),
    _weighted(10, "SK", "rodné číslo", (1, 10, 1, 10, 1, 10, 1, 10, 1), language="sk"),
    _weighted(10, "DK", "CPR", (4, 3, 2, 7, 6, 5, 4, 3, 2), FROM_ELEVEN),
    _luhn(10, "SE", "personnummer", "sv"),
    _weighted(11, "PL", "PESEL", (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), "0987654321", modulus=10, language="pl"),
    _weighted(11, "BR", "CPF", _down(11), FROM_ELEVEN, language="pt"),
    _weighted(11, "BR", "Renavam", (3, 2, 9, 8, 7, 6, 5, 4, 3, 2), FROM_ELEVEN),
    _weighted(11, "TR", "T.C. kimlik no", (1,) * 10, "0123456789", modulus=10, language="tr"),
    _weighted(11, "EE", "isikukood", (1, 2, 3, 4, 5, 6, 7, 8, 9, 1), language="et", second=(3, 4, 5, 6, 7, 8, 9, 1, 2, 3)),
    _weighted(11, "LT", "asmens kodas", (1, 2, 3, 4, 5, 6, 7, 8, 9, 1), language="lt", second=(3, 4, 5, 6, 7, 8, 9, 1, 2, 3)),
    _weighted(11, "LV", "personas kods", (1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10098765432", language="lv"),
    _weighted(11, "NO", "fødselsnummer", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), FROM_ELEVEN, language="no"),
    _weighted(11, "PE", "RUC", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), BACK_FROM_ELEVEN),
    _by_rule(11, "HR", "OIB", CheckDigit(method="mod11_10"), "hr"),
    _by_rule(11, "DE", "Steuer-ID", CheckDigit(method="mod11_10"), "de"),
    _luhn(11, "IT", "partita IVA"),
    NumberRule(11, "RU", "SNILS", _snils),
    NumberRule(11, "BE", "rijksregisternummer", _belgian),
    _by_rule(12, "KZ", "IIN", IIN_RULE, "kk"),
    _weighted(12, "RU", "INN", (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
    NumberRule(12, "IN", "Aadhaar", _verhoeff, "hi"),
    _weighted(12, "JP", "My Number", (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), FROM_ELEVEN, language="ja"),
    _weighted(12, "KW", "civil number", (2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), FROM_ELEVEN),
    _weighted(13, "TH", "citizen number", _down(13), BACK_FROM_ELEVEN, language="th"),
    _weighted(13, "KR", "resident number", (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), BACK_FROM_ELEVEN, language="ko"),
    _weighted(13, "RO", "CNP", (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9), "01234567891", language="ro"),
    _weighted(13, "RS", "JMBG", (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), FROM_ELEVEN, language="sr"),
    _weighted(13, "MD", "IDNP", (7, 3, 1) * 4, "0123456789", modulus=10),
    _luhn(13, "ZA", "identity number"),
    _weighted(14, "UZ", "PINFL", (7, 3, 1) * 4 + (7,), "0123456789", modulus=10, language="uz"),
    _weighted(14, "BR", "CNPJ", (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), FROM_ELEVEN),
    _weighted(14, "EG", "national number", (2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), FROM_ELEVEN),
    _luhn(14, "", "Luhn's rule"),
    _luhn(15, "AE", "Emirates ID"),
    _luhn(16, "", "cards"),
    _by_rule(18, "CN", "resident number", CheckDigit(method="mod11_2"), "zh"),
    _luhn(18, "", "cards"),
    _luhn(17, "", "cards"),
    _luhn(19, "", "cards"),
)  # fmt: skip


def rules_for(length: int) -> tuple[NumberRule, ...]:
    """The rules known for numbers of so many digits."""
    return tuple(rule for rule in RULES if rule.length == length)


def accepted_by(digits: str) -> tuple[NumberRule, ...]:
    """The rules that a number satisfies: it could be somebody's there."""
    return tuple(rule for rule in rules_for(len(digits)) if rule.accepts(digits))


def rule_in(language: str, length: int) -> NumberRule | None:
    """The rule that a page in that language means by a number of that length, where it is only one."""
    found = [rule for rule in rules_for(length) if rule.language and rule.language == language]
    return found[0] if len(found) == 1 else None


def rule_named(why: str, text: str) -> CheckDigit | None:
    """The check-digit rule by which a reason says that a number is nobody's, None where it names no single one."""
    length = sum(char.isdecimal() for char in text)
    named = [
        rule for rule in rules_for(length) if why.startswith(f"No number of the kind {rule.name} ({rule.country})")
    ]
    return named[0].check if named else None


def spoil(digits: str, rng: Random) -> str:
    """The number with a last digit that no rule for its length accepts; '' where there is none."""
    choices = [d for d in "0123456789" if not accepted_by(digits[:-1] + d)]
    return digits[:-1] + rng.choice(choices) if choices else ""
