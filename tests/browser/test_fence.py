"""Walks to official and payment hosts: stopped, told, and the page stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from prober.browser.enclosure import enclose
from prober.browser.fence import host_pattern
from prober.ports import Visit
from tests.browser.site import Answer, Site, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser

PAGES: dict[str, Answer] = {
    "/": "<h1>a site</h1>",
    "/away": b"HTTP/1.1 302 Found\r\nLocation: http://m.egov.example/cabinet\r\nContent-Length: 0\r\n\r\n",
    "/logo.png": "no picture, but an answer",
}


def visit(site: Site) -> Visit:
    here = f"127.0.0.1:{site.port}"
    return Visit(
        allow_private=True,
        suspect_host="site.localhost",
        official=("egov.example",),
        payment=("pay.example",),
        resolve={"m.egov.example": here, "egov.example": here, "pay.example": here},
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("script", "url", "why", "kind"),
    [
        ("location.href = 'http://m.egov.example/in'", "http://m.egov.example/in", "official", "navigation"),
        ("location.href = 'http://pay.example/pay'", "http://pay.example/pay", "payment", "navigation"),
        ("window.open('http://pay.example/pay')", "http://pay.example/pay", "payment", "navigation"),
        (
            "document.body.innerHTML = '<form method=post action=http://pay.example/f>'; document.forms[0].submit()",
            "http://pay.example/f", "payment", "post",
        ),
        ("fetch('http://pay.example/api', {method: 'POST', mode: 'no-cors', body: 'x'})", "http://pay.example/api",
         "payment", "post"),
        ("navigator.sendBeacon('http://egov.example/b', 'x')", "http://egov.example/b", "official", "post"),
        ("document.body.innerHTML = '<iframe src=http://pay.example/frame>'", "http://pay.example/frame", "payment", "frame"),
        ("fetch('http://egov.example/api?iin=1', {mode: 'no-cors'})", "http://egov.example/api?iin=1", "official",
         "subresource"),
    ],
)  # fmt: skip
async def test_the_way_out_is_closed(guarded_browser: Browser, script: str, url: str, why: str, kind: str) -> None:
    async with serving(PAGES) as site, enclose(guarded_browser, visit(site)) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://site.localhost:{site.port}/")
        async with enclosure.context.expect_event("requestfailed", lambda request: request.url == url):
            await page.evaluate(f"() => {{ {script} }}")
        (exit_,) = enclosure.fence.take_exits()
        assert (exit_.url, exit_.why, exit_.kind) == (url, why, kind)
        assert site.paths() == ["/"]
        assert page.url == f"http://site.localhost:{site.port}/", "the page was lost"
        assert enclosure.fence.take_exits() == ()


@pytest.mark.browser
async def test_a_redirect_dies_at_the_proxy_and_is_told(guarded_browser: Browser) -> None:
    async with serving(PAGES) as site, enclose(guarded_browser, visit(site)) as enclosure:
        page = await enclosure.new_page()
        with pytest.raises(Exception, match="ERR_"):
            await page.goto(f"http://site.localhost:{site.port}/away")
        (exit_,) = enclosure.fence.take_exits()
        assert (exit_.url, exit_.why, exit_.kind) == ("http://m.egov.example/cabinet", "official", "navigation")
        assert site.paths() == ["/away"]
        assert enclosure.proxy.last_failure("m.egov.example") == "policy"


@pytest.mark.browser
async def test_pictures_of_official_hosts_are_shown_and_told(guarded_browser: Browser) -> None:
    async with serving(PAGES) as site, enclose(guarded_browser, visit(site)) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://site.localhost:{site.port}/")
        async with enclosure.context.expect_event("requestfinished", lambda request: "logo" in request.url):
            await page.evaluate("() => { new Image().src = 'http://egov.example/logo.png' }")
        await site.until("/logo.png")
        (exit_,) = enclosure.fence.take_exits()
        assert (exit_.host, exit_.why, exit_.kind) == ("egov.example", "official", "subresource")
        async with enclosure.context.expect_event("requestfailed", lambda request: "cabinet" in request.url):
            await page.evaluate("() => { location.href = 'http://egov.example/cabinet' }")
        assert [exit_.kind for exit_ in enclosure.fence.take_exits()] == ["navigation"]


@pytest.mark.parametrize(
    "url",
    ["https://egov.kz/", "http://M.EGOV.KZ:8080/x", "wss://a.egov.kz/s", "https://u:p@egov.kz/", "https://egov.kz",
     "https://egov.kz./", "https://x.gov.uk/?a", "https://egov.kz?x", "https://egov.kz#x"],
)  # fmt: skip
def test_the_pattern_matches(url: str) -> None:
    pattern = host_pattern(("egov.kz", "gov.*"))
    assert pattern and re.search(pattern, url)


@pytest.mark.parametrize(
    "url",
    ["https://egov.kz.evil.top/", "https://notegov.kz/", "https://evil.top/egov.kz", "https://evil.top/?u=//egov.kz/"],
)
def test_the_pattern_passes_others(url: str) -> None:
    pattern = host_pattern(("egov.kz", "gov.*"))
    assert pattern and not re.search(pattern, url)
    assert host_pattern(()) is None
