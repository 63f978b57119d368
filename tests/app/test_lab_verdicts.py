"""Every practice site through the real browser: the right verdict, and nothing sent that must not be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from _pytest.mark import ParameterSet

from prober.app.check import CheckOptions, check
from prober.app.result import verdict_of
from prober.browser.engine import Engine
from prober.lab.catalogue import all_sites
from prober.lab.server import Lab, serve
from prober.lab.site import Site
from prober.models.case import Case
from tests.app.outgoing import forbidden_values

pytestmark = pytest.mark.browser


# Sites that prober does not see through yet, and what it lacks; a test that passes tells to take its site out.
KNOWN_MISSES: dict[str, str] = {}


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


AT_ONCE = 3  # sites under way; walks wait more than they work

Cases = dict[str, asyncio.Task[Case]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def under_way(
    request: pytest.FixtureRequest, lab: Lab, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Cases]:
    """A case for every site that was asked for, a few at a time; tests await theirs."""
    wanted = {item.callspec.params["site"].name for item in request.session.items if hasattr(item, "callspec")
              and isinstance(item.callspec.params.get("site"), Site)}  # fmt: skip
    gate, output = asyncio.Semaphore(AT_ONCE), tmp_path_factory.mktemp("cases")

    async def probe(site: Site) -> Case:
        options = CheckOptions(scenario=site.scenario, output=output, allow_private=True, seed=11)
        async with gate:
            if not site.stateful:
                return await check(lab.url(site.name), options, engine)
            async with serve([site]) as fresh:
                case = await check(fresh.url(site.name), options, engine)
                lab.log.extend(fresh.log)
                return case

    tasks = {site.name: asyncio.create_task(probe(site)) for site in all_sites() if site.name in wanted}
    yield tasks
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest.mark.parametrize("site", cases())
async def test_the_verdict_is_right(site: Site, lab: Lab, under_way: Cases) -> None:
    case = await under_way[site.name]
    verdict = verdict_of(case)
    walk = "\n".join(f"{p.name} {p.outcome} {p.why} typed={p.typed}" for p in case.probes)
    assert verdict.verdict.value in site.expect, f"{verdict.verdict.value}: {verdict.reason}\n{walk}"
    declared = {v.text for p in case.probes for v in p.identity.last_resort.values()}
    assert forbidden_values([r for r in lab.log if r.site == site.name], declared) == []
