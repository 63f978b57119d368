"""A fresh context that shows itself as the visit says, and nothing of what drives it.

What cannot be mended, and a page that looks for it can see:

- Playwright enables the Runtime domain: `console.log` of an object with getters of its own tells that
  somebody listens.
- Dedicated workers say the real platform ('Linux x86_64'), number of cores, memory and graphics; agent,
  brands and languages are right there.
- Where a visit's languages are not those that the process was started with (`open_browser(like=...)`),
  dedicated workers name those of the process (Playwright's `locale` would mend that and spoil pop-ups).
- Service workers and shared workers take agent and languages from the process, and their brands would
  say 'HeadlessChrome'; so they are taken away, as in-app browsers have none either.
- A pop-up's first request carries the brands as an extra header (rightly), its scripts see them mended by
  a script; a page that compares `Function.prototype.toString` over many functions finds nothing, but
  timing of wrapped getters differs by some 100 nanoseconds.
- Fonts, canvas and audio figures are those of this machine; `navigator.connection` is that of a wire.
- A phone has no battery, motion or orientation sensors here, and its keyboard covers nothing.
- Full Chrome and headless shell differ in codecs (no H.264, AAC) from a phone's Chrome.
"""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from prober.browser.profiles import Profile, profile
from prober.ports import Visit

if TYPE_CHECKING:
    import asyncio

    from playwright.async_api import Browser, BrowserContext, Page

log = logging.getLogger(__name__)

_dressed: WeakKeyDictionary[Page, asyncio.Task[None]] = WeakKeyDictionary()


async def new_context(browser: Browser, visit: Visit, proxy_url: str) -> BrowserContext:
    """A context without a past: device, languages, clock and proxy of the visit, no permissions, no downloads.

    Pages made by `context.new_page()` are dressed a moment later; `await dress(page, visit)` before the
    first navigation makes sure of it. Pop-ups dress themselves.

    Downloads are refused; a page's `download` event still tells of them.

    Raises:
        UsageError: the visit names no known profile.
    """
    device = profile(visit.profile)
    context = await browser.new_context(
        viewport=device.viewport.model_dump(),  # type: ignore[arg-type]
        screen=device.screen.model_dump(),  # type: ignore[arg-type]
        device_scale_factor=device.scale,
        is_mobile=device.mobile,
        has_touch=device.touch_points > 0,
        timezone_id=visit.timezone,
        proxy={"server": proxy_url, "bypass": "<-loopback>"},
        accept_downloads=False,
        ignore_https_errors=False,
        permissions=[],
        # Reaches what the override below comes too late for; the proxy keeps hints from insecure origins.
        extra_http_headers={
            "user-agent": device.user_agent(browser.version),
            **device.hint_headers(browser.version),
            "accept-language": accept_language(visit.accept_languages),
        },
    )
    await context.add_init_script(_disguise(device, visit, browser.version))
    context.on("page", lambda page: _dressing(page, visit))
    return context


async def dress(page: Page, visit: Visit) -> None:
    """Wait until a page shows itself as the visit says; safe to call again and for pop-ups."""
    await _dressing(page, visit)


def _dressing(page: Page, visit: Visit) -> asyncio.Task[None]:
    import asyncio

    task = _dressed.get(page)
    if task is None:
        task = _dressed[page] = asyncio.ensure_future(_dress(page, visit))
    return task


async def _dress(page: Page, visit: Visit) -> None:
    """Playwright's own options for agent and locale leave brands out and reset those of workers; hence by protocol."""
    from playwright.async_api import Error

    browser = page.context.browser
    if browser is None:
        return
    device = profile(visit.profile)
    override = {
        "userAgent": device.user_agent(browser.version),
        "acceptLanguage": ",".join(visit.accept_languages),
        "platform": device.navigator_platform,
        "userAgentMetadata": device.metadata(browser.version),
    }
    try:
        session = await page.context.new_cdp_session(page)
        await session.send("Emulation.setUserAgentOverride", override)
        await session.send("Emulation.setLocaleOverride", {"locale": visit.locale})
    except Error as error:
        # A pop-up that closes at once is the site's business; the caller sees the page gone.
        log.debug("a page could not be dressed: %s", error)


def accept_language(languages: tuple[str, ...]) -> str:
    """The header as Chrome writes it: 'ru-KZ,ru;q=0.9,kk;q=0.8,en;q=0.7'."""
    weights = [max(10 - place, 1) for place in range(len(languages))]
    return ",".join(
        language if weight == 10 else f"{language};q=0.{weight}"
        for language, weight in zip(languages, weights, strict=True)
    )


def _disguise(device: Profile, visit: Visit, version: str) -> str:
    figures = {
        "agent": device.user_agent(version),
        "memory": device.memory,
        "cores": device.cores,
        "touch_points": device.touch_points,
        "platform": device.navigator_platform,
        "languages": list(visit.accept_languages),
        "gpu": device.gpu.model_dump(),
        "hints": device.metadata(version),
        "plugins": device.plugins,
        "screen": device.screen.model_dump(),
        "mobile": device.mobile,
    }
    return _script().replace("DEVICE", json.dumps(figures))


@lru_cache(maxsize=1)
def _script() -> str:
    return files("prober.browser").joinpath("disguise.js").read_text(encoding="utf-8")
