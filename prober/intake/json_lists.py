"""JSON Lines and JSON arrays, read piece by piece: one's own, dnstwist's, PhishTank's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from prober.intake.cells import Cell, Unusable, find_language, find_name, left_out

_GAP = re.compile(r"[\ufeff\s,]*")
_LONGEST_ITEM = 1024 * 1024  # characters


def recognise(text: str) -> Literal["lines", "array", ""]:
    """Whether the list is JSON, seen from its beginning."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("["):
        return "array" if text[1:].lstrip()[:1] in ("{", '"', "]") else ""
    return "lines" if text.startswith("{") else ""


def lines(numbered: Iterator[tuple[int, str]], column: str) -> Iterator[Cell | Unusable]:
    """JSON Lines: an object or a string on each line."""
    for line, text in numbered:
        told = text.strip().lstrip("\ufeff")
        if not told or told.startswith("#"):
            continue
        try:
            item = json.loads(told)
        except (ValueError, RecursionError):
            yield Unusable(line, told[:200], "the line is not JSON")
            continue
        yield _cell(line, item, column)


def array(pieces: Iterator[str], column: str) -> Iterator[Cell | Unusable]:
    """One JSON array over the whole file, read item by item."""
    decoder = json.JSONDecoder()
    buffer, place, line, begun = "", 0, 1, False
    for piece in pieces:
        buffer, place = buffer[place:] + piece, 0
        while True:
            gap = _GAP.match(buffer, place)
            place, line = gap.end() if gap else place, line + (gap[0].count("\n") if gap else 0)
            if not begun and buffer.startswith("[", place):
                begun, place = True, place + 1
                continue
            if place >= len(buffer) or buffer[place] == "]":
                break
            try:
                item, end = decoder.raw_decode(buffer, place)
            except (ValueError, RecursionError):
                break
            yield _cell(line, item, column)
            line += buffer.count("\n", place, end)
            place = end
        if len(buffer) - place > _LONGEST_ITEM:
            break
    if place < len(buffer) and not buffer.startswith("]", place):
        yield Unusable(line, buffer[place : place + 200], "the file is not valid JSON from here on")


def _cell(line: int, item: Any, column: str) -> Cell | Unusable:
    if isinstance(item, str) and not column:
        return Cell(line, item)
    if not isinstance(item, dict):
        return Unusable(line, json.dumps(item, ensure_ascii=False)[:200], "the row is neither an object nor an address")
    why = left_out(item)
    field = find_name(item, column)
    if field is None:
        known = ", ".join(map(str, item))[:120]
        wanted = f"no field '{column}'" if column else "no field with an address (such as 'url')"
        return Unusable(
            line, json.dumps(item, ensure_ascii=False)[:200], f"the row has {wanted}, only {known or 'none'}"
        )
    value = item[field]
    if why or not isinstance(value, str):
        return Unusable(line, str(value)[:200], why or f"the field '{field}' is no text")
    language = find_language(item)
    return Cell(line, value, str(item[language] or "") if language else "")
