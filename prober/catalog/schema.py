"""JSON schemas of scenario and suite files, made from the models, for editors."""

from __future__ import annotations

import json
from pathlib import Path

from prober.catalog.load import packaged_folder
from prober.models.base import Noun
from prober.models.scenario import OfficialFile, Scenario
from prober.models.suite import Suite

FILES: dict[str, type[Noun]] = {
    "schema.json": Scenario,
    "suites/schema.json": Suite,
    "everywhere/schema.json": OfficialFile,
}


def schema_text(name: str) -> str:
    """The schema file of that name, as it should stand in the scenarios folder."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | FILES[name].model_json_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path | None = None) -> tuple[Path, ...]:
    """Write all schema files; returns their paths."""
    paths = []
    for name in FILES:
        path = (folder or packaged_folder()) / name
        path.write_text(schema_text(name), encoding="utf-8")
        paths.append(path)
    return tuple(paths)
