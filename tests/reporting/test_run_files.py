"""The tables of a run: safe in a spreadsheet, well-formed in a pipeline, whatever the pages wrote."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prober.models.run import Finished, Highlights, Skipped
from prober.reporting.run_files import write_csv, write_junit, write_sarif, write_skipped

FAIL = frozenset({"fraudulent"})


def finished(outcome: str = "fraudulent", reason: str = "A debt for nobody.", **more) -> Finished:
    values = {
        "line": 3, "url": "https://a.example/?x=<1>", "outcome": outcome, "obstacle": "", "scenario": "kz-fines",
        "reason": reason, "seconds": 2.5, "case_id": "20261122T100000Z-a.example-00000000",
        "highlights": Highlights(claim=reason, amount="19 660 ₸"),
    }  # fmt: skip
    return Finished(**values | more)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_no_page_breaks_a_table(tmp_path: Path, hostile: str) -> None:
    rows = [finished(reason=hostile), finished("inconclusive", hostile), finished("failed", hostile)]
    counts = Counter(row.outcome for row in rows)
    write_csv(tmp_path / "t.csv", rows)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert len(table) == 4
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in table[1:] for cell in row)
    write_junit(tmp_path / "t.xml", hostile, rows, dict(counts), FAIL)
    suite = ElementTree.parse(tmp_path / "t.xml").getroot()[0]
    assert (suite.get("failures"), suite.get("errors"), suite.get("skipped")) == ("1", "1", "1")
    write_sarif(tmp_path / "t.sarif", "list.txt", "1", rows, FAIL)
    document = json.loads((tmp_path / "t.sarif").read_text())
    assert [result["level"] for result in document["runs"][0]["results"]] == ["error", "error"]
    write_skipped(tmp_path / "s.jsonl", [Skipped(1, hostile, "unusable", hostile)])
    assert len((tmp_path / "s.jsonl").read_text().split("\n")) == 2


def test_sarif_points_at_the_line_of_the_list(tmp_path: Path) -> None:
    write_sarif(tmp_path / "t.sarif", "lists/monday.csv", "1", [finished()], FAIL)
    place = json.loads((tmp_path / "t.sarif").read_text())["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "lists/monday.csv"}, "region": {"startLine": 3}}


def test_junit_counts_what_fails_by_the_users_word(tmp_path: Path) -> None:
    rows = [finished("suspicious"), finished("no_fraud_found"), finished("refused")]
    write_junit(tmp_path / "t.xml", "x", rows, {row.outcome: 1 for row in rows}, frozenset({"suspicious"}))
    suite = ElementTree.parse(tmp_path / "t.xml").getroot()[0]
    assert [[child.tag for child in case] for case in suite] == [["failure"], [], ["skipped"]]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "1")
