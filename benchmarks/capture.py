"""Captures one page with playwrightcapture, whole process; run by an interpreter that has it.

    python capture.py URL BROWSER

It launches Playwright's own browser by name; here it is given the one that prober uses, so that both drive the same.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from lookyloo_models import CaptureSettings
from playwright.async_api import BrowserType
from playwrightcapture import Capture

LIMIT = 90  # seconds for one capture


def use(executable: str) -> None:
    """Make every launch start this browser."""
    launch = BrowserType.launch

    async def launch_that(self: BrowserType, **options: Any) -> Any:
        options.pop("channel", None)
        return await launch(self, executable_path=executable, **options)

    BrowserType.launch = launch_that  # type: ignore[method-assign]


async def capture(url: str) -> dict[str, Any]:
    """The landing page with the library's own settings."""
    settings = CaptureSettings(url=url, browser="chromium", general_timeout_in_sec=LIMIT)
    async with Capture(loglevel="CRITICAL", capture_settings=settings, only_global_lookup=False) as running:
        await running.initialize_context()
        return dict(await running.capture_page(url, max_depth_capture_time=LIMIT))


if __name__ == "__main__":
    use(sys.argv[2])
    got = asyncio.run(capture(sys.argv[1]))
    print(
        json.dumps({"picture": bool(got.get("png")), "har": bool(got.get("har")), "error": str(got.get("error", ""))})
    )
