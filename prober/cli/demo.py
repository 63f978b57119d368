"""`prober demo` and `prober lab`: the practice sites on this machine."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from prober.app.check import CheckOptions, check
from prober.app.result import verdict_of
from prober.browser.engine import open_engine
from prober.cli.faults import told
from prober.cli.show import Show, table
from prober.lab.catalogue import all_sites
from prober.lab.server import serve
from prober.lab.site import Site

DEMO_KINDS = (("scam", 4), ("honest", 3), ("obstacle", 1))


@dataclass(frozen=True)
class Row:
    site: Site
    verdict: str
    seconds: float
    reason: str

    @property
    def right(self) -> bool:
        return self.verdict in self.site.expect


def run_demo(*, output: Path, browser: str, no_sandbox: bool, all_sites: bool) -> int:
    """0 when every verdict is among those expected of its site, 1 otherwise."""
    show = Show()
    with told(as_json=False):
        rows = asyncio.run(_demo(output, browser, no_sandbox, _chosen(all_sites), show))
    table(
        ("practice site", "it is", "verdict", "", "seconds", "reason"),
        [
            (
                r.site.name,
                r.site.kind,
                r.verdict,
                "as expected" if r.right else "NOT as expected",
                f"{r.seconds:.1f}",
                r.reason[:90],
            )
            for r in rows
        ],
    )
    print(f"\nCase folders with screenshots: {output}")
    return 0 if all(row.right for row in rows) else 1


def _chosen(everything: bool) -> list[Site]:
    sites = list(all_sites())
    if everything:
        return sites
    return [site for kind, count in DEMO_KINDS for site in [s for s in sites if s.kind == kind][:count]]


async def _demo(output: Path, browser: str, no_sandbox: bool, sites: list[Site], show: Show) -> list[Row]:
    rows: list[Row] = []
    async with serve() as lab, open_engine(executable=browser, sandbox=not no_sandbox) as engine:
        with show.live():
            for site in sites:
                options = CheckOptions(scenario=site.scenario, output=output, allow_private=True)
                case = await check(lab.url(site.name), options, engine, ())
                verdict = verdict_of(case)
                show.notice(f"{site.name}: {verdict.verdict.value} in {case.seconds:.1f} s")
                rows.append(Row(site, verdict.verdict.value, case.seconds, verdict.reason))
    return rows


def run_lab(port: int) -> int:
    """Serve until interrupted."""

    async def forever() -> None:
        async with serve(port=port) as lab:
            print(f"Practice sites: http://localhost:{lab.port}/  (Ctrl-C ends)", file=sys.stderr)
            for site in all_sites():
                print(lab.url(site.name))
            await asyncio.Event().wait()

    with told(as_json=False):
        asyncio.run(forever())
    return 0
