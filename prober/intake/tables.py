"""CSV as people and feeds write it: any separator, header in a comment, no header, quotes that never close."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from prober.errors import UsageError
from prober.guard.suspect import normalise
from prober.intake.cells import Cell, Unusable, find_language, find_name, left_out

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_CELL = 40  # lines that a quoted cell may go over


@dataclass(frozen=True)
class Table:
    """Where the address stands. header: () where there is none; header_line: where it stood."""

    separator: str
    header: tuple[str, ...]
    header_line: int
    place: int
    language: int | None = None

    def cells(self, numbered: Iterator[tuple[int, str]]) -> Iterator[Cell | Unusable]:
        """The address of each row."""
        for line, text, values in _records(numbered, self.separator):
            if line <= self.header_line and self.header:
                continue
            if values is None:
                yield Unusable(line, text[:200], "a quoted cell does not end")
                continue
            if len(values) <= self.place:
                yield Unusable(
                    line, text[:200], f"the row has {len(values)} columns, the address is in {self.place + 1}"
                )
                continue
            why = left_out(dict(zip(self.header, values, strict=False))) if self.header else ""
            if why:
                yield Unusable(line, values[self.place][:200], why)
                continue
            lang = values[self.language] if self.language is not None and len(values) > self.language else ""
            yield Cell(line, values[self.place], lang.strip())


def recognise(head: list[str], name: str, column: str) -> Table | None:
    """The table that the first lines begin, None when the list is plain text.

    Raises UsageError when the user named a column that the header lacks.
    """
    named = name.endswith((".csv", ".tsv"))
    best: tuple[str, ...] = ()
    for number, text in enumerate(head, start=1):
        comment = text.lstrip("\ufeff \t").startswith("#")
        told = text.lstrip("\ufeff \t").lstrip("#").strip() if comment else text.lstrip("\ufeff").strip()
        if not told:
            continue
        for separator in _SEPARATORS:
            header = tuple(cell.strip() for cell in _split(told, separator))
            best = max(best, header, key=len) if not comment else best
            place = _place(header, column, named=named, comment=comment)
            if place is not None:
                language = find_language(header)
                return Table(separator, header, number, place, header.index(language) if language else None)
        if not comment:
            break
    if column and not column.isdigit() and (named or len(best) > 1):
        raise UsageError(
            f"The list has no column '{column}'; it has {', '.join(best)}. Name one of these with --column."
        )
    return _headless(head, column) if named or column.isdigit() else None


def _place(header: tuple[str, ...], column: str, *, named: bool, comment: bool) -> int | None:
    """The number of the address's column when this is a header, from 0."""
    if any("://" in cell or "[.]" in cell for cell in header) or (comment and len(header) < 2):
        return None
    found = find_name(header, "" if column.isdigit() else column)
    if found is None or (len(header) < 2 and not (named or column or found.lower() == "url")):
        return None
    if column.isdigit():
        return int(column) - 1 if 0 < int(column) <= len(header) else None
    return header.index(found)


def _headless(head: list[str], column: str) -> Table | None:
    """A table without a header: the column whose cell reads as an address."""
    for text in head:
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        for separator in _SEPARATORS:
            values = _split(text, separator)
            if column.isdigit() and len(values) >= int(column) > 0:
                return Table(separator, (), 0, int(column) - 1)
            if not column and len(values) > 1:
                full = next((place for place, value in enumerate(values) if "://" in value), None)
                place = full if full is not None else next((p for p, v in enumerate(values) if _is_address(v)), None)
                if place is not None:
                    return Table(separator, (), 0, place)
    return None


def _is_address(text: str) -> bool:
    try:
        host = normalise(text).host
    except UsageError:
        return False
    return "." in host and not host.replace(".", "").isdigit()


def _split(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        return []


def _records(numbered: Iterator[tuple[int, str]], separator: str) -> Iterator[tuple[int, str, list[str] | None]]:
    """Line, text and cells of each record; a cell whose quote never closes spoils its own line only."""
    waiting: list[tuple[int, str]] = []

    def take() -> tuple[int, str] | None:
        return waiting.pop(0) if waiting else next(numbered, None)

    while (entry := take()) is not None:
        line, text = entry
        if not text.strip() or text.lstrip("\ufeff ").startswith("#"):
            continue
        whole = text
        taken: list[tuple[int, str]] = []
        while whole.count('"') % 2 and len(taken) < _LONGEST_CELL:
            more = take()
            if more is None:
                break
            taken.append(more)
            whole += "\n" + more[1]
        if whole.count('"') % 2:
            waiting[:0] = taken
            yield line, text, None
            continue
        try:
            cells = next(csv.reader(whole.splitlines(keepends=True), delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            waiting[:0] = taken
            yield line, text, None
            continue
        yield line, text, [cell.strip() for cell in cells]
