"""A suspect probed again in the lab, while it is up and once it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from prober.app.check import CheckOptions, check
from prober.app.dossiers import verify_case
from prober.app.recheck import recheck
from prober.browser.engine import Engine
from prober.lab.catalogue import all_sites
from prober.lab.server import LabThread
from prober.store.seal import sha256_of

pytestmark = pytest.mark.browser


async def test_up_then_gone_each_a_sealed_case_of_its_own(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    options, output = (
        CheckOptions(scenario="kz-fines", output=tmp_path / "cases", allow_private=True),
        tmp_path / "cases",
    )
    site = next(site for site in all_sites() if site.name == "fine-by-plate")
    with LabThread([site]) as lab:
        first = await check(lab.url(site.name), options, engine)
        seal = sha256_of(output / first.id / "SHA256SUMS")
        up, _ = await recheck(output / first.id, CheckOptions(allow_private=True), engine)
    gone, folder = await recheck(output / up.id, CheckOptions(allow_private=True), engine)
    assert up.earlier is not None and (up.earlier.state, up.earlier.case_id, up.earlier.manifest) == (
        "up",
        first.id,
        seal,
    )
    assert up.seed == first.seed and up.scenario == first.scenario
    assert gone.earlier is not None and (gone.earlier.state, gone.earlier.how) == ("gone", "refused")
    assert gone.earlier.first_case == first.id and gone.earlier.gone_since == gone.started_at
    assert sha256_of(output / first.id / "SHA256SUMS") == seal
    assert verify_case(output / first.id).intact and verify_case(folder).intact
