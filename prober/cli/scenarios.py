"""`prober scenarios`: list, show, validate."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from prober.catalog import all_scenarios, load_scenario, problems_in
from prober.cli.faults import told
from prober.cli.show import table


def run_list(*, as_json: bool) -> int:
    """One row per scenario."""
    with told(as_json=as_json):
        found = all_scenarios()
    if as_json:
        records = [{"name": s.name, "version": s.version, "country": s.country, "title": s.title} for s in found]
        print(json.dumps(records, ensure_ascii=False))
        return 0
    rows: list[tuple[str, ...]] = [(s.name, s.country, ", ".join(s.languages), s.title.get("en", "")) for s in found]
    table(("scenario", "country", "languages", "title"), rows)
    return 0


def run_show(name: str) -> int:
    """The scenario as JSON."""
    with told(as_json=False):
        scenario = load_scenario(name)
    print(scenario.model_dump_json(by_alias=True, indent=2))
    return 0


def run_validate(files: list[Path]) -> int:
    """0 when all are right, 2 otherwise."""
    faults = [fault for file in files for fault in problems_in(file)]
    for fault in faults:
        print(str(fault), file=sys.stderr)
    if not faults:
        print(f"{len(files)} file{'s' if len(files) > 1 else ''} right")
    return 2 if faults else 0
