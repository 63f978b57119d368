"""Places to press on a page that just changed: entries of a list, days of a calendar, keys of a pad; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from prober.browser.dom import PageParts
from prober.browser.tree import TARGET_STRIDE
from prober.models.page import Box, Control, Snapshot

ENTRY_LETTERS = 90  # a longer text is no entry of a list
DAYS_LEAST = 20  # numbers from 1 to 31 that make a calendar
DIGITS = frozenset("0123456789")
LETTERS_LEAST = 12  # single letters that make a keyboard
OUTSIDE_MONTH = ("prev", "next", "other", "outside", "adjacent", "old", "new", "muted", "not-in", "sibling")
OFF_WORDS = ("disabled", "unavailable", "not-allowed", "blocked")
LOOK_ALIKE = dict(zip("ABEKMHOPCTYX", "АВЕКМНОРСТУХ", strict=True)) | {"I": "І"}
OPENERS = ("button", "option", "link", "radio", "tab", "checkbox")


@dataclass(frozen=True)
class Spot:
    """Something with a text that can be pressed."""

    ref: str
    text: str
    box: Box
    tag: str = ""
    off: bool = False  # it says that it cannot be chosen
    outside: bool = False  # a day of another month
    option: bool = False  # its role says that it is an entry of a list


def fresh_spots(before: PageParts | Snapshot, now: PageParts, opener: str = "") -> list[Spot]:
    """What a person can see to press or read now and could not before, in document order."""
    known = {c.ref for c in before.controls if c.visible}
    told = {(b.containers[-1:], b.text) for b in before.blocks if b.visible}
    controls = [c for c in now.controls if c.visible and c.ref not in known and c.ref != opener]
    pressable = {c.ref: c for c in controls if c.kind in OPENERS}
    blocks = [b for b in now.blocks if b.visible and (b.containers[-1:], b.text) not in told and b.source == "dom"]
    inside: dict[str, int] = defaultdict(int)
    for block in blocks:
        if block.control in pressable:
            inside[block.control or ""] += 1
    holders = {ref for ref, count in inside.items() if count > 2 and pressable[ref].kind == "button"}
    spots = [(c.order, _of_control(c)) for c in pressable.values() if c.ref not in holders and c.ref != opener]
    fields = {c.ref for c in now.controls if c.kind in ("text", "editable", "select")}
    for block in blocks:
        own = block.control if block.control not in holders else None
        if own in pressable or own in fields or block.heading or not block.containers:
            continue
        if 0 < len(block.text) <= ENTRY_LETTERS:
            spots.append((block.id, Spot(ref_of_number(block.containers[-1]), block.text, block.box, block.tag)))
    return _in_reading_order(spots)


def spots_on(page: PageParts) -> list[Spot]:
    """All that could be pressed on a page."""
    return fresh_spots(Snapshot(url=""), page)


def _of_control(control: Control) -> Spot:
    names = control.classes.lower().split()
    off = control.disabled or any(word in name for name in names for word in OFF_WORDS)
    outside = any(word in name for name in names for word in OUTSIDE_MONTH)
    text = control.text or control.value or control.aria_label or control.label
    return Spot(control.ref, text, control.box, control.tag, off, outside, control.kind == "option")


def _in_reading_order(spots: list[tuple[int, Spot]]) -> list[Spot]:
    return sorted((s for _, s in spots), key=lambda s: (round(s.box.y / 6), s.box.x))


def ref_of_number(number: int) -> str:
    """The handle of an element by its node number."""
    return f"{number // TARGET_STRIDE}.{number % TARGET_STRIDE}"


def entries(spots: list[Spot], shown: str) -> list[Spot]:
    """The spots that are entries to choose from, best list first; `shown` is what the closed list shows."""
    named = [s for s in spots if s.option]
    pool = named or spots
    shapes: dict[tuple[str, int, int], list[Spot]] = defaultdict(list)
    for spot in pool:
        shapes[(spot.tag, round(spot.box.width / 8), round(spot.box.height / 6))].append(spot)
    lists = sorted(shapes.values(), key=len, reverse=True)
    found = [s for members in lists for s in members] if len(lists) > 1 and len(lists[0]) > 1 else pool
    return [s for s in found if s.text.strip() and not s.off and not is_prompt(s.text, shown)]


def is_prompt(text: str, shown: str) -> bool:
    """The entry that only invites to choose."""
    plain = plain_text(text)
    return not any(c.isalnum() for c in plain) or (bool(plain) and plain == plain_text(shown))


def plain_text(text: str) -> str:
    """Case and spaces apart."""
    return " ".join(text.split()).casefold()


def matching(spots: list[Spot], wanted: str) -> Spot | None:
    """The entry that says what is wanted: exactly, else at its start, else within it."""
    plain = plain_text(wanted)
    if not plain:
        return None
    for fits in (lambda t: t == plain, lambda t: t.startswith(plain), lambda t: plain in t):
        found = next((s for s in spots if fits(plain_text(s.text))), None)
        if found is not None:
            return found
    return None


def day_of(spot: Spot) -> int:
    text = spot.text.strip().removesuffix("日").removesuffix("일")
    return int(text) if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 else 0


def days(spots: list[Spot]) -> list[Spot]:
    """Days of a calendar that can be chosen, those amid the shown month first; empty where there is no calendar."""
    numbered = [s for s in spots if day_of(s)]
    if len({day_of(s) for s in numbered}) < DAYS_LEAST:
        return []
    start = next((i for i, s in enumerate(numbered) if day_of(s) == 1), 0)
    month = [numbered[start]]
    for spot in numbered[start + 1 :]:
        if day_of(spot) < day_of(month[-1]):
            break
        month.append(spot)
    inside = [s for s in month if not s.off and not s.outside]
    return sorted(inside or [s for s in month if not s.off], key=lambda s: abs(day_of(s) - 10))


def keys(spots: Iterable[Spot]) -> dict[str, Spot]:
    """The keys of a pad drawn on the page by what they type (capital letters); empty where there is none."""
    single = [s for s in spots if len(s.text.strip()) == 1 and 14 <= s.box.height <= 130 and s.box.width <= 220]
    by_size: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in single:
        by_size[(round(spot.box.height / 8), 0)].append(spot)
    row = max(by_size.values(), key=len, default=[])
    pad: dict[str, Spot] = {}
    for spot in row:
        pad.setdefault(spot.text.strip().upper(), spot)
    typed = {k for k in pad if k.isalnum()}
    return pad if typed >= DIGITS or len({k for k in typed if k.isalpha()}) >= LETTERS_LEAST else {}


def key_for(pad: dict[str, Spot], letter: str) -> Spot | None:
    """The key that types a letter, or its twin in the other alphabet."""
    upper = letter.upper()
    back = {twin: own for own, twin in LOOK_ALIKE.items()}
    for sign in (upper, LOOK_ALIKE.get(upper, ""), back.get(upper, "")):
        if sign in pad:
            return pad[sign]
    return None
