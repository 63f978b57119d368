"""prober beside others on the same practice sites and with the same browser.

    python -m benchmarks.peers [SITE ...] [--capture-python PATH] [--only capture|verdicts] [--json FILE]

capture: playwrightcapture (the engine under Lookyloo) takes the landing page, prober its whole verdict; whole
processes in turns. It waits on purpose, so that slow pages settle. verdicts: the verdicts of prober and of a rule
baseline (`benchmarks.invariants`) over the lab.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

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

TARGET = 10.0  # times faster than a capture of the landing page, at the median
CAPTURED = ("fine-by-plate", "iin-strict", "spinner-list", "sms-wizard", "nothing-found", "tariff-table", "login-wall")
CAPTURE = Path(__file__).with_name("capture.py")
WORDS = ("fraudulent", "suspicious", "inconclusive", "no_fraud_found", "failed")
KINDS = ("scam", "honest", "obstacle")


def captures(names: list[str], rounds: int, python: str, output: Path) -> list[dict[str, Any]]:
    """Seconds of a capture and of a whole verdict, by site; Missing where playwrightcapture is not installed."""
    from prober.lab.catalogue import all_sites
    from prober.lab.server import LabThread

    if run([python, "-c", "import playwrightcapture, lookyloo_models"]).status:
        raise Missing(
            f"{python} has no playwrightcapture; make a virtual environment for it, run "
            "'pip install playwrightcapture' there, and name its interpreter with --capture-python"
        )
    browser, rows = the_browser(), []
    for site in all_sites():
        if site.name not in (names or CAPTURED):
            continue
        ours, theirs, words, notes = [], [], [], set()
        with LabThread([site]) as lab:
            for _ in range(rounds):
                verdict = run(prober_check(lab.url(site.name), output))
                ours.append(verdict.seconds)
                words.append(verdict_in(verdict))
                taken = run([python, str(CAPTURE), lab.url(site.name), browser])
                theirs.append(taken.seconds)
                notes.add(_note(taken.out, taken.status))
        ratio = middle([b / a for a, b in zip(ours, theirs, strict=True)])
        rows.append(
            {"site": site.name, "prober": middle(ours), "capture": middle(theirs), "times": ratio,
             "verdict": "/".join(dict.fromkeys(words)), "captured": "/".join(sorted(notes))}
        )  # fmt: skip
        print(f"{site.name}: {ratio:.1f}", file=sys.stderr, flush=True)
    return rows


def _note(out: str, status: int) -> str:
    try:
        got = json.loads(out.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return f"failed ({status})"
    return "picture" if got["picture"] else f"no picture: {got['error'][:60]}"


def probers(names: list[str], output: Path) -> dict[str, tuple[str, float]]:
    """prober's verdict and seconds by site, one browser for all."""
    from prober.app.check import CheckOptions, check
    from prober.app.result import verdict_of
    from prober.browser.engine import open_engine
    from prober.errors import ProberError
    from prober.lab.catalogue import all_sites
    from prober.lab.server import serve

    async def all_of_them() -> dict[str, tuple[str, float]]:
        told: dict[str, tuple[str, float]] = {}
        async with open_engine() as engine:
            for site in all_sites():
                if names and site.name not in names:
                    continue
                options = CheckOptions(scenario=site.scenario, output=output, allow_private=True)
                began = time.perf_counter()
                async with serve([site]) as lab:
                    try:
                        word = verdict_of(await check(lab.url(site.name), options, engine)).verdict.value
                    except ProberError as error:
                        word = "failed"
                        print(f"{site.name}: {error.message}", file=sys.stderr)
                told[site.name] = (word, time.perf_counter() - began)
        return told

    return asyncio.run(all_of_them())


def baselines(names: list[str], *, relaxed: bool) -> dict[str, tuple[str, str, float]]:
    """The baseline's word, why, and seconds by site."""
    from playwright.sync_api import sync_playwright

    from benchmarks.bare import PHONE
    from benchmarks.invariants import probe
    from prober.lab.catalogue import all_sites
    from prober.lab.server import LabThread

    told = {}
    options = {"viewport": {"width": 412, "height": 915}, "user_agent": PHONE, "is_mobile": True, "has_touch": True}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=the_browser())
        for site in all_sites():
            if names and site.name not in names:
                continue
            with LabThread([site]) as lab:
                began = time.perf_counter()
                found = probe(browser, lab.url(site.name), relaxed=relaxed, options=options)
            word = "suspicious" if found.invariant else "benign"
            told[site.name] = (word, found.why, time.perf_counter() - began)
        browser.close()
    return told


def confusion(words: dict[str, str], columns: tuple[str, ...]) -> str:
    """Kinds of sites by what was said of them."""
    from prober.lab.catalogue import all_sites

    counts = Counter((site.kind, words[site.name]) for site in all_sites() if site.name in words)
    return table(("", *columns), [(kind, *(counts[kind, column] for column in columns)) for kind in KINDS])


def show_captures(names: list[str], rounds: int, python: str) -> dict[str, Any]:
    """The first comparison, printed."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            rows = captures(names, rounds, python, Path(folder))
    except Missing as missing:
        print(f"capture: skipped: {missing}\n")
        return {"skipped": str(missing)}
    heads = ("site", "prober s", "capture s", "times faster", "verdict", "captured")
    print(table(heads, [tuple(row.values()) for row in rows]))
    times = middle([row["times"] for row in rows])
    print(f"\na whole verdict is {times:.1f} times faster than a capture at the median (target {TARGET})\n")
    return {"median_times_faster": times, "sites": rows}


def show_verdicts(names: list[str]) -> dict[str, Any]:
    """The second comparison, printed."""
    with tempfile.TemporaryDirectory() as folder:
        ours = probers(names, Path(folder))
    print("prober\n" + confusion({site: word for site, (word, _) in ours.items()}, WORDS))
    print(f"median {middle([seconds for _, seconds in ours.values()]):.1f} s a site\n")
    result: dict[str, Any] = {"prober": ours}
    for name, relaxed in (("two invariants, as published", False), ("two invariants, any text form", True)):
        theirs = baselines(names, relaxed=relaxed)
        print(f"{name}\n" + confusion({site: word for site, (word, *_) in theirs.items()}, ("suspicious", "benign")))
        print(
            f"median {middle([seconds for *_, seconds in theirs.values()]):.1f} s a site; reasons for benign: ", end=""
        )
        print(
            ", ".join(
                f"{why} {n}" for why, n in Counter(w for v, w, _ in theirs.values() if v == "benign").most_common(6)
            )
        )
        print()
        result[name] = theirs
    return result


def main() -> int:
    """0; 2 when there is no browser."""
    parser = arguments(__doc__.split("\n", 1)[0], rounds=1)
    parser.add_argument("--capture-python", default=sys.executable, help="interpreter that has playwrightcapture")
    parser.add_argument("--only", choices=("capture", "verdicts"), help="one of the two comparisons")
    options = parser.parse_args()
    result: dict[str, Any] = {"before": machine()}
    try:
        the_browser()
    except Missing as missing:
        print(f"skipped: {missing}")
        return 2
    if options.only != "verdicts":
        result["capture"] = show_captures(options.sites, options.rounds, options.capture_python)
    if options.only != "capture":
        result["verdicts"] = show_verdicts(options.sites)
    result["after"] = machine()
    finish(result, options.json_file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
