"""What each control is and says: label, value, options, state, and where a person sees it; pure."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from prober.browser.drawn import ROW, shown_value, ticked, wrapper_of
from prober.browser.labels import Labels, raw_words, words
from prober.browser.recognise import FILLABLE, Found
from prober.browser.tree import ELEMENT, NOWHERE, Document, Node, Rect, Tree, ref_of
from prober.browser.visibility import Sight
from prober.models.page import Box, Control, NearText, Option

MASK_HINTS = ("mask", "format", "inputmask", "pattern", "validate", "ng-model", "v-model", "formcontrolname", "field")
SEE_THROUGH_HOLDERS = 4  # holders around a field that may be see-through with it while it is empty


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
            narrow = found.kind == "select" and node.tag == "input" and rect.width < 60
            return (wrapper_of(node).rect or rect) if narrow else rect, ""
        if found.kind in ("checkbox", "radio", "file") and node.tag == "input":
            for label in self.labels.of(node):
                shown = _extent(label)
                if shown is not None and not self.sight.why_hidden(label, shown):
                    return shown, ""
        if found.kind == "select" and node.tag == "input" and why in ("opacity", "tiny", "clipped"):
            row = wrapper_of(node)
            if row.rect is not None and not self.sight.why_hidden(row, row.rect):
                return row.rect, ""
        if (
            why == "opacity"
            and node.attr("aria-hidden") != "true"
            and rect.width >= 8
            and rect.height >= 8
            and self._over_something(node, rect)
        ):
            return rect, ""  # a see-through field laid over drawn boxes
        if found.kind in ("checkbox", "radio") and node.parent is not None and why in ("opacity", "tiny", "clipped"):
            around = node.parent
            small = around.rect is not None and around.rect.area < 20_000 and len(around.children) > 1
            if small and around.rect is not None and not self.sight.why_hidden(around, around.rect):
                return around.rect, ""
        return rect, why

    def _over_something(self, node: Node, rect: Rect) -> bool:
        """Whether something to be seen is drawn where the see-through field lies: boxes, or a label not yet floated."""
        scope = node.parent
        for _ in range(SEE_THROUGH_HOLDERS):
            if scope is None or scope.kind != ELEMENT or scope.opacity >= 0.1:
                break
            scope = scope.parent
        if scope is None or scope.kind != ELEMENT or scope.opacity < 0.1:
            return False
        if scope is node.parent:
            above = scope.parent
            scope = above if above is not None and above.kind == ELEMENT else scope
        elif scope.rect is None or scope.rect.height > ROW or node.attr("tabindex") == "-1":
            return False  # not a component of its own around the field: a trap for machines
        elif any(n.tag in ("input", "select", "textarea") and n is not node for n in scope.walk()):
            return False
        chain = tuple(node.ancestors())
        for other in scope.walk():
            if other is node or other.rect is None or other.kind != ELEMENT or other in chain:
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
        kind, native = found.kind, found.native
        named = native.attrs if native is not None else attrs
        return Control(
            ref=ref_of(node),
            order=order,
            frame=node.frame,
            kind=kind,
            tag=node.tag,
            type="slide" if found.slides else "combobox" if kind == "select" and node.tag == "button" else _type(node),
            name=attrs.get("name", "") or named.get("name", ""),
            id=attrs.get("id", "") or named.get("id", ""),
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
            label=self._label(found),
            near=near,
            text=words(node.parent, 80) if found.slides and node.parent is not None else _own_text(node, kind),
            value=_value(node, kind),
            checked=_checked(node) or (found.behaves and kind == "checkbox" and ticked(node)),
            options=self._options(native or node) if kind == "select" else (),
            required="required" in named or attrs.get("aria-required") == "true",
            disabled=_disabled(node),
            read_only="readonly" in attrs or attrs.get("aria-readonly") == "true",
            expanded=_expanded(node),
            popup=attrs.get("aria-haspopup", "").lower() if attrs.get("aria-haspopup") != "false" else "",
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

    def _label(self, found: Found) -> str:
        node, kind = found.node, found.kind
        if found.native is not None:
            shown = shown_value(node)
            parts = [p for p in (self.labels.text(found.native), self.labels.text(node)) if p and p != shown]
            return " / ".join(dict.fromkeys(parts))
        return self.labels.text(node) if kind in FILLABLE or "aria-labelledby" in node.attrs else ""

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
        return node.value or (shown_value(node) if kind == "select" else "")
    if kind == "editable":
        return words(node)
    if node.tag == "select":
        return next((_native_option(n).value for n in node.walk() if n.tag == "option" and n.selected), "")
    if kind == "select":
        return shown_value(node)
    return node.attr("value")


def _checked(node: Node) -> bool:
    if node.tag == "input":
        return node.checked
    return any(node.attr(name) == "true" for name in ("aria-checked", "aria-selected", "aria-pressed"))


def _expanded(node: Node) -> bool | None:
    """Whether what it opens is open, as aria-expanded, the state attribute of libraries, or its classes say."""
    said = node.attr("aria-expanded").lower()
    if said in ("true", "false"):
        return said == "true"
    state = node.attr("data-state").lower()
    if state in ("open", "closed"):
        return state == "open"
    if node.tag == "summary" and node.parent is not None:
        return "open" in node.parent.attrs
    names = node.attr("class").split()
    return False if "collapsed" in names else None


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
