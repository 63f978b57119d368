"""Reads the form that a field wants: from its pattern, mask, example, length, and from what the page objects to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from prober.models.page import Control
from prober.models.shape import Shape, Source, letter_cells
from prober.reading.data import packaged_data
from prober.reading.evidence import own_label
from prober.reading.regexes import cells_of_regex

_GAPS = " -./·•:–—‑()\u00a0"
_BLANKS = "_#□▢○●•*"
LONGEST = 26  # characters of an example; a longer text is a sentence
_LEADING = " :：.)-–—=«“\"'"
_OR = r"\s/\s|\s(?:or|или|ou|oder|o|e|або|yoki|немесе|hoặc|atau|หรือ|또는|או)\s"
_ALTERNATIVES = re.compile(rf"[,;|]|{_OR}")
_ENDS = re.compile(rf"[,;|)\]»”\"']|{_OR}")  # of an example within a sentence
_NEAR = 90.0  # CSS px to a hint
_MASKING = re.compile(r"(?i)mask|format(?!ter)|pattern")
_QUOTED = re.compile(r"['\"]([^'\"]{3,30})['\"]")
_WORD = re.compile(r"[^\W\d_]{5,}")
# A token of an example in running text: letters and digits with single separators, at least one digit in it.
_TOKEN = re.compile(r"(?:[^\W\d_]{1,4}|\d{1,14})(?:[ \-./·]?(?:[^\W\d_]{1,4}|\d{1,14}))*")


def shapes_of(control: Control) -> tuple[Shape, ...]:
    """The forms that a field asks for by itself, the most telling first; empty where it says nothing."""
    found = [*_by_pattern(control), *_by_mask(control), *_by_example(control), *_by_length(control)]
    kept: list[Shape] = []
    for shape in found:
        cut = control.max_length is not None and len(shape.solid) > control.max_length
        if not cut and not any(same(shape, other) for other in kept):
            kept.append(shape)
    return tuple(kept)


def shapes_in_words(text: str, digits: bool = False) -> tuple[Shape, ...]:
    """The forms that an objection names: 'use ABC1234 or ABC1D23', '9 to 11 digits', '7 или 8 знаков'.

    digits: whether the field takes digits only, so that counted characters are digits.
    """
    found = [shape for example in _named_examples(text) for shape in _measured(example, "words", text)]
    for count, what in _counts(text):
        if what == "digits" or digits:
            found.append(Shape(cells=("9",) * count, source="words", quote=text[:120]))
    return tuple(found)


def shape_held(typed: str, held: str) -> Shape | None:
    """The form that a mask gave away: what the field holds after typing, blanks and all, where it is not what was typed."""
    mine, theirs = _solid(typed), _solid(held)
    if not held or mine == theirs or len(held) > LONGEST or (mine.startswith(theirs) and "_" not in held):
        return None
    if not any(char in "_□" for char in held) and len(theirs) < 3:
        return None
    return next(iter(_measured(held, "held", held)), None)


def part_shape(control: Control) -> Shape | None:
    """The form of one box of several: a short example, else its length with the keyboard that it asks for."""
    example = (_after_marker(control.placeholder) or control.placeholder).strip(_LEADING)
    short = re.fullmatch(r"[^\W_]{1,6}", example)
    size = control.max_length
    if short and (size is None or len(example) <= size) and _unlike_a_word(example):
        return Shape(cells=_cells(example), example=example, quote=example)
    if shapes := shapes_of(control):
        return shapes[0]
    if size is None or size > 8:
        return None
    return Shape(cells=(("9" if wants_digits(control) else "A:any"),) * size, source="length", quote=str(size))


def row_shape(row: Sequence[Control]) -> Shape:
    """The form of a value typed character by character: each box says by its keyboard whether it takes digits."""
    spoken = {"digits" if wants_digits(c) else "text" if _wants_text(c) else "" for c in row}
    mixed = {"digits", "text"} <= spoken or {"digits", ""} <= spoken

    def cell(control: Control) -> str:
        if wants_digits(control):
            return "9"
        return "A:any" if mixed else "*"

    return Shape(cells=tuple(cell(c) for c in row), source="boxes", quote=f"{len(row)} boxes")


def same(one: Shape, other: Shape) -> bool:
    """Whether two forms differ in nothing that a value would show."""
    return one.solid == other.solid


def wants_digits(control: Control) -> bool:
    """Whether the field brings up a keyboard of digits."""
    if control.input_mode in {"numeric", "decimal"} or control.type in {"number", "tel"}:
        return True
    return bool(re.fullmatch(r"\^?(?:\[0-9\]|\\d)(?:[*+]|\{[\d,]+\})?\$?", control.pattern))


def _wants_text(control: Control) -> bool:
    return control.input_mode == "text" or bool(re.search(r"[A-Za-zА-Яа-я]", control.pattern.replace("\\d", "")))


def _by_pattern(control: Control) -> Iterator[Shape]:
    if control.pattern:
        cells = cells_of_regex(control.pattern)
        if cells:
            yield Shape(cells=cells, regex=control.pattern, source="pattern", quote=control.pattern[:120])


def _by_mask(control: Control) -> Iterator[Shape]:
    for key, value in control.data.items():
        if _MASKING.search(key) or key == "data-slots":
            quoted = _QUOTED.findall(value) if "{" in value or ":" in value else []
            for mask in quoted or [value]:
                cells = _mask_cells(mask.strip())
                if cells:
                    yield Shape(cells=cells, source="mask", quote=mask[:120])


def _mask_cells(mask: str) -> tuple[str, ...]:
    """A mask in the notation of most libraries: 9 and 0 digits, A and a letters, * and X either."""
    if not 3 <= len(mask) <= LONGEST or not re.fullmatch(r"[90#Aa*XxS\[\]\- ./()+_]+", mask):
        return ()
    table = {"9": "9", "0": "9", "#": "9", "A": "A:any", "a": "A:any", "S": "A:any", "*": "*", "X": "*", "x": "*"}
    cells = tuple(table.get(char, f"={char}") for char in mask if char not in "[]_")
    return cells if sum(not cell.startswith("=") for cell in cells) >= 3 else ()


def _by_example(control: Control) -> Iterator[Shape]:
    told = [(control.placeholder, False), (own_label(control), True), (control.aria_label, True), (control.title, True)]
    told += [(near.text, True) for near in control.near if near.distance <= _NEAR]
    for text, marked in told:
        for example in _examples(text, marked=marked):
            yield from _measured(example, "example", text, blanks_are_digits=wants_digits(control))
    for text, _ in told:
        for count, what in _counts(text):
            if what == "digits":
                yield Shape(cells=("9",) * count, source="words", quote=text[:120])


def _by_length(control: Control) -> Iterator[Shape]:
    size = control.max_length
    if size is not None and 6 <= size <= 20 and wants_digits(control):
        yield Shape(cells=("9",) * size, source="length", quote=f"maxlength={size}")


def _examples(text: str, *, marked: bool) -> Iterator[str]:
    """Samples in a text: what follows 'e.g.', else, unless only such count, all of it."""
    text = " ".join(text.split())
    rest = _after_marker(text)
    if rest:
        for piece in _ENDS.split(rest.lstrip(_LEADING))[:3]:
            begins = _TOKEN.match(piece.strip(_LEADING))
            tokens = [*_capitals(piece), begins.group().strip() if begins else ""]
            yield from [token for token in tokens if like_example(token)][:1]
    elif not marked:
        pieces = [piece.strip() for piece in _ALTERNATIVES.split(text)]
        several = len(pieces) > 1 and all(like_example(piece) for piece in pieces)
        yield from pieces if several else [text] if like_example(text) else []


def _named_examples(text: str) -> Iterator[str]:
    """Samples in an objection: what it introduces as one, else any token in capitals of letters and digits."""
    introduced = tuple(_examples(text, marked=True))
    yield from introduced
    for token in () if introduced else _capitals(text):
        both = any(c.isdigit() for c in token) and any(c.isalpha() for c in token)
        if both and like_example(token):
            yield token


def _capitals(text: str) -> Iterator[str]:
    """Runs of words in capitals and digits: 'AB 123' in 'Use AB 123 or so'; in scripts without capitals, single words."""
    run: list[str] = []
    for word in [*(w.strip(_LEADING + ",;!?\u3002\"'") for w in text.split()), ""]:
        cased = word == word.upper() and (word != word.lower() or word.isdigit())
        if word and cased:
            run.append(word)
            continue
        yield from [" ".join(run)] if run else []
        run = []
        if word and word == word.lower() == word.upper():
            yield word


def like_example(text: str) -> bool:
    """Whether a person would take the text for a sample of a value rather than for words about it."""
    plain = [char for char in text if char.isalnum() or char in _BLANKS]
    if len(plain) < 4 or len(text) > LONGEST or _WORD.search(text.replace("X", "").replace("x", "")):
        return False
    if any(char not in _GAPS and char not in _BLANKS and not char.isalnum() and char != "+" for char in text):
        return False
    blanks = sum(char in _BLANKS or char in "xXхХ" for char in text)
    return sum(char.isdigit() for char in text) >= 1 or blanks >= 4


def _after_marker(text: str) -> str:
    """What follows the words that introduce an example, '' where none do."""
    folded = text.casefold()
    best = -1
    for marker in _words("example"):
        for found in re.finditer(rf"(?<!\w){re.escape(marker)}(?!\w)", folded):
            if re.search(r"\d", folded[found.end() : found.end() + LONGEST]):
                best = max(best, found.end())
    return text[best:] if best >= 0 and len(folded) == len(text) else ""


def _measured(example: str, source: Source, quote: str, *, blanks_are_digits: bool = False) -> Iterator[Shape]:
    cells = _cells(example, blanks_are_digits=blanks_are_digits)
    if sum(not cell.startswith("=") for cell in cells) >= 3:
        yield Shape(cells=cells, example=example, source=source, quote=" ".join(quote.split())[:120])


def _cells(example: str, *, blanks_are_digits: bool = False) -> tuple[str, ...]:
    example = example.strip()
    stand_ins = blanks_are_digits or not any(char.isalpha() and char not in "xXхХ" for char in example)
    letters = iter(letter_cells(example))
    cells: list[str] = []
    for char in example:
        letter = next(letters) if char.isalpha() else ""
        if char.isdecimal():
            cells.append("9")
        elif char in "xXхХ" and stand_ins and re.search(r"[xXхХ]{3}", example):
            cells.append("9" if blanks_are_digits or not any(c.isdigit() for c in example) else "*")
        elif letter:
            cells.append(letter)
        elif char in _BLANKS:
            cells.append("9" if blanks_are_digits else "*")
        else:
            cells.append(f"={char}")
    return tuple(cells)


def _counts(text: str) -> Iterator[tuple[int, str]]:
    """How many characters an objection asks for: the least and the most of a range, each with what is counted."""
    folded = text.casefold()
    for found in re.finditer(
        r"(\d{1,2})(?:\s*(?:-|–|—|\S{1,4})\s*(\d{1,2}))?[\s-]*([^\d\s.,;!]{1,20}(?:\s[^\d\s.,;!]{1,12})?)", folded
    ):
        what = next((w for w in ("digits", "characters") if _starts(found.group(3), _words(w))), "")
        numbers = [int(n) for n in found.group(1, 2) if n]
        if what:
            yield from ((n, what) for n in dict.fromkeys(numbers) if 5 <= n <= 20)


def _starts(text: str, beginnings: Iterable[str]) -> bool:
    return any(word.startswith(beginning) for word in (text, *text.split()[1:]) for beginning in beginnings)


def _unlike_a_word(example: str) -> bool:
    return example.isdigit() or example.upper() == example or len(example) <= 2


def _solid(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).casefold()


@lru_cache(maxsize=4)
def _words(group: str) -> tuple[str, ...]:
    return tuple(str(word).casefold() for word in packaged_data("cues", "shape_words")[group])
