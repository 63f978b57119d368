"""A snapshot prepared for reading: its visible lines with their words and sums found once, and which belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from prober.models.page import Box, Control, Snapshot, TextBlock
from prober.models.reading import Amount
from prober.models.scenario import Scenario
from prober.reading.lexicon import Lexicon, Marks, choose_languages, lexicon_for
from prober.reading.money import Found, amounts, bare_amounts
from prober.reading.text import clean

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^\sa-zа-яёәғқңөұүһі0-9])|\n+|(?<=[。！？।])|(?<=[^\W\d_]{4}[.!?;])\s+(?=\d)")
_NUMBER_ONLY = re.compile(r"\d[\d .,'’]*")
_SIGN_ONLY = re.compile(r"[^\d\s]{1,6}\.?")
_TO_MACHINES = re.compile(
    r"\b(?:ai|llm|automated|automatic)[ -](?:agents?|scanners?|crawlers?|readers?|assistants?|models?|analy\w+)\b"
    r"|\b(?:ignore|disregard|forget)\b.{0,30}\binstructions?\b|\b(?:language model|chatgpt|gpt-\d|web ?crawlers?)\b"
    r"|\b(?:ии|ai)[ -](?:агент|ассистент|модел)|автоматическ\w+ (?:скан|анализатор|проверяльщик)|языков\w+ модел|нейросет"
    r"|игнорируй\w*.{0,30}инструкц|жасанды интеллект",
    re.IGNORECASE,
)
_EXCUSES = frozenset(
    {
        "not_found",
        "invalid",
        "error",
        "warning",
        "news",
        "example",
        "refund",
        "calculator",
        "law",
        "if",
        "faq",
        "tariff",
    }
    | {"ad", "conditional"}
)
_MOST_SENTENCES = 12
QUOTE = 240  # characters of a quotation
_ECHO = 6  # letters and digits of a typed value that cannot stand on a page by chance
MOST_LINES = 3000  # visible texts that are read of one page


class Line:
    """A visible text with what it holds. `id` is the block's, or negative for a JavaScript dialog's message."""

    def __init__(self, view: View, block: TextBlock, place: int) -> None:
        self.block = block
        self.id = block.id
        self.place = place  # index in View.lines
        self.text = clean(block.text).strip()
        self.marks: Marks = view.lexicon.find(view.without_echoes(block.text))
        if not _EXCUSES.isdisjoint(self.marks.hits) and _TO_MACHINES.search(self.text):
            # What a page tells its automated readers is no answer to a person, and excuses nothing.
            kept = {category: hits for category, hits in self.marks.hits.items() if category not in _EXCUSES}
            self.marks = Marks(self.marks.words, kept)
        self._view = view

    @cached_property
    def sums(self) -> tuple[Found, ...]:
        """Amounts with a currency."""
        return amounts(self.text, self._view.currencies) if _may_hold_number(self) else ()

    @cached_property
    def bare(self) -> tuple[Found, ...]:
        """Numbers that are money only if a label says so."""
        return bare_amounts(self.text) if any(w[0].isdigit() for w in self.marks.words) else ()

    @cached_property
    def sentences(self) -> list[Line]:
        """The line cut into its sentences, each a line of its own of the same block."""
        pieces = [p for p in _SENTENCE.split(self.text) if p.strip()]
        if len(pieces) < 2:
            return [self]
        return [
            Line(self._view, self.block.model_copy(update={"text": p}), self.place) for p in pieces[:_MOST_SENTENCES]
        ]

    @cached_property
    def echoes(self) -> bool:
        """It repeats a value that was typed: it speaks of this visitor."""
        typed = self._view.typed
        own = solid(self.text) if typed else ""
        return any(text in own for text in typed) or (bool(typed) and self._masked_echo(typed))

    def _masked_echo(self, typed: tuple[str, ...]) -> bool:
        """Its beginning and its end around a mask: '8312••••2930'."""
        ends = ((solid(m["head"]), solid(m["tail"])) for m in _MASKED.finditer(self.text))
        return any(text.startswith(head) and text.endswith(tail) for head, tail in ends for text in typed)

    @property
    def is_question(self) -> bool:
        return self.text.endswith("?")

    @property
    def quote(self) -> str:
        return quote(self.text)

    @property
    def is_action(self) -> bool:
        return self.block.control is not None

    def has(self, *categories: str) -> bool:
        return self.marks.any(*categories)


def solid(text: str) -> str:
    """Letters and digits only, in capitals: equal for a value however it is spaced."""
    return "".join(char for char in text.upper() if char.isalnum())


def quote(text: str) -> str:
    """A text short enough to stand in a report."""
    text = " ".join(text.split())
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"


_MASKED = re.compile(r"(?<!\w)(?P<head>\w{2,8})[ ]?[•●∙*＊…xXхХ]{2,}[ ]?(?P<tail>\w{2,6})(?!\w)")


def _may_hold_number(line: Line) -> bool:
    return any(w[0].isdigit() for w in line.marks.words) or len(line.marks.words) > 1


class View:
    """What every reading rule gets: the snapshot, the scenario and the visible lines in reading order."""

    def __init__(self, snapshot: Snapshot, scenario: Scenario | None = None, typed: tuple[str, ...] = ()) -> None:
        self.snapshot = snapshot
        self.scenario = scenario
        spaced = [r"[\W_]?".join(map(re.escape, solid(text))) for text in typed if len(solid(text)) >= _ECHO]
        self._echo = re.compile("|".join(spaced), re.IGNORECASE) if spaced else None
        self.typed = tuple(solid(text) for text in typed if len(solid(text)) >= _ECHO)
        self.currencies: tuple[str, ...] = scenario.currencies if scenario else ()
        visible = [b for b in snapshot.blocks if b.visible and b.text.strip()][:MOST_LINES]
        dialogs = [
            TextBlock(id=-1 - i, text=d.message, box=Box(x=0, y=0, width=0, height=0), source="dialog", live=True)
            for i, d in enumerate(snapshot.dialogs)
            if d.message.strip()
        ]
        sample = " \n".join([snapshot.title, *(b.text[:300] for b in (*visible, *dialogs))])[:8000]
        self.languages, self.language = choose_languages(sample, snapshot.lang, scenario)
        self.lexicon: Lexicon = lexicon_for(self.languages, scenario)
        self.lines = [Line(self, block, i) for i, block in enumerate([*visible, *dialogs])]
        self._join_split_sums()
        self.controls = tuple(c for c in snapshot.controls if c.visible)

    def without_echoes(self, text: str) -> str:
        """The text with typed values taken out: '99: fines' must not read as a number of fines."""
        return self._echo.sub(" ", text) if self._echo else text

    def _join_split_sums(self) -> None:
        """A number and its currency that stand in boxes of their own are one sum, told by the number's line."""
        for one, two in pairwise(self.lines):
            if len(one.text) + len(two.text) > 24 or one.block.frame != two.block.frame:
                continue
            number, sign = (one, two) if _NUMBER_ONLY.fullmatch(one.text) else (two, one)
            if _NUMBER_ONLY.fullmatch(number.text) and _SIGN_ONLY.fullmatch(sign.text) and not number.sums:
                number.__dict__["sums"] = amounts(f"{number.text} {sign.text}", self.currencies)

    @cached_property
    def title(self) -> Marks:
        return self.lexicon.find(self.snapshot.title)

    @cached_property
    def _by_container(self) -> dict[int, list[Line]]:
        holding: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            for node in line.block.containers:
                holding[node].append(line)
        return holding

    @cached_property
    def _by_ref(self) -> dict[str, Control]:
        return {c.ref: c for c in self.snapshot.controls}

    @cached_property
    def word_count(self) -> int:
        return sum(len(line.marks.words) for line in self.lines)

    def control(self, ref: str | None) -> Control | None:
        return self._by_ref.get(ref) if ref else None

    def inside(self, node: int) -> list[Line]:
        """Lines within a container, in reading order."""
        return self._by_container.get(node, [])

    def near(self, line: Line, before: int, after: int) -> list[Line]:
        """Lines of the same frame around one, in reading order, itself included."""
        around = self.lines[max(0, line.place - before) : line.place + after + 1]
        return [o for o in around if o.block.frame == line.block.frame and (o.id < 0) == (line.id < 0)]

    def lines_with(self, *categories: str) -> list[Line]:
        return [line for line in self.lines if line.marks.any(*categories)]

    def all_amounts(self) -> tuple[Amount, ...]:
        """Every visible amount with a currency, once each."""
        return tuple(dict.fromkeys(f.amount for line in self.lines for f in line.sums))


def enclosing(lines: Sequence[Line] | Iterable[Line]) -> Box | None:
    """The smallest rectangle around lines that are on the page."""
    boxes = [line.block.box for line in lines if line.block.box.area > 0]
    if not boxes:
        return None
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.x + b.width for b in boxes), max(b.y + b.height for b in boxes)
    return Box(x=left, y=top, width=right - left, height=bottom - top)
