"""Which lines make up the card of one case, and what that card holds: its sum, its number, its dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prober.models.reading import Amount
from prober.reading.money import Found
from prober.reading.offers import KINDS as OFFERS
from prober.reading.view import Line, View

# Words of a debt -> the name of the debt; the more particular first.
DEBTS: tuple[tuple[str, str], ...] = (
    ("parking", "parking"), ("toll", "toll"), ("parcel", "parcel_fee"), ("fine", "traffic_fine"), ("tax", "tax"),
    ("debt", "debt"),
)  # fmt: skip
DEBT_WORDS = tuple(word for word, _ in DEBTS)

_CARD_LINES = 45  # lines: a larger container is a page, not a card
_CARD_WORDS = 350
_AROUND = 6  # lines after (half as many before) that belong together where containers do not tell
_NEAR = 320.0  # CSS px between lines of one card
_MOST_CASES = 12  # of one list

_CASE_NUMBER = re.compile(
    r"(?:№|\bno\.?|\bnr\.?|number|номер\w*|нөмірі|\bref(?:erence)?\.?|\bid|#|уин|invoice|notice|challan)\s*[:#№]*\s*"
    r"(?P<number>[A-ZА-ЯЁ]{0,6}[-/ ]?\d[\dA-ZА-Я/-]{4,24})",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(  # numbers of vehicles, people, phones and cards are no numbers of cases
    r"\bгос|грнз|\bтс\b|авто|машин|мемл|көлік|иин|жсн|\bтел|карт|plate|vehicle|registration|\biin|phone|card|kennzeichen|"
    r"immatric|matr[ií]cula|targa|placa|kenteken|rejestrac|plaka|avtomobil|davlat raqam",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"(?:№\s*)?(?P<number>[A-ZА-ЯЁ]{0,6}[-/ ]?\d[\dA-ZА-Я/-]{5,24})")
_LONG_NUMBER = re.compile(r"(?<![\d+])\d{15,20}(?!\d)|(?<![A-Z0-9])[A-Z]{2,4}[-/]?\d{6,12}(?![A-Z0-9])")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:20)?\d{2}|20\d{2}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,10}\.?,? 20\d{2}|[^\W\d_]{3,10}\.? \d{1,2}, 20\d{2}|20\d{2} жыл\w* \d{1,2} \w+)(?!\d)"
)


def has_date(line: Line) -> bool:
    return bool(_DATE.search(line.text))


def record_words(line: Line) -> set[tuple[str, ...]]:
    """Labels of a case's data in a line that is no field's label and no prose."""
    if len(line.marks.words) > 30 or line.block.labels:
        return set()
    return {line.marks.words[h.start : h.end] for h in line.marks.get("record")}


def has_personal_data(card: Sequence[Line]) -> bool:
    """A date, a case number or several labels of a case: what a table of tariffs has not."""
    if any(has_date(o) and not o.has("conditional", "if", "copyright") for o in card) or case_number(card):
        return True
    labels = {h for o in card for h in record_words(o)}
    return len(labels) >= 2 or (len(labels) == 1 and any(o.has("now") for o in card))


def cases_of(view: View, line: Line) -> list[list[Line]]:
    """The cards that a line heads: the smallest container with a sum, cut where it is a list of several cases."""
    card, depth = _card_of(view, line)
    cases = _parts(card, depth, line) if depth >= 0 else []
    while len(cases) == 1:  # a table or a list around the cases
        depth += 1
        cases = _parts(cases[0], depth, line)
    if len(cases) < 2:
        return [card]
    return [[line, *case] for case in cases[:_MOST_CASES]]


def _parts(card: Sequence[Line], depth: int, line: Line) -> list[list[Line]]:
    """The containers one step down that hold a sum and more, but for the one that the heading line stands in."""
    groups: dict[int, list[Line]] = {}
    for other in card:
        if len(other.block.containers) > depth + 1:
            groups.setdefault(other.block.containers[depth + 1], []).append(other)
    own = line.block.containers[depth + 1] if len(line.block.containers) > depth + 1 else None
    return [g for node, g in groups.items() if node != own and len(g) >= 3 and any(o.sums for o in g)]


def _card_of(view: View, line: Line) -> tuple[list[Line], int]:
    """Lines of the card and the depth of its container, -1 where nearness alone tells."""
    chosen: list[Line] = []
    for depth in range(len(line.block.containers) - 1, -1, -1):
        inside = view.inside(line.block.containers[depth])
        if len(inside) > _CARD_LINES or sum(len(o.marks.words) for o in inside) > _CARD_WORDS:
            break
        chosen = inside
        if len(inside) > 1 and any(sums_of(o, inside) for o in inside):
            return inside, depth
    near = [o for o in view.near(line, _AROUND // 2, _AROUND) if _touches(line, o)]
    return (near if len(near) > len(chosen) else chosen), -1


def _touches(line: Line, other: Line) -> bool:
    """Close on the page, where boxes tell."""
    a, b = line.block.box, other.block.box
    if not a.area or not b.area:
        return True
    return max(b.y - (a.y + a.height), a.y - (b.y + b.height)) <= _NEAR


def heading_above(view: View, card: Sequence[Line]) -> Line | None:
    """The heading that stands last before a card."""
    first = min(o.place for o in card)
    return next((o for o in reversed(view.lines[max(0, first - 8) : first]) if o.block.heading), None)


def due_amount(card: Sequence[Line]) -> tuple[Amount | None, bool]:
    """The sum to pay now among a card's sums, and whether the card says zero."""
    ranked: list[tuple[int, int, Amount]] = []
    zeros: list[int] = []
    for i, line in enumerate(card):
        label = _label_before(card, i)
        for sentence in line.sentences:
            for found in sums_of(sentence, card, i):
                if found.amount.value == 0:
                    zeros.append(_rank(sentence, label))
                else:
                    ranked.append((_rank(sentence, label), -len(ranked), found.amount))
    best = max(ranked, default=None, key=lambda r: (r[0], r[1]))
    if best is None or best[0] <= -20 or (zeros and max(zeros) > best[0]):  # 'to pay: 0' beats any other sum
        return None, bool(zeros)
    return best[2], bool(zeros)


def _label_before(card: Sequence[Line], i: int) -> Line | None:
    """The label of a value that is hardly more than a sum: the line before it, where that names no sum itself."""
    if i == 0 or len(card[i].marks.words) > 8 or card[i - 1].sums:
        return None
    return card[i - 1]


def _rank(line: Line, label: Line | None) -> int:
    def said(*categories: str) -> bool:
        return line.has(*categories) or (label is not None and label.has(*categories))

    rank = 4 * said("due") + 2 * line.has("pay") + 10 * said("now") + 2 * said("unpaid", "found") + said(*DEBT_WORDS)
    rank -= 6 * said("full") + 8 * said("threat") + 6 * said("if", "law", "tariff", "example")
    offered = line.has(*OFFERS) and not line.has("due", "now", *DEBT_WORDS)
    if label is not None and label.has(*OFFERS) and not said("due", "now", *DEBT_WORDS):
        offered = True
    return rank - 30 * offered


def sums_of(line: Line, card: Sequence[Line], place: int | None = None) -> tuple[Found, ...]:
    """Amounts of a line; a number without a currency counts where a label for a sum stands before it."""
    if line.sums or not line.bare or len(line.marks.words) > 14:
        return line.sums
    if line.has("due", "sum", "now") and not line.has("record", "conditional"):
        return line.bare[-1:]
    if place is None:
        place = next((i for i, o in enumerate(card) if o is line), 0)
    label = card[place - 1] if place else None
    if label is None or len(line.marks.words) > 4 or len(label.marks.words) > 6 or label.bare:
        return ()
    named = len(label.marks.words) <= 2 and label.has(*DEBT_WORDS) and line.bare[0].amount.value >= 100
    return line.bare[:1] if named or label.has("due", "sum") else ()


def case_number(card: Sequence[Line]) -> str:
    """The number of the case as the page writes it, '' where it names none."""
    for i, line in enumerate(card):
        if not line.has("record", *DEBT_WORDS) and not line.text.startswith(("№", "No")):
            continue
        if _OTHER_NUMBER.search(line.text):
            continue
        if match := _CASE_NUMBER.search(line.text):
            return match["number"].strip()
        following = card[i + 1] if i + 1 < len(card) else None
        if line.has("record") and following and not following.sums and not has_date(following):
            match = _NUMBER_ALONE.fullmatch(following.text)
            if match:
                return match["number"].strip()
    return next((m.group() for line in card if (m := _LONG_NUMBER.search(line.text))), "")
