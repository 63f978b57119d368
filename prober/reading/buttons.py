"""What pressing a control would do, by its words first, then by where it stands and what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prober.models.page import Control
from prober.models.reading import ButtonReading, ButtonRole
from prober.reading.lexicon import Marks
from prober.reading.text import ENDS
from prober.reading.view import View

_PRESSABLE = ("button", "link", "tab")
_TICKABLE = ("checkbox", "radio", "option")  # pressed only to prove that one is human
_GATE = 6  # words of 'I am not a robot'
_LONG = 12  # words: a link with more is a headline or a sentence
# Roles told by words, with the trust in the words alone; the more telling first.
_WORD_ROLES: tuple[tuple[ButtonRole, str, float], ...] = (
    ("resend", "resend", 0.9), ("human", "human", 0.85), ("pay", "pay", 0.85), ("cookie", "cookie", 0.35),
    ("download", "download", 0.8), ("back", "back", 0.8), ("close", "close", 0.75), ("reset", "reset", 0.75),
    ("login", "login", 0.85), ("login", "register", 0.8), ("submit", "submit", 0.75), ("next", "next", 0.7),
    ("agree", "agree", 0.6), ("result", "result", 0.7), ("menu", "menu", 0.6), ("help", "help", 0.7),
    ("help", "social", 0.7), ("language", "language", 0.9), ("app", "app", 0.8), ("close", "logout", 0.5),
)  # fmt: skip
_LANGUAGE = re.compile(
    r"^(?:ru|kz|kk|en|қаз|рус|eng|kaz|rus|uz|o'z|ўз|uk|ua|ukr|укр|de|fr|es|it|pl|tr|ar|中文|қз|кз)$", re.IGNORECASE
)
_CLOSE_ICON = re.compile(r"^[×✕✖⨯xх✗❌]$", re.IGNORECASE)
_NEXT_ICON = re.compile(r"^[→➔➜»›>⟶▶]+$")
_BACK_ICON = re.compile(r"^[←«‹<⟵◀]+$")
_COOKIE_NAME = re.compile(r"cookie|consent|gdpr|onetrust|cmp", re.IGNORECASE)
_SUBMIT_NAME = re.compile(r"submit|search|check|find|btn-?primary|poisk|proverk", re.IGNORECASE)
_CLOSE_NAME = re.compile(r"(?:^|[\s_-])(?:close|dismiss|modal-close|btn-close)(?:$|[\s_-])", re.IGNORECASE)
_SEARCH_ICON = re.compile(r"search|loupe|magnif|поиск|лупа|arrow|send|go", re.IGNORECASE)
_DEBT = ("fine", "toll", "parking", "parcel", "tax", "debt")


def read_buttons(view: View) -> tuple[ButtonReading, ...]:
    """Roles of everything pressable, also of what waits for input, best first; one may appear under several."""
    cookie_nodes = _cookie_nodes(view)
    forms = {c.form for c in view.controls if c.kind in ("text", "editable", "select") and c.form is not None}
    found: list[ButtonReading] = []
    for control in view.controls:
        if control.disabled and control.kind not in _PRESSABLE:
            continue
        if control.kind in _TICKABLE and "human" in view.lexicon.find(f"{caption(control)} {control.label}"):
            found.append(
                ButtonReading(ref=control.ref, role="human", score=0.85, reasons=("a box to say that one is human",))
            )
        if control.kind not in _PRESSABLE:
            continue
        roles: dict[ButtonRole, tuple[float, tuple[str, ...]]] = {}
        for role, score, reason in _roles(view, control, cookie_nodes, forms):
            best, reasons = roles.get(role, (0.0, ()))
            roles[role] = (max(best, score), (*reasons, reason))
        if not roles:
            roles["unknown"] = (0.1 if control.kind == "link" else 0.2, ("nothing tells what it does",))
        weight = _prominence(view, control)
        found += [
            ButtonReading(ref=control.ref, role=r, score=round(min(1.0, max(0.01, s + weight)), 3), reasons=why)
            for r, (s, why) in roles.items()
        ]
    return tuple(sorted(found, key=lambda b: -b.score))


def caption(control: Control) -> str:
    """The words a person would read on it."""
    shown = control.text or control.value if control.tag == "input" else control.text
    return (shown or control.aria_label or control.title or control.label).strip()


def _roles(
    view: View, control: Control, cookie_nodes: frozenset[int], forms: set[int]
) -> Iterator[tuple[ButtonRole, float, str]]:
    text = caption(control)
    marks = view.lexicon.find(text)
    in_form = control.form in forms if control.form is not None else False
    yield from _by_words(control, text, marks, in_form)
    yield from _by_shape(control, text, marks)
    if control.kind == "tab":
        yield "tab", 0.8, "a tab"
    if marks.any("captcha") and len(marks.words) <= _GATE and control.kind == "button" and control.frame == 0:
        yield "human", 0.6, f"a box of the page's own to say that one is human: '{text[:40]}'"
    noticed = cookie_nodes.intersection(control.containers) or _COOKIE_NAME.search(f"{control.id} {control.classes}")
    if noticed and (marks.any("cookie") or not marks.any("agree")):
        yield "cookie", 0.9 if marks.any("cookie", "close", "next") else 0.45, "stands in a cookie notice"
    if control.type == "submit" and (in_form or control.kind == "button") and not marks.any("pay", "back", "reset"):
        yield "submit", 0.7 if in_form else 0.4, "type=submit"
    elif in_form and control.kind == "button" and not marks.any("back", "reset", "close", "resend", "pay", "login"):
        yield "submit", 0.45, "a button of the form"
    if control.kind in ("button", "link") and not text and _SEARCH_ICON.search(_names(control)):
        yield "submit", 0.5, "an icon named like a search"


def _by_words(control: Control, text: str, marks: Marks, in_form: bool) -> Iterator[tuple[ButtonRole, float, str]]:
    count = len([w for w in marks.words if w not in ENDS])
    if not count:
        return
    brevity = 1.0 if count <= _LONG else 0.4
    if marks.any("faq", "news", "if", "warning"):
        brevity *= 0.7
    for role, category, trust in _WORD_ROLES:
        if category not in marks:
            continue
        share = marks.covered(category)
        score = trust * (0.55 + 0.45 * share) * brevity
        if role == "menu" and not marks.any(*_DEBT) and share < 1:
            score *= 0.7
        if role == "menu" and control.kind == "button" and in_form:
            continue
        if role == "submit" and control.kind == "link" and not control.href.endswith("#"):
            score *= 0.75
            if marks.any(*_DEBT):
                yield "menu", 0.75 * brevity, f"leads to a look-up: '{text[:40]}'"
        if role == "pay" and _is_menu_entry(control, marks):
            score *= 0.6
            yield "menu", 0.7 * brevity, f"leads to paying: '{text[:40]}'"
        yield role, score, f"words '{text[:40]}'"


def _is_menu_entry(control: Control, marks: Marks) -> bool:
    """'Pay fines online' as a link of a menu, where no sum is named."""
    leads = control.kind == "link" and not control.href.endswith("#") and bool(control.href)
    return leads and marks.any(*_DEBT) and not any(w[0].isdigit() for w in marks.words)


def _by_shape(control: Control, text: str, marks: Marks) -> Iterator[tuple[ButtonRole, float, str]]:
    if _LANGUAGE.match(text):
        yield "language", 0.85, f"a language's short name: '{text}'"
    if _CLOSE_ICON.match(text) or _CLOSE_NAME.search(f"{control.classes} {control.id}"):
        yield "close", 0.8, "a closing cross"
    if _NEXT_ICON.match(text):
        yield "next", 0.6, "an arrow onwards"
    if _BACK_ICON.match(text):
        yield "back", 0.6, "an arrow back"
    if control.type == "reset":
        yield "reset", 0.9, "type=reset"
    if control.kind == "link" and control.href.partition(":")[0].lower() in (
        "tel",
        "mailto",
        "tg",
        "whatsapp",
        "viber",
    ):
        yield "help", 0.8, "leads to a call or message"
    if control.kind == "link" and control.href.split("?")[0].casefold().endswith(
        (".pdf", ".apk", ".zip", ".exe", ".doc")
    ):
        yield "download", 0.9, "leads to a file"
    if not marks.words and control.type != "submit" and _SUBMIT_NAME.search(_names(control)):
        yield "submit", 0.35, "named like a search button"


def _names(control: Control) -> str:
    return f"{control.id} {control.name} {control.classes} {control.aria_label} {control.title} {' '.join(control.data.values())[:200]}"


def _cookie_nodes(view: View) -> frozenset[int]:
    """Containers of cookie notices: small ones that speak of cookies."""
    nodes: set[int] = set()
    for line in view.lines_with("cookie_text"):
        for node in reversed(line.block.containers):
            inside = view.inside(node)
            if len(inside) > 14 or sum(len(o.marks.words) for o in inside) > 250:
                break
            if any(c.kind in ("text", "select") and node in c.containers for c in view.controls):
                break
            nodes.add(node)
    return frozenset(nodes)


def _prominence(view: View, control: Control) -> float:
    """A little for being big, filled in and at hand; a little less for standing in a header or footer."""
    weight = 0.0
    if control.kind == "button" and control.box.area >= 4000:
        weight += 0.03
    if re.search(r"primary|main|accent|cta|success", control.classes, re.IGNORECASE):
        weight += 0.03
    if control.in_viewport:
        weight += 0.02
    height = view.snapshot.page_height
    if height > 1500 and control.box.y > height * 0.9:
        weight -= 0.05
    return weight
