"""Whether this machine can probe: one page is rendered and read back."""

from __future__ import annotations

import time
from dataclasses import dataclass

from prober.browser.engine import open_engine

PAGE = "<!doctype html><title>prober</title><p>Тексеру 123</p>"


@dataclass(frozen=True)
class Rendered:
    browser: str
    ok: bool
    seconds: float
    sandbox: bool
    ocr: bool
    problem: str = ""


async def render_check(*, browser: str = "", sandbox: bool = True) -> Rendered:
    """Start the browser, show one page, read it back.

    Raises:
        BrowserError: there is no browser or it does not start; the sentence says what to do.
    """
    start = time.monotonic()
    async with open_engine(executable=browser, sandbox=sandbox) as engine:
        snapshot = await engine.observe_static(PAGE)
        seen = " ".join(block.text for block in snapshot.blocks)
        ok = "Тексеру 123" in seen
        return Rendered(
            browser=engine.version,
            ok=ok,
            seconds=time.monotonic() - start,
            sandbox=sandbox,
            ocr=engine.ocr,
            problem="" if ok else f"the page came back as '{seen[:60]}'; try another browser with --browser",
        )
