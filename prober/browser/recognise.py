"""Which elements of a page are controls: by their markup, their role, and how they behave; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prober.browser.drawn import cells_of, draws_box, slides, stand_ins, unseen
from prober.browser.labels import words
from prober.browser.tree import ELEMENT, NOWHERE, Node, Rect, Tree

INPUT_KINDS = {
    "checkbox": "checkbox",
    "radio": "radio",
    "submit": "button",
    "button": "button",
    "reset": "button",
    "image": "button",
    "file": "file",
    "range": "range",
    "color": "range",
}
ROLE_KINDS = {
    "button": "button",
    "menuitem": "button",
    "link": "link",
    "tab": "tab",
    "checkbox": "checkbox",
    "switch": "checkbox",
    "menuitemcheckbox": "checkbox",
    "radio": "radio",
    "menuitemradio": "radio",
    "textbox": "editable",
    "searchbox": "editable",
    "spinbutton": "editable",
    "combobox": "select",
    "listbox": "select",
    "slider": "range",
    "option": "option",
    "treeitem": "option",
}
NATIVE = frozenset({"input", "textarea", "select", "button", "a", "summary", "area"})
FILLABLE = frozenset({"text", "select", "editable", "checkbox", "radio", "file", "range"})
PLAIN = frozenset({"html", "body", "main", "form", "table", "tbody", "ul", "ol", "section", "article", "fieldset"})
BEHAVING_TEXT = 160  # characters that an element which only behaves as a button may hold
BUTTON_TEXT = 40  # characters on what only looks like a button
BUTTON_LOW, BUTTON_HIGH = 28, 90  # CSS px of its height
INLINE = frozenset({"b", "strong", "i", "em", "small", "span", "svg", "path", "img"})
CLEAR = frozenset({"", "transparent", "rgba(0, 0, 0, 0)"})
CONTROL_CAP = 600


@dataclass(slots=True)
class Found:
    """An element recognised as a control; `native`: the hidden list that a drawn one stands in for."""

    node: Node
    kind: str
    behaves: bool = False  # recognised by behaviour, not by markup
    native: Node | None = None
    slides: bool = False


def find(tree: Tree, key_catchers: Mapping[int, str], viewport: Rect) -> list[Found]:
    """All controls in document order.

    key_catchers: nodes known to listen to keys themselves, with the role that the browser gives them, '' for none.
    """
    found: dict[int, Found] = {}
    for node in tree.nodes:
        if node.kind != ELEMENT:
            continue
        kind = _by_markup(node)
        if kind is None and node.number in key_catchers and node.rect is not None:
            kind = ROLE_KINDS.get(key_catchers[node.number], "editable")
        if kind is not None and not _inside_same(node, kind, found):
            found[node.number] = Found(node, kind)
    for node in tree.nodes:
        if node.number not in found and node.kind == ELEMENT and (_behaves(node) or slides(node)):
            _consider(node, found, viewport)
    for drawn, native in stand_ins(tree):
        _stand_in(drawn, native, found)
    ordered = [found[n.number] for n in tree.nodes if n.number in found]
    if len(ordered) > CONTROL_CAP:  # a page full of links must not cost its form
        links = {id(f) for f in [f for f in ordered if f.kind not in FILLABLE][CONTROL_CAP:]}
        ordered = [f for f in ordered if id(f) not in links]
    return ordered[: 2 * CONTROL_CAP]


def _stand_in(drawn: Node, native: Node, found: dict[int, Found]) -> None:
    """One list box instead of the hidden list and the parts that are drawn for it."""
    above = next((found[a.number] for a in drawn.ancestors() if a.number in found), None)
    if above is not None and above.kind != "select":
        return
    parts = [found[n.number] for n in drawn.walk() if n.number in found and _part_of_row(n, drawn, found)]
    best = above or next((f for f in parts if f.kind == "select"), None) or Found(drawn, "select", behaves=True)
    for part in parts:
        found.pop(part.node.number)
    best.native = native
    found.pop(native.number, None)
    found[best.node.number] = best


def _part_of_row(node: Node, drawn: Node, found: dict[int, Found]) -> bool:
    """Whether a control is part of a closed list's row, not of what hangs below it: entries, a search box."""
    if found[node.number].kind == "option" or node.rect is None or drawn.rect is None:
        return False
    return node is drawn or node.rect.meet(drawn.rect).height > 0.5 * node.rect.height


def _by_markup(node: Node) -> str | None:
    tag, attrs = node.tag, node.attrs
    role = attrs.get("role", "").split(" ")[0].lower() if "role" in attrs else ""
    if tag == "input":
        kind = attrs.get("type", "text").lower()
        if kind == "hidden":
            return None
        if role == "switch":
            return "checkbox"
        if role == "combobox" and ("readonly" in attrs or attrs.get("aria-autocomplete") in ("list", "both")):
            return "select"
        return INPUT_KINDS.get(kind, "text")
    if tag == "textarea":
        return "text"
    if tag == "select":
        return "select"
    if attrs.get("aria-haspopup") == "listbox" and tag != "input":
        return "select"
    if tag == "button":
        return ROLE_KINDS[role] if role in ("tab", "checkbox", "switch", "radio", "combobox", "option") else "button"
    if tag == "summary":
        return "button"
    if tag in ("a", "area") and "href" in attrs:
        return ROLE_KINDS[role] if role in ("button", "tab", "option") else "link"
    editable = attrs.get("contenteditable")
    if editable is not None and editable.lower() in ("", "true", "plaintext-only"):
        return "editable"
    if role in ROLE_KINDS:
        if role in ("combobox", "listbox") and any(_is_field(n) for n in node.walk()):
            return None  # the field inside is the control
        if role == "option" and node.tag == "option":
            return None
        return ROLE_KINDS[role]
    return None


def _is_field(node: Node) -> bool:
    return node.tag in ("input", "select", "textarea") and not unseen(node)


def _inside_same(node: Node, kind: str, found: dict[int, Found]) -> bool:
    """Parts of one control: editable in editable, button in button, link in button."""
    for above in node.ancestors():
        if above.frame != node.frame:
            return False
        other = found.get(above.number)
        if other is None:
            continue
        if other.kind == kind == "editable":
            return True
        if kind in ("button", "link", "tab") and other.kind in ("button", "link", "tab", "option"):
            return True
        if kind == "select" and other.kind == "select":
            return True
        if kind in ("editable", "button", "link") and other.kind == "select" and other.node.attr("role") != "listbox":
            return True
    return False


def _behaves(node: Node) -> bool:
    """A person would take it for something to press: it listens to clicks, shows the hand, or takes focus."""
    if node.rect is None or node.tag in PLAIN or node.tag in ("label", "option", "iframe") or node.pseudo:
        return False
    if node.clickable or "onclick" in node.attrs:
        return True
    if node.css("cursor") == "pointer":
        parent = node.parent
        return parent is None or parent.css("cursor") != "pointer"
    return node.attr("tabindex").lstrip("-").isdigit() and not node.attr("tabindex").startswith("-")


def _consider(node: Node, found: dict[int, Found], viewport: Rect) -> None:
    """Take the outermost sensible element: not one inside a control, not a card full of other controls."""
    for above in node.ancestors():
        other = found.get(above.number)
        drawn = other is not None and other.kind == "select" and other.node.attr("role") != "listbox"
        if other is not None and (other.kind not in ("editable", "select") or other.behaves or drawn):
            return
        if above.tag == "label":
            return  # the label's field is the control
    if slides(node):
        found[node.number] = Found(node, "button", behaves=True, slides=True)
        return
    inner = [n for n in node.walk() if n is not node and n.kind == ELEMENT]
    if any(n.number in found and found[n.number].kind not in ("option",) for n in inner):
        return
    cells = cells_of(node, _behaves) if node.clickable and len(inner) > 5 else []
    for cell in cells:
        found[cell.number] = Found(cell, "button", behaves=True)
    if cells:
        return
    below = [n for n in inner if _behaves(n) and (n.clickable or "onclick" in n.attrs)]
    apart = [n for n in below if not any(a in below for a in n.ancestors())]
    if len(apart) > 1:
        return
    if node.css("cursor") != "pointer":  # it may listen on behalf of what stands in it
        meant = [n for n in inner if _invites(n)]
        for one in meant:
            found.setdefault(one.number, Found(one, "button", behaves=True))
        if meant:
            return
    if len(words(node, BEHAVING_TEXT + 50)) > BEHAVING_TEXT:
        return
    rect = node.rect or NOWHERE
    if rect.area > 0.6 * viewport.area:
        return
    strong = node.clickable or "onclick" in node.attrs or node.css("cursor") == "pointer"
    if strong and draws_box(node):
        found[node.number] = Found(node, "checkbox", behaves=True)
        return
    if strong or _says_something(node):
        found[node.number] = Found(node, "button", behaves=True)


def _invites(node: Node) -> bool:
    """It shows the hand of its own, or is painted as a button: one short text on a ground of its own."""
    parent = node.parent
    if node.rect is None or parent is None or node.tag in PLAIN or not _says_something(node):
        return False
    if node.css("cursor") == "pointer":
        return parent.css("cursor") != "pointer"
    ground = node.css("background-color")
    text = words(node, BUTTON_TEXT + 10)
    lone = all(n.kind != ELEMENT or n.tag in INLINE for n in node.walk() if n is not node)
    shaped = BUTTON_LOW <= node.rect.height <= BUTTON_HIGH and node.rect.width >= 2 * BUTTON_LOW
    painted = ground not in CLEAR and ground != parent.css("background-color")
    return painted and shaped and lone and 0 < len(text) <= BUTTON_TEXT


def _says_something(node: Node) -> bool:
    return bool(words(node, 20) or node.attr("aria-label") or node.attr("title"))
