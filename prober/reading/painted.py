"""Puts text that was read from pictures where a person sees it: beside boxes and on buttons."""

from __future__ import annotations

from prober.models.page import Box, Control, NearText, Side, Snapshot, TextBlock

REACH = 60.0  # CSS px between a painted label and its box


def with_painted(snapshot: Snapshot, blocks: tuple[TextBlock, ...]) -> Snapshot:
    """The snapshot with recognised lines added: as blocks, as neighbours of fields, as words of wordless buttons."""
    first = 1 + max((block.id for block in snapshot.blocks), default=0)
    lines = tuple(block.model_copy(update={"id": first + n}) for n, block in enumerate(blocks))
    told = [line for line in lines if line.source == "ocr" and line.text.strip()]
    controls = tuple(_labelled(control, told) if control.visible else control for control in snapshot.controls)
    return snapshot.model_copy(update={"blocks": (*snapshot.blocks, *lines), "controls": controls})


def _labelled(control: Control, lines: list[TextBlock]) -> Control:
    if control.kind in {"button", "link", "tab", "option"}:
        if control.text.strip() or control.aria_label or control.label:
            return control
        words = " ".join(line.text for line in lines if _inside(line.box, control.box))
        return control.model_copy(update={"text": words}) if words else control
    if control.kind not in {"text", "select", "editable"} or control.label or control.aria_label:
        return control
    beside = [near for line in lines if (near := _near(line, control.box)) is not None]
    if not beside:
        return control
    return control.model_copy(update={"near": tuple(sorted((*control.near, *beside), key=lambda near: near.distance))})


def _inside(inner: Box, outer: Box) -> bool:
    x, y = inner.centre
    return outer.x <= x <= outer.x + outer.width and outer.y <= y <= outer.y + outer.height


def _near(line: TextBlock, box: Box) -> NearText | None:
    """How the line stands to the box: above it and overlapping sideways, or left of it on the same height."""
    text = line.box
    above = box.y - (text.y + text.height)
    overlaps = min(text.x + text.width, box.x + box.width) > max(text.x, box.x)
    if overlaps and -4 <= above <= REACH:
        return _told(line, "above", above)
    left = box.x - (text.x + text.width)
    level = min(text.y + text.height, box.y + box.height) > max(text.y, box.y)
    if level and -4 <= left <= REACH:
        return _told(line, "left", left)
    return _told(line, "inside", 0.0) if _inside(text, box) else None


def _told(line: TextBlock, side: Side, distance: float) -> NearText:
    return NearText(side=side, distance=max(distance, 0.0), text=line.text)
