"""More sites from their address to the end of their flow: by plain HTTP, or by a browser where scripts lead on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio

from prober.lab.catalogue import all_sites
from prober.lab.server import Lab, LabThread, serve
from tests.lab.more_steps import FLOWS
from tests.lab.more_walks import FAR, IIN, PLATE, WALKS, Step
from tests.lab.test_flows import readable, send, visitor

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

SITES = tuple(site for site in all_sites() if site.name in WALKS or site.name in FLOWS)


@pytest.fixture(scope="module")
def lab():
    with LabThread(SITES) as server:
        yield server


def ask(lab: Lab, name: str, method: str = "GET", path: str = "", **more) -> httpx.Response:
    """One request to a site, by its Host header; cookies are not kept."""
    headers = {"Host": f"{name}.localhost:{lab.port}", "Accept-Language": "ru", "User-Agent": "Mobile"} | more.pop(
        "headers", {}
    )
    return httpx.request(method, f"http://127.0.0.1:{lab.port}{path or lab.site(name).entry}", headers=headers, **more)


def test_every_walk_is_that_of_a_site():
    assert {site.name for site in SITES} == set(WALKS) | set(FLOWS)
    assert not set(WALKS) & set(FLOWS)


def test_forms_accuse_impossible_numbers(lab: Lab):
    assert "₸" in ask(lab, "decoy-trap", "POST", "/s", data={"doc_no": IIN}).text
    assert "ничего не найдено" in ask(lab, "decoy-trap", "POST", "/s", data={"doc_no": IIN, "email": "x"}).text
    assert "som" in ask(lab, "uz-jarima", "POST", data={"raqam": PLATE, "texpas": "ZZZ0000000"}).text.replace("ʻ", "")
    assert ask(lab, "in-challan", "POST", "/challan", json={"v": PLATE}).json()["amount"] == 590


def test_cloaks_open_to_the_right_visitor_only(lab: Lab):
    assert ask(lab, "decoy-trap", headers={"Accept-Language": "en"}).status_code == 404
    assert "закрыт" in ask(lab, "phone-only", headers={"User-Agent": "Desk"}).text
    assert ask(lab, "popup-till", path="/n?n=000QQQ99").status_code == 403
    assert ask(lab, "bound-bill", "POST", "/", data={"plate": PLATE}).status_code == 404


def test_the_honest_refuse(lab: Lab):
    assert ask(lab, "duty-pay", "POST", data={"iin": IIN, "sum": "1"}).status_code == 422
    assert ask(lab, "duty-pay", "POST", data={"iin": FAR, "sum": "1"}).status_code == 303
    assert ask(lab, "utility-account", path=f"/api/accounts/{IIN}").status_code == 404
    assert ask(lab, "two-factor-lookup", "POST", "/v1/fines", data={"gn": PLATE, "srts": "ZZ"}).status_code == 404


@pytest.mark.parametrize("name", sorted(FLOWS))
async def test_the_flow_is_served(name: str):
    async with visitor(Lab(all_sites()), name) as client:
        for method, path, values, wanted in FLOWS[name]:
            assert wanted in readable((await send(client, method, path, values)).text), f"{method} {path}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fresh_lab() -> AsyncIterator[Lab]:
    """These sites alone, not visited by other tests, in this loop."""
    async with serve(SITES) as server:
        yield server


async def take(page: Page, step: Step, said: list[str]) -> None:
    """Does one step of a walk; the page's own time-outs make it fail."""
    verb, selector, value = step
    spot = page.locator(selector).first if selector else page.locator("body")
    match verb:
        case "fill":
            await spot.fill(value)
        case "check":
            await spot.check()
        case "choose":
            await spot.select_option(index=int(value))
        case "click":
            await spot.click()
        case "press" if selector:
            await spot.press(value)
        case "press":
            await page.keyboard.press(value)
        case "type":
            await page.keyboard.type(value)
        case "see":
            await (spot if selector else page).get_by_text(value).first.wait_for()
        case "wait":
            await spot.wait_for()
        case "hear":
            async with page.expect_event("dialog"):
                await spot.click()
        case "said":
            assert any(value in text for text in said)
        case "popup":
            async with page.expect_popup() as opened:
                await spot.click()
            await (await opened.value).locator(value).wait_for()
        case "goto":
            await page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + value)
        case "url":
            await page.wait_for_url("**" + value)
        case "pause":  # the site itself times its visitor
            await page.wait_for_function(f"performance.now() > {float(value) * 1000}")
        case "busy":  # nothing of a closed root can be waited for: the button comes 1.2 s after the answer
            await page.wait_for_function(
                "path => performance.getEntriesByType('resource').some("
                "e => e.name.endsWith(path) && performance.now() > e.responseEnd + 1500)", arg=value)  # fmt: skip
        case _:
            raise AssertionError(verb)


@pytest.mark.browser
@pytest.mark.parametrize("name", WALKS)
async def test_a_person_reaches_the_end(fresh_lab: Lab, browser: Browser, name: str):
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
    context = await browser.new_context(
        viewport={"width": 393, "height": 727}, is_mobile=True, has_touch=True, locale="ru-RU", user_agent=agent
    )
    page, said, faults = await context.new_page(), list[str](), list[str]()
    page.set_default_timeout(15_000)

    async def accept(dialog):
        said.append(dialog.message)
        await dialog.accept()

    page.on("dialog", accept)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    await page.goto(fresh_lab.url(name))
    for step in WALKS[name]:
        await take(page, step, said)
    await context.close()
    assert faults == []
