"""Everything a person could fill, choose or press, found by what it is and how it behaves; pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from prober.browser.labels import Labels, raw_words, words
from prober.browser.tree import ELEMENT, NOWHERE, Document, Node, Rect, Tree, ref_of
from prober.browser.visibility import Sight
from prober.models.page import Box, Control, NearText, Option

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
}
NATIVE = frozenset({"input", "textarea", "select", "button", "a", "summary", "area"})
FILLABLE = frozenset({"text", "select", "editable", "checkbox", "radio", "file", "range"})
PLAIN = frozenset({"html", "body", "main", "form", "table", "tbody", "ul", "ol", "section", "article", "fieldset"})
MASK_HINTS = ("mask", "format", "inputmask", "pattern", "validate", "ng-model", "v-model", "formcontrolname", "field")
BEHAVING_TEXT = 160  # characters that an element which only behaves as a button may hold
BUTTON_TEXT = 40  # characters on what only looks like a button
BUTTON_LOW, BUTTON_HIGH = 28, 90  # CSS px of its height
INLINE = frozenset({"b", "strong", "i", "em", "small", "span", "svg", "path", "img"})
CLEAR = frozenset({"", "transparent", "rgba(0, 0, 0, 0)"})
CONTROL_CAP = 600


@dataclass(slots=True)
class Found:
    """An element recognised as a control."""

    node: Node
    kind: str
    behaves: bool = False  # recognised by behaviour, not by markup


def find(tree: Tree, key_catchers: frozenset[int], viewport: Rect) -> list[Found]:
    """All controls in document order; `key_catchers` are node numbers known to listen to keys themselves."""
    found: dict[int, Found] = {}
    for node in tree.nodes:
        if node.kind != ELEMENT:
            continue
        kind = _by_markup(node)
        if kind is None and node.number in key_catchers and node.rect is not None:
            kind = "editable"
        if kind is not None and not _inside_same(node, kind, found):
            found[node.number] = Found(node, kind)
    for node in tree.nodes:
        if node.number not in found and node.kind == ELEMENT and _behaves(node):
            _consider(node, found, viewport)
    ordered = [found[n.number] for n in tree.nodes if n.number in found]
    if len(ordered) > CONTROL_CAP:  # a page full of links must not cost its form
        links = {id(f) for f in [f for f in ordered if f.kind not in FILLABLE][CONTROL_CAP:]}
        ordered = [f for f in ordered if id(f) not in links]
    return ordered[: 2 * CONTROL_CAP]


def _by_markup(node: Node) -> str | None:
    tag, attrs = node.tag, node.attrs
    role = attrs.get("role", "").split(" ")[0].lower() if "role" in attrs else ""
    if tag == "input":
        kind = attrs.get("type", "text").lower()
        if kind == "hidden":
            return None
        if role == "switch":
            return "checkbox"
        return INPUT_KINDS.get(kind, "text")
    if tag == "textarea":
        return "text"
    if tag == "select":
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
        if role in ("combobox", "listbox") and any(n.tag in ("input", "select", "textarea") for n in node.walk()):
            return None  # the field inside is the control
        if role == "option" and node.tag == "option":
            return None
        return ROLE_KINDS[role]
    return None


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
        if other is not None and (other.kind not in ("editable", "select") or other.behaves):
            return
        if above.tag == "label":
            return  # the label's field is the control
    inner = [n for n in node.walk() if n is not node and n.kind == ELEMENT]
    if any(n.number in found and found[n.number].kind not in ("option",) for n in inner):
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


class Describer:
    """Turns found elements into Control models."""

    def __init__(self, tree: Tree, sight: Sight, labels: Labels, viewport: Rect) -> None:
        self.tree = tree
        self.sight = sight
        self.labels = labels
        self.viewport = viewport

    def box(self, found: Found) -> tuple[Rect, str]:
        """Where a person sees the control, and why not if not: a styled label stands in for its hidden box."""
        node = found.node
        why = self.sight.why_hidden(node, node.rect)
        rect = node.rect or NOWHERE
        if not why:
            return rect, ""
        if found.kind in ("checkbox", "radio", "file") and node.tag == "input":
            for label in self.labels.of(node):
                shown = _extent(label)
                if shown is not None and not self.sight.why_hidden(label, shown):
                    return shown, ""
        if why == "opacity" and rect.width >= 8 and rect.height >= 8 and self._over_something(node, rect):
            return rect, ""  # a see-through field laid over drawn boxes
        if found.kind in ("checkbox", "radio") and node.parent is not None and why in ("opacity", "tiny", "clipped"):
            around = node.parent
            small = around.rect is not None and around.rect.area < 20_000 and len(around.children) > 1
            if small and around.rect is not None and not self.sight.why_hidden(around, around.rect):
                return around.rect, ""
        return rect, why

    def _over_something(self, node: Node, rect: Rect) -> bool:
        parent = node.parent
        if parent is None or parent.opacity < 0.1:
            return False
        scope = parent.parent if parent.parent is not None and parent.parent.kind == ELEMENT else parent
        for other in scope.walk():
            if other is node or other.rect is None or other.kind != ELEMENT or other in tuple(node.ancestors()):
                continue
            seen = other.rect.meet(rect)
            if seen.width > 4 and seen.height > 4 and other.opacity > 0.1 and other.css("visibility") == "visible":
                return True
        return False

    def describe(
        self, order: int, found: Found, near: tuple[NearText, ...], place: tuple[Rect, str], document: Document
    ) -> Control:
        node, attrs = found.node, found.node.attrs
        rect, why = place
        form = next((a for a in node.ancestors() if a.tag == "form"), None)
        if form is None and attrs.get("form"):
            form = self.labels.by_id(node, attrs["form"])
        opener = attrs.get("formaction") or (form.attr("action") if form is not None else "")
        kind = found.kind
        return Control(
            ref=ref_of(node),
            order=order,
            frame=node.frame,
            kind=kind,
            tag=node.tag,
            type=_type(node),
            name=attrs.get("name", ""),
            id=attrs.get("id", ""),
            classes=attrs.get("class", "")[:400],
            autocomplete=attrs.get("autocomplete", ""),
            input_mode=attrs.get("inputmode", ""),
            placeholder=attrs.get("placeholder", "")
            or attrs.get("aria-placeholder", "")
            or attrs.get("data-placeholder", ""),
            title=attrs.get("title", ""),
            aria_label=attrs.get("aria-label", ""),
            pattern=attrs.get("pattern", ""),
            max_length=_length(attrs.get("maxlength", "")),
            data=_hints(attrs),
            label=self.labels.text(node) if kind in FILLABLE or "aria-labelledby" in attrs else "",
            near=near,
            text=_own_text(node, kind),
            value=_value(node, kind),
            checked=_checked(node),
            options=self._options(node) if kind == "select" else (),
            required="required" in attrs or attrs.get("aria-required") == "true",
            disabled=_disabled(node),
            read_only="readonly" in attrs or attrs.get("aria-readonly") == "true",
            invalid=attrs.get("aria-invalid", "false").lower() not in ("false", ""),
            href=_absolute(document, attrs.get("href", "")) if node.tag in ("a", "area") else "",
            form=form.number if form is not None else None,
            form_action=_absolute(document, opener) if form is not None else "",
            form_method=(attrs.get("formmethod") or form.attr("method") or "get").lower() if form is not None else "",
            containers=node.path,
            box=as_box(rect),
            visible=not why,
            hidden_because=why,
            in_viewport=rect.meet(self.viewport).width > 0 and rect.meet(self.viewport).height > 0,
        )

    def _options(self, node: Node) -> tuple[Option, ...]:
        if node.tag == "select":
            return tuple(_native_option(n) for n in node.walk() if n.tag == "option")[:300]
        boxes = [node]
        for name in f"{node.attr('aria-controls')} {node.attr('aria-owns')}".split():
            other = self.labels.by_id(node, name)
            if other is not None:
                boxes.append(other)
        options: list[Option] = []
        for box in boxes:
            for inner in box.walk():
                if inner.attr("role") == "option":
                    text = words(inner) or " ".join(n.data for n in inner.walk() if n.kind == 3).strip()
                    value = inner.attr("data-value") or inner.attr("value") or text
                    chosen = inner.attr("aria-selected") == "true"
                    options.append(
                        Option(value=value, text=text, selected=chosen, disabled=inner.attr("aria-disabled") == "true")
                    )
        return tuple(options[:300])


def as_box(rect: Rect) -> Box:
    return Box.model_construct(
        x=round(rect.left, 2), y=round(rect.top, 2), width=round(rect.width, 2), height=round(rect.height, 2)
    )


def _extent(node: Node) -> Rect | None:
    """The box of an element with what it holds (an inline label around a drawn switch)."""
    rect = node.rect
    for inner in node.walk():
        if inner is not node and inner.rect is not None and inner.kind == ELEMENT and inner.rect.area > 4:
            if inner.tag == "input":
                continue
            rect = inner.rect if rect is None or rect.area < 1 else rect.join(inner.rect)
    return rect


def _native_option(node: Node) -> Option:
    text = " ".join(" ".join(n.data for n in node.walk() if n.kind == 3).split()) or node.attr("label")
    disabled = "disabled" in node.attrs or (
        node.parent is not None and node.parent.tag == "optgroup" and "disabled" in node.parent.attrs
    )
    return Option(value=node.attrs.get("value", text), text=text, selected=node.selected, disabled=disabled)


def _type(node: Node) -> str:
    kind = node.attr("type").lower()
    if node.tag == "input":
        return kind or "text"
    return kind or ("submit" if node.tag == "button" else node.attr("role").lower() if node.tag != "a" else "")


def _length(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _hints(attrs: dict[str, str]) -> dict[str, str]:
    """data-* and mask-like attributes, shortened."""
    hints: dict[str, str] = {}
    for name, value in attrs.items():
        hinting = name.startswith("data-") or any(hint in name for hint in MASK_HINTS)
        if (hinting or name in ("min", "max", "step", "list")) and name not in ("pattern", "formnovalidate"):
            hints[name] = value[:120]
        if len(hints) >= 20:
            break
    return hints


def _own_text(node: Node, kind: str) -> str:
    if node.tag == "input":
        if kind == "button":
            default = {"submit": "Submit", "reset": "Reset"}.get(node.attr("type").lower(), "")
            return node.attr("alt") or node.attrs.get("value", default)
        return ""
    if kind in ("text", "select") and node.tag in ("textarea", "select"):
        return ""
    text = words(node)
    if text or kind == "editable":
        return text
    if not node.rendered:
        return raw_words(node)
    for inner in node.walk():
        if inner.kind != ELEMENT:
            continue
        name = inner.attr("alt") or inner.attr("title") or inner.attr("aria-label")
        if name:
            return name
        if inner.tag == "title":  # <title> of an inline SVG icon
            name = " ".join(n.data for n in inner.children).strip()
            if name:
                return name
    return ""


def _value(node: Node, kind: str) -> str:
    if node.tag in ("input", "textarea"):
        return node.value or ""
    if kind == "editable":
        return words(node)
    if node.tag == "select":
        return next((_native_option(n).value for n in node.walk() if n.tag == "option" and n.selected), "")
    if kind == "select":
        return words(node, 120)
    return node.attr("value")


def _checked(node: Node) -> bool:
    if node.tag == "input":
        return node.checked
    return any(node.attr(name) == "true" for name in ("aria-checked", "aria-selected", "aria-pressed"))


def _disabled(node: Node) -> bool:
    if "disabled" in node.attrs or node.attr("aria-disabled") == "true":
        return True
    return any(
        ("inert" in a.attrs) or (a.tag == "fieldset" and "disabled" in a.attrs)
        for a in (node, *node.ancestors())
        if a.kind == ELEMENT
    )


def _absolute(document: Document, address: str) -> str:
    """The address that a press leads to; '' where it is none, so that nobody below stumbles over it."""
    try:
        absolute = urljoin(document.base or document.url, address.strip())
        urlsplit(absolute)
        return absolute
    except ValueError:
        return ""
