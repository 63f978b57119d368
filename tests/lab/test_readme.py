"""The lab's README says what the catalogue says."""

from __future__ import annotations

from pathlib import Path

import prober.lab
from prober.lab.catalogue import all_sites
from prober.lab.readme import readme


def test_the_readme_is_up_to_date() -> None:
    written = (Path(prober.lab.__file__).parent / "README.md").read_text("utf-8")
    assert written == readme(all_sites()), "run: python -m prober.lab --readme > prober/lab/README.md"


def test_every_site_has_a_row_of_five_cells() -> None:
    rows = [line for line in readme(all_sites()).splitlines() if line.startswith("| **")]
    assert len(rows) == len(all_sites())
    assert all(row.replace(r"\|", "").count("|") == 6 for row in rows)
