"""Packaged YAML files as plain trees, every scalar a string ('no' and '08' stay what they are)."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from typing import Any

import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def packaged_data(folder: str, name: str) -> Any:
    """The tree in `folder/name.yaml` beside this module; None for an empty file."""
    text = (importlib.resources.files(__package__) / folder / f"{name}.yaml").read_text(encoding="utf-8")
    # From events, in a third of the time of yaml.load, which first builds nodes and resolves their types.
    events = yaml.parse(text, Loader=_LOADER)
    next(events)  # start of the stream
    return None if isinstance(next(events), yaml.StreamEndEvent) else _tree(next(events), events)


def _tree(event: yaml.Event, events: Iterator[yaml.Event]) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_tree(event, events))
        return items
    if isinstance(event, yaml.MappingStartEvent):
        tree: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = _tree(event, events)
            tree[key] = _tree(next(events), events)
        return tree
    raise ValueError(f"packaged data uses no anchors or aliases: {event}")
