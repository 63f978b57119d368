"""The published shapes of what prober writes, as JSON Schema 2020-12."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from prober.models.case import Case, VerdictClass

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = {"type": "string"}


def case_schema() -> dict[str, Any]:
    """`case.json`, schema prober/case/1."""
    made = Case.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "$id": "urn:prober:case:1", **made}


def verdict_schema() -> dict[str, Any]:
    """What `prober check --json` and each line of `results.jsonl` say, schema prober/verdict/1.

    Later versions may add fields, so readers ignore those that they do not know.
    """
    finding = {
        "rule": TEXT,
        "for": {"enum": ["fraud", "site"]},
        "weight": {"enum": ["decisive", "strong", "supporting"]},
        "summary": TEXT,
        "exhibits": {"type": "array", "items": TEXT},
    }
    proof = {"type": "object", "required": ["proof", "why"], "properties": {"proof": TEXT, "why": TEXT}}
    identity = {
        "values": {"type": "object", "additionalProperties": TEXT},
        "proofs": {"type": "object", "additionalProperties": proof},
    }
    probe = {
        "name": TEXT,
        "identity": {"type": "object", "required": list(identity), "properties": {"name": TEXT, **identity}},
        "outcome": TEXT,
        "seconds": {"type": "number", "minimum": 0},
    }
    fields = {
        "schema": {"const": "prober/verdict/1"},
        "case_id": TEXT,
        "url": TEXT,
        "final_url": TEXT,
        "scenario": TEXT,
        "verdict": {"enum": [str(one) for one in VerdictClass]},
        "reason": TEXT,
        "obstacle": {"type": ["string", "null"]},
        "findings": {"type": "array", "items": {"type": "object", "required": list(finding), "properties": finding}},
        "probes": {"type": "array", "items": {"type": "object", "required": list(probe), "properties": probe}},
        "started_at": {"type": "string", "format": "date-time"},
        "seconds": {"type": "number", "minimum": 0},
        "case_dir": TEXT,
        "prober_version": TEXT,
    }
    head = {"$schema": DIALECT, "$id": "urn:prober:verdict:1", "title": "Verdict"}
    return {**head, "type": "object", "required": list(fields), "properties": fields}


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {"case": case_schema, "verdict": verdict_schema}


def schema_text(name: str) -> str:
    """A schema as it is published: sorted, indented, with a final newline."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
