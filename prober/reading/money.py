"""Finds sums of money in text: digits or words, any grouping, the currencies that pages of the world use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from prober.models.reading import Amount
from prober.reading.lexicon import packaged
from prober.reading.number_words import spelled_numbers
from prober.reading.text import clean, fold

LARGEST = Decimal(10) ** 12  # a longer number is an identifier


class Found(NamedTuple):
    """An amount and where it stands in the cleaned text."""

    amount: Amount
    start: int
    end: int


_NUMBER = re.compile(
    r"""(?<!\d)(?<!\d[.,/:\-])(?:
      \d{1,3}(?P<sep>[ '’.,])\d{3}(?:(?P=sep)\d{3}){0,4}(?:(?!(?P=sep))[.,]\d{1,2})?   # 15 728,00
    | \d{1,2}(?:,\d{2}){1,4},\d{3}(?:\.\d{1,2})?                                        # 1,23,456.00
    | \d{1,13}(?:[.,]\d{1,3})?                                                          # 6487,5
    )(?!\d)(?![.,/:]\d)(?!-\d)""",
    re.VERBOSE,
)
_MARK = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e\u17b6-\u17d3"  # written onto letters
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]"
)  # scripts that run words together
# What makes a number without a currency no money: units, counts, identifiers, dates.
_UNIT_AFTER = re.compile(
    r"[ ]?(?:%|‰|°|мрп|аек|mci|км|km|mph|миль|шт|дн|день|дня|суток|час|мин|сек|цифр|знак|символ|сан|таңба|балл|раз|лет|год|г\.|"
    r"day|hour|min|sec|week|month|year|digit|character|point|time|штраф|айып|наруш|запис|fine|toll|violation|record|result|"
    r"күн|сағат|kg|кг|м/|m/|/|-|№|[xхX×]\d)",
    re.IGNORECASE,
)
_ID_BEFORE = re.compile(
    r"(?:№|#|\+|no\.?|ст\.?|стать[яеи]|п\.|ч\.|тел\.?|art\.?|article|section|code|код|бап|iin|иин|жсн|бин|от|дата|date|"
    r"номер|number|nr\.?|id|ref\.?|в|за|of|/|:\d\d|\d\.)[ :]*$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}:\d{2}(?::\d{2})?)(?!\d)"
)
_PHONE = re.compile(r"\+\d[\d ()\-]{8,16}\d|(?<!\d)8[ (-]\d{3}[ )-][\d -]{6,10}\d")


_IDENTIFIER = re.compile(r"[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]$|[A-Za-z0-9_][A-Za-z_]$")  # 'iZK2D_ufc' is no sum of 2 D


class _Currencies(NamedTuple):
    signs: dict[str, str]
    stems: tuple[tuple[str, str], ...]
    whole: dict[str, str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    thousandths: frozenset[str]
    scale: re.Pattern[str]
    factors: dict[str, int]


_DOLLARS = frozenset(
    {
        "USD",
        "AUD",
        "NZD",
        "CAD",
        "HKD",
        "SGD",
        "TWD",
        "MXN",
        "ARS",
        "CLP",
        "COP",
        "BRL",
        "UYU",
        "NAD",
        "DOP",
        "JMD",
        "TTD",
        "BND",
        "FJD",
    }
)
_SHARED: dict[str, frozenset[str]] = {
    "$": _DOLLARS,
    "₮": frozenset({"MNT", "KZT"}),
    "shilingi": frozenset({"KES", "TZS"}),
    "shilling": frozenset({"KES", "TZS", "UGX"}),
    "franc": frozenset({"CHF", "XOF", "XAF", "RWF"}),
    "francs": frozenset({"CHF", "XOF", "XAF", "RWF"}),
    "dh": frozenset({"MAD", "AED"}),
    "रू": frozenset({"NPR", "INR"}),
    "रु": frozenset({"INR", "NPR"}),
    "ரூ": frozenset({"INR", "LKR"}),
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "元": frozenset({"CNY", "TWD", "HKD"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR"}),
    "rupee": frozenset({"INR", "PKR", "LKR", "NPR"}),
    "pesos": frozenset({"MXN", "ARS", "CLP", "COP", "UYU", "PHP"}),
    "lei": frozenset({"RON", "MDL"}),
    "manat": frozenset({"AZN", "TMT"}),
    "манат": frozenset({"TMT", "AZN"}),
    "dirham": frozenset({"AED", "MAD"}),
    "درهم": frozenset({"AED", "MAD"}),
    "dinar": frozenset({"RSD", "KWD", "BHD", "JOD", "IQD", "DZD", "TND", "LYD"}),
    "﷼": frozenset({"SAR", "IRR", "QAR", "OMR"}),
    "ريال": frozenset({"SAR", "QAR", "OMR", "IRR"}),
    "sum": frozenset({"UZS"}),
    "£": frozenset({"GBP", "EGP", "LBP", "SYP"}),
    "dollar": _DOLLARS,
    "сом": frozenset({"KGS", "UZS"}),
    "som": frozenset({"UZS", "KGS"}),
}
# Letters that stand for a currency in its own country alone.
_LOCAL = {"R": "ZAR", "Br": "ETB", "Ks": "MMK", "K": "ZMW", "P": "BWP"}
_LOCAL_BEFORE = re.compile(rf"(?<!\w)(?P<local>{'|'.join(_LOCAL)})\.?[ ]?$")


@lru_cache(maxsize=1)
def _currencies() -> _Currencies:
    signs: dict[str, str] = {}
    stems: dict[str, str] = {}
    whole: dict[str, str] = {}
    thousandths: set[str] = set()
    for code, entry in packaged("_currencies").items():
        for sign in entry["signs"]:
            signs.setdefault(clean(sign).casefold(), code)
            signs.setdefault(sign.casefold(), code)
        for word in entry["words"]:
            target = stems if word.endswith("*") else whole
            target.setdefault(fold(word.rstrip("*")), code)
        if "thousandths" in entry:
            thousandths.add(code)
    codes = "|".join(sorted(packaged("_currencies"), key=len, reverse=True))
    longest_first = sorted(signs, key=len, reverse=True)
    alone = rf"(?<![^\W\d_])(?<![{_MARK}])"
    sign = "|".join(f"{alone if s[0].isalpha() else ''}{re.escape(s)}" for s in longest_first)
    after_sign = "|".join(re.escape(s) + (r"(?!\w)" if s[-1].isalpha() else "") for s in longest_first)
    before = re.compile(rf"(?P<code>(?<![A-Za-z])(?:{codes}))[ .:]{{0,2}}$|(?P<sign>(?i:{sign}|(?<![a-z])rs\.?))[ ]?$")
    after = re.compile(
        rf"[ ]?(?:[,.]?-{{1,2}}[ ]?)?(?:(?P<code>{codes})(?![A-Za-z])|(?P<sign>(?i:{after_sign}))|(?P<word>[^\W\d_](?:[^\W\d_]|[{_MARK}])*(?:['’‘ʻʼ\"][^\W\d_]+)?))"
    )
    by_length = tuple(sorted(stems.items(), key=lambda i: -len(i[0])))
    return _Currencies(signs, by_length, whole, before, after, frozenset(thousandths), *_scales())


def _scales() -> tuple[re.Pattern[str], dict[str, int]]:
    """What finds a scale word after a number in digits, and what each is worth."""
    factors = {clean(w).casefold(): int(n) for n, names in packaged("_numbers")["after_digits"].items() for w in names}
    ends = {w: "" if _UNSPACED.match(w) else rf"(?![\w{_MARK}])" for w in factors}
    longest_first = "|".join(re.escape(w) + ends[w] for w in sorted(factors, key=len, reverse=True))
    return re.compile(rf"[ ]?(?P<scale>{longest_first}|k(?=[ ]?[$€£₽₱₹]))", re.IGNORECASE), factors


def _word_currency(word: str, prefer: tuple[str, ...]) -> str:
    """Currency of a word after a number, '' when it is none."""
    known = _currencies()
    folded = fold(word)
    if code := known.whole.get(folded):
        return _settle(folded, code, prefer)
    for stem, code in known.stems:
        if folded.startswith(stem) and (len(folded) - len(stem) <= 6 or _UNSPACED.match(stem)):
            return _settle(stem, code, prefer)
    return ""


def _settle(written: str, usual: str, prefer: tuple[str, ...]) -> str:
    """What a sign shared by several currencies is worth here."""
    shared = _SHARED.get(written)
    return next((c for c in prefer if shared and c in shared), usual)


def value_of(number: str, currency: str = "") -> Decimal:
    """The value of a written number; the last separator is decimal unless three digits follow it."""
    text = number.replace(" ", "").replace("'", "").replace("’", "")
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return Decimal(text)
    whole, fraction = re.sub(r"[.,]", "", text[:last]), text[last + 1 :]
    single = text.count(".") + text.count(",") == 1
    if len(fraction) == 3 and not (single and (currency in _currencies().thousandths or whole in ("", "0"))):
        return Decimal(whole + fraction)
    return Decimal(f"{whole or '0'}.{fraction}")


def _after(text: str, end: int, value_text: str, prefer: tuple[str, ...]) -> tuple[str, int, int]:
    """Currency, scale factor and end of what follows a number."""
    factor = 1
    if scale := _currencies().scale.match(text, end):
        factor = _currencies().factors.get(scale["scale"].casefold(), 1000)
        end = scale.end()
    match = _currencies().after.match(text, end)
    if not match:
        return "", factor, end
    if match["code"]:
        return match["code"], factor, match.end()
    if match["sign"]:
        sign = match["sign"].casefold()
        return _settle(sign, _currencies().signs.get(sign, ""), prefer), factor, match.end()
    word = match["word"]
    if code := _word_currency(word, prefer):
        return code, factor, match.end()
    if word in ("T", "Т") and "KZT" in prefer and len(re.sub(r"\D", "", value_text)) >= 3:
        return "KZT", factor, match.end()  # the tenge sign as typed in haste or read by OCR
    return "", factor, end


@lru_cache(maxsize=8192)
def amounts(text: str, prefer: tuple[str, ...] = ()) -> tuple[Found, ...]:
    """Every amount with a currency, in text order; `prefer` settles signs that several currencies share.

    Positions refer to `clean(text)`. A number without a currency is never one: see `bare_amounts`.
    """
    text = clean(text)
    found = sorted([*_in_digits(text, prefer), *_in_words(text, prefer)], key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _in_digits(text: str, prefer: tuple[str, ...]) -> Iterator[Found]:
    taken = 0
    known = _currencies()
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        before = known.before.search(text[max(taken, start - 8) : start])
        if not before and _IDENTIFIER.search(text, 0, start):
            continue
        if before:
            sign = (before["sign"] or "").casefold()
            currency = before["code"] or _settle(sign.rstrip("."), known.signs.get(sign) or "INR", prefer)
            _, factor, stop = _after(text, end, match.group(), prefer)
            stop = stop if factor > 1 else end
            start -= before.end() - before.start()
        else:
            currency, factor, stop = _after(text, end, match.group(), prefer)
            local = _LOCAL_BEFORE.search(text[max(taken, start - 8) : start]) if not currency and prefer else None
            if local and _LOCAL[local["local"]] in prefer:
                currency = _LOCAL[local["local"]]
                start -= local.end() - local.start()
        if not currency:
            continue
        value = value_of(match.group(), currency) * factor
        if value < LARGEST:
            taken = stop
            yield Found(Amount(value=value, currency=currency, text=text[start:stop].strip()), start, stop)


def _in_words(text: str, prefer: tuple[str, ...]) -> Iterator[Found]:
    for value, start, end in spelled_numbers(text):
        match = _currencies().after.match(text, end)
        if match and match["word"] and (code := _word_currency(match["word"], prefer)):
            yield Found(Amount(value=value, currency=code, text=text[start : match.end()].strip()), start, match.end())


@lru_cache(maxsize=4096)
def bare_amounts(text: str) -> tuple[Found, ...]:
    """Numbers that could be money if a label says so: no dates, phones, counts with a unit, articles or identifiers."""
    text = clean(text)
    barred = [m.span() for p in (_DATE, _PHONE) for m in p.finditer(text)]
    found: list[Found] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if any(a < end and start < b for a, b in barred):
            continue
        if _UNIT_AFTER.match(text, end) or _ID_BEFORE.search(text[max(0, start - 12) : start]):
            continue
        if (start and (text[start - 1].isalpha() or text[start - 1] == "-")) or text[end : end + 1].isalpha():
            continue
        if len(re.sub(r"\D", "", match.group())) > 9:
            continue
        found.append(Found(Amount(value=value_of(match.group()), text=match.group()), start, end))
    return tuple(found)
