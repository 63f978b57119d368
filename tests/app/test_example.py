"""The example that the repository keeps: small, whole, and nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from prober.app.dossiers import verify_case

EXAMPLE = Path(__file__).parents[2] / "reports" / "example"


@pytest.fixture
def files() -> list[Path]:
    if not (EXAMPLE / "case.json").exists():
        pytest.skip("reports/example is not here")
    return [file for file in EXAMPLE.rglob("*") if file.is_file()]


def test_it_is_small_and_has_what_a_visitor_opens(files: list[Path]) -> None:
    assert sum(file.stat().st_size for file in files) < 3_000_000
    names = {file.relative_to(EXAMPLE).as_posix() for file in files}
    assert {"report.html", "report.pdf", "case.json", "SHA256SUMS.sig", "exports/stix.json"} <= names
    assert (EXAMPLE / "report.pdf").read_bytes().startswith(b"%PDF")


def test_it_names_no_path_of_a_machine(files: list[Path]) -> None:
    for file in files:
        data = file.read_bytes()
        assert not any(mark in data for mark in (b"/home/", b"/Users/", b"/root/", b"/tmp/")), file


def test_nothing_was_changed_since_it_was_sealed(files: list[Path]) -> None:
    result = verify_case(EXAMPLE)
    assert [fault for fault in result.faults if fault.kind != "verdict"] == []
