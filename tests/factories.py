"""Builds snapshots from plain text for tests of what reads, plans and judges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from prober.models.page import Box, Control, DialogSeen, Snapshot, TextBlock

_WIDTH = 380.0


def block(text: str, id: int = 0, **more: Any) -> TextBlock:
    more.setdefault("box", Box(x=16, y=16 + id * 30.0, width=_WIDTH, height=24))
    return TextBlock(id=id, text=text, **more)


def control(ref: str = "c0", kind: str = "text", order: int = 0, **more: Any) -> Control:
    tags = {"text": "input", "select": "select", "link": "a", "checkbox": "input", "radio": "input"}
    more.setdefault("tag", tags.get(kind, "button"))
    more.setdefault("box", Box(x=16, y=400 + order * 50.0, width=200, height=40))
    return Control.model_validate({"ref": ref, "kind": kind, "order": order, **more})


def page(
    blocks: Iterable[str | TextBlock | Sequence[str]] = (),
    controls: Iterable[Control] = (),
    *,
    buttons: Iterable[str] = (),
    dialogs: Iterable[str] = (),
    **more: Any,
) -> Snapshot:
    """A snapshot of lines one under the other.

    A list among `blocks` is a card: its lines share a container of their own. A line that starts with '# '
    is a heading, one in square brackets is the text of a button, one in angle brackets of a link.
    """
    made: list[TextBlock] = []
    all_controls = list(controls)
    node = 10
    y = 16.0

    def add(text: str | TextBlock, containers: tuple[int, ...]) -> None:
        nonlocal node, y
        node += 1
        if isinstance(text, TextBlock):
            made.append(text.model_copy(update={"id": len(made)}))
            return
        extra: dict[str, Any] = {}
        if text.startswith("# "):
            text, extra = text[2:], {"heading": 2, "tag": "h2", "font_size": 24.0}
        elif text[:1] + text[-1:] in ("[]", "<>") and len(text) > 2:
            kind = "button" if text[0] == "[" else "link"
            text = text[1:-1]
            ref = f"b{len(all_controls)}"
            box = Box(x=16, y=y, width=200, height=40)
            href = {"href": "https://suspect.example/x"} if kind == "link" else {}
            all_controls.append(
                control(ref, kind, len(all_controls), text=text, box=box, containers=(*containers, node), **href)
            )
            extra = {"control": ref, "tag": "button" if kind == "button" else "a"}
        made.append(
            TextBlock(
                id=len(made),
                text=text,
                box=Box(x=16, y=y, width=_WIDTH, height=24),
                containers=(*containers, node),
                **extra,
            )
        )
        y += 30

    for entry in blocks:
        if isinstance(entry, str | TextBlock):
            add(entry, (1, 2))
        else:
            node += 1
            card = node
            for text in entry:
                add(text, (1, 2, card))
            y += 20
    for text in buttons:
        add(f"[{text}]", (1, 2))
    more.setdefault("url", "https://suspect.example/")
    more.setdefault("status", 200)
    return Snapshot(
        blocks=tuple(made),
        controls=tuple(all_controls),
        dialogs=tuple(DialogSeen(kind="alert", message=m) for m in dialogs),
        page_height=y + 50,
        **more,
    )
