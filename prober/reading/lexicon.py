"""The words of every language by what they mean, loaded once from `lexicons/*.yaml` and matched in one pass."""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from prober.models.scenario import Scenario
from prober.reading.data import packaged_data
from prober.reading.spellings import spellings
from prober.reading.text import ENDS, fold, without_article, words

DEFAULT_LANGUAGES = ("ru", "kk", "en")
_GAPS = {"..": 3, "...": 10}  # words that may stand in the place of the dots
_EVERYWHERE = "_everywhere"  # names that every language writes alike
_SURE = 3.0  # weight of little words that settles the language
_TELLING = (
    "fine", "toll", "parking", "parcel", "debt", "found", "unpaid", "pay", "not_found", "invalid", "due", "sum", "submit",
)  # fmt: skip
_SHARED_SCRIPTS = ("Latn", "Cyrl", "Arab", "Deva")  # in which several languages here are written
_KEPT = 6000  # matched texts remembered per lexicon


class Hit(NamedTuple):
    """A phrase found: words `start` to `end` (exclusive) of the text."""

    start: int
    end: int


class _Part(NamedTuple):
    text: str
    stem: bool
    gap: int  # so many words may stand before it
    number: bool


class _Phrase(NamedTuple):
    category: str
    second: tuple[_Part, ...]  # what follows the first word in the first piece ('e-mail')
    tail: str  # the pieces after it; most are never asked for, so they are taken apart when they are

    @property
    def rest(self) -> tuple[_Part, ...]:
        return self.second + _tail(self.tail)


class Marks:
    """What was found in one text: category -> hits in text order."""

    __slots__ = ("hits", "words")

    def __init__(self, found_words: tuple[str, ...], hits: dict[str, list[Hit]]) -> None:
        self.words = found_words
        self.hits = hits

    def __contains__(self, category: str) -> bool:
        return category in self.hits

    def any(self, *categories: str) -> bool:
        return not self.hits.keys().isdisjoint(categories)

    def get(self, category: str) -> list[Hit]:
        return self.hits.get(category, [])

    def covered(self, *categories: str) -> float:
        """Share of the words that belong to hits of these categories."""
        taken = {i for c in categories for h in self.get(c) for i in range(h.start, h.end)}
        return len(taken) / len(self.words) if self.words else 0.0


class Lexicon:
    """Phrases of some languages, ready to be found. Get one from `lexicon_for`.

    Phrase notation: blanks separate words; `stem*` any ending; `..` up to three words between, `...` up to ten; `<n>` a number.
    Phrases of the category `ignore` hide every hit that they overlap.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        self._numbers: list[_Phrase] = []
        for category, phrase in phrases:
            self._add(category, phrase)
        self._lengths = sorted({len(s) for s in self._stems})
        self._seen: dict[str, Marks] = {}
        self._starting: dict[str, tuple[_Phrase, ...]] = {}

    def _add(self, category: str, phrase: str) -> None:
        head, _, tail = phrase.partition(" ")
        parts = _head(head)
        if not parts:
            parts, tail = _parse(phrase), ""
        first = parts[0]
        entry = _Phrase(category, parts[1:], tail)
        if first.number:
            self._numbers.append(entry)
        else:
            (self._stems if first.stem else self._exact).setdefault(first.text, []).append(entry)

    def find(self, text: str) -> Marks:
        """All phrases in a text as it stands on the page; remembered, so asking again costs nothing."""
        marks = self._seen.get(text)
        if marks is None:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            marks = self._seen[text] = self._search(words(fold(text)))
        return marks

    def _search(self, found: tuple[str, ...]) -> Marks:
        hits: dict[str, list[Hit]] = {}
        for start, word in enumerate(found):
            starting = self._starting.get(word)
            if starting is None:
                if len(self._starting) >= 4 * _KEPT:
                    self._starting.clear()
                starting = self._starting[word] = tuple(self._starting_with(word))
            for phrase in starting:
                end = _match(phrase.rest, found, start + 1)
                if end:
                    hits.setdefault(_category(phrase.category, found, start), []).append(Hit(start, end))
        hidden = hits.pop("ignore", None)
        if hidden:
            covered = {i for h in hidden for i in range(h.start, h.end)}
            hits = {
                c: kept
                for c, hs in hits.items()
                if (kept := [h for h in hs if covered.isdisjoint(range(h.start, h.end))])
            }
        return Marks(found, hits)

    def _starting_with(self, word: str) -> Iterator[_Phrase]:
        if word[0].isdigit():
            yield from self._numbers
            yield from self._exact.get(word, ())
            return
        yield from self._starting_with_exactly(word)
        if "\u0590" <= word[0] <= "\u06ff" and (bare := without_article(word)) != word:
            yield from self._starting_with_exactly(bare)

    def _starting_with_exactly(self, word: str) -> Iterator[_Phrase]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._stems.get(word[:length], ())


@cache
def _head(piece: str) -> tuple[_Part, ...]:
    return () if piece == ".." else _parts(piece)


@cache
def _tail(pieces: str) -> tuple[_Part, ...]:
    return _parts(pieces)


def _parse(phrase: str) -> tuple[_Part, ...]:
    parts = _parts(phrase)
    if not parts:
        raise ValueError(f"a lexicon phrase must hold a word: {phrase!r}")
    return parts


def _parts(phrase: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    gap = 0
    for piece in phrase.split():
        if piece in _GAPS:
            gap = _GAPS[piece]
        elif piece == "<n>":
            parts.append(_Part("", False, gap, True))
            gap = 0
        else:
            stem = piece.endswith("*")
            bare = piece.rstrip("*")
            if bare.isascii() and bare.isalpha() and bare.islower():
                pieces = [bare]  # folding would leave it as it is
            else:
                pieces = [w for w in words(fold(bare)) if w not in ENDS]
            for i, word in enumerate(pieces):
                parts.append(_Part(word, stem and i == len(pieces) - 1, gap, False))
                gap = 0
    return tuple(parts)


def _match(parts: tuple[_Part, ...], found: tuple[str, ...], at: int) -> int:
    """Where the phrase ends when its remaining parts follow from `at`, 0 when they do not."""
    for part in parts:
        for place in range(at, min(at + part.gap + 1, len(found))):
            word = found[place]
            if word in ENDS:
                return 0
            if _fits(part, word):
                at = place + 1
                break
        else:
            return 0
    return at


def _category(category: str, found: tuple[str, ...], start: int) -> str:
    """'0 fines' is the contrary of '3 fines', and the tail of '1 200 000 fines' is neither."""
    if category == "found" and found[start].isdigit():
        if start and found[start - 1].isdigit():
            return "statistics"
        return "found" if int(found[start]) else "not_found"
    return category


def _fits(part: _Part, word: str) -> bool:
    if part.number:
        return word[0].isdigit()
    if part.stem:
        return word.startswith(part.text)
    return word == part.text or ("\u0590" <= word[0] <= "\u06ff" and without_article(word) == part.text)


def packaged(name: str) -> dict[str, Any]:
    """A packaged YAML file of the lexicons."""
    known: dict[str, Any] = packaged_data("lexicons", name) or {}
    return known


@lru_cache(maxsize=1)
def languages() -> dict[str, dict[str, Any]]:
    """What is known of each language: its `script`, its own `names`, `stop` words that give it away, other `tags`
    that a page's lang attribute may carry for it, and the file of its `words` where that is not its own."""
    known = packaged("_languages")
    return {
        code: {
            "script": entry["script"],
            "words": entry.get("words", code.split("_")[0]),
            "tags": frozenset((code, *entry.get("tags", ()))),
            "names": tuple(fold(n) for n in entry.get("names", ())),
            "stop": frozenset(fold(w) for w in entry.get("stop", ())),
        }
        for code, entry in known.items()
    }


@lru_cache(maxsize=128)
def _phrases(language: str) -> tuple[tuple[str, str], ...]:
    """Category and phrase of one language (its alphabets share one file)."""
    name = languages()[language]["words"] if language in languages() else language
    if not (importlib.resources.files(__package__) / "lexicons" / f"{name}.yaml").is_file():
        return ()  # a language that is told apart but has no words yet
    return tuple(
        (category, written)
        for category, entries in packaged(name).items()
        for phrase in entries
        for written in (phrase, *spellings(language, phrase))
    )


@lru_cache(maxsize=64)
def _lexicon(chosen: tuple[str, ...], extra: tuple[tuple[str, str], ...]) -> Lexicon:
    known = [p for code in (*chosen, _EVERYWHERE) for p in _phrases(code)]
    names = [("language", name) for entry in languages().values() for name in entry["names"]]
    return Lexicon(dict.fromkeys([*known, *names, *extra]))


def lexicon_for(chosen: Iterable[str], scenario: Scenario | None = None) -> Lexicon:
    """The lexicon of these languages (unknown codes are skipped) together with the scenario's own words."""
    extra: tuple[tuple[str, str], ...] = ()
    if scenario is not None:
        extra = tuple((c, w) for by in scenario.words.values() for c, entries in by.items() for w in entries)
    return _lexicon(tuple(dict.fromkeys(c for c in chosen if c in languages())), extra)


_SCRIPTS = (
    ("Cyrl", re.compile("[а-яѐ-ӿ]", re.I)), ("Latn", re.compile("[a-zà-ɏḀ-ỿ]", re.I)), ("Arab", re.compile("[\u0600-\u06ff]")),
    ("Hebr", re.compile("[\u0590-\u05ff]")), ("Grek", re.compile("[\u0370-\u03ff]")), ("Geor", re.compile("[\u10a0-\u10ff]")),
    ("Armn", re.compile("[\u0530-\u058f]")), ("Deva", re.compile("[\u0900-\u097f]")), ("Beng", re.compile("[\u0980-\u09ff]")),
    ("Thai", re.compile("[\u0e00-\u0e7f]")), ("Hang", re.compile("[\u1100-\u11ff\uac00-\ud7af]")),
    ("Hira", re.compile("[\u3040-\u30ff]")), ("Hani", re.compile("[\u3400-\u9fff]")),
    ("Guru", re.compile("[\u0a00-\u0a7f]")), ("Gujr", re.compile("[\u0a80-\u0aff]")), ("Taml", re.compile("[\u0b80-\u0bff]")),
    ("Telu", re.compile("[\u0c00-\u0c7f]")), ("Knda", re.compile("[\u0c80-\u0cff]")), ("Mlym", re.compile("[\u0d00-\u0d7f]")),
    ("Sinh", re.compile("[\u0d80-\u0dff]")), ("Laoo", re.compile("[\u0e80-\u0eff]")), ("Mymr", re.compile("[\u1000-\u109f]")),
    ("Khmr", re.compile("[\u1780-\u17ff]")), ("Ethi", re.compile("[\u1200-\u137f]")),
)  # fmt: skip


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, list[tuple[str, float]]]:
    """Little word -> (language, weight); a word that several languages of a script share tells less."""
    shared: dict[tuple[str, str], list[str]] = {}
    for code, entry in languages().items():
        for word in entry["stop"]:
            shared.setdefault((entry["script"], word), []).append(code)
    table: dict[str, list[tuple[str, float]]] = {}
    for (_, word), codes in shared.items():
        table.setdefault(word, []).extend((code, 1 / len(codes)) for code in codes)
    return table


def _scores(text: str, declared: str) -> dict[str, float]:
    scripts = {name: n for name, pattern in _SCRIPTS if (n := len(pattern.findall(text[:6000]))) >= 2}
    if "Hira" in scripts:
        scripts.pop("Hani", None)
    scores: dict[str, float] = {}
    for word, count in Counter(words(fold(text))).items():
        for code, weight in _stop_words().get(word, ()):
            if languages()[code]["script"] in scripts:
                scores[code] = scores.get(code, 0.0) + weight * count
    declared = declared.replace("_", "-").split("-")[0].casefold()
    for code, entry in languages().items():
        letters = scripts.get(entry["script"], 0)
        if letters and not entry["stop"]:
            scores[code] = letters / 5  # the only language here of its script
        elif letters and declared in entry["tags"]:
            scores[code] = scores.get(code, 0.0) + 2
    for script in scripts:
        if script in _SHARED_SCRIPTS:
            _add_vocabulary(scores, script, text)
    return scores


def _add_vocabulary(scores: dict[str, float], script: str, text: str) -> None:
    """Where little words are too few to tell (a one-line answer), the words of the matter tell."""
    rivals = {e["words"]: code for code, e in reversed(languages().items()) if e["script"] == script}
    if max((scores.get(code, 0.0) for code in rivals.values()), default=0.0) >= _SURE:
        return
    marks = _vocabulary(tuple(rivals.items())).find(text[:1500])
    for code, hits in marks.hits.items():
        scores[code] = scores.get(code, 0.0) + 0.5 * len({i for h in hits for i in range(h.start, h.end)})


@lru_cache(maxsize=4)
def _vocabulary(rivals: tuple[tuple[str, str], ...]) -> Lexicon:
    """The telling words of several languages, each under its language's code instead of a category."""
    return Lexicon((code, p) for language, code in rivals for category, p in _phrases(language) if category in _TELLING)


def detect(text: str, declared: str = "") -> tuple[str, ...]:
    """Languages that a text may be in, likeliest first; `declared` is the page's own lang attribute."""
    return _likely(_scores(text, declared))


def _likely(scores: dict[str, float]) -> tuple[str, ...]:
    best = max(scores.values(), default=0.0)
    places = {code: place for place, code in enumerate(languages())}
    ranked = sorted(scores.items(), key=lambda item: (-item[1], places[item[0]]))
    return tuple(c for c, s in ranked if s >= 0.35 * best)[:6]


def choose_languages(text: str, declared: str = "", scenario: Scenario | None = None) -> tuple[tuple[str, ...], str]:
    """Lexicons to read a page with, and the language it seems to be in ('' when nothing tells).

    The scenario's languages come first, then whatever the page itself seems to be written in. A language in
    Latin letters is left out where the page is plainly in another one (the Italian 'fine' is no English fine).
    """
    scores = _scores(text, declared)
    seen = _likely(scores)
    wanted = scenario.languages if scenario else DEFAULT_LANGUAGES
    known = languages()
    latin = [c for c in seen if known[c]["script"] == "Latn"]
    best = scores[latin[0]] if latin else 0.0
    kept = [c for c in wanted if c in known and (known[c]["script"] != "Latn" or best < 2.5 + 3 * scores.get(c, 0.0))]
    # Names of things are English everywhere ('error', 'captcha', 'Loading'), but only where nothing else is Latin.
    rest = [] if latin else ["en"]
    return tuple(dict.fromkeys([*kept, *seen, *rest])), (seen[0] if seen else "").split("_")[0]
