"""Brings text of any page into one comparable form, whatever letters, spaces and digits were used to write it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 4000  # characters of one text that are read; a longer one is no sentence about a fine

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)

# Kazakh, Kyrgyz, Tajik, Uzbek, Ukrainian ... letters as they are typed on a Russian keyboard.
_RUSSIAN_KEYBOARD = "әа ғг қк ңн өо ұу үу һх іи їи ёе ҡк ҳх ӣи ўу ҷч єе ґг ѓг ќк ѝи љл њн џч ћч ђч јй ӊн ӯу ӏи ԁд ѕс"
_LATIN_EXTRA = {
    "ı": "i", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ə": "e", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h",
    "ſ": "s", "ß": "ss",
}  # fmt: skip
_ARABIC = "أا إا آا ٱا ىي یي ئي کك گك ۀه ةه ؤو"
_MARKS = {
    "'": "'", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "´": "'", "ʹ": "'", "′": "'", "ˈ": "'", "‛": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "―": "-", "…": ".", "。": ".", "！": "!", "？": "?",
    "।": ".", "؟": "?", "։": ".", "۔": ".", "።": ".", "။": ".", "។": ".", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\t": " ", "ـ": "",
}  # fmt: skip


def _letter_table() -> dict[int, str]:
    """Single letters to their bare form: diacritics off where they are decoration (Latin, Greek, Arabic, Hebrew)."""
    table: dict[int, str] = {}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x2000), *range(0x0370, 0x0400)):
        letter = chr(code)
        bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
        if bare and bare != letter:
            table[code] = bare.casefold()
    pairs = {pair[0]: pair[1] for pair in f"{_RUSSIAN_KEYBOARD} {_ARABIC}".split()}
    table.update({ord(a): b for a, b in {**_LATIN_EXTRA, **pairs, **_MARKS}.items()})
    table.update(
        {code: "" for code in (*range(0x0300, 0x0370), *range(0x064B, 0x0660), 0x0670, *range(0x0591, 0x05C8))}
    )
    table[ord("ς")] = "σ"
    for code in range(0x0660, 0x1E960):
        letter = chr(code)
        if letter.isdigit() and not letter.isascii() and unicodedata.digit(letter, None) is not None:
            table[code] = str(unicodedata.digit(letter))
    return table


_LETTERS = _letter_table()
_DIGITS = {code: out for code, out in _LETTERS.items() if out.isdigit() and out.isascii()}

# Latin and Greek letters that look like Cyrillic ones, and the other way round; after case folding. A capital of one
# script may look like another letter than its small form ('H' as 'Н'), and both end up here.
_AS_CYRILLIC = {
    "a": "а", "b": "в", "c": "с", "e": "е", "h": "н", "i": "и", "j": "ј", "k": "к", "m": "м", "n": "п", "o": "о",
    "p": "р", "r": "г", "s": "ѕ", "t": "т", "u": "и", "x": "х", "y": "у", "w": "ш",
    "α": "а", "β": "в", "ε": "е", "ο": "о", "ρ": "р", "τ": "т", "κ": "к", "ν": "у", "υ": "у", "χ": "х", "μ": "м",
    "η": "н", "φ": "ф", "π": "п", "γ": "г", "λ": "л", "ι": "и", "δ": "д", "3": "з", "0": "о", "@": "а", "6": "б",
    "4": "ч", "1": "и",
}  # fmt: skip
_AS_LATIN = {
    "а": "a", "в": "b", "с": "c", "е": "e", "н": "h", "и": "i", "ј": "j", "к": "k", "м": "m", "п": "n", "о": "o",
    "р": "p", "і": "i", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ш": "w", "г": "r", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ӏ": "l",
    "α": "a", "β": "b", "ε": "e", "ο": "o", "ρ": "p", "τ": "t", "κ": "k", "ν": "v", "υ": "u", "χ": "x", "ι": "i",
    "η": "n", "γ": "y", "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s",
}  # fmt: skip
_CYRILLIC = re.compile("[а-яѐ-ӿԀ-ԯ]")
_LATIN_GREEK = re.compile("[a-zα-ω]")
_MIXED_WORD = re.compile(r"[a-zα-ωа-яѐ-ӿԀ-ԯ]+")
_GREEK = re.compile("[Α-Ωα-ω]")
_LATIN_OR_GREEK = re.compile(r"[A-Za-zΑ-Ωα-ω]{2,}")
_GREEK_AS_LATIN = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχγη", "ABEZHIKMNOPTYXabeikvoptuxyn")
_LEET_WORD = re.compile(r"(?<![\w@$.])(?=[\w@$]*[^\W\d_]{2})0?[^\W\d_]+(?:[0-9@$]{1,2}[^\W\d_]+)+(?![\w@$.]\w)")
_LEADING_ZERO = re.compile(r"(?<![\w.,])0(?=[^\W\d_]{4})")
_SPACED_LETTERS = re.compile(r"(?<![^\W\d_] )(?<!\w)(?:[^\W\d_] ){3,40}[^\W\d_](?!\w)")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_KEPT_APOSTROPHE = re.compile(r"(?<=[og])'(?=[a-z])")
_LATIN_HE = re.compile(r"(?<=[а-я] )he(t?)\b|\bhe(t?)(?= [а-я])")


def clean(text: str) -> str:
    """The text as a person sees it: compatibility forms, ASCII digits, no invisible characters, plain spaces."""
    text = _INVISIBLE.sub("", text[: LONGEST * 2])
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DIGITS)
    return _SPACES.sub(" ", text)[:LONGEST]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower-case, bare-lettered, one script a word; line breaks stay, other white space becomes one blank.

    Both sides of every comparison are folded, so the folding may lose what no comparison needs.
    """
    if text.isascii():
        text = text[:LONGEST].casefold().replace("\r", "\n").replace("`", "'")
    else:
        text = clean(text)
        if _GREEK.search(text):
            latin = len(re.findall("[A-Za-z]", text)) > 2 * len(_GREEK.findall(text))
            text = _LATIN_OR_GREEK.sub(lambda m: _without_greek(m.group(), latin), text)
        text = text.casefold()
        if _CYRILLIC.search(text) and _LATIN_GREEK.search(text):
            text = _LATIN_HE.sub(lambda m: "не" + ("т" if m.group().endswith("t") else ""), text)
            mostly_latin = len(_LATIN_GREEK.findall(text)) > 2 * len(_CYRILLIC.findall(text))
            text = _MIXED_WORD.sub(lambda m: _one_script(m.group(), mostly_latin), text)
        text = text.translate(_LETTERS)
    text = _LEET_WORD.sub(_unleet, text)
    text = _LEADING_ZERO.sub(lambda m: "о" if _CYRILLIC.match(text[m.end() : m.end() + 1]) else "o", text)
    text = _SPACES.sub(" ", text)
    text = _SPACED_LETTERS.sub(lambda m: m.group().replace(" ", ""), text)
    text = _KEPT_APOSTROPHE.sub("", text)
    return _LINES.sub("\n", text).strip()


def _one_script(word: str, mostly_latin: bool) -> str:
    """A word of mixed letters goes to the script of the letters that no other script could lend it.

    Where every letter could be either, the rest of the text decides.
    """
    cyrillic = sum(c >= "\u0400" for c in word)
    if cyrillic == 0 or (cyrillic == len(word) and not mostly_latin):
        return word
    sure_cyrillic = sum(c >= "\u0400" and c not in _AS_LATIN for c in word)
    sure_latin = sum(c < "\u0400" and c not in _AS_CYRILLIC for c in word)
    if sure_cyrillic > sure_latin or (sure_cyrillic == sure_latin and not mostly_latin):
        return "".join(c if c >= "\u0400" else _AS_CYRILLIC.get(c, c) for c in word)
    return "".join(_AS_LATIN.get(c, c) for c in word)


def _without_greek(word: str, in_latin_text: bool) -> str:
    """'Exρiration' as meant: Greek letters inside a Latin word, or a word of look-alikes alone, are Latin in disguise."""
    greek = len(_GREEK.findall(word))
    alike = greek == len(word) and in_latin_text and not word.strip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντ")
    return word.translate(_GREEK_AS_LATIN) if alike or 0 < greek < len(word) else word


def _unleet(match: re.Match[str]) -> str:
    """'опл@та' and 'f1ne' as meant; left alone where digits make a plate or an identifier of the word."""
    word = match.group()
    strange = sum(not c.isalpha() for c in word)
    if len(word) - strange < 3 or strange > 2:
        return word
    table = _AS_CYRILLIC if _CYRILLIC.search(word) else _AS_LATIN
    return "".join(c if c.isalpha() else table.get(c, c) for c in word)


def has_mixed_word(text: str) -> bool:
    """Does a word mix Latin and Cyrillic letters? Nobody types so by accident for long."""
    lowered = clean(text).casefold()
    return any(_CYRILLIC.search(w) and re.search("[a-z]", w) for w in _MIXED_WORD.findall(lowered))


_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"[{_SINGLE}]|(?:(?![{_SINGLE}])(?:[^\W\d_]|[\u0900-\u0963\u0966-\u0dff\u0300-\u036f]))+|\d+|[.!?;\n]"
)
_STOPS = frozenset(".!?;\n")
ENDS = (".", "?")  # how `words` writes the end of a sentence
_ABBREVIATIONS = frozenset(
    [
        "гос",
        "эл",
        "ел",
        "ელ",
        "էլ",
        "el",
        "cod",
        "моб",
        "ст",
        "ул",
        "пр",
        "просп",
        "тел",
        "тыс",
        "млн",
        "тг",
        "тнг",
        "мин",
        "сек",
        "им",
        "мемл",
        "тов",
        "обл",
        "руб",
        "стр",
        "рег",
        "авт",
        "no",
        "nr",
        "st",
        "art",
        "dr",
        "mr",
        "mrs",
        "approx",
        "tel",
        "nos",
        "ref",
        "núm",
        "num",
        "pol",
        "min",
        "max",
        "incl",
        "ca",
        "bzw",
        "ggf",
        "abs",
    ]
)
_ARTICLES = ("ال", "وال", "بال", "لل", "و")


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """Words, numbers and ends of sentences ('.' or '?') of a folded text; an abbreviation's full stop is no end."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word in _STOPS:
            short = bool(found) and word == "." and (found[-1] in _ABBREVIATIONS or len(found[-1]) == 1)
            inside = word == "." and match.end() < len(text) and not text[match.end()].isspace()
            if not (short or inside) and found and found[-1] not in ENDS:
                found.append("?" if word == "?" else ".")
        else:
            found.append(word)
    return tuple(found)


def without_article(word: str) -> str:
    """An Arabic or Hebrew word without the particle written onto it, or the word itself."""
    if "\u0600" <= word[0] <= "\u06ff":
        for article in _ARTICLES:
            if word.startswith(article) and len(word) - len(article) >= 3:
                return word[len(article) :]
    elif "\u0590" <= word[0] <= "\u05ff" and word[0] in "הבלושמכ" and len(word) >= 4:
        return word[1:]
    return word
