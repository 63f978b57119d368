"""Which browser to use: the one named, else Playwright's own, else one that is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from prober.errors import BrowserError
from prober.models.base import Noun

Flavour = Literal["headless-shell", "chromium", "chrome", "edge"]


class BrowserChoice(Noun):
    """An executable of the Chromium family and where it was found.

    source: 'given' by option or environment, 'playwright' its own download, 'system' installed.
    """

    path: str
    source: Literal["given", "playwright", "system"]
    flavour: Flavour

    @property
    def headless_only(self) -> bool:
        """A headless shell cannot open a window."""
        return self.flavour == "headless-shell"


# Command names and fixed places, most wanted first. The shell starts in half the time of a full browser
# and is what Playwright itself uses for headless work, so it goes first where no window is wanted.
_SHELLS: tuple[tuple[Flavour, str], ...] = (
    ("headless-shell", "chrome-headless-shell"),
    ("headless-shell", "chromium-headless-shell"),
)
_WINDOWED: tuple[tuple[Flavour, str], ...] = (
    ("chrome", "google-chrome-stable"),
    ("chrome", "google-chrome"),
    ("chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    ("chrome", "C:/Program Files/Google/Chrome/Application/chrome.exe"),
    ("chromium", "chromium"),
    ("chromium", "chromium-browser"),
    ("chromium", "/Applications/Chromium.app/Contents/MacOS/Chromium"),
    ("edge", "microsoft-edge-stable"),
    ("edge", "microsoft-edge"),
    ("edge", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
    ("edge", "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"),
)
# Folder names in Playwright's registry and the executables inside, newest layout first.
_OWN_SHELL = ("chromium_headless_shell-{revision}", ("chrome-headless-shell", "headless_shell"))
_OWN_WINDOWED = ("chromium-{revision}", ("chrome", "Google Chrome for Testing", "Chromium", "chrome.exe"))


def find_browser(given: str = "", *, headed: bool = False) -> BrowserChoice | None:
    """The browser to use, None where there is none.

    Args:
        given: path or command name that the user named; '' falls back to PROBER_BROWSER, then to the search.
        headed: a window is wanted, so that headless shells do not do.

    Raises:
        BrowserError: the browser that was named is not there.
    """
    given = given or os.environ.get("PROBER_BROWSER", "")
    if given:
        return _named(given)
    return playwrights_own(headed=headed) or _installed(headed=headed)


def _named(given: str) -> BrowserChoice:
    path = shutil.which(str(Path(given).expanduser()))
    if path is None:
        raise BrowserError(
            f"the browser '{given}' is not an executable file; name another with --browser or leave it out"
        )
    return BrowserChoice(path=path, source="given", flavour=_flavour(path))


def _flavour(path: str) -> Flavour:
    name = Path(path).name.lower().replace("_", "-")
    if "headless-shell" in name:
        return "headless-shell"
    if "edge" in name:
        return "edge"
    return "chromium" if "chromium" in name else "chrome"


def playwrights_own(*, headed: bool = False) -> BrowserChoice | None:
    """The browser that `playwright install` put there, of the revision that the installed Playwright wants."""
    revision = _revision()
    root = _registry()
    if not revision or not root.is_dir():
        return None
    for folder, names in (_OWN_WINDOWED,) if headed else (_OWN_SHELL, _OWN_WINDOWED):
        for name in names:
            for path in sorted((root / folder.format(revision=revision)).glob(f"**/{name}")):
                if path.is_file() and os.access(path, os.X_OK):
                    flavour: Flavour = "headless-shell" if folder == _OWN_SHELL[0] else "chromium"
                    return BrowserChoice(path=str(path), source="playwright", flavour=flavour)
    return None


def _registry() -> Path:
    """Where Playwright keeps its downloads."""
    where = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if where and where != "0":
        return Path(where)
    if where == "0":
        return _package() / ".local-browsers"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser() / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _package() -> Path:
    import playwright

    return Path(playwright.__file__).parent / "driver" / "package"


def _revision() -> str:
    try:
        listed = json.loads((_package() / "browsers.json").read_text())["browsers"]
    except (OSError, ValueError, KeyError):
        return ""  # another layout of Playwright: its own browser is then found by the search for installed ones
    return next((entry["revision"] for entry in listed if entry["name"] == "chromium"), "")


def _installed(*, headed: bool) -> BrowserChoice | None:
    for flavour, name in _WINDOWED if headed else (*_SHELLS, *_WINDOWED):
        path = shutil.which(name)
        if path is not None and not _is_snap(path):
            return BrowserChoice(path=path, source="system", flavour=flavour)
    return None


def _is_snap(path: str) -> bool:
    """Snap's browsers refuse to run from a home that is not the user's; Ubuntu's 'chromium-browser' only starts snap."""
    real = Path(path).resolve()
    if str(real).startswith("/snap/") or real.name == "snap":
        return True
    with real.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"/snap/" in start


def browser_version(choice: BrowserChoice) -> str:
    """What the executable says of itself, e.g. 'Chromium 156.0.8078.79'; '' on Windows, where it would open a window.

    Raises:
        BrowserError: it does not run.
    """
    if sys.platform == "win32":
        return ""
    try:
        done = subprocess.run([choice.path, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BrowserError(f"{choice.path} does not run ({error}); name another browser with --browser") from None
    if done.returncode != 0:
        complaint = (done.stderr or done.stdout).strip().splitlines()
        raise BrowserError(
            f"{choice.path} does not run: {complaint[-1][:300] if complaint else f'exit status {done.returncode}'}; "
            "libraries may be missing (as root: playwright install-deps chromium)"
        )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def describe_browser(choice: BrowserChoice) -> dict[str, str]:
    """What to show a person who asks which browser is used: path, source, kind, version or problem."""
    words = {"path": choice.path, "source": choice.source, "kind": choice.flavour}
    try:
        return words | {"version": browser_version(choice)}
    except BrowserError as error:
        return words | {"problem": error.message}
