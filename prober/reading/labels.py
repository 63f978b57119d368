"""What the page calls itself: a demo, a training page, news, a calculator, a shop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from prober.models.reading import Label
from prober.reading.view import Line, View

_Kind = Literal["demo", "training", "news", "faq", "calculator", "test_mode", "shop"]


def find_labels(view: View) -> tuple[Label, ...]:
    """Labels in the order of `_RULES`, each kind once."""
    found = ((kind, rule(view)) for kind, rule in _RULES)
    return tuple(Label(kind=kind, quote=text) for kind, text in found if text)


def _named(view: View, category: str, longest: int = 30) -> str:
    """Quote of the title, or of a line that says it of the page rather than in passing."""
    if category in view.title:
        return view.snapshot.title
    for line in view.lines:
        if line.has(category) and not line.is_action and (len(line.marks.words) <= longest or line.block.heading):
            return line.quote
    return ""


def _heads(view: View, category: str) -> str:
    """Quote of the title or a heading of the page."""
    if category in view.title:
        return view.snapshot.title
    heading = next((line for line in view.lines if line.block.heading and line.has(category)), None)
    return heading.quote if heading else ""


def _demo(view: View) -> str:
    return _named(view, "demo")


def _training(view: View) -> str:
    return _named(view, "training", 60)


def _test_mode(view: View) -> str:
    return _named(view, "test_mode", 20)


def _news(view: View) -> str:
    """An article: it calls itself news and runs on for a while, and asks nothing."""
    if any(c.kind == "text" and not _is_search(c.type, c.name) for c in view.controls):
        return ""
    long_lines = [line for line in view.lines if len(line.marks.words) >= 25]
    signs = view.lines_with("news")
    return _text(signs) if signs and len(long_lines) >= 2 else ""


def _faq(view: View) -> str:
    if quoted := _heads(view, "faq"):
        return quoted
    questions = [line for line in view.lines if line.text.endswith("?") and len(line.marks.words) >= 3]
    return questions[0].quote if len(questions) >= 3 else ""


def _calculator(view: View) -> str:
    return _heads(view, "calculator")


def _shop(view: View) -> str:
    signs = view.lines_with("shop")
    return _text(signs) if len({h for line in signs for h in _phrases(line)}) >= 2 else ""


def _phrases(line: Line) -> set[tuple[str, ...]]:
    return {line.marks.words[h.start : h.end] for h in line.marks.get("shop")}


def _text(lines: list[Line]) -> str:
    return lines[0].quote if lines else ""


def _is_search(kind: str, name: str) -> bool:
    return kind == "search" or name in ("q", "s", "search", "query")


_RULES: tuple[tuple[_Kind, Callable[[View], str]], ...] = (
    ("training", _training),
    ("demo", _demo),
    ("test_mode", _test_mode),
    ("calculator", _calculator),
    ("news", _news),
    ("faq", _faq),
    ("shop", _shop),
)
