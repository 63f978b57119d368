"""The JSON schemas in the repository are those of the models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prober.catalog.load import packaged_folder
from prober.catalog.schema import FILES, schema_text, write_schemas


@pytest.mark.parametrize("name", FILES)
def test_schemas_are_up_to_date(name: str) -> None:
    stored = (packaged_folder() / name).read_text(encoding="utf-8")
    assert stored == schema_text(name), "run: python -m prober.catalog schema"


def test_schemas_refuse_unknown_fields(tmp_path: Path) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "everywhere").mkdir()
    for path in write_schemas(tmp_path):
        assert json.loads(path.read_text(encoding="utf-8"))["additionalProperties"] is False
