"""The scams lead a browser from the first page to the demand for money."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Dialog, Page, expect

from prober.lab.catalogue import all_sites
from prober.lab.server import Lab
from tests.lab.walks import UNSCRIPTED, WALKS, Step

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
PATIENCE = 10_000  # ms; the longest fake search takes 5 s


def test_the_walks_are_those_of_scams() -> None:
    assert set(WALKS) | set(UNSCRIPTED) <= {site.name for site in all_sites() if site.kind == "scam"}


async def perform(page: Page, step: Step) -> None:
    """One step of a walk."""
    what, selector, value = step
    place = page.locator(selector)
    if what == "fill":
        await place.fill(value)
    elif what == "type":
        await place.press_sequentially(value)
    elif what == "pick":
        await place.select_option(value)
    elif what == "click":
        await place.click()
    elif value:
        wanted = re.compile(re.escape(value).replace(r"\ ", r"\s"))
        await expect(place).to_contain_text(wanted, timeout=PATIENCE)
    else:
        await expect(place).to_be_visible(timeout=PATIENCE)


@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(WALKS))
async def test_the_walk_ends_at_the_demand(name: str, lab: Lab, browser: Browser) -> None:
    context = await browser.new_context(viewport={"width": 412, "height": 915}, user_agent=PHONE)
    page = await context.new_page()
    faults: list[str] = []

    async def agree(dialog: Dialog) -> None:
        await dialog.accept()

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", agree)
    await page.goto(lab.url(name))
    for step in WALKS[name]:
        await perform(page, step)
    assert faults == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 412
    await context.close()
