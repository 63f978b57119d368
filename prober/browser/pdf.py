"""Prints a report to PDF with the same browser that probes: tagged, with bookmarks, from HTML that runs nothing."""

from __future__ import annotations

from playwright.async_api import Error, Route, async_playwright

from prober.browser.find import find_browser
from prober.browser.launch import open_browser
from prober.errors import BrowserError

PLACE = "http://report.invalid/"


async def print_pdf(html: str, *, browser: str = "", sandbox: bool = True) -> bytes:
    """The PDF of a self-contained page: A4 by its own style sheet, selectable text, outline and tags.

    Scripts are off and every request but for the page itself is refused.

    Args:
        browser: path or name of the browser, '' for the one that `find_browser` finds.

    Raises:
        BrowserError: there is no browser, it does not start, or it cannot print.
    """
    choice = find_browser(browser)
    if choice is None:
        raise BrowserError(
            "A PDF needs a Chromium and none was found; run 'prober install-browser' or name one with --browser."
        )
    async with async_playwright() as playwright:
        driver = await open_browser(playwright, choice, sandbox=sandbox)
        try:
            context = await driver.new_context(java_script_enabled=False, service_workers="block")
            page = await context.new_page()

            async def answer(route: Route) -> None:
                if route.request.url == PLACE and route.request.is_navigation_request():
                    await route.fulfill(body=html, content_type="text/html; charset=utf-8")
                else:
                    await route.abort()

            await page.route("**/*", answer)
            await page.goto(PLACE, wait_until="load")
            return await page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        except Error as problem:
            reason = str(problem).splitlines()[0][:200]
            raise BrowserError(
                f"The browser could not print the report: {reason}. The HTML report is complete."
            ) from None
        finally:
            await driver.close()
