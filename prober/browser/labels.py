"""Names of controls: labels by markup, and the texts that stand beside them; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prober.browser.blocks import SILENT, Passage
from prober.browser.tree import ELEMENT, TEXT, Node, Rect, Tree
from prober.models.page import NearText

REACH_SIDE = 320.0  # CSS px, left and right
REACH_OVER = 120.0  # above and below
NEAR_CAP = 6
BAND = 160.0


def words(node: Node, most: int = 400) -> str:
    """All rendered text in an element, with alt texts of its images; '' where nothing is rendered."""
    out: list[str] = []
    length = 0
    stack = [node]
    while stack and length < most:
        inner = stack.pop()
        if inner.kind == TEXT or inner.rows:
            piece = "".join(row.text for row in inner.rows)
            if inner.tag not in ("br", "::marker"):
                out.append(piece)
            else:
                out.append(" ")
            length += len(piece)
        elif inner.kind == ELEMENT:
            if inner is not node and inner.tag in SILENT:
                continue
            if inner.tag == "img" and inner.attr("alt"):
                out.append(f" {inner.attr('alt')} ")
            if inner.css("display") not in ("inline", "contents", ""):
                out.append(" ")
                stack.append(_SPACE)
        stack.extend(reversed(inner.children))
    return " ".join("".join(out).split())[:most]


_SPACE = Node(0, 0, 0, 0, ELEMENT, "br", None, {})


class Labels:
    """Label text for any element of a tree."""

    def __init__(self, tree: Tree) -> None:
        self._ids: dict[tuple[int, str], Node] = {}
        self._for: dict[tuple[int, str], list[Node]] = defaultdict(list)
        for node in tree.nodes:
            if node.kind != ELEMENT:
                continue
            name = node.attrs.get("id")
            if name:
                self._ids.setdefault((node.frame, name), node)
            if node.tag == "label" and node.attr("for"):
                self._for[(node.frame, node.attr("for"))].append(node)

    def by_id(self, node: Node, name: str) -> Node | None:
        return self._ids.get((node.frame, name))

    def of(self, node: Node) -> list[Node]:
        """The label elements of a field: `for` first, then the one around it."""
        found = list(self._for.get((node.frame, node.attr("id")), ())) if node.attr("id") else []
        around = next((a for a in node.ancestors() if a.tag == "label" and a.frame == node.frame), None)
        if around is not None and around not in found and not around.attr("for"):
            found.append(around)
        return found

    def target(self, label: Node, fields: dict[int, Node]) -> Node | None:
        """The field that a label element belongs to."""
        name = label.attr("for")
        if name:
            return self.by_id(label, name)
        return next((n for n in label.walk() if n.number in fields), None)

    def text(self, node: Node) -> str:
        """label for=, wrapping label, aria-labelledby, then the legend of its fieldset; '' when there is none."""
        parts = [words(label) or raw_words(label) for label in self.of(node)]
        for name in node.attr("aria-labelledby").split():
            other = self.by_id(node, name)
            if other is not None and other is not node:
                parts.append(words(other) or other.attr("aria-label") or raw_words(other))
        group = next(
            (a for a in node.ancestors() if a.tag == "fieldset" or a.attr("role") in ("group", "radiogroup")), None
        )
        if group is not None:
            legend = next((c for c in group.walk() if c.tag == "legend"), None)
            if legend is not None:
                parts.append(words(legend))
            else:
                parts.append(group.attr("aria-label"))
                for name in group.attr("aria-labelledby").split():
                    other = self.by_id(group, name)
                    parts.append(words(other) if other is not None else "")
        seen: list[str] = []
        for part in parts:
            if part and part not in seen:
                seen.append(part)
        return " / ".join(seen)


def raw_words(node: Node) -> str:
    """Source text of an element that is not rendered (labels for screen readers)."""
    return " ".join(" ".join(n.data for n in node.walk() if n.kind == TEXT).split())[:400]


class Neighbours:
    """Which texts stand left of, above, right of, below or inside a control."""

    def __init__(self, passages: Iterable[Passage], fields: Iterable[tuple[Node, Rect]]) -> None:
        self._texts: dict[tuple[int, int], list[Passage]] = defaultdict(list)
        self._fields: dict[tuple[int, int], list[tuple[Node, Rect]]] = defaultdict(list)
        for passage in passages:
            if passage.hidden or passage.rect.area <= 0:
                continue
            for band in _bands(passage.rect):
                self._texts[(passage.frame, band)].append(passage)
        for node, rect in fields:
            for band in _bands(rect):
                self._fields[(node.frame, band)].append((node, rect))

    def of(self, node: Node, rect: Rect) -> tuple[NearText, ...]:
        """Nearest first; texts behind another field are that field's, not this one's."""
        around = Rect(rect.left, rect.top - REACH_OVER, rect.right, rect.bottom + REACH_OVER)
        bands = [(node.frame, band) for band in _bands(around)]
        others = {id(n): r for b in bands for n, r in self._fields.get(b, ()) if n is not node}
        found: list[tuple[float, NearText]] = []
        seen: set[int] = set()
        for band in bands:
            for passage in self._texts.get(band, ()):
                if id(passage) in seen:
                    continue
                seen.add(id(passage))
                near = _beside(passage, rect)
                if near is None or _behind_other(passage.rect, rect, near[0], others.values()):
                    continue
                side, distance = near
                text = passage.text.replace("\n", " ")[:200]
                found.append((distance, NearText(side=side, distance=round(distance, 1), text=text)))
        cells = _header_cells(node)  # a cell stands nearer than its text does: tables are ruled for that
        told = {near.text for _, near in cells}
        found = [(distance, near) for distance, near in found if near.text not in told] + cells
        found.sort(key=lambda f: f[0])
        return tuple(near for _, near in found[:NEAR_CAP])


def _bands(rect: Rect) -> range:
    first = int(rect.top // BAND)
    return range(first, min(int(rect.bottom // BAND), first + 40) + 1)


def _beside(passage: Passage, rect: Rect) -> tuple[str, float] | None:
    text = passage.rect
    if len(passage.text) > 300:
        return None
    across = min(text.bottom, rect.bottom) - max(text.top, rect.top)
    along = min(text.right, rect.right) - max(text.left, rect.left)
    if along > 2 and across > 0.5 * text.height:
        return ("inside", 0.0) if text.area < 1.5 * rect.area else None
    if across > 0.3 * min(text.height, rect.height):
        if text.right <= rect.left + 3:
            distance = max(rect.left - text.right, 0.0)
            return ("left", distance) if distance <= REACH_SIDE else None
        if text.left >= rect.right - 3:
            distance = max(text.left - rect.right, 0.0)
            return ("right", distance) if distance <= REACH_SIDE else None
    if along > 0:
        if text.bottom <= rect.top + 0.5 * text.height:
            distance = max(rect.top - text.bottom, 0.0)
            return ("above", distance) if distance <= REACH_OVER else None
        if text.top >= rect.bottom - 0.5 * text.height:
            distance = max(text.top - rect.bottom, 0.0)
            return ("below", distance) if distance <= REACH_OVER else None
    return None


def _behind_other(text: Rect, rect: Rect, side: str, others: Iterable[Rect]) -> bool:
    """Whether another field stands between the text and the control."""
    if side == "inside":
        return False
    for other in others:
        if side in ("left", "right"):
            if min(other.bottom, rect.bottom) - max(other.top, rect.top) <= 0.3 * rect.height:
                continue
            if side == "left" and text.right <= other.left + 3 and other.right <= rect.left + 3:
                return True
            if side == "right" and rect.right <= other.left + 3 and other.right <= text.left + 3:
                return True
        else:
            if min(other.right, text.right) - max(other.left, text.left) <= 0:
                continue
            if side == "above" and text.bottom <= other.top + 3 and other.bottom <= rect.top + 3:
                return True
            if side == "below" and rect.bottom <= other.top + 3 and other.bottom <= text.top + 3:
                return True
    return False


def _header_cells(node: Node) -> list[tuple[float, NearText]]:
    """The cell before the control's own in its table row, and the head of its column."""
    cell = next((a for a in node.ancestors() if a.tag in ("td", "th")), None)
    row = next((a for a in cell.ancestors() if a.tag == "tr"), None) if cell is not None else None
    if cell is None or row is None or cell.rect is None or node.rect is None:
        return []
    cells = [c for c in row.children if c.tag in ("td", "th")]
    place = next((i for i, c in enumerate(cells) if c is cell), 0)
    found: list[tuple[float, NearText]] = []
    if place > 0 and cells[place - 1].rect is not None:
        text = words(cells[place - 1], 200)
        if text:
            distance = max(node.rect.left - cells[place - 1].rect.right, 0.0)  # type: ignore[union-attr]
            found.append((distance, NearText(side="left", distance=round(distance, 1), text=text)))
    table = next((a for a in row.ancestors() if a.tag == "table"), None)
    head = next((r for r in table.walk() if r.tag == "tr"), None) if table is not None else None
    if head is not None and head is not row:
        heads = [c for c in head.children if c.tag in ("td", "th")]
        if place < len(heads) and heads[place].tag == "th" and heads[place].rect is not None:
            text = words(heads[place], 200)
            if text:
                distance = max(node.rect.top - heads[place].rect.bottom, 0.0)  # type: ignore[union-attr]
                found.append((distance, NearText(side="above", distance=round(distance, 1), text=text)))
    return found
