"""Chooses what is read of a document that is too large to be read whole: its fields and what stands around them first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

_FIELDS = frozenset({"INPUT", "SELECT", "TEXTAREA", "IFRAME", "FRAME"})
_BUTTONS = frozenset({"BUTTON"})
_BEFORE, _AFTER = 40, 12  # nodes in document order around a field: its label, its options, its message
_FOR_FIELDS = 0.6  # share of the room that fields may take
_LEFT = 0.8  # share of the room that an oversized document takes; its frames get the rest
_FARTHEST = 50  # documents of this many times the room are looked through, not longer ones
_TEXT, _COMMENT = 3, 8


def choose(nodes: dict[str, Any], strings: Sequence[str], room: int) -> Sequence[int]:
    """Indices of the nodes to read, in document order, each with its ancestors; at most `room`.

    nodes: the `nodes` of one document of DOMSnapshot.captureSnapshot; strings: its string table.
    Filler before a form, however long, does not put the form out of sight.
    """
    count = len(nodes["parentIndex"])
    if count <= room:
        return range(count)
    room = int(room * _LEFT)
    chosen = _Chosen(nodes["parentIndex"], room)
    far = min(count, _FARTHEST * room)
    for tags in (_FIELDS, _BUTTONS):
        named = {place for place, text in enumerate(strings) if text.upper() in tags}
        for place in range(far):
            if len(chosen.kept) >= _FOR_FIELDS * room:
                break
            if nodes["nodeName"][place] in named:
                chosen.take((place, *range(max(place - _BEFORE, 0), min(place + _AFTER, count))))
    chosen.take(place for place in range(far) if _says_something(nodes, strings, place))
    return sorted(chosen.kept)


class _Chosen:
    """Nodes taken so far; a node is taken with all its ancestors or not at all."""

    def __init__(self, parents: Sequence[int], room: int) -> None:
        self.kept: set[int] = set()
        self._parents = parents
        self._room = room

    def take(self, places: Iterable[int]) -> None:
        for place in places:
            if len(self.kept) >= self._room:
                return
            chain = []
            while place >= 0 and place not in self.kept:
                chain.append(place)
                place = self._parents[place]
            if len(self.kept) + len(chain) <= self._room:
                self.kept.update(chain)


def _says_something(nodes: dict[str, Any], strings: Sequence[str], place: int) -> bool:
    """Comments and blank texts say nothing."""
    kind, value = nodes["nodeType"][place], nodes["nodeValue"][place]
    return kind != _COMMENT and not (kind == _TEXT and (value < 0 or strings[value].isspace()))
