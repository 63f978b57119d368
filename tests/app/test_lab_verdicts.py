"""Every practice site through the real browser: the right verdict, and nothing sent that must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from prober.app.check import CheckOptions, check
from prober.app.result import verdict_of
from prober.browser.engine import Engine
from prober.lab.catalogue import all_sites
from prober.lab.server import Lab
from prober.lab.site import Site
from tests.app.outgoing import forbidden_values

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("site", all_sites(), ids=lambda site: site.name)
async def test_the_verdict_is_right(site: Site, lab: Lab, engine: Engine, tmp_path: Path) -> None:
    received_before = len(lab.log)
    options = CheckOptions(scenario=site.scenario, output=tmp_path, allow_private=True, seed=11)
    case = await check(lab.url(site.name), options, engine)
    verdict = verdict_of(case)
    walk = "\n".join(f"{p.name} {p.outcome} {p.why} typed={p.typed}" for p in case.probes)
    assert verdict.verdict.value in site.expect, f"{verdict.verdict.value}: {verdict.reason}\n{walk}"
    declared = {v.text for p in case.probes for v in p.identity.last_resort.values()}
    assert forbidden_values(lab.log[received_before:], declared) == []
