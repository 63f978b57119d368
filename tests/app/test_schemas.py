"""The published schemas are those of the code, and what prober writes fits them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prober.app.result import as_json
from prober.app.schemas import SCHEMAS, case_schema, schema_text, verdict_schema
from tests.factories_case import fraudulent, rejecting

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas"
jsonschema = pytest.importorskip("jsonschema")


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_published_is_what_the_code_says(name: str) -> None:
    text = (PUBLISHED / f"{name}-1.json").read_text("utf-8")
    assert text == schema_text(name), f"run: prober schema {name} > docs/schemas/{name}-1.json"
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("make", [fraudulent, rejecting])
def test_cases_and_verdicts_fit(make, tmp_path) -> None:
    case, folder = make(tmp_path)
    record = json.loads((folder.path / "case.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(case_schema()).validate(record)
    told = json.loads(json.dumps(as_json(case, "x")))
    jsonschema.Draft202012Validator(verdict_schema()).validate(told)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(case_schema()).validate({**record, "seed": "many"})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(verdict_schema()).validate({**told, "verdict": "guilty"})
