"""Which messages of the time between two looks are told with the next."""

from __future__ import annotations

from prober.browser.notices import added
from prober.browser.watch import Notice
from prober.models.page import Box, Snapshot, TextBlock

BOX = Box(x=0, y=0, width=100, height=20)


def block(text: str, **more: object) -> TextBlock:
    return TextBlock.model_validate({"id": 0, "text": text, "box": BOX} | more)


def told(*notices: Notice, now: tuple[str, ...] = (), before: tuple[str, ...] = ()) -> list[str]:
    last = Snapshot(url="https://suspect.example/", blocks=tuple(block(text) for text in before))
    blocks = tuple(block(text) for text in now)
    return [b.text for b in added(blocks, last, notices, ())[len(blocks) :]]


def test_a_message_that_vanished_is_told_once_and_one_that_stands_is_not() -> None:
    gone = Notice("text", "Ничего не найдено", live=False)
    assert told(gone, gone) == ["Ничего не найдено"]
    assert told(gone, now=("Ничего не  найдено",)) == []
    assert told(gone, before=("Ничего не найдено",)) == []


def test_a_counter_is_no_message_unless_the_page_says_so() -> None:
    assert told(Notice("text", "Проверено 47 %", live=False), now=("Проверено 90 %",)) == []
    assert told(Notice("text", "Проверено 47 %", live=True), now=("Проверено 90 %",)) == ["Проверено 47 %"]


def test_numbers_go_on_after_the_blocks_of_the_page() -> None:
    found = added((block("а"),), None, [Notice("text", "б", live=True)], [block("в", source="ocr")])
    assert [(b.id, b.source) for b in found] == [(0, "dom"), (1, "toast"), (2, "ocr")]
