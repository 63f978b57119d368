"""Gets a browser where there is none: Playwright's download, else the distribution's package."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable

from prober.browser.find import BrowserChoice, browser_version, find_browser
from prober.errors import BrowserError

Tell = Callable[[str], None]

_MINUTES_10 = 600.0
_PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core")  # the fonts know Kazakh letters and the tenge sign


async def install_browser(tell: Tell = lambda _: None) -> BrowserChoice:
    """Install a browser and return it. `tell` gets a line for a person before each step.

    Raises:
        BrowserError: nothing could be installed; the sentence says what was tried and what to do.
    """
    tried: list[str] = []
    for name, step in (("playwright install chromium", _from_playwright), ("apt-get install", _from_apt)):
        problem = await step(tell)
        choice = find_browser() if not problem else None
        if choice is not None:
            problem = await asyncio.to_thread(_does_not_run, choice)
            if not problem:
                return choice
        tried.append(f"{name}: {problem or 'left no browser behind'}")
    raise BrowserError(
        f"no browser could be installed ({'; '.join(tried)}). Install Chromium or Google Chrome, for example "
        "'apt-get install chromium-headless-shell' as root, or name one with --browser PATH"
    )


def _does_not_run(choice: BrowserChoice) -> str:
    try:
        browser_version(choice)
    except BrowserError as error:
        return error.message
    return ""


async def _from_playwright(tell: Tell) -> str:
    """'' when it worked, else why not."""
    tell("Installing a browser: playwright install chromium (about 100 MB)")
    install = (sys.executable, "-m", "playwright", "install")
    problem = await _run(*install, "--only-shell", "chromium")
    if problem:
        return problem
    choice = find_browser()
    if choice is not None and _is_debian() and os.geteuid() == 0 and _does_not_run(choice):
        tell("Installing the libraries that the browser needs: playwright install-deps chromium")
        return await _run(*install[:-1], "install-deps", "chromium")
    return ""


async def _from_apt(tell: Tell) -> str:
    if not _is_debian():
        return "this is no Debian-like system"
    if os.geteuid() != 0:
        return "only root may install packages"
    tell(f"Installing a browser: apt-get install {' '.join(_PACKAGES)}")
    problem = await _run("apt-get", "update", "-q")
    if problem:
        return problem
    return await _run("apt-get", "install", "-y", "-q", "--no-install-recommends", *_PACKAGES)


def _is_debian() -> bool:
    return sys.platform == "linux" and shutil.which("apt-get") is not None


async def _run(*command: str, seconds: float = _MINUTES_10) -> str:
    """Run a command to its end: '' when it succeeded, else its last words."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=environment,
        )
    except OSError as error:
        return str(error)
    try:
        output, _ = await asyncio.wait_for(process.communicate(), seconds)
    except TimeoutError:
        process.kill()
        await process.wait()
        return f"took longer than {seconds / 60:g} minutes"
    if process.returncode == 0:
        return ""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if line.lower().startswith(("error", "e:", "fatal"))]
    return (telling or lines or [f"exit status {process.returncode}"])[-1][:200]
