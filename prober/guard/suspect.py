"""What the user gave, understood as a suspect: one canonical URL, links out of a message, official hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from prober.errors import SuspectRefused, UsageError
from prober.guard.policy import ascii_host, is_localhost, literal, refuse_host
from prober.models.base import Noun

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# How analysts write addresses so that nobody clicks them by mistake, and how they are meant.
_FANGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        ("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]", ""),  # invisible characters
        ("[\u3002\uff0e\uff61]", "."),  # full stops that browsers read as dots
        (r"(?<![a-z0-9])\[?h(?:xx|\*\*|tt|XX)p(s?)\]?\s?(?:\[:\]|\[://\]|\(:\)|:)(?=\s?/|(?<=//\]))", r"http\1:"),
        (r"(?<=http:)(?<!/)(?=[^/\\\s])|(?<=https:)(?<!/)(?=[^/\\\s])", "//"),
        (
            r"\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}|\[точка\]|\(точка\)|\\\.|\[\.(?=\w)|(?<=\w)\.\])\s?",
            ".",
        ),
        (r"\[:\](?=\d)", ":"),
        (r"\[/\]", "/"),
        (r"\[@\]", "@"),
    )
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HAND = "give a web address such as https://suspect.example/path"

_STOPS = r"\s<>\"'`«»“”„‘’|{}\\^"
_FULL = re.compile(rf"(?<![a-z0-9])https?:[/\\]+[^{_STOPS}]+", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_BARE = re.compile(
    rf"(?<![\w@./-])(?P<host>(?:{_LABEL}\.)+(?P<tld>xn--[a-z0-9-]+|[^\W\d_]{{2,}}))(?P<port>:\d{{2,5}})?"
    rf"(?![\w@-])(?P<rest>[/?#][^{_STOPS}]*)?",
    re.IGNORECASE,
)
_BARE_IP = re.compile(rf"(?<![\w@./-])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?::\d{{2,5}}(?:/[^{_STOPS}]*)?|/[^{_STOPS}]*)")
_TRAILING = ".,;:!?…*"
_RESERVED_TLDS = frozenset({"example", "test", "invalid", "localhost"})


class Suspect(Noun):
    """The address under examination.

    url: canonical; host: as it goes on the wire (punycode, ordinary spelling of addresses, no brackets).
    assumed_scheme: the user named no scheme; http was taken, as message apps do, and https is worth a second try.
    """

    url: str
    host: str
    port: int
    given: str
    assumed_scheme: bool = False


def normalise(given: str) -> Suspect:
    """What the user gave (URL, bare host, defanged, any script) as one canonical http(s) URL.

    Raises:
        UsageError: it is no web address.
        SuspectRefused: its scheme is not one of the web (file, data, chrome, ...).
    """
    text = refang(given).strip().strip("<>\"'`«»“” ")
    text = re.sub(r"[\t\r\n]", "", text)  # as browsers do inside addresses
    if not text or len(text) > 8000 or re.search(r"[\x00-\x1f\x7f]", text):
        raise UsageError(f"'{_short(given)}' is no web address; {_HAND}")
    scheme, rest = _split_scheme(text, given)
    authority, tail = _cut(rest)
    host, port = _authority(authority.rpartition("@")[2], given)
    if not scheme and "." not in host and ":" not in host and not is_localhost(host) and port is None:
        raise UsageError(f"'{_short(given)}' is no web address (it has no dot); {_HAND}")
    default = 443 if scheme == "https" else 80
    shown = f"[{host}]" if ":" in host else host
    where = shown if port in (None, default) else f"{shown}:{port}"
    url = f"{scheme or 'http'}://{where}{_canonical_tail(tail)}"
    return Suspect(url=url, host=host, port=port or default, given=given, assumed_scheme=not scheme)


def refang(text: str) -> str:
    """The text with defanged addresses made live: 'hxxps://a[.]b' becomes 'https://a.b'."""
    for pattern, meant in _FANGS:
        text = pattern.sub(meant, text)
    return text


def _split_scheme(text: str, given: str) -> tuple[str, str]:
    match = _SCHEME.match(text)
    if match is None:
        return "", text.lstrip("/\\") if text.startswith(("//", "\\\\")) else text
    scheme, rest = match[1].lower(), text[match.end() :]
    if scheme in ("http", "https"):
        return scheme, rest.lstrip("/\\")
    if re.match(r"\d{1,5}(?:[/?#\\]|$)", rest) and scheme not in ("tel", "sms", "callto"):
        return "", text  # host:port
    if "@" in rest and "." in scheme and "/" not in scheme and not rest.startswith("/"):
        return "", text  # user:password@host
    raise SuspectRefused(f"'{_short(given)}' has the scheme '{scheme}', prober visits http and https only; {_HAND}")


def _cut(rest: str) -> tuple[str, str]:
    end = re.search(r"[/\\?#]", rest)
    return (rest, "") if end is None else (rest[: end.start()], rest[end.start() :])


def _authority(authority: str, given: str) -> tuple[str, int | None]:
    """Host in wire form and port (None where none is written)."""
    match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::(\d*))?", authority)
    bad = UsageError(f"'{_short(given)}' is no web address: its host '{_short(authority)}' cannot be read; {_HAND}")
    if match is None or not match[1]:
        raise bad
    port = int(match[2]) if match[2] else None
    if port is not None and not 0 < port < 65536:
        raise UsageError(f"'{_short(given)}' has the port {port}; ports go from 1 to 65535")
    try:
        name = ascii_host(unquote(match[1]))
        address = literal(name)
    except ValueError:  # UnicodeError is one
        raise bad from None
    if address is not None:
        return str(address), port
    if not name or len(name) > 253 or not re.fullmatch(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", name):
        raise bad
    return name, port


def _canonical_tail(tail: str) -> str:
    path, mark, rest = re.split(r"([?#])", tail, maxsplit=1) if re.search(r"[?#]", tail) else (tail, "", "")
    path = quote(path.replace("\\", "/") or "/", safe="/%:@!$&'()*+,;=~-._|[]")
    return path + mark + quote(rest, safe="/%:@!$&'()*+,;=~-._?#|[]{}^`")


def _short(text: str, limit: int = 80) -> str:
    shown = "".join(character if character.isprintable() else "�" for character in text.strip())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def extract_links(text: str) -> tuple[Suspect, ...]:
    """The links of a message as suspects, in order, each URL once.

    Finds full and bare addresses (any script, with paths, defanged), not e-mails, sums, dates or glued sentences.
    """
    text = refang(text)
    found: list[tuple[int, str]] = []

    def keep(match: re.Match[str]) -> str:
        found.append((match.start(), _trim(match[0])))
        return " " * len(match[0])

    rest = _FULL.sub(keep, text)
    rest = _BARE_IP.sub(keep, rest)
    found += [(match.start(), _trim(match[0])) for match in _BARE.finditer(rest) if _is_domain(match)]
    suspects: dict[str, Suspect] = {}
    for _, link in sorted(found):
        try:
            suspect = normalise(link)
        except UsageError:
            continue  # looked like an address, is none
        suspects.setdefault(suspect.url, suspect)
    return tuple(suspects.values())


def _trim(link: str) -> str:
    """Without what belongs to the sentence around a link."""
    glued = re.search(r"[,;!](?=[^\W\d_a-zA-Z])", link)
    if glued:
        link = link[: glued.start()]
    while link and (link[-1] in _TRAILING or _closes_nothing(link)):
        link = link[:-1]
    return link


def _closes_nothing(link: str) -> bool:
    opener = {")": "(", "]": "["}.get(link[-1])
    return opener is not None and link.count(opener) < link.count(link[-1])


def _is_domain(match: re.Match[str]) -> bool:
    """Whether 'word.word' is a domain and not the seam of two sentences ('оплатите.Сайт', 'pay it.In case')."""
    tld = match["tld"]
    host = match["host"]
    if tld.istitle() and not match["rest"] and not host.istitle() and not host.lower().startswith("www."):
        return False
    try:
        name = ascii_host(host)
    except UnicodeError:
        return False
    last = name.rpartition(".")[2]
    return last in _RESERVED_TLDS or _suffixes().publicsuffix(name, accept_unknown=False) is not None


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def public_suffix(host: str) -> str:
    """The part of a host under which anybody may register, e.g. 'co.uk'; '' for addresses."""
    name = _name(host)
    return _suffixes().publicsuffix(name) or "" if name else ""


def registrable_domain(host: str) -> str:
    """The domain that somebody registered, e.g. 'example.co.uk'; the host itself for addresses and bare suffixes."""
    name = _name(host)
    return _suffixes().privatesuffix(name) or name if name else host


def _name(host: str) -> str:
    """The wire form of a host name, '' for addresses and what is no host."""
    try:
        return "" if literal(host) is not None else ascii_host(host)
    except ValueError:
        return ""


def official_host(host: str, official: Iterable[str]) -> str | None:
    """The entry of a list of protected hosts that covers a host, None when none does.

    An entry is a domain ('egov.kz'), which covers itself and everything below it; a public suffix
    ('gov.kz'), likewise; or a suffix in any country ('gov.*'), where that is an exact public suffix.
    'egov.kz.evil.top' belongs to whoever registered 'evil.top' and is covered by none of them.
    """
    name = _name(host)
    if not name:
        return None
    for entry in official:
        if entry.endswith(".*"):
            suffix = public_suffix(name)
            if suffix.startswith(entry[:-1].lower()) and suffix.count(".") == entry.count("."):
                return entry
            continue
        domain = _name(entry.removeprefix("*."))
        if domain and (name == domain or name.endswith("." + domain)):
            return entry
    return None


def refuse_suspect(suspect: Suspect, *, official: Iterable[str] = (), allow_private: bool = False) -> None:
    """Stop before the first packet when a suspect must not be probed.

    Raises:
        SuspectRefused: the host belongs to an official body, or is not on the public internet.
    """
    entry = official_host(suspect.host, official)
    if entry:
        raise SuspectRefused(
            f"{suspect.host} belongs to an official body ({entry}); prober never sends invalid data to official sites"
        )
    why = refuse_host(suspect.host, allow_private=allow_private, suspect_host=suspect.host)
    if why:
        hint = "" if allow_private else "; use --allow-private if this is your own test site"
        raise SuspectRefused(f"{suspect.url} is refused: {why}{hint}")
