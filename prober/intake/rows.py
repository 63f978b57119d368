"""From lines of a list to suspects: the format is recognised, each row is used or named with its fault."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from prober.errors import UsageError
from prober.guard.suspect import Suspect, extract_links, normalise
from prober.intake import json_lists, tables
from prober.intake.cells import Cell, Unusable
from prober.intake.lines import LONGEST, lines_of, text_of

__all__ = ["Row", "Unusable", "read_rows"]

_LOOK = 40  # lines looked at to recognise the format


@dataclass(frozen=True)
class Row:
    """A suspect and where it stood. lang: its language where the list says so (BCP 47)."""

    line: int
    suspect: Suspect
    lang: str = ""


def read_rows(stream: BinaryIO, *, name: str = "", column: str = "") -> Iterator[Row | Unusable]:
    """Every usable and unusable row of a list, in order, while it is read.

    Args:
        name: the file's name, whose ending helps to recognise the format ('' for standard input).
        column: the CSV column or JSON field that holds the address, by name or number from 1;
            '' looks for 'url' and its usual other names.

    Raises:
        UsageError: the column that the user named is not in the table.
    """
    for cell in _cells(text_of(stream), name.lower(), column):
        if isinstance(cell, Unusable):
            yield cell
        else:
            yield from _suspects(cell)


def _cells(pieces: Iterator[str], name: str, column: str) -> Iterator[Cell | Unusable]:
    first = next(pieces, "")
    kind = json_lists.recognise(first)
    pieces = itertools.chain([first], pieces)
    if kind == "array":
        return json_lists.array(pieces, column)
    lines = lines_of(pieces)
    head = list(itertools.islice(lines, _LOOK))
    numbered = enumerate(itertools.chain(head, lines), start=1)
    if kind == "lines" or name.endswith((".jsonl", ".ndjson")):
        return json_lists.lines(numbered, column)
    table = tables.recognise(head, name, column)
    if table is not None:
        return table.cells(numbered)
    if column:
        raise UsageError(
            f"The list has no column '{column}': it is no table and no JSON. "
            "Leave --column away, or give a CSV file with a header."
        )
    return _text(numbered)


def _text(numbered: Iterator[tuple[int, str]]) -> Iterator[Cell | Unusable]:
    for line, text in numbered:
        told = _without_comment(text)
        if told:
            yield Cell(line, told, free=True)


def _without_comment(text: str) -> str:
    """The line without '# ...' at its start or after a space (a fragment has no space before it)."""
    text = text.strip().strip("\ufeff")
    if text.startswith("#"):
        return ""
    for mark in (" #", "\t#"):
        text = text.partition(mark)[0]
    return text.strip()


def _suspects(cell: Cell) -> Iterator[Row | Unusable]:
    text = cell.text.strip()
    fault = _fault(text)
    if fault:
        yield Unusable(cell.line, text[:200], fault)
        return
    if cell.free and (any(char.isspace() for char in text) or text.count("://") > 1):
        links = extract_links(text)
        if links:
            yield from (Row(cell.line, link, cell.lang) for link in links)
            return
    try:
        yield Row(cell.line, normalise(text), cell.lang)
    except UsageError as error:
        yield Unusable(cell.line, text[:200], error.message)


def _fault(text: str) -> str:
    if not text:
        return "the row has no address"
    if len(text) > LONGEST:
        return f"the line is longer than {LONGEST} characters"
    if "\ufffd" in text:
        return "the line is not UTF-8 text; save the list as UTF-8"
    return ""
