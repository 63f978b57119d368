"""The real server, worker and engine on the lab, used by a real browser."""

from __future__ import annotations

import zipfile

import pytest

from prober.store.keys import load_or_make
from prober.store.seal import seal
from tests.factories_case import fraudulent
from tests.web.browsing import SOON, no_sideways, opened

pytestmark = pytest.mark.browser


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
        for place in (
            "/",
            "/cases",
            "/campaigns",
            "/about",
            await page.locator(".row a").first.get_attribute("href"),
            "/nothing",
        ):
            await page.goto(served.origin + place)
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            await no_sideways(page)
            found = (await axe.run(page)).response["violations"]
            assert [(place, one["id"], one["nodes"][0]["html"]) for one in found] == []
        await context.close()


async def test_a_page_in_work_bars_nobody_and_survives_reload_and_back(visitor, served, lab):
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    context, page = await opened(visitor, served)
    await page.get_by_label("Address or message").fill(lab.url("tarpit"))
    await page.get_by_role("button", name="Check").click()
    await page.wait_for_url("**/submissions/*")
    await page.locator(".walk .value").first.wait_for(timeout=SOON)
    found = (await axe.run(page)).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    live = page.url
    await page.reload()
    assert await page.locator(".walk .value").first.inner_text()
    await page.go_back()
    assert page.url == served.origin + "/"
    await page.go_forward()
    assert page.url == live
    await page.get_by_role("button", name="Give up").click()
    await page.get_by_text("The check was given up.").wait_for(timeout=SOON)
    assert served.faults == []
    await context.close()


async def test_a_broken_stream_is_taken_up_where_it_broke(visitor, served, lab, monkeypatch):
    whole, asked = served.site.submissions.follow, []

    async def cut(id, after=0, beat=15.0):
        asked.append(after)
        left = 2 if len(asked) < 4 else 10**6  # the first streams break after two events each
        async for told in whole(id, after, beat):
            yield told
            left -= 1
            if not left:
                return

    monkeypatch.setattr(served.site.submissions, "follow", cut)
    context, page = await opened(visitor, served)
    await page.get_by_label("Address or message").fill(lab.url("fine-by-plate"))
    await page.get_by_role("button", name="Check").click()
    await page.wait_for_url("**/submissions/*")
    await page.locator(".steps .step").nth(1).wait_for(timeout=SOON)
    numbers = await page.evaluate("[...document.querySelectorAll('[data-number]')].map(one => one.dataset.number)")
    assert len(numbers) == len(set(numbers))
    await page.wait_for_url("**/cases/*", timeout=SOON)
    assert len(asked) >= 4 and asked == sorted(asked) and asked[-1] >= 4
    assert served.faults == []
    await context.close()


async def test_back_from_a_verdict_leads_to_the_form(visitor, served, lab):
    context, page = await opened(visitor, served)
    await page.get_by_label("Address or message").fill(lab.url("nothing-found"))
    await page.get_by_role("button", name="Check").click()
    await page.wait_for_url("**/cases/*", timeout=SOON)
    await page.go_back()
    assert page.url == served.origin + "/"
    assert await page.locator(".list .row a").count() == 1
    await context.close()


async def test_cases_are_picked_and_taken_along(visitor, served, tmp_path):
    _, folder = fraudulent(served.site.options.output)
    seal(folder.path, load_or_make())
    context, page = await opened(visitor, served)
    await page.goto(served.origin + "/cases?q=shtraf")
    await page.get_by_role("checkbox").check()
    async with page.expect_download(timeout=SOON) as started:
        await page.get_by_role("button", name="Sealed cases (ZIP)").click()
    with zipfile.ZipFile(await (await started.value).path()) as whole:
        assert whole.namelist() == [f"{folder.path.name}.zip"]
    async with page.expect_download(timeout=SOON) as started:
        await page.get_by_role("link", name="CSV").click()
    assert folder.path.name in (await (await started.value).path()).read_text()
    assert served.faults == []
    await context.close()
