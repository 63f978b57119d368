"""Hostile text made harmless, addresses made unclickable, secrets masked: for every surface that people read."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from prober.identities.lookalike import reads_as

QUOTE_LIMIT = 300  # characters of a quote from a page
URL_LIMIT = 400

_BOT_TOKEN = re.compile(r"\b(\d{6,12}):[A-Za-z0-9_-]{30,50}\b")
_IBAN = re.compile(r"\b([A-Z]{2}\d{2})[A-Z0-9 ]{11,34}\b")
# A mobile number, as transfers ask for it; free hotlines and short numbers are nobody's own.
_PHONE = re.compile(
    r"(?<![\w+])(?<!\d[\s -])(?:(?:\+7|8)[\s ]?[(-]?(?!800)\d{3}|\+(?!7)\d{1,3}[\s ]?[(-]?\d{2,3})"
    r"[)\s -]{0,2}\d{3}[\s -]?\d{2}[\s -]?\d{2}(?!\d)"
)
_WALLET = re.compile(
    r"\b(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|bc1[0-9a-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b"
)
# Plates as Kazakhstan and Russia issue them: one that is not ours may be a victim's, from a link or a leak.
_PLATE = re.compile(
    r"(?<![\w])(?:(?!000)\d{3}[\s ]?[A-Z]{2,3}[\s ]?(?:0[1-9]|1\d|20)|[АВЕКМНОРСТУХ][\s ]?(?!000)\d{3}[\s ]?[АВЕКМНОРСТУХ]{2}[\s ]?\d{2,3})(?!\w)"
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){11,18}(?!\d)")
_CARD = re.compile(r"3[47]\d{13}|(?=\d{16}(?:\d{3})?$)(?:4|5[0-8]|6|2[2-7]|8600|9860)\d+")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:@/])")
_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_~.-]{6,}|[A-Za-z0-9_-]{16,}|\d{6,}")


def harmless(text: str, limit: int = QUOTE_LIMIT) -> str:
    """One line in which nothing acts: control, direction and invisible characters are spelt out as ‹U+202E›."""
    cut = text[: limit + 1]
    line = re.sub(r"\s+", " ", cut).strip()
    shown = line if line.isprintable() else "".join(_spelt(char) for char in line)
    return shown if len(text) <= limit else f"{shown[:limit]}…"


def _spelt(char: str) -> str:
    if char == "\x1b":
        return "‹ESC›"
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return f"‹U+{ord(char):04X}›"
    return char


def defang(url: str, limit: int = URL_LIMIT) -> str:
    """A URL that no program follows: hXXps://host[.]top/path; the rest is as it was."""
    shown = harmless(url, limit)
    found = re.match(r"(?i)(https?|wss?|ftp)(://)([^/?#]*)(.*)", shown, re.DOTALL)
    if not found:
        return defang_host(shown) if re.fullmatch(r"[^\s/]+\.[^\s/]+", shown) else shown
    scheme = {"http": "hXXp", "https": "hXXps", "ws": "wXs", "wss": "wXss", "ftp": "fXp"}[found[1].lower()]
    return f"{scheme}{found[2]}{defang_host(found[3])}{found[4]}"


def defang_host(host: str) -> str:
    """A host or address with its dots in brackets."""
    return harmless(host).replace(".", "[.]")


def defang_inside(text: str) -> str:
    """A text in which every address that stands in it is unclickable."""
    return re.sub(r"(?i)\b(?:https?|wss?|ftp)://[^\s<>\"']+", lambda found: defang(found[0]), text)


def without_token(url: str, ours: frozenset[str] = frozenset()) -> str:
    """The URL with what looks like a victim's own token in path or query replaced by 'TOKEN'.

    ours: values that prober itself typed, which stay.
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    path = "/".join("TOKEN" if _is_token(piece) and piece not in ours else piece for piece in parts.path.split("/"))
    query = urlencode([(name, value if _is_word(value) or value in ours else "TOKEN") for name, value in pairs])
    if parts.query and not all(_is_name(name) for name, _ in pairs):
        query = "TOKEN"
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def cut_at_token(url: str, ours: frozenset[str] = frozenset()) -> str:
    """A live URL that ends before the first thing that may be a victim's own token; otherwise as it is.

    For machines: they follow addresses, so a placeholder in one would be wrong.
    """
    told = without_token(url, ours)
    if "TOKEN" not in told or "TOKEN" in url:
        return url
    parts = urlsplit(told)
    if "TOKEN" in parts.path:
        return urlunsplit((parts.scheme, parts.netloc, parts.path.split("TOKEN", 1)[0], "", ""))
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if "TOKEN" not in pair]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "" if parts.query == "TOKEN" else urlencode(kept), ""))


def _is_token(piece: str) -> bool:
    return bool(_TOKEN.fullmatch(piece)) and not re.search(r"\.(html?|php|aspx?|jsp)$", piece)


def _is_name(name: str) -> bool:
    """A parameter's name rather than a token without one."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9_\[\].-]{0,15}", name)) and not re.search(r"\d{3}", name)


def _is_word(value: str) -> bool:
    """A value such as 'ru' or 'fine', which names nobody."""
    return len(value) <= 12 and (value.isalpha() or not value)


def masked(text: str, ours: frozenset[str] = frozenset()) -> str:
    """The text without secrets and without numbers that could be a stranger's or a payee's.

    Bot tokens, cards, accounts, wallets, mobile phones, personal numbers, plates.

    ours: the values that prober itself typed, which stay.
    """
    text = _BOT_TOKEN.sub(lambda found: f"{found[1][:3]}…:…", text)
    text = _WALLET.sub(
        lambda found: f"{found[0][:4]}…{found[0][-2:]}" if re.search(r"\d", found[0]) else found[0], text
    )
    text = _PHONE.sub(lambda found: _phone(found[0], ours), text)
    text = _PLATE.sub(lambda found: _plate(found[0], ours), text)
    text = _IBAN.sub(lambda found: f"{found[1]}…", text)
    return _LONG_NUMBER.sub(lambda found: _number(found[0], ours), text)


def _phone(text: str, ours: frozenset[str]) -> str:
    digits = re.sub(r"\D", "", text)
    if any(digits[-10:] == re.sub(r"\D", "", own)[-10:] for own in ours):
        return text
    return f"{text[:3]}…{digits[-2:]}"


def _plate(text: str, ours: frozenset[str]) -> str:
    plain = "".join(char for char in text if char.isalnum())
    return text if any(plain in own.replace(" ", "") for own in ours) else f"{text[:2]}…{text[-2:]}"


def _number(text: str, ours: frozenset[str]) -> str:
    digits = re.sub(r"\D", "", text)
    if digits in ours or text in ours or not (_is_card(digits) or _is_person(digits)):
        return text
    return f"{digits[:4]}…{digits[-2:]}"


def _is_card(digits: str) -> bool:
    """An issuer's prefix, its length and the Luhn digit: reference numbers pass one in fifty times, not one in ten."""
    return bool(_CARD.fullmatch(digits)) and reads_as(digits) == "card"


def _is_person(digits: str) -> bool:
    """A valid personal number of Kazakhstan whose date could be a living person's birth."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return reads_as(digits) == "iin" and 1 <= month <= 12 and 1 <= day <= 31 and digits[6] in "0123456"


def for_terminal(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Harmless and defanged, without meaning to rich's markup."""
    return defang_inside(harmless(text, limit)).replace("\\", "\\\\").replace("[", "\\[")


def for_markdown(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Harmless, and plain words to a Markdown reader."""
    return _MARKDOWN.sub(r"\\\1", defang_inside(harmless(text, limit)))


def for_cell(text: str, limit: int = 2000) -> str:
    """A spreadsheet cell that no program takes for a formula."""
    shown = harmless(text, limit)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "|", "%")) else shown
