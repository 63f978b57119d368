"""What of a page a person can really see: display, opacity, clipping, contrast, cover and reach; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prober.browser.tree import DOCUMENT, ELEMENT, NOWHERE, Node, Rect, Tree

CONTRAST_LEAST = 1.25  # contrast ratio (WCAG formula) below which text is not seen
OPACITY_LEAST = 0.1
FONT_LEAST = 3.0  # CSS px
EVERYTHING = Rect(-1e9, -1e9, 1e9, 1e9)
PAINTING_TAGS = frozenset({"img", "canvas", "video", "iframe", "object", "embed"})
_DRAWING = re.compile(r"(?i)\.svg[\"'?#)]|data:image/svg")
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?%?")
_NO_AREA = re.compile(
    r"inset\(\s*(?:50|[6-9]\d|100)(?:\.\d+)?%|circle\(\s*0|ellipse\(\s*0|polygon\(\s*0(?:px|%)? 0(?:px|%)?(?:\s*,\s*0(?:px|%)? 0(?:px|%)?)*\s*\)"
)

Colour = tuple[float, float, float, float]


@dataclass(slots=True)
class Cover:
    """Something opaque that hides what is painted before it."""

    rect: Rect
    order: int
    node: Node
    alpha: float
    fixed: bool


class Sight:
    """Answers for one tree: why is this text or element not to be seen?"""

    def __init__(self, tree: Tree, viewport: Rect) -> None:
        self.viewport = viewport
        self._page = tree.documents[0].size if tree.documents else (0.0, 0.0)
        self._colours: dict[str, Colour] = {}
        self._backs: dict[int, Colour | None] = {}
        for node in tree.nodes:
            self._place(node)
        self.covers = self._find_covers(tree)
        self._painted = [c for c in self.covers if c.alpha > 0.05]

    # -- cascade -------------------------------------------------------------

    def _place(self, node: Node) -> None:
        """Hand down opacity, clips and reasons from the parent; nodes come parents first."""
        parent = node.parent
        if parent is not None:
            node.opacity = parent.opacity
            node.clip, node.clip_positioned = parent.clip, parent.clip_positioned
            node.fixed, node.gone = parent.fixed, parent.gone
        if node.kind == DOCUMENT:
            self._place_document(node)
            return
        if node.kind != ELEMENT or not node.style:
            if node.kind == ELEMENT and parent is not None and parent.tag == "details" and node.tag != "summary":
                node.gone = node.gone or ("details" if "open" not in parent.attrs else "")
            return
        style = node.style
        if style[2] != "1":
            node.opacity *= _number(style[2], 1.0)
        position = style[9]
        if position == "fixed":
            node.fixed, node.clip, node.clip_positioned = True, self._frame_clip(node), None
        elif position == "absolute":
            node.clip = node.clip_positioned
        if position == "sticky":
            node.fixed = True
        if node.rect is not None:
            self._clip(node, position)

    def _place_document(self, node: Node) -> None:
        owner = node.parent
        if owner is None:
            node.clip = node.clip_positioned = None
            return
        if not owner.style or owner.css("visibility") != "visible":
            node.gone = node.gone or "frame"
        box = owner.rect or NOWHERE
        if box.width < 2 or box.height < 2:
            node.gone = node.gone or "frame"
        node.clip_positioned = owner.clip
        node.clip = owner.clip

    def _frame_clip(self, node: Node) -> Rect | None:
        document = next((a for a in node.ancestors() if a.kind == DOCUMENT), None)
        return document.clip if document is not None else None

    def _clip(self, node: Node, position: str) -> None:
        style, rect = node.style, node.rect or NOWHERE
        over_x, over_y = style[11], style[12]
        if style[13] != "auto" and position in ("absolute", "fixed"):
            numbers = [_number(n, 0.0) for n in _NUMBER.findall(style[13])]
            if len(numbers) == 4 and (numbers[1] - numbers[3] < 2 or numbers[2] - numbers[0] < 2):
                node.gone = node.gone or "clipped"
        if style[14] != "none" and _NO_AREA.search(style[14]):
            node.gone = node.gone or "clipped"
        hides = over_x in ("hidden", "clip") or over_y in ("hidden", "clip")
        scrolls = over_x in ("auto", "scroll") or over_y in ("auto", "scroll")
        if node.tag in ("html", "body") or node.tag in PAINTING_TAGS:
            hides = scrolls = False
        if scrolls and (rect.width < 2 or rect.height < 2):
            hides, scrolls = True, False
        clip = node.clip
        if scrolls:
            # What lies inside can be scrolled to: only the scroller itself is cut by what is around it.
            seen = rect.meet(clip) if clip else rect
            clip = None if seen.width >= 2 and seen.height >= 2 else seen
            node.clip = clip
        elif hides:
            left, right = (rect.left, rect.right) if over_x in ("hidden", "clip") else (-1e9, 1e9)
            top, bottom = (rect.top, rect.bottom) if over_y in ("hidden", "clip") else (-1e9, 1e9)
            own = Rect(left, top, right, bottom)
            node.clip = own.meet(clip) if clip else own
        if position != "static" or (node.css("float") == "none" and style[14] != "none"):
            node.clip_positioned = node.clip

    # -- covers --------------------------------------------------------------

    def _find_covers(self, tree: Tree) -> list[Cover]:
        lowest = min((n.order for n in tree.nodes if n.rect is not None and n.kind == ELEMENT), default=0)
        covers = []
        for node in tree.nodes:
            if node.kind != ELEMENT or node.rect is None or node.order <= lowest or node.gone:
                continue
            style = node.style
            if node.rect.area < 400 or style[1] != "visible" or node.opacity < OPACITY_LEAST:
                continue
            alpha = self.colour(style[4])[3]
            if node.tag in PAINTING_TAGS:
                alpha = 1.0 if node.tag in ("iframe", "video") or node.source else alpha
                if node.tag == "iframe" and not node.children:
                    alpha = 0.0
            elif style[5] != "none" and style[6] != "text":
                alpha = max(alpha, _of_picture(style[5]))
            rect = node.rect.meet(node.clip) if node.clip and node.css("position") != "fixed" else node.rect
            if rect.width < 1 or rect.height < 1:
                continue
            catches = style[20] != "none"
            if alpha > 0.05 or catches:
                covers.append(Cover(rect, node.order, node, alpha * node.opacity, node.fixed))
        covers.sort(key=lambda c: -c.order)
        return covers

    def cover(self, node: Node, rect: Rect, least_alpha: float = 0.9) -> Node | None:
        """What hides the middle of `rect`, painted later than `node`, with at least this opacity."""
        x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
        points = (
            (x, y),
            (rect.left + rect.width * 0.15, y),
            (rect.right - rect.width * 0.15, y),
        )
        for cover in self._painted:
            if cover.order <= node.order:
                return None
            if cover.alpha < least_alpha or not cover.rect.holds(x, y):
                continue
            if not all(cover.rect.holds(*p) for p in points):
                continue
            if cover.fixed and not node.fixed and not self._fills_viewport(cover.rect):
                continue  # a bar that stays in place: scrolling brings the text out from under it
            if _related(cover.node, node):
                continue
            return cover.node
        return None

    def _fills_viewport(self, rect: Rect) -> bool:
        seen, view = rect.meet(self.viewport), self.viewport
        locked = self._page[1] <= view.height + 1
        return locked or (seen.width >= 0.85 * view.width and seen.height >= 0.85 * view.height)

    # -- answers -------------------------------------------------------------

    def why_hidden(self, node: Node, rect: Rect | None, text: bool = False) -> str:
        """'' when a person can see it (scrolling allowed), else the reason."""
        holder = node if node.kind == ELEMENT else (node.parent or node)
        if node.gone or holder.gone:
            return node.gone or holder.gone
        if rect is None or not node.style:
            return "display"
        if node.css("visibility") != "visible":
            return "visibility"
        if holder.opacity < OPACITY_LEAST:
            return "opacity"
        if rect.width < 1 or rect.height < 1:
            return "tiny"
        if text and _number(node.css("font-size"), 16.0) < FONT_LEAST:
            return "tiny"
        clip = holder.clip
        if clip is not None:
            seen = rect.meet(clip)
            if seen.width < min(2.0, rect.width) or seen.height < min(3.0, rect.height * 0.5):
                return "clipped"
            if text and seen.area < 0.15 * rect.area:
                return "clipped"
        if self._unreachable(holder, rect):
            return "offscreen"
        if text and self._unseen_colour(node, holder, rect):
            return "contrast"
        if self.cover(node, rect) is not None:
            return "covered"
        return ""

    def _unreachable(self, node: Node, rect: Rect) -> bool:
        right = max(self._page[0], self.viewport.width)
        if rect.right <= 1 or rect.bottom <= 1 or rect.left >= right - 1:
            return True
        if node.fixed and node.css("position") != "sticky":
            view = self.viewport
            fixed = any(a.css("position") == "fixed" for a in (node, *node.ancestors()) if a.style)
            return fixed and (rect.bottom <= view.top + 1 or rect.top >= view.bottom - 1)
        return False

    def _unseen_colour(self, node: Node, holder: Node, rect: Rect) -> bool:
        style = node.style
        if style[19] not in ("none", ""):
            return False
        ink = self.colour(style[18] or style[3])
        if holder.css("background-clip") == "text" or any(
            a.css("background-clip") == "text" for a in holder.ancestors() if a.style and a.frame == holder.frame
        ):
            return False
        if ink[3] < 0.08:
            return True
        back = self._back(holder)
        if back is None:
            return False
        front = _blend((ink[0], ink[1], ink[2], ink[3] * holder.opacity), back)
        if contrast(front, back) >= CONTRAST_LEAST:
            return False
        return not self._other_ground(holder, rect, front)

    def _other_ground(self, node: Node, rect: Rect, ink: Colour) -> bool:
        """True when something that is no ancestor lies under the text and makes it readable."""
        x, y = (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2
        for cover in self._painted:
            if cover.order > node.order or not cover.rect.holds(x, y) or cover.alpha < 0.3:
                continue
            other = cover.node
            if other.tag in PAINTING_TAGS or other.css("background-image") != "none":
                return True
            colour = self.colour(other.css("background-color"))
            if contrast(ink, colour) >= CONTRAST_LEAST and not _related(other, node):
                return True
        return False

    def _back(self, node: Node) -> Colour | None:
        """Colour behind an element as its ancestors paint it; None where a picture makes it unknown."""
        known = self._backs.get(node.number)
        if known is not None or node.number in self._backs:
            return known
        layers: list[Colour] = []
        result: Colour | None = (255.0, 255.0, 255.0, 1.0)
        for layer in (node, *node.ancestors()):
            if not layer.style or layer.kind != ELEMENT:
                continue
            if layer.style[5] != "none" or layer.tag in PAINTING_TAGS - {"iframe"}:
                result = None
                break
            colour = self.colour(layer.style[4])
            if colour[3] > 0:
                layers.append(colour)
                if colour[3] >= 0.999:
                    break
        if result is not None:
            for colour in reversed(layers):
                result = _blend(colour, result)
        self._backs[node.number] = result
        return result

    def colour(self, text: str) -> Colour:
        known = self._colours.get(text)
        if known is None:
            known = self._colours[text] = parse_colour(text)
        return known


def parse_colour(text: str) -> Colour:
    """Computed CSS colour as red, green, blue (0-255) and alpha (0-1)."""
    numbers = [_number(n, 0.0) for n in _NUMBER.findall(text.split("(", 1)[-1])]
    if text.startswith("rgb") and len(numbers) >= 3:
        return (*numbers[:3], numbers[3] if len(numbers) > 3 else 1.0)  # type: ignore[return-value]
    if text.startswith("color(") and len(numbers) >= 3:
        numbers = [_number(n, 0.0) for n in _NUMBER.findall(re.sub(r"color\(\s*[\w-]+", "", text))]
        red, green, blue = (255 * n for n in numbers[:3])
        return (red, green, blue, numbers[3] if len(numbers) > 3 else 1.0)
    if text.startswith(("lab(", "lch(", "oklab(", "oklch(")) and numbers:
        scale = 255 if text.startswith("ok") else 2.55
        grey = min(max(numbers[0] * scale, 0.0), 255.0)
        return (grey, grey, grey, numbers[3] if len(numbers) > 3 else 1.0)
    return (0.0, 0.0, 0.0, 0.0) if text == "transparent" else (0.0, 0.0, 0.0, 1.0)


def _of_picture(image: str) -> float:
    """How much a background picture hides; drawings and gradients with alpha are made to be seen through."""
    if "gradient" in image:
        return 0.5 if "rgba" in image else 0.95
    return 0.5 if _DRAWING.search(image) else 0.95


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two opaque colours, 1 to 21 (WCAG 2, relative luminance)."""
    first, second = _luminance(one), _luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _luminance(colour: Colour) -> float:
    channels = [c / 255 for c in colour[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _blend(front: Colour, back: Colour) -> Colour:
    alpha = front[3]
    return (
        front[0] * alpha + back[0] * (1 - alpha),
        front[1] * alpha + back[1] * (1 - alpha),
        front[2] * alpha + back[2] * (1 - alpha),
        1.0,
    )


def _related(one: Node, other: Node) -> bool:
    """Whether one of the two holds the other."""
    return any(a is one for a in (other, *other.ancestors())) or any(a is other for a in one.ancestors())


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text.rstrip("px%"))
    except ValueError:
        return otherwise
