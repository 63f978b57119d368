"""The real server, worker and engine on the lab, used by a real browser."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from prober.app.check import CheckOptions
from prober.browser.find import find_browser
from prober.web.app import make_app, make_site
from prober.web.settings import ServeOptions
from prober.web.site import Site
from tests.factories_case import fraudulent

pytestmark = pytest.mark.browser
BROWSER = os.environ.get("PROBER_BROWSER", "")
SOON = 60_000  # milliseconds


@dataclass
class Served:
    """A server and what its visitor's browser complained of."""

    site: Site
    origin: str
    faults: list[str] = field(default_factory=list)

    def link(self) -> str:
        return f"{self.origin}/enter?key={self.site.access.new_link()}"


class Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        yield


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def visitor() -> AsyncIterator[Browser]:
    """The browser of a person who uses the pages."""
    choice = find_browser(BROWSER)
    assert choice is not None
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(choice.path), args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def served(tmp_path: Path, engine, monkeypatch) -> AsyncIterator[Served]:
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    check = CheckOptions(output=tmp_path / "cases", allow_private=True)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    site = make_site(ServeOptions(port=port, check=check), lambda: contextlib.nullcontext(engine))
    server = Quiet(uvicorn.Config(make_app(site), log_config=None, timeout_graceful_shutdown=2))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    yield Served(site, f"http://127.0.0.1:{port}")
    site.submissions.close()
    server.should_exit = True
    await running
    listener.close()


async def opened(visitor: Browser, served: Served, **options) -> tuple[BrowserContext, Page]:
    """A page on the server's start, with every complaint noted."""
    context = await visitor.new_context(**{"viewport": {"width": 390, "height": 844}, "locale": "en-GB", **options})
    page = await context.new_page()
    page.on("console", lambda message: served.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: served.faults.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((served.origin, "data:")) else served.faults.append(request.url),
    )
    await page.goto(served.link())
    return context, page


async def no_sideways(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_from_a_message_to_the_verdict_and_its_files(visitor, served, lab):
    context, page = await opened(visitor, served)
    await no_sideways(page)
    await page.get_by_label("Address or message").fill(f"1414: unpaid fine, pay at {lab.url('fine-by-plate')} today")
    await page.get_by_role("button", name="Check").click()
    await page.wait_for_url("**/submissions/*")
    await page.locator(".walk .value").first.wait_for(timeout=SOON)
    assert await page.locator(".walk .why").first.inner_text()
    await no_sideways(page)
    await page.reload()
    await page.wait_for_url("**/cases/*", timeout=SOON)
    assert await page.locator(".hero .word").inner_text() == "Fraudulent"
    assert await page.locator(".hero .sum b").inner_text() == "19\u00a0660\u00a0₸"
    await no_sideways(page)
    pictures = page.locator("figure img")
    for at in range(await pictures.count()):
        await pictures.nth(at).scroll_into_view_if_needed()
        await page.wait_for_function(
            "image => image.complete && image.naturalWidth > 100", arg=await pictures.nth(at).element_handle()
        )
    await pictures.first.click()
    await page.locator("#zoom[open] img").wait_for()
    await page.keyboard.press("Escape")
    assert not await page.locator("#zoom").is_visible()
    for name in ("Report (PDF)", "Sealed case (ZIP)", "Verdict (JSON)"):
        async with page.expect_download(timeout=SOON) as started:
            await page.get_by_role("link", name=name).click()
        assert (await (await started.value).path()).stat().st_size > 1000
    await page.get_by_role("link", name="Cases", exact=True).click()
    await page.get_by_role("link", name="fine-by-plate").click()
    await page.wait_for_url("**/cases/*")
    assert served.faults == []
    await context.close()


async def test_without_script_in_kazakh(visitor, served, lab):
    context, page = await opened(visitor, served, java_script_enabled=False, locale="kk-KZ")
    await page.get_by_label("Мекенжай немесе хабарлама").fill(lab.url("nothing-found"))
    await page.get_by_role("button", name="Тексеру").click()
    await page.wait_for_url("**/cases/*", timeout=SOON)
    assert await page.locator(".hero .word").inner_text() == "Алаяқтық табылмады"
    assert served.faults == []
    await context.close()


async def test_two_at_once_then_one_is_given_up(visitor, served, lab):
    context, page = await opened(visitor, served)
    for name in ("tarpit", "slow-answer"):
        await page.goto(served.origin)
        await page.get_by_label("Address or message").fill(lab.url(name))
        await page.get_by_role("button", name="Check").click()
        await page.wait_for_url("**/submissions/*")
    assert {one.state for one in served.site.submissions.active()} == {"running"}
    await page.go_back()
    await page.goto(served.origin)
    await page.get_by_role("link", name="tarpit").click()
    await page.get_by_role("button", name="Give up").click()
    await page.get_by_text("The check was given up.").wait_for(timeout=SOON)
    assert served.faults == []
    await context.close()


@pytest.mark.parametrize("given,told", [("not an address", "no link"), ("https://egov.kz/", "official body")])
async def test_what_is_refused_says_why(visitor, served, given, told):
    context, page = await opened(visitor, served)
    await page.get_by_label("Address or message").fill(given)
    await page.get_by_role("button", name="Check").click()
    assert told in await page.get_by_role("alert").inner_text()
    assert await page.get_by_label("Address or message").input_value() == given
    await no_sideways(page)
    await context.close()


async def test_no_page_bars_anybody(visitor, served, lab):
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    fraudulent(served.site.options.output)
    for scheme in ("light", "dark"):
        context, page = await opened(visitor, served, color_scheme=scheme)
        await page.goto(served.origin + "/cases")
        for place in ("/", "/cases", "/about", await page.locator(".row a").first.get_attribute("href"), "/nothing"):
            await page.goto(served.origin + place)
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            await no_sideways(page)
            found = (await axe.run(page)).response["violations"]
            assert [(place, one["id"], one["nodes"][0]["html"]) for one in found] == []
        await context.close()
