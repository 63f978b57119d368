"""The bare script that prober is measured against: one site, one walk, hard-coded selectors, nothing recorded.

    python bare.py '{"url": ..., "browser": ..., "steps": [[what, selector, value], ...]}'

It imports nothing but Playwright, so that its process costs what such a script costs.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
PATIENCE = 15_000  # ms


def perform(page: Page, what: str, selector: str, value: str) -> None:
    """One step: fill, type (real keys), pick (an option), click, or see (wait for a text, or for the element)."""
    place = page.locator(selector)
    if what == "fill":
        place.fill(value)
    elif what == "type":
        place.press_sequentially(value)
    elif what == "pick":
        place.select_option(value)
    elif what == "click":
        place.click()
    elif value:
        words = re.compile(re.escape(value).replace(r"\ ", r"\s"))
        expect(place).to_contain_text(words, timeout=PATIENCE)
    else:
        expect(place).to_be_visible(timeout=PATIENCE)


def walk(browser: Browser, url: str, steps: list[list[str]]) -> None:
    """From the address to the demand for money, in a fresh context."""
    context = browser.new_context(viewport={"width": 412, "height": 915}, user_agent=PHONE)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(url)
    for what, selector, value in steps:
        perform(page, what, selector, value)
    context.close()


def main(task: dict[str, Any]) -> None:
    """The whole script: start the browser, walk once, stop it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=task["browser"])
        walk(browser, task["url"], task["steps"])
        browser.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
