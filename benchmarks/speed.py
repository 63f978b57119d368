"""A whole verdict of prober against a bare script that walks the same site once, process against process.

    python -m benchmarks.speed [SITE ...] [--rounds 3] [--json FILE]

The two take turns (A B A B), so that a busy minute of the machine hits both. A ratio is the median over
the rounds of prober's seconds by the script's in the same round.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.common import (
    Missing,
    arguments,
    finish,
    machine,
    middle,
    prober_check,
    run,
    table,
    the_browser,
    verdict_in,
)

TARGET = 2.5  # at the median over the lab
SPINNER_TARGET = 1.0  # at the median over sites with fake spinners
SPINNER = "timers"  # what the techniques of a site with a fake spinner name
BARE = Path(__file__).with_name("bare.py")

Walks = dict[str, tuple[tuple[str, str, str], ...]]


@dataclass(frozen=True)
class Row:
    """One site: median seconds of each, and the medians of the ratios.

    warm: the script's walk alone, in a running process with a running browser.
    right: whether every verdict was one of those that the site expects.
    """

    site: str
    spinner: bool
    prober: float
    script: float
    warm: float
    ratio: float
    warm_ratio: float
    verdict: str
    right: bool


def the_walks() -> Walks:
    """The hand-written walks of the lab's tests; Missing outside a checkout."""
    try:
        from tests.lab.walks import WALKS
    except ImportError as error:
        raise Missing("tests/lab/walks.py is not here; run this from the root of a checkout") from error
    return WALKS


def warm_seconds(url: str, steps: list[list[str]], browser: str, rounds: int) -> float:
    """Median seconds of the walk in this process, the browser warm."""
    from playwright.sync_api import sync_playwright

    from benchmarks.bare import walk

    taken = []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser)
        walk(running, url, steps)
        for _ in range(rounds):
            began = time.perf_counter()
            walk(running, url, steps)
            taken.append(time.perf_counter() - began)
        running.close()
    return middle(taken)


def measure(names: list[str], rounds: int, output: Path) -> list[Row]:
    """Every site in turn, each served with fresh state."""
    from prober.lab.catalogue import all_sites
    from prober.lab.server import LabThread

    walks, browser = the_walks(), the_browser()
    rows = []
    for site in all_sites():
        if site.name not in (names or walks) or site.name not in walks:
            continue
        steps = [list(step) for step in walks[site.name]]
        with LabThread([site]) as lab:
            url = lab.url(site.name)
            task = json.dumps({"url": url, "browser": browser, "steps": steps})
            ours, theirs, words = [], [], []
            for _ in range(rounds):
                ran = run(prober_check(url, output))
                ours.append(ran.seconds)
                words.append(verdict_in(ran))
                bare = run([sys.executable, str(BARE), task])
                if bare.status:
                    raise Missing(f"the script's walk through {site.name} failed: {bare.err.strip()[-300:]}")
                theirs.append(bare.seconds)
            warm = warm_seconds(url, steps, browser, rounds)
        rows.append(
            Row(
                site=site.name,
                spinner=any(SPINNER in technique for technique in site.techniques),
                prober=middle(ours),
                script=middle(theirs),
                warm=warm,
                ratio=middle([a / b for a, b in zip(ours, theirs, strict=True)]),
                warm_ratio=middle(ours) / warm,
                verdict="/".join(dict.fromkeys(words)),
                right=all(word in site.expect for word in words),
            )
        )
        print(f"{rows[-1].site}: {rows[-1].ratio:.2f}", file=sys.stderr, flush=True)
    return rows


def summary(rows: list[Row]) -> dict[str, float]:
    """The figures that count."""
    spinners = [row for row in rows if row.spinner]
    return {
        "median_ratio": middle([row.ratio for row in rows]),
        "median_ratio_on_spinners": middle([row.ratio for row in spinners]),
        "median_ratio_to_warm_walk": middle([row.warm_ratio for row in rows]),
        "median_prober_seconds": middle([row.prober for row in rows]),
        "median_script_seconds": middle([row.script for row in rows]),
        "wrong_verdicts": sum(not row.right for row in rows),
    }


def main() -> int:
    """0 when the targets are met, 1 when not, 2 when something is missing."""
    options = arguments(__doc__.split("\n", 1)[0], rounds=3).parse_args()
    before = machine()
    try:
        with tempfile.TemporaryDirectory() as folder:
            rows = measure(options.sites, options.rounds, Path(folder))
    except Missing as missing:
        print(f"skipped: {missing}")
        return 2
    print(
        table(
            ("site", "prober s", "script s", "warm walk s", "ratio", "ratio to warm", "verdict"),
            [
                (f"{row.site}{' (spinner)' if row.spinner else ''}", row.prober, row.script, row.warm, row.ratio,
                 row.warm_ratio, row.verdict + ("" if row.right else " (wrong)"))
                for row in rows
            ],
        )
    )  # fmt: skip
    figures = summary(rows)
    print(f"\nmedian over {len(rows)} sites: {figures['median_ratio']:.2f} times the script (target {TARGET})")
    print(f"median on sites with fake spinners: {figures['median_ratio_on_spinners']:.2f} (target {SPINNER_TARGET})")
    print(f"median ratio to the warm, in-process walk: {figures['median_ratio_to_warm_walk']:.2f}")
    after = machine()
    print(f"{before['cores']} cores, load average {before['load_1_min']} before, {after['load_1_min']} after")
    finish(
        {
            "before": before,
            "after": after,
            "rounds": options.rounds,
            "summary": figures,
            "sites": [asdict(row) for row in rows],
        },
        options.json_file,
    )
    missed = figures["median_ratio"] > TARGET or figures["median_ratio_on_spinners"] >= SPINNER_TARGET
    return int(missed or figures["wrong_verdicts"] > 0)


if __name__ == "__main__":
    sys.exit(main())
