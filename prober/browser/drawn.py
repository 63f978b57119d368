"""Controls that a page draws itself: stand-ins for hidden lists, boxes to tick, keys in a grid, knobs to drag; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from prober.browser.labels import words
from prober.browser.tree import ELEMENT, Node, Rect, Tree

ROW = 90.0  # CSS px; a drawn list box is no higher than this while it is closed
MANY_CELLS = 6  # like cells in one clickable holder that make it a pad or a list rather than a button
CELL_TEXT = 40
CLIMB = 4  # holders that a library puts around its own input
ON_WORDS = frozenset({"checked", "active", "selected", "on", "ticked", "is-checked", "is-active", "is-selected"})
TICKS = "✓✔☑✅🗹"
EMPTY_BOXES = "☐▢◻□"
HOLDING = frozenset({"grab", "grabbing", "move", "ew-resize", "col-resize", "e-resize", "pointer"})


def unseen(node: Node) -> bool:
    """Not to be used by a person: not laid out, a pixel, see-through, or cut away. Without what covers it."""
    if node.rect is None or node.rect.width < 4 or node.rect.height < 4:
        return True
    return node.opacity < 0.1 or node.css("visibility") != "visible" or bool(node.gone)


def stand_ins(tree: Tree) -> Iterator[tuple[Node, Node]]:
    """(what the page draws, the hidden native list behind it): neighbours, or one inside the other."""
    for native in tree.nodes:
        if native.tag != "select" or not unseen(native) or not any(n.tag == "option" for n in native.walk()):
            continue
        drawn = _drawn_for(native)
        if drawn is not None:
            yield drawn, native


def _drawn_for(native: Node) -> Node | None:
    here = native
    for _ in range(CLIMB):
        holder = here.parent
        if holder is None or holder.kind != ELEMENT or holder.tag in ("form", "body"):
            return _beside(here, native)
        found = _beside(here, native)
        if found is not None:
            return found
        if sum(n.tag in ("select", "input", "textarea") and n is not native for n in holder.walk()) > 1:
            return None
        here = holder
    return None


def _beside(here: Node, native: Node) -> Node | None:
    """The drawn row right after an element, or else right before it."""
    around = [c for c in here.parent.children if c.kind == ELEMENT and not c.pseudo] if here.parent else []
    place = next((i for i, c in enumerate(around) if c is here), None)
    if place is None:
        return None
    for other in (*around[place + 1 : place + 2], *around[max(place - 1, 0) : place]):
        rect = other.rect
        if rect is None or other.tag in ("label", "button", "select", "input", "textarea", "p") or unseen(other):
            continue
        if rect.width >= 60 and 18 <= rect.height <= ROW and not _holds_field(other, native):
            return other
    return None


def _holds_field(node: Node, native: Node) -> bool:
    """Whether it holds another control of its own right, as a row of a form does."""
    for inner in node.walk():
        if inner is native or inner is node:
            continue
        if inner.tag in ("select", "textarea") and not unseen(inner):
            return True
        if inner.tag == "input" and inner.attr("type").lower() not in ("hidden", "search", "text", ""):
            return True
    return False


def wrapper_of(node: Node) -> Node:
    """The row that a person sees of an input which a library keeps tiny or see-through inside it."""
    rect = node.rect
    best = node
    for above, _ in zip(node.ancestors(), range(CLIMB), strict=False):
        if above.kind != ELEMENT or above.rect is None or above.rect.height > ROW or above.tag in ("form", "body"):
            break
        if rect is not None and above.rect.meet(rect).height < 0:
            break
        best = above
        bordered = above.css("border-top-width") not in ("", "0px")
        if bordered and above.rect.width >= 60:
            return above
    return best


def shown_value(node: Node) -> str:
    """What a drawn list box shows as chosen: the words in its row."""
    return words(node if node.tag != "input" else wrapper_of(node), 120)


def draws_box(node: Node) -> bool:
    """A small bare square beside its words, or a sign of an empty box before them: something to tick."""
    text = words(node, 200)
    if text[:1] in EMPTY_BOXES + TICKS and text[:1]:
        return True
    rect = node.rect
    if text or rect is None or not (10 <= rect.width <= 40 and abs(rect.width - rect.height) <= 4):
        return False
    if node.attr("aria-label") or node.attr("title") or any(n.tag in ("img", "button", "a") for n in node.walk()):
        return False
    bordered = node.css("border-top-width") not in ("", "0px")
    return bordered and _words_beside(node, rect)


def _words_beside(node: Node, rect: Rect) -> bool:
    holder = node.parent
    for other in holder.children if holder is not None else ():
        if other is node or not words(other, 20):
            continue
        boxes = [n.rect for n in other.walk() if n.rect is not None]
        if any(b.left >= rect.right - 2 and b.meet(rect).height > 0 for b in boxes):
            return True
    return False


def ticked(node: Node) -> bool:
    """Whether a box that the page draws itself is ticked: by its classes or the sign in it."""
    names = {name.lower() for n in (node, node.parent) if n is not None for name in n.attr("class").split()}
    if names & ON_WORDS or any(name.endswith(("--checked", "-checked")) for name in names):
        return True
    text = words(node, 200)
    return text[:1] in TICKS and bool(text)


def cells_of(node: Node, behaves: Callable[[Node], bool]) -> list[Node]:
    """The keys, days or entries of one holder that listens for all of them; empty where it is no such holder."""
    by_shape: dict[tuple[str, int, int], list[Node]] = defaultdict(list)
    for inner in node.walk():
        if inner is node or inner.kind != ELEMENT or inner.rect is None or inner.pseudo:
            continue
        if any(c.kind == ELEMENT and not c.pseudo for c in inner.children) or (behaves(inner) and inner.clickable):
            continue
        if 0 < len(words(inner, CELL_TEXT + 10)) <= CELL_TEXT:
            by_shape[(inner.tag, round(inner.rect.width / 4), round(inner.rect.height / 4))].append(inner)
    cells = max(by_shape.values(), key=len, default=[])
    return cells if len(cells) >= MANY_CELLS else []


def slides(node: Node) -> bool:
    """A knob at the start of a track with words on it: to be dragged to the other end."""
    rect, track = node.rect, node.parent
    if rect is None or track is None or track.rect is None or track.kind != ELEMENT or node.pseudo:
        return False
    if node.tag in ("input", "a", "select", "label", "img") or track.tag in ("body", "form", "label", "button"):
        return False
    size = track.rect
    if not (160 <= size.width <= 900 and 28 <= size.height <= 100):
        return False
    if not (24 <= rect.width <= 0.45 * size.width and 0.55 * size.height <= rect.height <= 1.3 * size.height):
        return False
    if rect.left - size.left > 12 or abs((rect.top + rect.bottom) - (size.top + size.bottom)) > 0.3 * size.height:
        return False
    held = node.css("touch-action") in ("none", "pan-y") or track.css("touch-action") in ("none", "pan-y")
    grabbed = node.css("cursor") in HOLDING or node.clickable
    loose = node.css("position") in ("absolute", "relative", "fixed")
    said = " ".join(words(c, 80) for c in track.children if c is not node) or "".join(
        c.data for c in track.children if c.kind != ELEMENT
    )
    return loose and (held or (grabbed and not track.clickable)) and 3 < len(said.strip()) <= 80 and not _busy(track)


def _busy(track: Node) -> bool:
    """Whether the row holds fields or buttons of its own."""
    return any(n.tag in ("input", "select", "textarea", "button", "a") for n in track.walk())
