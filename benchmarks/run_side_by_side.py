"""A run of prober against bare scripts that do the same work: as many identities, as many pictures, as many at once.

    python -m benchmarks.run_side_by_side [SITE ...] [--rounds 3] [--jobs 4] [--json FILE]

The scripts know every selector, share one warm browser as the run does, keep their pictures in memory and record
nothing else. The two take turns. A ratio is prober's seconds by the scripts' in the same round.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bare import PATIENCE, PHONE
from benchmarks.common import arguments, finish, machine, middle, table, the_browser
from benchmarks.speed import the_walks

TARGET = 2.5
SITES = (
    "fine-by-plate", "iin-strict", "english-fines", "deep-menu", "shadow-form", "tabs-police", "pay-frame",
    "nothing-found",
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    """What a script is to do at one site: walks, and for each picture whether it is taken at the device's own scale."""

    site: str
    url: str
    steps: list[list[str]]
    walks: int
    sharp: tuple[bool, ...]


async def prober_run(urls: list[str], folder: Path, jobs: int) -> tuple[float, dict[str, tuple[int, tuple[bool, ...]]]]:
    """Seconds of the run; for each address how many probes it took and which pictures."""
    from PIL import Image

    from prober.app.check import CheckOptions
    from prober.app.run import Run, RunRequest
    from prober.app.warm import settle
    from prober.browser.engine import open_engine
    from prober.models.run import RunFinished

    folder.mkdir()  # noqa: ASYNC240
    (folder / "list.txt").write_text("\n".join(urls))
    options = CheckOptions(output=folder / "out", allow_private=True, seed=5)
    run = Run(RunRequest("kz-fines", str(folder / "list.txt"), folder / "out", options, jobs=jobs))
    run.prepare()
    settle()  # as the command does
    seconds = 0.0
    async for event in run.events(lambda: open_engine()):
        seconds = event.seconds if isinstance(event, RunFinished) else seconds
    run.close()
    found = {}
    for text in (folder / "out/results.jsonl").read_text().splitlines():
        line = json.loads(text)
        pictures = sorted((Path(line["case_dir"]) / "exhibits").glob("*screenshot*.png"))
        sharp = tuple(Image.open(io.BytesIO(file.read_bytes())).width > 700 for file in pictures)
        found[line["url"]] = (max(1, len(line["probes"])), sharp)
    return seconds, found


async def scripts(jobs: list[Job], at_once: int, executable: str) -> float:
    """Seconds for all scripts, `at_once` sites side by side, the walks of one site side by side too."""
    from playwright.async_api import async_playwright

    began = time.perf_counter()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable)
        places = asyncio.Semaphore(at_once)

        async def script(job: Job) -> None:
            async with places:
                shares = [job.sharp[n :: job.walks] for n in range(job.walks)]
                await asyncio.gather(*(walk(browser, job.url, job.steps, share) for share in shares))

        await asyncio.gather(*map(script, jobs))
        await browser.close()
    return time.perf_counter() - began


async def walk(browser: Any, url: str, steps: list[list[str]], sharp: tuple[bool, ...]) -> None:
    """One walk in a fresh context, with a picture after a step as long as there are some to take."""
    from playwright.async_api import expect

    context = await browser.new_context(
        viewport={"width": 412, "height": 915},
        device_scale_factor=2.625,
        is_mobile=True,
        has_touch=True,
        user_agent=PHONE,
    )
    page = await context.new_page()
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await page.goto(url)
    left = list(sharp)

    async def picture() -> None:
        await page.screenshot(scale="device" if left.pop() else "css")

    for what, selector, value in steps:
        place = page.locator(selector)
        if what == "fill":
            await place.fill(value)
        elif what == "type":
            await place.press_sequentially(value)
        elif what == "pick":
            await place.select_option(value)
        elif what == "click":
            if left:
                await picture()
            await place.click()
        elif value:
            words = re.compile(re.escape(value).replace(r"\ ", r"\s"))
            await expect(place).to_contain_text(words, timeout=PATIENCE)
        else:
            await expect(place).to_be_visible(timeout=PATIENCE)
    while left:
        await picture()
    with contextlib.suppress(Exception):
        await context.close()


def measure(names: list[str], rounds: int, at_once: int, folder: Path) -> dict[str, Any]:
    """In turns: prober, the scripts with the same work, and one bare walk of each site."""
    from prober.lab.server import LabThread

    walks, browser = the_walks(), the_browser()
    chosen = [name for name in names or SITES if name in walks]
    result: dict[str, Any] = {"machine": machine(), "sites": chosen, "jobs": at_once, "rounds": []}
    for number in range(rounds):
        with LabThread() as lab:
            urls = {lab.url(name).replace(f"//{name}.", f"//{name}--{n}."): name for n, name in enumerate(chosen * 3)}
            seconds, done = asyncio.run(prober_run(list(urls), folder / str(number), at_once))
        with LabThread() as lab:
            jobs = [
                Job(name, lab.url(name), [list(step) for step in walks[name]], *done[url]) for url, name in urls.items()
            ]
            same = asyncio.run(scripts(jobs, at_once, browser))
        with LabThread() as lab:
            single = [Job(job.site, lab.url(job.site), job.steps, 1, ()) for job in jobs]
            bare = asyncio.run(scripts(single, at_once, browser))
        pictures = sum(len(job.sharp) for job in jobs)
        row = {
            "suspects": len(jobs), "walks": sum(job.walks for job in jobs), "pictures": pictures, "prober": seconds,
            "scripts": same, "bare": bare, "ratio": seconds / same, "to_single_walks": seconds / bare,
        }  # fmt: skip
        result["rounds"].append(row)
    result["ratio"] = middle([row["ratio"] for row in result["rounds"]])
    result["to_single_walks"] = middle([row["to_single_walks"] for row in result["rounds"]])
    return result


def main() -> int:
    """0 when the target is met, 1 when not."""
    parser = arguments(__doc__ or "", rounds=3)
    parser.add_argument("--jobs", type=int, default=4, help="sites side by side (default 4)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(options.sites, options.rounds, options.jobs, Path(folder))
    head = ("suspects", "walks", "pictures", "prober s", "same work s", "one walk s", "ratio", "to one walk")
    print(table(head, [tuple(row.values()) for row in result["rounds"]]))
    print(f"median {result['ratio']:.2f} times the same work (at most {TARGET}), load {machine()['load_1_min']}")
    finish(result, options.json_file)
    return 0 if result["ratio"] <= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
