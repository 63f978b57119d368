"""The browser's DOMSnapshot as a tree of light nodes in page coordinates; pure, no browser needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from prober.browser.sample import choose

# Computed styles asked of the browser; the order is the index of each value in `Node.style`.
STYLES = (
    "display",
    "visibility",
    "opacity",
    "color",
    "background-color",
    "background-image",
    "background-clip",
    "font-size",
    "font-weight",
    "position",
    "cursor",
    "overflow-x",
    "overflow-y",
    "clip",
    "clip-path",
    "white-space-collapse",
    "direction",
    "unicode-bidi",
    "-webkit-text-fill-color",
    "text-shadow",
    "pointer-events",
    "float",
    "-webkit-text-security",
    "border-top-width",
    "touch-action",
)
STYLE = {name: place for place, name in enumerate(STYLES)}

# Parameters of DOMSnapshot.captureSnapshot that the conversion relies on.
CAPTURE: dict[str, Any] = {"computedStyles": list(STYLES), "includePaintOrder": True, "includeDOMRects": True}

ELEMENT, TEXT, DOCUMENT = 1, 3, 9
TARGET_STRIDE = 1 << 32  # node numbers of another renderer start here, so that they never meet


class Rect(NamedTuple):
    """Left, top, right, bottom in CSS px of the top page's document."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    def meet(self, other: Rect) -> Rect:
        """The common part; width or height is negative when there is none."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def join(self, other: Rect) -> Rect:
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


NOWHERE = Rect(0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class TextRow:
    """Text as laid out: after text-transform, with one rectangle for each line."""

    text: str
    rect: Rect
    lines: list[Rect]


@dataclass(slots=True, eq=False)
class Node:
    """One node of the flat tree: shadow trees stand in place of their host's children, slotted nodes in their slot."""

    number: int
    backend: int
    frame: int
    target: int
    kind: int
    tag: str
    parent: Node | None
    attrs: dict[str, str]
    data: str = ""
    children: list[Node] = field(default_factory=list)
    rect: Rect | None = None
    rows: list[TextRow] = field(default_factory=list)
    style: tuple[str, ...] = ()
    order: int = 0
    pseudo: bool = False
    clickable: bool = False
    value: str | None = None
    checked: bool = False
    selected: bool = False
    source: str = ""
    origin: tuple[float, float] = (0.0, 0.0)  # of its document, in the top page
    client: tuple[float, float] = (0.0, 0.0)  # border widths left and top
    below: float = 0.0  # CSS px of its own content that lie below what it shows, where it scrolls by itself
    # filled in by visibility.py
    opacity: float = 1.0
    clip: Rect | None = None
    clip_positioned: Rect | None = None
    fixed: bool = False
    gone: str = ""
    rendered: bool = False  # it or something below it in its own frame is laid out

    def css(self, name: str) -> str:
        """Computed value of one of STYLES, '' where the node is not rendered."""
        return self.style[STYLE[name]] if self.style else ""

    def attr(self, name: str) -> str:
        return self.attrs.get(name, "")

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        """The node and everything below it, in document order, frames within it included."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    @property
    def path(self) -> tuple[int, ...]:
        """Numbers of the element ancestors, outermost first, the node itself last."""
        chain = [self.number] if self.kind == ELEMENT else []
        chain.extend(node.number for node in self.ancestors() if node.kind == ELEMENT)
        return tuple(reversed(chain))


@dataclass(slots=True)
class Document:
    """One frame's document."""

    id: int
    url: str
    title: str
    lang: str
    root: Node
    owner: Node | None
    rect: Rect | None
    scroll: tuple[float, float]
    size: tuple[float, float]
    base: str = ""
    browser_frame: str = ""


@dataclass(slots=True)
class Part:
    """What one renderer reported: `raw` is the answer of DOMSnapshot.captureSnapshot.

    owner: (target, backend node) of the iframe element that holds it; None for the page itself.
    """

    raw: dict[str, Any]
    target: int = 0
    owner: tuple[int, int] | None = None


@dataclass(slots=True)
class Tree:
    """All documents of a page, and every node in document order inside each."""

    documents: list[Document]
    nodes: list[Node]
    truncated: bool = False
    by_ref: dict[tuple[int, int], Node] = field(default_factory=dict)


def build(parts: list[Part], cap: int = 20_000) -> Tree:
    """Turn what the renderers reported into one tree; `cap` limits the number of nodes."""
    tree = Tree([], [])
    for part in parts:
        owner = tree.by_ref.get(part.owner) if part.owner else None
        if part.owner and owner is None:
            continue
        _add_part(tree, part, owner, cap)
    return tree


def ref_of(node: Node) -> str:
    """The handle by which the session finds the element again."""
    return f"{node.target}.{node.backend}"


def _add_part(tree: Tree, part: Part, owner: Node | None, cap: int) -> None:
    documents = part.raw.get("documents", [])
    owners: dict[int, Node] = {0: owner} if owner else {}
    # A frame's document follows its owner's in the list, so one pass is enough.
    for place, raw in enumerate(documents):
        if place and place not in owners:
            continue
        holder = owners.get(place)
        loader = _Loader(tree, part, raw, holder, cap)
        for child_place, node in loader.load():
            owners[child_place] = node


class _Loader:
    """Reads one document of a snapshot into the tree."""

    def __init__(self, tree: Tree, part: Part, raw: dict[str, Any], owner: Node | None, cap: int) -> None:
        self.tree = tree
        self.strings: list[str] = part.raw["strings"]
        self.raw = raw
        self.owner = owner
        self.target = part.target
        self.room = max(cap - len(tree.nodes), 0)
        self.frame = len(tree.documents)
        scroll = (raw.get("scrollOffsetX", 0.0), raw.get("scrollOffsetY", 0.0))
        self.scroll = scroll
        if owner is None:
            self.origin = (0.0, 0.0)
        else:
            rect = owner.rect or NOWHERE
            self.origin = (rect.left + owner.client[0] - scroll[0], rect.top + owner.client[1] - scroll[1])

    def text(self, index: int) -> str:
        return self.strings[index] if index >= 0 else ""

    def load(self) -> list[tuple[int, Node]]:
        """Add the document; returns (place of a child document, its iframe element) pairs."""
        nodes = self._nodes()
        if not nodes:
            return []
        self._layout(nodes)
        pairs = self._details(nodes)
        for node in reversed(nodes.values()):
            if node.rect is not None:
                node.rendered = True
            if node.rendered and node.parent is not None:
                node.parent.rendered = True
        root = nodes[0]
        html = next((n for n in root.children if n.tag == "html" and n.kind == ELEMENT), root)
        raw = self.raw
        self.tree.documents.append(
            Document(
                id=self.frame,
                url=self.text(raw.get("documentURL", -1)),
                title=" ".join(self.text(raw.get("title", -1)).split()),
                lang=html.attr("lang") or self.text(raw.get("contentLanguage", -1)),
                root=root,
                owner=self.owner,
                rect=self.owner.rect if self.owner else None,
                scroll=self.scroll,
                size=(raw.get("contentWidth", 0.0), raw.get("contentHeight", 0.0)),
                base=self.text(raw.get("baseURL", -1)),
                browser_frame=self.text(raw.get("frameId", -1)),
            )
        )
        if self.owner is not None:
            root.parent = self.owner
            self.owner.children = [root]
        return pairs

    def _nodes(self) -> dict[int, Node]:
        """By their index in the report."""
        raw, strings = self.raw["nodes"], self.strings
        parents, kinds, names = raw["parentIndex"], raw["nodeType"], raw["nodeName"]
        values, backends, attributes = raw["nodeValue"], raw["backendNodeId"], raw["attributes"]
        chosen = choose(raw, strings, self.room)
        self.tree.truncated |= len(chosen) < len(parents)
        offset = self.target * TARGET_STRIDE
        nodes: dict[int, Node] = {}
        lowered: dict[int, str] = {}
        for i in chosen:
            parent = nodes[parents[i]] if parents[i] >= 0 else None
            name = names[i]
            tag = lowered.get(name)
            if tag is None:
                tag = lowered[name] = strings[name].lower()
            pairs = attributes[i]
            attrs = (
                {
                    strings[pairs[j]].lower(): (strings[pairs[j + 1]] if pairs[j + 1] >= 0 else "")
                    for j in range(0, len(pairs), 2)
                }
                if pairs
                else {}
            )
            backend = backends[i]
            node = Node(backend + offset, backend, self.frame, self.target, kinds[i], tag, parent, attrs)
            if values[i] >= 0:
                node.data = strings[values[i]]
            if parent is not None:
                parent.children.append(node)
            nodes[i] = node
            self.tree.by_ref[(self.target, backend)] = node
        self.tree.nodes.extend(nodes.values())
        return nodes

    def _layout(self, nodes: dict[int, Node]) -> None:
        layout, strings = self.raw["layout"], self.strings
        boxes = self.raw.get("textBoxes", {})
        lines: dict[int, list[Rect]] = {}
        for row, bounds in zip(boxes.get("layoutIndex", ()), boxes.get("bounds", ()), strict=False):
            lines.setdefault(row, []).append(self._rect(bounds))
        orders = layout.get("paintOrders") or []
        clients = layout.get("clientRects") or []
        scrolls = layout.get("scrollRects") or []
        known: dict[tuple[int, ...], tuple[str, ...]] = {}
        for row, index in enumerate(layout["nodeIndex"]):
            node = nodes.get(index)
            if node is None:
                continue
            rect = self._rect(layout["bounds"][row])
            text = layout["text"][row]
            if not node.style:
                key = tuple(layout["styles"][row])
                style = known.get(key)
                if style is None:
                    style = known[key] = tuple(strings[i] if i >= 0 else "" for i in key)
                node.style = style
                node.order = orders[row] if row < len(orders) else 0
            if text >= 0:
                node.rows.append(TextRow(strings[text], rect, lines.get(row, [])))
            if node.rect is None:
                node.rect = rect
            elif text < 0 and (rect.width or rect.height):  # generated content has rows without a place, at 0, 0
                node.rect = node.rect.join(rect) if node.rect.width or node.rect.height else rect
            if row < len(clients) and len(clients[row]) == 4:
                node.client = (clients[row][0], clients[row][1])
                if row < len(scrolls) and len(scrolls[row]) == 4:
                    node.below = scrolls[row][3] - scrolls[row][1] - clients[row][3]

    def _rect(self, bounds: list[float]) -> Rect:
        x, y = bounds[0] + self.origin[0], bounds[1] + self.origin[1]
        return Rect(x, y, x + bounds[2], y + bounds[3])

    def _details(self, nodes: dict[int, Node]) -> list[tuple[int, Node]]:
        raw = self.raw["nodes"]

        def pairs(name: str) -> Iterator[tuple[Node, int]]:
            rare = raw.get(name) or {}
            for index, value in zip(rare.get("index", ()), rare.get("value", ()), strict=False):
                if index in nodes:
                    yield nodes[index], value

        def flags(name: str) -> Iterator[Node]:
            for index in (raw.get(name) or {}).get("index", ()):
                if index in nodes:
                    yield nodes[index]

        for node, value in pairs("inputValue"):
            node.value = self.text(value)
        for node, value in pairs("textValue"):
            node.value = self.text(value)
        for node, value in pairs("currentSourceURL"):
            node.source = self.text(value)
        for node, _ in pairs("pseudoType"):
            node.pseudo = True
        for node in flags("inputChecked"):
            node.checked = True
        for node in flags("optionSelected"):
            node.selected = True
        for node in flags("isClickable"):
            node.clickable = True
        return [(value, node) for node, value in pairs("contentDocumentIndex")]
