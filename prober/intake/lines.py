"""Bytes of a list as text, and as numbered lines, whatever the encoding and however long the lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

LONGEST = 64 * 1024  # characters of one line; no address is longer, and a file without line ends must not fill memory
BLOCK = 256 * 1024  # bytes read at once

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_of(stream: BinaryIO) -> Iterator[str]:
    """The stream as pieces of text; bytes that are no text become U+FFFD."""
    block = stream.read(BLOCK)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if block.startswith(mark)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    block = block[len(mark) :]
    while block:
        yield decoder.decode(block)
        block = stream.read(BLOCK)
    yield decoder.decode(b"", final=True)


def lines_of(pieces: Iterable[str]) -> Iterator[str]:
    """Each line without its end; what goes beyond LONGEST + 1 characters is dropped."""
    rest, dropping = "", False
    for piece in pieces:
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            if not dropping:
                yield line[: LONGEST + 1].rstrip("\r")
            dropping = False
        if len(rest) > LONGEST:
            if not dropping:
                yield rest[: LONGEST + 1]
            rest, dropping = "", True
    if rest and not dropping:
        yield rest.rstrip("\r")
