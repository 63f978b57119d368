"""Packaged data is the same tree that the YAML library makes of it."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from prober.reading.data import packaged_data

FILES = [
    (folder, path.name.removesuffix(".yaml"))
    for folder in ("cues", "lexicons")
    for path in sorted((files("prober.reading") / folder).iterdir(), key=lambda path: path.name)
    if path.name.endswith(".yaml")
]


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_the_tree_is_that_of_the_library(folder: str, name: str) -> None:
    text = (files("prober.reading") / folder / f"{name}.yaml").read_text(encoding="utf-8")
    assert packaged_data(folder, name) == yaml.load(text, Loader=yaml.CBaseLoader)
