"""Text as a person reads it: the inline content of each block container, in reading order; pure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from prober.browser.tree import ELEMENT, TEXT, Node, Rect, Tree
from prober.browser.visibility import Sight

# Elements whose inside is no text of the page.
SILENT = frozenset(
    {
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "title",
        "meta",
        "link",
        "datalist",
        "canvas",
        "video",
        "audio",
        "object",
        "noframes",
        "math",
        "select",
        "textarea",
        "input",
        "option",
        "optgroup",
    }
)
INLINE = frozenset({"inline", "contents", "ruby", "ruby-text"})
ATOMS = frozenset({"inline-block", "inline-flex", "inline-grid", "inline-table"})
LIVE_ROLES = frozenset({"alert", "status", "log", "alertdialog"})
TEXT_CAP = 4000  # characters of one block
HIDDEN_CAP = 1500  # hidden blocks kept of one page
_SPACES = re.compile(r"[ \t\r\f\v\n]+")


@dataclass(slots=True)
class Fragment:
    """A stretch of text from one text node (or pseudo-element)."""

    text: str
    node: Node
    rect: Rect | None
    first: Rect | None
    last: Rect | None
    hidden: str
    pseudo: bool = False
    apart: bool = False  # from an item of a flex or grid box, or an absolutely placed one
    keeps_spaces: bool = False


@dataclass(slots=True)
class Passage:
    """A finished block before it becomes a model."""

    text: str
    rect: Rect
    holder: Node
    hidden: str
    fragments: list[Fragment] = field(default_factory=list)

    @property
    def frame(self) -> int:
        return self.holder.frame


class Reader:
    """Collects the passages of a tree; `breaks` are elements whose text stands alone (buttons, fields)."""

    def __init__(self, tree: Tree, sight: Sight, breaks: set[int]) -> None:
        self.sight = sight
        self.breaks = breaks
        self.passages: list[Passage] = []
        self._hidden_left = HIDDEN_CAP
        if tree.documents:
            self._collect(tree.documents[0].root)

    # -- walking -------------------------------------------------------------

    def _collect(self, container: Node) -> None:
        """Read one block container: inline content in runs, blocks inside on their own."""
        run: list[Fragment] = []
        self._inside(container, container, run, apart=False)
        self._flush(run, container)

    def _inside(self, node: Node, container: Node, run: list[Fragment], apart: bool) -> None:
        kids = node.children
        row = node.css("display") in ("flex", "inline-flex", "grid", "inline-grid")
        for child in _visual_order(kids) if len(kids) > 1 else kids:
            if child.rows or child.kind == TEXT:
                self._add_text(child, run, apart or (row and child.kind == TEXT))
                if child.kind == TEXT:
                    continue
            if child.tag == "br":
                continue
            if child.kind == ELEMENT and (child.tag in SILENT):
                if child.number in self.breaks:
                    self._flush(run, container)
                continue
            display = child.css("display")
            if child.number in self.breaks or child.tag in ("label", "iframe", "frame"):
                self._flush(run, container)
                self._collect(child)
            elif not display or (display in INLINE and not child.pseudo):
                # Not rendered at all: display none or contents; its text is read in place, each with its own fate.
                if child.rendered or display in INLINE:
                    self._inside(child, container, run, apart)
                elif _has_text(child):
                    self._flush(run, container) if not _inline_by_nature(child) else None
                    self._inside(child, child, run, apart)
                    self._flush(run, child) if not _inline_by_nature(child) else None
            elif child.pseudo:
                self._inside(child, container, run, apart)
            elif _only_inline(child, self.breaks) and (display in ATOMS or row or _placed(child)):
                self._inside(child, container, run, apart or row or _placed(child))
            else:
                self._flush(run, container)
                self._collect(child)

    def _add_text(self, node: Node, run: list[Fragment], apart: bool) -> None:
        if not node.rows:
            text = node.data
            if text and not text.isspace():
                why = self.sight.why_hidden(node, None, text=True) or "display"
                run.append(Fragment(text, node, None, None, None, why, node.pseudo, apart))
            elif text and run:
                run.append(Fragment(" ", node, None, None, None, "", False, apart))
            return
        keeps = node.css("white-space-collapse").startswith("preserve")
        for row in node.rows:
            text = row.text
            if node.css("unicode-bidi").endswith("override") and node.css("direction") == "rtl":
                text = text[::-1]
            blank = not text.strip()
            lines = row.lines
            first, last = (lines[0], lines[-1]) if lines else (row.rect, row.rect)
            why = "" if blank else self.sight.why_hidden(node, row.rect, text=True)
            if node.tag == "::marker" and len(text.strip()) <= 1:
                text, blank = " ", True  # a bullet, not a word
            if node.css("-webkit-text-security") not in ("none", ""):
                text = "•" * len(text)
            shown = None if blank else row.rect
            newline = node.tag == "br"
            run.append(
                Fragment(text, node, shown, first, last, why, node.pseudo, apart, keeps or newline),
            )

    # -- joining -------------------------------------------------------------

    def _flush(self, run: list[Fragment], container: Node) -> None:
        if not run:
            return
        pieces, run[:] = list(run), []
        seen = [f for f in pieces if not f.hidden]
        for group in _split_apart(_by_position(seen)):
            self._finish(group, container, "")
        hidden: dict[str, list[Fragment]] = {}
        for fragment in pieces:
            if fragment.hidden:
                hidden.setdefault(fragment.hidden, []).append(fragment)
        for why, group in hidden.items():
            if self._hidden_left > 0:
                self._hidden_left -= 1
                self._finish(group, container, why)

    def _finish(self, group: list[Fragment], container: Node, why: str) -> None:
        text = join(group)
        if not text:
            return
        holder = _common_holder(group, container)
        rect = None
        for fragment in group:
            if fragment.rect is not None:
                rect = fragment.rect if rect is None else rect.join(fragment.rect)
        if rect is None:
            near = next((a.rect for a in (holder, *holder.ancestors()) if a.rect is not None), Rect(0, 0, 0, 0))
            rect = Rect(near.left, near.top, near.left, near.top)
        self.passages.append(Passage(text[:TEXT_CAP], rect, holder, why, group))


def join(group: list[Fragment]) -> str:
    """The fragments as one text: white space as CSS collapses it, a space where a gap is to be seen."""
    out: list[str] = []
    before: Fragment | None = None
    for fragment in group:
        text = fragment.text
        if not fragment.keeps_spaces:
            text = _SPACES.sub(" ", text)
        if not text:
            continue
        touching = before is not None and before.text and not before.text[-1].isspace() and not text[0].isspace()
        if touching and before is not None and _gap(before, fragment):
            out.append(" ")
        out.append(text)
        before = fragment
    lines = "".join(out).replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in (_squeeze(line).strip() for line in lines) if line)


def _squeeze(line: str) -> str:
    return re.sub(r"[ \t\f\v]+", " ", line)


def _size(fragment: Fragment) -> float:
    text = fragment.node.css("font-size").removesuffix("px")
    try:
        return float(text)
    except ValueError:
        return 16.0


def _same_line(one: Rect, other: Rect) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common > 0.4 * min(one.height, other.height)


def _gap(before: Fragment, after: Fragment) -> bool:
    """Whether a reader sees a space between two pieces that have none in the source."""
    if before.last is None or after.first is None:
        return False
    if not _same_line(before.last, after.first):
        # A word broken by the line's end goes on; another box on another line is another word.
        return after.apart or before.apart or _atom(before.node) is not _atom(after.node)
    return after.first.left - before.last.right > 0.22 * min(_size(before), _size(after))


def _atom(node: Node) -> Node | None:
    return next((a for a in node.ancestors() if a.css("display") in ATOMS), None)


def _by_position(run: list[Fragment]) -> list[Fragment]:
    """Source order unless single-line pieces of one line stand in another order on screen."""
    solid = [f for f in run if f.rect is not None and f.first is not None]
    if len(solid) < 2 or any(f.node.css("direction") == "rtl" for f in solid):
        return run
    if any(f.first != f.last or "\n" in f.text.strip("\n") for f in solid):
        return run
    turned = any(
        _same_line(a.rect, b.rect) and b.rect.left < a.rect.left - 1  # type: ignore[arg-type, union-attr]
        for a, b in itertools.pairwise(solid)
    )
    if not turned:
        return run
    lines: list[list[Fragment]] = []
    for fragment in sorted(solid, key=lambda f: f.rect.top):  # type: ignore[union-attr]
        line = next((x for x in lines if _same_line(x[0].rect, fragment.rect)), None)  # type: ignore[arg-type]
        if line is None:
            lines.append([fragment])
        else:
            line.append(fragment)
    return [f for line in lines for f in sorted(line, key=lambda f: f.rect.left)]  # type: ignore[union-attr]


def _split_apart(run: list[Fragment]) -> list[list[Fragment]]:
    """Cut where separately placed pieces stand too far from each other to be read as one."""
    groups: list[list[Fragment]] = [[]]
    before: Fragment | None = None
    for fragment in run:
        if before is not None and fragment.rect is not None and fragment.first and before.last:
            apart = fragment.apart or before.apart
            boxed = _atom(fragment.node) is not _atom(before.node)
            if apart or boxed:
                size = max(_size(fragment), _size(before))
                gap = fragment.first.left - before.last.right
                limit = 0.45 if apart else 1.5
                if not _same_line(before.last, fragment.first) or abs(gap) > limit * size:
                    groups.append([])
        groups[-1].append(fragment)
        if fragment.rect is not None:
            before = fragment
    return groups


def _common_holder(group: list[Fragment], container: Node) -> Node:
    """The innermost element that holds every solid piece."""
    solid = [f.node for f in group if f.text.strip()] or [f.node for f in group]
    first = solid[0]
    chain = [a for a in ((first, *first.ancestors()) if first.kind == ELEMENT else first.ancestors())]
    chain = [a for a in chain if a.kind == ELEMENT and not a.pseudo]
    for other in solid[1:]:
        above = {id(a) for a in (other, *other.ancestors())}
        chain = [a for a in chain if id(a) in above]
    return chain[0] if chain else container


def _visual_order(children: list[Node]) -> list[Node]:
    """Children as they stand on screen: rows from the top, left to right, where the source says otherwise."""
    boxed = [c for c in children if c.rect is not None and c.kind == ELEMENT and not c.fixed and c.rect.area > 0]
    if len(boxed) < 2 or len(boxed) > 400:
        return children
    if boxed[0].css("direction") == "rtl" or any(c.css("display") in INLINE for c in boxed):
        return children
    wrong = any(_before(b.rect, a.rect) for a, b in itertools.pairwise(boxed))  # type: ignore[arg-type]
    if not wrong:
        return children
    rows: list[list[Node]] = []
    for child in sorted(boxed, key=lambda c: c.rect.top):  # type: ignore[union-attr]
        row = rows[-1] if rows else None
        if row is not None and _same_line(row[0].rect, child.rect):  # type: ignore[arg-type]
            row.append(child)
        else:
            rows.append([child])
    ordered = iter([c for row in rows for c in sorted(row, key=lambda c: c.rect.left)])  # type: ignore[union-attr]
    members = {id(c) for c in boxed}
    return [next(ordered) if id(c) in members else c for c in children]


def _before(one: Rect, other: Rect) -> bool:
    """Whether `one` is plainly read before `other`."""
    if one.bottom <= other.top + 1:
        return True
    return _same_line(one, other) and one.right <= other.left + 1


def _only_inline(node: Node, breaks: set[int]) -> bool:
    """Whether everything in it is inline text, without fields or buttons."""
    for inner in node.children:
        if inner.kind != ELEMENT:
            continue
        if inner.tag in SILENT or inner.number in breaks or inner.tag in ("label", "iframe"):
            return False
        display = inner.css("display")
        if display and display not in INLINE and display not in ATOMS and not inner.pseudo:
            return False
        if not _only_inline(inner, breaks):
            return False
    return True


def _placed(node: Node) -> bool:
    return node.css("position") in ("absolute",) or node.css("float") in ("left", "right")


def _has_text(node: Node) -> bool:
    return any(n.kind == TEXT and n.data.strip() for n in node.walk() if n.tag not in SILENT)


def _inline_by_nature(node: Node) -> bool:
    return node.tag in ("span", "a", "b", "i", "em", "strong", "small", "font", "u", "s", "sup", "sub", "abbr", "mark")
