"""A date as a field wants it written: in the order, with the separators and by the calendar that the page shows."""

from __future__ import annotations

import re

from prober.models.identity import Value
from prober.models.page import Control
from prober.reading.evidence import own_label

_NEAR = 60.0  # CSS px to a hint
_LETTERS = re.compile(r"([^\W\d_])\1{1,3}([./\- ]{0,2})([^\W\d_])\3\2([^\W\d_])\4{1,3}(?![^\W\d_])")
_DIGITS = re.compile(r"(?<!\d)(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?!\d)")
_BLANKS = re.compile(r"([_#]{2,4})([./\- ]{1,2})([_#]{2})\2([_#]{2,4})")
_MONTHS = "mм"
_YEARS = "yгрaаéevжrปi"  # the first letter of 'year' where dates are spelt out: YYYY, ГГГГ, рррр, aaaa, éééé, vvvv, rrrr, ปปปป
_BUDDHIST = re.compile(r"พ\.?\s?ศ\.?|\bB\.?E\.?\b")
_ERA = 543  # years between the calendars
_DATES = frozenset({"birth_date", "document_date"})


def wants_date(control: Control) -> bool:
    """Whether the browser itself makes a date of what is put into the field."""
    return control.type in {"date", "datetime-local"}


def dated(control: Control, value: Value) -> str:
    """The date as the field shows that it wants it; as people of the identity's country write it where it does not.

    Digits alone are in the order of the example, of the ISO date for six or eight of them without one.
    """
    if wants_date(control):
        return value.parts["iso"] + ("T12:00" if control.type == "datetime-local" else "")
    texts = [control.placeholder, own_label(control), control.aria_label, control.title, *control.data.values()]
    texts += [near.text for near in control.near if near.distance <= _NEAR]
    order = next((found for text in texts if (found := _order(text))), None)
    if order is None:
        return value.text
    separator, fields, era = order
    buddhist = era or any(_BUDDHIST.search(text) for text in texts)
    year = int(value.parts["year"]) + (_ERA if buddhist else 0)
    words = {"d": value.parts["day"], "m": value.parts["month"], "Y": f"{year:04}", "y": f"{year % 100:02}"}
    return separator.join(words[field] for field in fields)


def _order(text: str) -> tuple[str, str, bool] | None:
    """Separator, the fields as 'dmY', and whether the year of an example is of the Buddhist era; None for no date."""
    if found := _LETTERS.search(text):
        first, second, third = (_group(found, n) for n in (1, 3, 4))
        return found.group(2), _by_letters(first, second, third), False
    if found := _BLANKS.search(text):
        return found.group(2), _by_length(len(found.group(1)), len(found.group(4))), False
    if found := _DIGITS.search(text):
        one, two, three = found.group(1, 3, 4)
        era = 2400 <= max(int(one), int(three)) <= 2700
        if int(two) > 12 and int(one) <= 12:
            return found.group(2), "md" + ("Y" if len(three) == 4 else "y"), era
        return found.group(2), _by_length(len(one), len(three)), era
    return None


def _group(found: re.Match[str], number: int) -> str:
    """The run of the same letter that a group began."""
    start = found.start(number)
    letter, end = found.group(number), found.start(number)
    while end < len(found.string) and found.string[end] == letter:
        end += 1
    return found.string[start:end].casefold()


def _by_letters(first: str, second: str, third: str) -> str:
    if len(first) == 4 or (first[0] in _YEARS and third[0] not in _YEARS and len(third) == 2):
        return ("Y" if len(first) == 4 else "y") + "md"
    year = "Y" if len(third) == 4 else "y"
    return ("md" if first[0] in _MONTHS and second[0] not in _MONTHS else "dm") + year


def _by_length(first: int, last: int) -> str:
    if first == 4:
        return "Ymd"
    return "dmY" if last == 4 else "dmy"
