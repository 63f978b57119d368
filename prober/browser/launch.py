"""Starts the browser: sandboxed, quiet on the network, without the marks of automation."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from collections.abc import Awaitable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from prober.browser.find import BrowserChoice, browser_version
from prober.browser.profiles import profile
from prober.errors import BrowserError
from prober.ports import Visit

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

    from prober.browser.sandbox import Quarters

log = logging.getLogger(__name__)

_quarters: WeakKeyDictionary[Browser, Quarters] = WeakKeyDictionary()

# A context without a proxy of its own gets this one, where nobody listens: nothing leaves by mistake.
_NOWHERE = {"server": "http://127.0.0.1:1", "bypass": "<-loopback>"}

_ARGUMENTS: tuple[str, ...] = (
    # Nothing of the browser's own goes out.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    # Nothing of the page's goes past the proxy: no UDP, no look-ups, loopback through the proxy too.
    "--disable-quic",
    "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--proxy-bypass-list=<-loopback>",
    # navigator.webdriver says false, as in any browser.
    "--disable-blink-features=AutomationControlled",
    # A page may not fill the disk or the memory of the machine.
    "--disk-cache-size=52428800",
    "--media-cache-size=10485760",
    "--js-flags=--max-old-space-size=768",
)

# Of the driver's own arguments: a page may not flood the browser with navigations.
_UNWANTED: tuple[str, ...] = ("--disable-ipc-flooding-protection",)


async def open_browser(
    playwright: Playwright | Awaitable[Playwright],
    choice: BrowserChoice,
    *,
    headed: bool = False,
    sandbox: bool = True,
    like: Visit | None = None,
) -> Browser:
    """Start one browser process; its temporary folder is swept when it closes or dies.

    Args:
        playwright: the driver, or one that is still starting; what else is needed is prepared meanwhile.
        headed: open a window (not possible with a headless shell).
        like: the visits to come, for the few places that only the process can name itself in (the first
            moments of pop-ups); contexts of other devices and languages work too.
        sandbox: False runs the page's code without the browser's own sandbox; only on the user's word.

    Raises:
        BrowserError: it does not start; the sentence says what to do.
    """
    from playwright.async_api import Error

    if headed and choice.headless_only:
        raise BrowserError(
            f"{choice.path} cannot open a window; install Chromium or Chrome, or name one with --browser"
        )
    if not sandbox:
        log.warning("the browser runs WITHOUT its sandbox: a hostile page that breaks the browser reaches this account")
    version = await asyncio.to_thread(_major, choice)
    executable, quarters = choice.path, None
    if sys.platform != "win32":
        from prober.browser.sandbox import furnish

        quarters = furnish(choice.path, headed=headed)
        executable = str(quarters.executable)
    driver = await playwright if isinstance(playwright, Awaitable) else playwright
    try:
        browser = await driver.chromium.launch(
            executable_path=executable,
            headless=not headed,
            chromium_sandbox=sandbox,
            ignore_default_args=list(_UNWANTED),
            args=[*_ARGUMENTS, *_names(like or Visit(), version)],
            proxy=_NOWHERE,  # type: ignore[arg-type]
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            timeout=30_000,
        )
    except Error as error:
        if quarters is not None:
            quarters.sweep()
        raise BrowserError(_explain(choice, str(error))) from None
    if quarters is not None:
        _quarters[browser] = quarters
        browser.on("disconnected", lambda _: quarters.sweep())
    return browser


def process_of(browser: Browser) -> int | None:
    """The number of the browser's main process; None where it is not known."""
    quarters = _quarters.get(browser)
    return quarters.pid if quarters is not None else None


def kill_browser(browser: Browser) -> None:
    """End a browser from outside, without asking it: for one that hangs. Its files are swept, too."""
    quarters = _quarters.get(browser)
    if quarters is not None:
        quarters.sweep()


def _major(choice: BrowserChoice) -> str:
    """The browser's version, asked before it starts; '' where it does not say."""
    found = re.search(r"\d+(?:\.\d+)+", browser_version(choice))
    return found[0] if found else ""


def _names(like: Visit, version: str) -> tuple[str, ...]:
    languages = (f"--lang={like.locale}", f"--accept-lang={','.join(like.accept_languages)}")
    return (*languages, f"--user-agent={profile(like.profile).user_agent(version)}") if version else languages


# What the browser says as it dies, and what it means. First match wins.
_COMPLAINTS: tuple[tuple[str, str], ...] = (
    (
        "No usable sandbox",
        "its sandbox cannot work on this machine (user namespaces are disabled and there is no setuid helper). "
        "Enable them (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0, "
        "in a container a seccomp profile that allows them), or accept the risk with --no-sandbox",
    ),
    (
        "namespace sandbox",
        "its sandbox cannot work on this machine (user namespaces are disabled); enable them, "
        "or accept the risk with --no-sandbox",
    ),
    (
        "Operation not permitted",
        "this machine does not let it build its sandbox (a container without user namespaces?); allow them, "
        "or accept the risk with --no-sandbox",
    ),
    (
        "error while loading shared libraries",
        "libraries are missing; as root run 'playwright install-deps chromium', or install the system's Chromium",
    ),
    ("Missing X server", "there is no display for its window; run without --attended, or under a desktop"),
    ("cannot open display", "there is no display for its window; run without --attended, or under a desktop"),
    ("Executable doesn't exist", "the file is gone; run 'prober doctor', or name another with --browser"),
    ("Timeout", "it did not start within 30 seconds; is the machine overloaded?"),
)


def _explain(choice: BrowserChoice, error: str) -> str:
    for mark, meaning in _COMPLAINTS:
        if mark.lower() in error.lower():
            return f"the browser {choice.path} does not start: {meaning}"
    lines = [line.strip() for line in error.splitlines() if line.strip() and not line.startswith("Call log")]
    return (
        f"the browser {choice.path} does not start: {' '.join(lines)[:400]}; "
        "run 'prober doctor', or name another with --browser"
    )
