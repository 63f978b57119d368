"""The table of a run for other programs: CSV for spreadsheets, JUnit XML and SARIF for pipelines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from prober.models.run import Finished, Skipped
from prober.reporting.text import defang, for_cell, harmless

COLUMNS = (
    "line", "url", "verdict", "obstacle", "scenario", "claim", "amount", "reason", "seconds", "addresses", "case_id",
)  # fmt: skip
_LEVELS = {"fraudulent": "error", "suspicious": "warning", "inconclusive": "note", "no_fraud_found": "none"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_csv(path: Path, finished: Iterable[Finished]) -> None:
    """`summary.csv`, UTF-8 with a mark so that spreadsheets read Cyrillic; no cell is a formula, no address a link."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for one in finished:
            lights = one.highlights
            words = (
                defang(one.url), one.outcome, one.obstacle, one.scenario, lights.claim, lights.amount, one.reason,
            )  # fmt: skip
            tail = (f"{one.seconds:.1f}", " ".join(lights.addresses), one.case_id)
            table.writerow((one.line, *map(for_cell, words), *tail))


def write_skipped(path: Path, skipped: Iterable[Skipped]) -> None:
    """`skipped.jsonl`: every row that was not probed, with its line and why."""
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for row in skipped:
            entry = {"line": row.line, "text": row.text, "kind": row.kind, "reason": row.reason}
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def write_junit(
    path: Path, name: str, finished: Iterable[Finished], counts: dict[str, int], fail_on: frozenset[str]
) -> None:
    """JUnit XML: a test per suspect, failed where its verdict is one of `fail_on`."""
    failures = sum(count for outcome, count in counts.items() if outcome in fail_on)
    errors = counts.get("failed", 0)
    passed = {"no_fraud_found", "suspicious", "fraudulent", "failed"} | fail_on
    skipped = sum(count for outcome, count in counts.items() if outcome not in passed)
    totals = f'tests="{sum(counts.values())}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f"<testsuites {totals}>\n<testsuite name={_attribute(name)} {totals}>\n")
        for one in finished:
            head = f"<testcase classname={_attribute(one.scenario or 'prober')} name={_attribute(defang(one.url))}"
            file.write(f'{head} time="{one.seconds:.3f}">')
            message = _attribute(f"{one.outcome}: {harmless(one.reason)}")
            if one.outcome in fail_on:
                body = escape(_xml(f"{harmless(one.reason)}\ncase {one.case_id}"))
                file.write(f"<failure type={_attribute(one.outcome)} message={message}>{body}</failure>")
            elif one.outcome == "failed":
                file.write(f"<error message={message}/>")
            elif one.outcome not in passed:
                file.write(f"<skipped message={message}/>")
            file.write("</testcase>\n")
        file.write("</testsuite>\n</testsuites>\n")


def write_sarif(path: Path, listing: str, version: str, finished: Iterable[Finished], fail_on: frozenset[str]) -> None:
    """SARIF 2.1.0: a result per accused suspect, placed at its line of the list."""
    uri = "stdin" if listing == "-" else Path(listing).as_posix()
    rules = [{"id": word, "name": word, "shortDescription": {"text": text}} for word, text in _RULES.items()]
    head = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "prober", "version": version, "rules": rules}}, "results": []}],
    }
    before, after = json.dumps(head, ensure_ascii=False).rsplit("[]", 1)
    with path.open("w", encoding="utf-8", errors="replace") as file:
        file.write(before + "[")
        for number, result in enumerate(_sarif_results(uri, finished, fail_on)):
            file.write((",\n" if number else "\n") + json.dumps(result, ensure_ascii=False))
        file.write("]" + after + "\n")


_RULES = {
    "fraudulent": "The page claimed a debt or card details for values that can belong to nobody.",
    "suspicious": "The page poses as an official body, or accused one invalid identity.",
    "inconclusive": "Something stood in the way; the page was not judged.",
    "no_fraud_found": "Invalid identities were rejected. This is not a clearance.",
    "failed": "prober itself failed at this suspect.",
    "refused": "The address must not be probed.",
}


def _sarif_results(uri: str, finished: Iterable[Finished], fail_on: frozenset[str]) -> Iterator[dict[str, object]]:
    for one in finished:
        if one.outcome not in fail_on and one.outcome not in ("fraudulent", "suspicious", "failed"):
            continue
        level = "error" if one.outcome in fail_on or one.outcome == "failed" else _LEVELS.get(one.outcome, "note")
        place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": one.line}}}
        yield {
            "ruleId": one.outcome,
            "level": level,
            "message": {"text": f"{defang(one.url)}: {harmless(one.reason)}"},
            "locations": [place],
            "properties": {"caseId": one.case_id, "amount": harmless(one.highlights.amount)},
        }


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
