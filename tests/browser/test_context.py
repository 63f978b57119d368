"""What a site can tell of a visit, in headers and scripts, of pages, frames, pop-ups and workers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from prober.browser.enclosure import enclose
from prober.ports import Visit
from tests.browser.site import Answer, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.browser

TELL = """JSON.stringify({
  webdriver: navigator.webdriver, agent: navigator.userAgent, version: navigator.appVersion,
  brands: navigator.userAgentData.brands.map(b => b.brand).join(), mobile: navigator.userAgentData.mobile,
  os: navigator.userAgentData.platform, language: navigator.language, languages: navigator.languages.join(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: Intl.DateTimeFormat().resolvedOptions().locale,
})"""
PAGES: dict[str, Answer] = {
    "/": "<iframe src=/frame></iframe>",
    "/frame": "framed",
    "/pop": f"<script>window.first = {TELL}</script>",
    "/worker.js": ("text/javascript", f"postMessage({TELL}); fetch('/from-worker')"),
}
PHONE = Visit(allow_private=True, suspect_host="site.localhost")
DESKTOP = PHONE.model_copy(
    update={"profile": "desktop", "locale": "kk-KZ", "accept_languages": ("kk-KZ", "kk"), "timezone": "Asia/Aqtau"}
)


async def tell(browser: Browser, visit: Visit) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, str]]]:
    """What scripts see in each place, and the headers of each request."""
    async with serving(PAGES) as site, enclose(browser, visit) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://site.localhost:{site.port}/")
        seen = {"page": await page.evaluate(TELL), "frame": await page.frames[1].evaluate(TELL)}
        async with page.expect_popup() as event:
            await page.evaluate("window.open('/pop')")
        popup = await event.value
        await popup.wait_for_load_state()
        seen["pop-up at first"] = await popup.evaluate("window.first")
        worker = "new Promise(done => { new Worker('/worker.js').onmessage = event => done(event.data) })"
        seen["worker"] = await page.evaluate(worker)
        await site.until("/from-worker")
        return {name: json.loads(text) for name, text in seen.items()}, {r.path: r.headers for r in site.seen}


@pytest.mark.parametrize("visit", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_every_place_says_the_same(guarded_browser: Browser, visit: Visit) -> None:
    phone = visit.profile == "phone"
    seen, headers = await tell(guarded_browser, visit)
    for where, facts in seen.items():
        assert not facts.get("webdriver"), where
        assert "Headless" not in facts["agent"] + facts["version"] + facts["brands"], where
        assert ("Android" in facts["agent"]) == phone, where
        assert "Google Chrome" in facts["brands"] and facts["mobile"] == phone, where
        assert facts["os"] == ("Android" if phone else "Windows"), where
        if where != "worker" or phone:  # the process of these tests speaks the phone's languages
            assert facts["languages"] == ",".join(visit.accept_languages), where
            assert facts["language"] == visit.locale, where
        assert (facts["zone"], facts["locale"]) == (visit.timezone, visit.locale), where
    assert set(headers) >= {"/", "/frame", "/pop", "/worker.js", "/from-worker"}
    for path, sent in headers.items():
        assert sent["user-agent"] == seen["page"]["agent"], path
        assert "Google Chrome" in sent["sec-ch-ua"] and "Headless" not in sent["sec-ch-ua"], path
        assert sent["sec-ch-ua-mobile"] == ("?1" if phone else "?0"), path
        assert sent["accept-language"].startswith(f"{visit.locale},"), path
        assert "q=0.9" in sent["accept-language"], path


FIGURES = """async () => {
  const gl = document.createElement('canvas').getContext('webgl');
  if (gl) gl.getExtension('WEBGL_debug_renderer_info');
  return {
    touch: navigator.maxTouchPoints, start: 'ontouchstart' in window, width: screen.width, height: screen.height,
    ratio: devicePixelRatio, coarse: matchMedia('(pointer: coarse)').matches, cores: navigator.hardwareConcurrency,
    memory: navigator.deviceMemory, platform: navigator.platform, plugins: navigator.plugins.length,
    named: [...navigator.plugins].map(plugin => plugin.name).join(), types: navigator.mimeTypes.length,
    chrome: typeof chrome.loadTimes, asked: Notification.permission,
    query: (await navigator.permissions.query({name: 'notifications'})).state,
    gpu: gl ? gl.getParameter(37446) : 'none', workers: 'serviceWorker' in navigator || 'SharedWorker' in window,
    native: [Object.getOwnPropertyDescriptor(Navigator.prototype, 'deviceMemory').get, chrome.csi,
             WebGLRenderingContext.prototype.getParameter].every(f => /native code/.test(Function.prototype.toString.call(f))),
    model: (await navigator.userAgentData.getHighEntropyValues(['model', 'fullVersionList'])),
  }
}"""


async def test_figures_of_a_phone(guarded_browser: Browser) -> None:
    async with serving(PAGES) as site, enclose(guarded_browser, PHONE) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://site.localhost:{site.port}/frame")
        facts = await page.evaluate(FIGURES)
    assert (facts["width"], facts["height"], facts["ratio"]) == (412, 915, 2.625)
    assert (facts["touch"], facts["start"], facts["coarse"]) == (5, True, True)
    assert (facts["cores"], facts["memory"], facts["plugins"]) == (8, 8, 0)
    assert (facts["chrome"], facts["asked"], facts["query"]) == ("function", "default", "prompt")
    assert "SwiftShader" not in facts["gpu"] and facts["native"] and not facts["workers"]
    assert facts["model"]["model"] and "Headless" not in json.dumps(facts["model"])


async def test_figures_of_a_desktop(guarded_browser: Browser) -> None:
    async with serving(PAGES) as site, enclose(guarded_browser, DESKTOP) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://site.localhost:{site.port}/frame")
        facts = await page.evaluate(FIGURES)
    assert (facts["width"], facts["height"], facts["touch"], facts["coarse"]) == (1440, 900, 0, False)
    assert (facts["platform"], facts["plugins"], facts["types"]) == ("Win32", 5, 2)
    assert facts["named"].startswith("PDF Viewer,Chrome PDF Viewer")
    assert "SwiftShader" not in facts["gpu"] and facts["native"]


async def test_downloads_are_seen_and_refused(guarded_browser: Browser) -> None:
    apk = b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.android.package-archive\r\nContent-Length: 4\r\n"
    pages: dict[str, Answer] = {"/": "<a href=/egov.apk download>x</a>", "/egov.apk": apk + b"\r\nPK\3\4"}
    async with serving(pages) as site, enclose(guarded_browser, PHONE) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://site.localhost:{site.port}/")
        async with page.expect_download() as event:
            await page.evaluate("document.querySelector('a').click()")
        download = await event.value
        assert download.suggested_filename == "egov.apk"
        assert await download.failure()


async def test_two_visits_share_nothing(guarded_browser: Browser) -> None:
    async with serving(PAGES) as site:
        for _ in range(2):
            async with enclose(guarded_browser, PHONE) as enclosure:
                page = await enclosure.new_page()
                await page.goto(f"http://site.localhost:{site.port}/frame")
                assert await page.evaluate("localStorage.length + document.cookie.length") == 0
                await page.evaluate("localStorage.setItem('a', 'b'); document.cookie = 'a=b'")


@pytest.mark.parametrize("host", ["site.localhost", "127.0.0.1", "localhost"])
async def test_loopback_goes_through_the_proxy_too(guarded_browser: Browser, host: str) -> None:
    async with serving(PAGES) as site, enclose(guarded_browser, PHONE) as enclosure:
        page = await enclosure.new_page()
        await page.goto(f"http://{host}:{site.port}/frame")
        assert [(seen.name, seen.port, seen.addresses) for seen in enclosure.proxy.hosts()] == [
            (host, site.port, ("127.0.0.1",))
        ]
        await page.goto(f"http://{host}:{site.port}/pop")
    async with enclose(guarded_browser, Visit()) as enclosure, serving(PAGES) as site:
        page = await enclosure.new_page()
        with pytest.raises(Exception, match="ERR_"):
            await page.goto(f"http://{host}:{site.port}/frame")
        assert enclosure.proxy.last_failure(host) == "policy"
        assert site.paths() == []
