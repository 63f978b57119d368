"""Every practice site through the real browser: the right verdict, and nothing sent that must not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from prober.app.check import CheckOptions, check
from prober.app.result import verdict_of
from prober.browser.engine import Engine
from prober.lab.catalogue import all_sites
from prober.lab.server import Lab, serve
from prober.lab.site import Site
from tests.app.outgoing import forbidden_values

pytestmark = pytest.mark.browser


# Sites that prober does not see through yet, and what it lacks; a test that passes tells to take its site out.
KNOWN_MISSES = {
    "su-qaryz": "typing by a drawn keypad",
    "phatnguoi-vn": "a drawn date picker must be used",
}


def cases() -> list[ParameterSet]:
    """Every site, marked where its miss is known."""
    return [
        pytest.param(
            site,
            id=site.name,
            marks=pytest.mark.xfail(strict=True, reason=KNOWN_MISSES[site.name]) if site.name in KNOWN_MISSES else (),
        )
        for site in all_sites()
    ]


def test_known_misses_are_sites() -> None:
    assert set(KNOWN_MISSES) <= {site.name for site in all_sites()}


@pytest.mark.parametrize("site", cases())
async def test_the_verdict_is_right(site: Site, lab: Lab, engine: Engine, tmp_path: Path) -> None:
    if site.stateful:
        async with serve([site]) as fresh:
            await judge_site(site, fresh, engine, tmp_path)
    else:
        await judge_site(site, lab, engine, tmp_path)


async def judge_site(site: Site, lab: Lab, engine: Engine, tmp_path: Path) -> None:
    """Probes the site as served by this lab, and asserts its verdict and what it received."""
    received_before = len(lab.log)
    options = CheckOptions(scenario=site.scenario, output=tmp_path, allow_private=True, seed=11)
    case = await check(lab.url(site.name), options, engine)
    verdict = verdict_of(case)
    walk = "\n".join(f"{p.name} {p.outcome} {p.why} typed={p.typed}" for p in case.probes)
    assert verdict.verdict.value in site.expect, f"{verdict.verdict.value}: {verdict.reason}\n{walk}"
    declared = {v.text for p in case.probes for v in p.identity.last_resort.values()}
    assert forbidden_values(lab.log[received_before:], declared) == []
