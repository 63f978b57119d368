"""Runs on the real server, used by a real browser."""

from __future__ import annotations

import asyncio

import pytest

from tests.app.stub_run import StubEngine, StubProbe
from tests.web.browsing import SOON, no_sideways, opened

pytestmark = pytest.mark.browser


class Held:
    """A probe that says what it does and waits until it is let go."""

    def __init__(self):
        self.go = asyncio.Event()

    async def __call__(self, work, browser, tell):
        if "slow" in work.url:
            await self.go.wait()
        return await StubProbe()(work, browser, tell)


@pytest.fixture
def held(served):
    """The server's runs are played."""
    served.site.desk.worker.opener, served.site.desk.worker.probe_one = StubEngine(), Held()
    return served.site.desk.worker.probe_one


async def start(page, served, text):
    await page.goto(served.origin + "/runs")
    await page.get_by_label("Addresses, one per line").fill(text)
    await page.get_by_role("button", name="Start the run").click()
    await page.wait_for_url("**/runs/*")


async def test_a_file_to_the_table_of_verdicts(visitor, served, lab, tmp_path):
    context, page = await opened(visitor, served)
    await page.get_by_role("link", name="Runs", exact=True).click()
    await no_sideways(page)
    sent = tmp_path / "my list.csv"
    rows = [lab.url("fine-by-plate"), lab.url("nothing-found"), lab.url("fine-by-plate"), "https://egov.kz/"]
    sent.write_text("url\n" + "\n".join(rows) + "\n")
    await page.get_by_label("Or a file").set_input_files(sent)
    await page.get_by_role("button", name="Start the run").click()
    await page.wait_for_url("**/runs/*")
    await page.locator("#latest .row").first.wait_for(timeout=SOON)
    await page.reload()
    await no_sideways(page)
    await page.locator("#all").wait_for(timeout=SOON)
    assert await page.locator("h1").inner_text() == "1 of 2 demand money from people who cannot exist."
    assert await page.locator("#standing .count b").inner_text() == "3"
    picture = page.locator(".card img")
    await page.wait_for_function(
        "image => image.complete && image.naturalWidth > 100", arg=await picture.element_handle()
    )
    await no_sideways(page)
    for name in ("Verdicts (JSON Lines)", "Table (CSV)", "Summary (HTML)"):
        async with page.expect_download(timeout=SOON) as started:
            await page.get_by_role("link", name=name).click()
        assert (await (await started.value).path()).stat().st_size > 300
    run = page.url
    await page.locator("#all").get_by_role("link", name="fine-by-plate").click()
    assert await page.locator(".hero .word").inner_text() == "Fraudulent"
    await page.go_back()
    assert page.url == run
    await page.get_by_role("link", name="Refused").click()
    assert await page.locator("#all .row").count() == 1
    assert served.faults == []
    await context.close()


async def test_stopped_and_gone_on_with(visitor, served, held):
    context, page = await opened(visitor, served)
    await start(page, served, "https://a.example/\nhttps://slow.example/\nnot an address")
    await page.locator("#latest .row").first.wait_for(timeout=SOON)
    assert "slow[.]example" in await page.locator("#working").inner_text()
    await page.get_by_role("button", name="Stop the run").click()
    await page.get_by_role("button", name="Go on").wait_for(timeout=SOON)
    assert await page.locator("#standing .count b").inner_text() == "1"
    held.go.set()
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_role("heading", name="None of 2").wait_for(timeout=SOON)
    assert served.faults == []
    await context.close()


async def test_without_script_in_russian(visitor, served, held):
    context, page = await opened(visitor, served, java_script_enabled=False, locale="ru-RU")
    await page.goto(served.origin + "/runs")
    await page.get_by_label("Адреса, по одному в строке").fill("https://a.example/\nhttps://slow.example/")
    await page.get_by_role("button", name="Начать проверку списка").click()
    await page.wait_for_url("**/runs/*")
    held.go.set()
    await page.get_by_role("heading", name="проверено: 2").wait_for(timeout=SOON)  # the page renews itself
    assert served.faults == []
    await context.close()


async def test_a_broken_stream_is_taken_up(visitor, served, held, monkeypatch):
    runs, asked = served.site.desk.runs, []
    whole = runs.follow

    async def cut(id, after=0, beat=15.0):
        asked.append(after)
        async for portion in whole(id, after, beat):
            yield portion
            if len(asked) < 3:
                raise RuntimeError("cut")

    context, page = await opened(visitor, served)
    monkeypatch.setattr(runs, "follow", cut)
    await start(page, served, "https://a.example/\nhttps://slow.example/")
    await page.locator("#latest .row").first.wait_for(timeout=SOON)
    async with asyncio.timeout(SOON / 1000):
        while len(asked) < 2:  # noqa: ASYNC110, the browser decides when it comes back
            await asyncio.sleep(0.05)
    held.go.set()
    await page.get_by_role("heading", name="None of 2").wait_for(timeout=SOON)
    assert asked == sorted(asked)
    await context.close()


async def test_no_page_of_runs_bars_anybody(visitor, served, held):
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    for scheme in ("light", "dark"):
        held.go.clear()
        context, page = await opened(visitor, served, color_scheme=scheme)
        await start(page, served, "https://a.example/\nhttps://slow.example/\nnot an address\nhttps://egov.kz/")
        await page.locator("#latest .row").first.wait_for(timeout=SOON)
        live = page.url
        for place in (served.origin + "/runs", live):
            await page.goto(place)
            await sound(page, axe)
        held.go.set()
        await page.locator("#all").wait_for(timeout=SOON)
        await sound(page, axe)
        await context.close()


async def sound(page, axe):
    """No fault that bars anybody, and no sideways scroll."""
    await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await no_sideways(page)
    found = (await axe.run(page)).response["violations"]
    assert [(page.url, one["id"], one["nodes"][0]["html"]) for one in found] == []
