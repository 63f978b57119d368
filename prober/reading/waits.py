"""The page says that it is at work: searching, loading, counting down, sending on."""

from __future__ import annotations

import re

from prober.models.reading import Waiting
from prober.reading.view import Line, View

_LONG = 25  # words: prose that mentions waiting is no notice
_CLOCK = re.compile(r"(?<![\d:.])(?:0?0:)?(\d{1,2}):([0-5]\d)(?![\d:.])")
_NUMBER = re.compile(r"\d{1,4}")
_PERCENT = re.compile(r"(?<!\d)\d{1,3} ?%")


def find_waits(view: View) -> tuple[Waiting, ...]:
    """Notices of work in progress; those that count down or stand alone first."""
    found: list[tuple[float, Waiting]] = []
    for line in view.lines:
        if line.is_action or len(line.marks.words) > _LONG or line.block.source == "toast":
            continue  # what has vanished is over
        moving = line.has("wait", "redirect")
        if not moving and not (_PERCENT.fullmatch(line.text) and len(view.lines) < 30):
            continue
        if line.has("conditional", "not_found", "invalid", "rate_limit", "if") and not line.has("redirect"):
            continue
        if line.has("captcha"):
            continue
        share = line.marks.covered("wait", "redirect")
        if not (line.has("redirect") or share >= 0.3 or line.text.endswith(("…", "...")) or line.block.live):
            continue
        found.append((share, Waiting(quote=line.quote, seconds=_seconds(line))))
    found.sort(key=lambda item: (item[1].seconds is None, -item[0]))
    return tuple(w for _, w in found)


def _seconds(line: Line) -> float | None:
    """Seconds that the notice names, where it names some."""
    if clock := _CLOCK.search(line.text):
        return int(clock[1]) * 60.0 + int(clock[2])
    if line.has("seconds", "minutes") and (number := _NUMBER.search(line.text)):
        return float(number.group()) * (60.0 if line.has("minutes") and not line.has("seconds") else 1.0)
    return None
