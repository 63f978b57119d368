"""What a person saw between two looks or reads in pictures, added to what is on screen now; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prober.browser.watch import Notice
from prober.models.page import Box, Snapshot, TextBlock

_DIGITS = re.compile(r"\d+")


def added(
    blocks: tuple[TextBlock, ...], last: Snapshot | None, vanished: Iterable[Notice], painted: Iterable[TextBlock]
) -> tuple[TextBlock, ...]:
    """The page's blocks, then messages that came and went since the last look, then what was read from pictures.

    A message that stands on one of the two looks is not told twice; nor is one that differs from them in digits
    only, unless the page marks it as live: counters and progress bars are no messages.
    """
    known = "".join(_solid(b.text) for b in blocks if b.visible)
    if last is not None:
        known += "".join(_solid(b.text) for b in last.blocks if b.visible)
    counted = _DIGITS.sub("", known)
    extra: list[TextBlock] = []
    for notice in vanished:
        solid = _solid(notice.text)
        if not solid or solid in known or (not notice.live and _DIGITS.sub("", solid) in counted):
            continue
        known += solid
        nowhere = Box(x=0, y=0, width=0, height=0)
        number = len(blocks) + len(extra)
        extra.append(TextBlock(id=number, text=notice.text, box=nowhere, live=True, source="toast"))
    for block in painted:
        extra.append(block.model_copy(update={"id": len(blocks) + len(extra)}))
    return (*blocks, *extra)


def _solid(text: str) -> str:
    return "".join(text.split())
