"""The cues by which form fields are recognised: words, names and formats as data, found in any text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from prober.reading.data import packaged_data
from prober.reading.lexicon import Lexicon
from prober.reading.text import fold, words

_FILES = ("1_other_cards", "2_cards", "3_look_ups", "4_people", "5_places")
_EVERYWHERE = frozenset({"any", "en"})  # abbreviations and English words stand on pages of every language
_LONG_ENOUGH = 6  # letters of a foreign Latin or Cyrillic word that no other language is likely to own
_NAME_SPLIT = re.compile(r"[A-ZА-ЯЁ]+(?=[A-ZА-ЯЁ][a-zа-яё])|[A-ZА-ЯЁ]?[a-zа-яёüöäéèçñ]+|[A-ZА-ЯЁ]+|\d+|[^\W\d_]+")
_PATH = re.compile(r"[$.\[\]:]+")  # a path of form parts: the last ones name the field
_NOISE = re.compile(
    r"\b(?:place holder|txt|input|inp|field|fld|tb|ctl(?: \d+)?|wp|form|element|frm|val|value|text|box|id|react|mui|select|sel|ddl|cbo)\b"
)


class Cue(NamedTuple):
    """One entry of the cue files.

    rank: place over all files, earlier wins. family: number of its file. weak: counts little alone.
    late: any other cue in the same text wins, as 'street' does in 'street name'.
    """

    name: str
    purpose: str
    rank: int
    family: int
    weak: bool
    late: bool


class Sight(NamedTuple):
    """A cue seen in a text, with the share of the text's words that it covers."""

    cue: Cue
    covers: float


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    purpose: str
    weight: float


def _load(name: str) -> Any:
    return packaged_data("cues", name) or []


class CueBook:
    """All cues, ready to be looked for. Get it from `cue_book`."""

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        said: list[tuple[str, str]] = []
        named: list[tuple[str, str]] = []
        self._joined: dict[str, int] = {}
        self._whole_name: dict[str, int] = {}
        self._whole_text: dict[tuple[str, ...], int] = {}
        for family, name in enumerate(_FILES, 1):
            for entry in _load(name):
                place = len(self.cues)
                weak, late = (entry.get(flag) == "true" for flag in ("weak", "late"))
                self.cues.append(Cue(entry["cue"], entry["purpose"], place, family, weak, late))
                for text in entry.get("whole") or ():
                    self._whole_text[words(fold(text))] = place
                for language, phrases in (entry.get("words") or {}).items():
                    said += [(f"{place}:{language}", phrase) for phrase in phrases]
                for token in entry.get("tokens") or ():
                    self._add_token(token, place, named)
        self.by_name = {cue.name: cue for cue in self.cues}
        self._words = Lexicon(dict.fromkeys(said))
        self._names = Lexicon(dict.fromkeys(named))
        self.autocomplete: dict[str, str] = _load("autocomplete")
        self._pay = Lexicon((language, phrase) for language, phrases in _load("pay").items() for phrase in phrases)
        self.shapes = [_Shape(re.compile(s["shape"]), s["purpose"], float(s["weight"])) for s in _load("shapes")]

    def _add_token(self, token: str, place: int, named: list[tuple[str, str]]) -> None:
        if token.startswith("="):
            self._whole_name.setdefault(token[1:].replace(" ", ""), place)
            return
        named.append((str(place), token))
        joined = token.replace(" ", "")
        if " " in token:
            named.append((str(place), joined))
        if len(joined) >= 6 or joined in {"email", "phone"}:
            self._joined.setdefault(joined, place)

    def in_text(self, text: str, languages: frozenset[str]) -> list[Sight]:
        """Cues that a visible text holds, best first; words of languages foreign to the page count if unmistakable."""
        marks = self._words.find(text)
        if marks.words in self._whole_text:
            return [Sight(self.cues[self._whole_text[marks.words]], 1.0)]
        found: list[tuple[int, int, Cue, bool]] = []
        total = sum(w != "." for w in marks.words)
        for category, hits in marks.hits.items():
            place, _, language = category.partition(":")
            near = language in _EVERYWHERE or language in languages
            for hit in hits:
                if near or _unmistakable(marks.words[hit.start : hit.end], total):
                    found.append((hit.start, hit.end, self.cues[int(place)], not near))
        return [Sight(cue, (end - start) / max(total, 1)) for start, end, cue, _ in _outermost(found, by_tail=False)]

    def in_name(self, name: str) -> list[Sight]:
        """Cues that a name, id or class holds, whichever way its words are joined."""
        parts = name_words(name)
        if not parts:
            return []
        whole = self._whole_name.get(parts.replace(" ", ""))
        if whole is not None:
            return [Sight(self.cues[whole], 1.0)]
        marks = self._names.find(parts)
        found = [(h.start, h.end, self.cues[int(c)], False) for c, hits in marks.hits.items() for h in hits]
        if found:
            total = max(len(marks.words), 1)
            return [Sight(cue, (end - start) / total) for start, end, cue, _ in _outermost(found, by_tail=True)]
        run = parts.replace(" ", "")
        inside = [(len(j), place) for j, place in self._joined.items() if j in run]
        if not inside:
            return []
        length, place = max(inside, key=lambda i: (i[0], -i[1]))
        return [Sight(self.cues[place], length / len(run))]

    def pay_words(self, text: str) -> bool:
        """Does a button's text ask to pay?"""
        return bool(self._pay.find(text).hits)

    def in_shape(self, text: str) -> list[tuple[str, float]]:
        """Purposes that a format such as '0000 0000 0000 0000' or 'MM/YY' speaks for; the first shape wins."""
        text = text.strip()
        if not 2 <= len(text) <= 40:
            return []
        return next(([(s.purpose, s.weight)] for s in self.shapes if s.pattern.fullmatch(text)), [])


def name_words(name: str) -> str:
    """'ctl00$txtCardNumber' as 'card number': the words of an identifier without its technical parts."""
    segments = [s for s in _PATH.split(name[-160:]) if s and not s.isdigit()]
    parts = " ".join(_NAME_SPLIT.findall(" ".join(segments[-3:]))).lower()
    return " ".join((_NOISE.sub(" ", parts) if " " in parts else parts).split())


def _unmistakable(found: tuple[str, ...], total: int) -> bool:
    letters = sum(map(len, found))
    return letters >= _LONG_ENOUGH or len(found) == total or any(w[0] > "\u052f" for w in found)


_Spotted = tuple[int, int, Cue, bool]  # first word, word after the last, cue, of a language foreign to the page


def _outermost(found: list[_Spotted], by_tail: bool) -> list[_Spotted]:
    """Sights that lie inside no longer one, best first: cards of other kinds, then plain cues, then by rank.

    In names the last word carries the meaning ('user_email'), so there the later sight wins.
    """
    kept = [f for f in found if _is_veto(f[2]) or not any(_inside(f, other) for other in found)]

    def order(spot: _Spotted) -> tuple[object, ...]:
        start, end, cue, foreign = spot
        if by_tail and cue.name in {"card_holder", "name_phonetic"}:
            end += 2  # 'cardHolderFirstName' is still the holder's, 'phoneticGivenName' no plain name
        return cue.family > 1, cue.weak, cue.late, foreign, -end if by_tail else 0, cue.rank, start - end

    best: dict[str, _Spotted] = {}
    for spot in sorted(kept, key=order):
        best.setdefault(spot[2].name, spot)
    return list(best.values())


def _is_veto(cue: Cue) -> bool:
    """Other cards are never hidden: 'number of the gift card' is no card number however long that phrase is."""
    return cue.family == 1 and cue.name not in {"iban", "insurance_card"}


def _inside(inner: _Spotted, outer: _Spotted) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer[1] - outer[0] > inner[1] - inner[0]


@lru_cache(maxsize=1)
def cue_book() -> CueBook:
    """The packaged cues; read once."""
    return CueBook()


def says(text: str, *names: str, languages: frozenset[str] = frozenset()) -> bool:
    """Does a text hold one of these cues?"""
    return any(s.cue.name in names for s in cue_book().in_text(text, languages))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text as cues see them."""
    return words(fold(text))
