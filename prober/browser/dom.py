"""From the browser's DOMSnapshot to the parts of a Snapshot: frames, texts, controls and pictures; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from prober.browser.blocks import LIVE_ROLES, Passage, Reader
from prober.browser.controls import Describer, as_box
from prober.browser.labels import Labels, Neighbours, words
from prober.browser.recognise import FILLABLE, Found, find
from prober.browser.tree import ELEMENT, NOWHERE, Node, Part, Rect, Tree, build, ref_of
from prober.browser.visibility import Sight
from prober.models.page import Box, Control, Frame, Image, Snapshot, TextBlock

NODE_CAP = 20_000
HEADINGS = {f"h{level}": level for level in range(1, 7)}
IMAGE_KINDS = {"img": "img", "svg": "svg", "canvas": "canvas", "video": "video", "image": "img"}
IMAGE_CAP = 200
UNREAD_LEAST = 8.0  # CSS px of content below what an inner area shows
UNREAD_LETTERS = 100
SUSPECT_LEAST = 140.0  # CSS px² of what may catch keys itself, the smallest drawn radios included
BACKGROUND_LEAST = 2500.0  # CSS px² of a background picture worth a look


@dataclass(slots=True)
class PageParts:
    """What one look gave; `key_suspects` are elements that may catch keys themselves (to be asked about)."""

    url: str
    title: str
    lang: str
    frames: tuple[Frame, ...]
    blocks: tuple[TextBlock, ...]
    controls: tuple[Control, ...]
    images: tuple[Image, ...]
    page_height: float
    truncated: str
    key_suspects: tuple[tuple[int, int], ...]  # (target, backend node)
    viewport: Box
    unread: int  # inner areas with text that are not scrolled to their end
    frame_of: dict[tuple[int, int], str]  # (target, backend node) of controls and pictures -> browser's frame id


def read(
    parts: list[Part],
    width: float,
    height: float,
    key_catchers: Mapping[int, str] | None = None,
    cap: int = NODE_CAP,
) -> PageParts:
    """Read the answers of all renderers of a page; the viewport is `width` x `height` CSS px."""
    tree = build(parts, cap)
    if not tree.documents:
        return PageParts("", "", "", (), (), (), (), 0.0, "", (), as_box(Rect(0, 0, width, height)), 0, {})
    top = tree.documents[0]
    viewport = Rect(top.scroll[0], top.scroll[1], top.scroll[0] + width, top.scroll[1] + height)
    sight = Sight(tree, viewport)
    found = find(tree, key_catchers or {}, viewport)
    reader = Reader(tree, sight, _breaking(found))
    labels = Labels(tree)
    controls = _controls(tree, found, reader.passages, Describer(tree, sight, labels, viewport))
    return PageParts(
        url=top.url,
        title=top.title,
        lang=top.lang,
        frames=tuple(_frames(tree, sight)),
        blocks=_blocks(reader.passages, found, labels, controls),
        controls=controls,
        images=tuple(_images(tree, sight)),
        page_height=max(top.size[1], height),
        truncated="nodes" if tree.truncated else "",
        key_suspects=tuple(_key_suspects(tree, found)),
        viewport=as_box(viewport),
        unread=sum(_unread(node, sight) for node in tree.nodes),
        frame_of={
            (n.target, n.backend): tree.documents[n.frame].browser_frame
            for n in tree.nodes
            if n.kind == ELEMENT and (n.rect is not None or n.tag == "input")
        },
    )


def snapshot_of(page: PageParts, **more: Any) -> Snapshot:
    """A Snapshot of these parts; `more` are fields that only the session knows."""
    fields: dict[str, Any] = {
        "url": page.url,
        "title": page.title,
        "lang": page.lang,
        "frames": page.frames,
        "blocks": page.blocks,
        "controls": page.controls,
        "images": page.images,
        "viewport": page.viewport,
        "page_height": page.page_height,
        "unread": page.unread,
        "truncated": page.truncated,
    }
    return Snapshot(**(fields | more))


def _unread(node: Node, sight: Sight) -> bool:
    """An area that scrolls by itself and holds more text than it shows, such as terms to be read."""
    if node.kind != ELEMENT or node.below < UNREAD_LEAST or node.tag in ("html", "body", "select", "textarea"):
        return False
    if node.css("overflow-y") not in ("auto", "scroll") or sight.why_hidden(node, node.rect):
        return False
    return len(words(node, UNREAD_LETTERS)) >= UNREAD_LETTERS


def _breaking(found: list[Found]) -> set[int]:
    """Elements whose text stands alone: all controls but links inside running text."""
    return {f.node.number for f in found if f.kind != "link" or f.node.css("display") not in ("inline", "")}


def _frames(tree: Tree, sight: Sight) -> list[Frame]:
    frames = []
    for document in tree.documents:
        owner = document.owner
        visible = owner is None or not sight.why_hidden(owner, owner.rect)
        frames.append(
            Frame(
                id=document.id,
                url=document.url,
                parent=owner.frame if owner is not None else None,
                box=as_box(owner.rect) if owner is not None and owner.rect is not None else None,
                title=document.title,
                lang=document.lang,
                visible=visible,
            )
        )
    return frames


def _controls(tree: Tree, found: list[Found], passages: list[Passage], describer: Describer) -> tuple[Control, ...]:
    places = [describer.box(f) for f in found]
    fields = [(f.node, place[0]) for f, place in zip(found, places, strict=True) if f.kind in FILLABLE and not place[1]]
    neighbours = Neighbours(passages, fields)
    controls = []
    for order, (item, place) in enumerate(zip(found, places, strict=True)):
        near = neighbours.of(item.node, place[0]) if item.kind in FILLABLE and place[0].area > 0 else ()
        controls.append(describer.describe(order, item, near, place, tree.documents[item.node.frame]))
    return tuple(controls)


def _blocks(
    passages: list[Passage], found: list[Found], labels: Labels, controls: tuple[Control, ...]
) -> tuple[TextBlock, ...]:
    elements = {f.node.number: f.node for f in found}
    fields = {f.node.number: f.node for f in found if f.kind in FILLABLE}
    blocks = [_block(i, p, elements, fields, labels) for i, p in enumerate(passages)]
    for control in controls:
        # What a button of the input kind says is no text node, yet a person reads it.
        if control.tag == "input" and control.kind == "button" and control.text:
            blocks.append(
                TextBlock(
                    id=len(blocks),
                    frame=control.frame,
                    text=control.text,
                    box=control.box,
                    tag="input",
                    visible=control.visible,
                    hidden_because=control.hidden_because,
                    control=control.ref,
                    containers=control.containers,
                )
            )
    return tuple(blocks)


def _block(
    number: int, passage: Passage, elements: dict[int, Node], fields: dict[int, Node], labels: Labels
) -> TextBlock:
    holder = passage.holder
    control = labelled = None
    heading, live = 0, False
    for node in (holder, *holder.ancestors()):
        if node.kind != ELEMENT:
            continue
        if control is None and node.number in elements:
            control = ref_of(node)
        if labelled is None and node.tag == "label":
            target = labels.target(node, fields)
            labelled = ref_of(target) if target is not None else ""
        if not heading:
            heading = HEADINGS.get(node.tag, 0) or _aria_heading(node)
        if not live and node.attrs:
            role = node.attr("role")
            live = role in LIVE_ROLES or node.attr("aria-live") in ("polite", "assertive") or node.tag == "output"
    widest = max(passage.fragments, key=lambda f: len(f.text))
    style = widest.node
    block = _block_of(holder)
    return TextBlock(
        id=number,
        frame=passage.frame,
        text=passage.text,
        box=as_box(passage.rect),
        tag=block.tag,
        heading=heading,
        font_size=round(_float(style.css("font-size"), 16.0), 2),
        bold=_float(style.css("font-weight"), 400.0) >= 600,
        visible=not passage.hidden,
        hidden_because=passage.hidden,
        live=live,
        source="pseudo" if all(f.pseudo for f in passage.fragments if f.text.strip()) else "dom",
        control=control,
        labels=labelled or None,
        containers=holder.path,
    )


def _block_of(node: Node) -> Node:
    """The element a reader would name: the innermost that is more than a span."""
    plain = ("span", "b", "i", "em", "strong", "font", "slot")
    return next((a for a in (node, *node.ancestors()) if a.kind == ELEMENT and a.tag not in plain), node)


def _aria_heading(node: Node) -> int:
    if node.attr("role") != "heading":
        return 0
    level = node.attr("aria-level")
    return int(level) if level.isascii() and level.isdigit() and 1 <= int(level) <= 9 else 2


def _images(tree: Tree, sight: Sight) -> list[Image]:
    images: list[Image] = []
    for node in tree.nodes:
        if node.kind != ELEMENT or node.rect is None or len(images) >= IMAGE_CAP:
            continue
        kind, source = IMAGE_KINDS.get(node.tag), node.source or node.attr("src") or node.attr("poster")
        if node.tag == "input":
            kind = "img" if node.attr("type") == "image" else None
        if kind is None:
            back = node.css("background-image")
            if "url(" not in back or node.rect.area < BACKGROUND_LEAST:
                continue
            kind, source = "background", back.split("url(", 1)[1].split(")", 1)[0].strip("\"' ")
        if kind == "svg" and any(a.tag == "svg" for a in node.ancestors()):
            continue
        document = tree.documents[node.frame]
        images.append(
            Image(
                ref=ref_of(node),
                frame=node.frame,
                kind=kind,
                src=_source(document.base or document.url, source),
                alt=node.attr("alt") or node.attr("aria-label") or node.attr("title"),
                box=as_box(node.rect),
                visible=not sight.why_hidden(node, node.rect),
                containers=node.path,
            )
        )
    return images


def _source(base: str, address: str) -> str:
    if not address or address.startswith("data:"):
        return address[:200]
    try:
        return urljoin(base, address)
    except ValueError:
        return address[:200]


_HOLDERS = frozenset(
    {"dialog", "alertdialog", "alert", "status", "menu", "listbox", "tablist", "tabpanel", "toolbar", "region", "main"}
)  # roles that take the focus and listen to keys (Escape, arrows) without being fields


def _key_suspects(tree: Tree, found: list[Found]) -> list[tuple[int, int]]:
    """Elements that take focus without being a field: whether they listen to keys must be asked of the browser."""
    known = {f.node.number for f in found if not f.behaves}
    holders = {a.number for f in found for a in f.node.ancestors()}  # what holds controls is no field itself
    suspects = []
    for node in tree.nodes:
        if node.kind != ELEMENT or node.rect is None or node.number in known or "tabindex" not in node.attrs:
            continue
        if node.number in holders or node.attrs.get("role", "") in _HOLDERS:
            continue
        if (node.rect or NOWHERE).area > SUSPECT_LEAST and node.tag not in ("html", "body", "dialog"):
            suspects.append((node.target, node.backend))
    return suspects[:24]


def _float(text: str, otherwise: float) -> float:
    try:
        return float(text.removesuffix("px"))
    except ValueError:
        return otherwise
