"""The rough list is what it says, for any size."""

from __future__ import annotations

import io

import pytest

from prober.intake import Unusable, read_rows
from prober.lab.catalogue import all_sites
from prober.lab.server import Lab
from tests.app.rough_list import SITES, rough_list


@pytest.mark.parametrize("size", [20, 64, 300])
def test_every_kind_has_its_share(size: int) -> None:
    lab = Lab(tuple(site for site in all_sites() if site.name in SITES), 8000)
    rough = rough_list(lab, 9000, size)
    rows = list(read_rows(io.BytesIO("\n".join(rough.lines).encode())))
    assert len(rough.lines) == len(rows) == size
    assert sum(isinstance(row, Unusable) for row in rows) == rough.rubbish == size // 20
    assert len(rough.dead) == len(rough.tarpits) == rough.duplicates == size // 20
    assert len(set(rough.suspects)) == len(rough.suspects) == size - 2 * (size // 20)
