"""Which browser is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prober.browser import find
from prober.browser.find import BrowserChoice, browser_version, describe_browser, find_browser
from prober.errors import BrowserError


def executable(path: Path, text: str = "#!/bin/sh\necho Chromium 1.2.3.4\n") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PROBER_BROWSER", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "registry"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(find, "_package", lambda: tmp_path / "package")
    (tmp_path / "package").mkdir()
    listed = {"browsers": [{"name": "chromium", "revision": "77"}]}
    (tmp_path / "package" / "browsers.json").write_text(json.dumps(listed))


def test_nothing_found(tmp_path: Path) -> None:
    assert find_browser() is None


def test_the_named_one_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(tmp_path / "bin" / "chromium")
    mine = executable(tmp_path / "mine" / "my-headless_shell")
    assert find_browser(mine) == BrowserChoice(path=mine, source="given", flavour="headless-shell")
    monkeypatch.setenv("PROBER_BROWSER", mine)
    assert find_browser() == BrowserChoice(path=mine, source="given", flavour="headless-shell")


def test_a_named_one_that_is_not_there_is_an_error() -> None:
    with pytest.raises(BrowserError, match="--browser"):
        find_browser("/no/such/browser")


def test_playwrights_own_comes_before_installed_ones(tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "google-chrome")
    shell = executable(tmp_path / "registry/chromium_headless_shell-77/chrome-linux/headless_shell")
    full = executable(tmp_path / "registry/chromium-77/chrome-linux/chrome")
    executable(tmp_path / "registry/chromium-76/chrome-linux/chrome")
    assert find_browser() == BrowserChoice(path=shell, source="playwright", flavour="headless-shell")
    assert find_browser(headed=True) == BrowserChoice(path=full, source="playwright", flavour="chromium")


def test_another_revision_is_not_playwrights_own(tmp_path: Path) -> None:
    executable(tmp_path / "registry/chromium-76/chrome-linux/chrome")
    assert find_browser() is None


def test_installed_ones_in_order(tmp_path: Path) -> None:
    edge = executable(tmp_path / "bin" / "microsoft-edge")
    assert find_browser() == BrowserChoice(path=edge, source="system", flavour="edge")
    chromium = executable(tmp_path / "bin" / "chromium")
    assert find_browser(headed=True) == BrowserChoice(path=chromium, source="system", flavour="chromium")
    shell = executable(tmp_path / "bin" / "chromium-headless-shell")
    assert find_browser() == BrowserChoice(path=shell, source="system", flavour="headless-shell")
    assert find_browser(headed=True) == BrowserChoice(path=chromium, source="system", flavour="chromium")


def test_snap_is_passed_over(tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "chromium-browser", "#!/bin/sh\nexec /snap/bin/chromium\n")
    assert find_browser() is None


def test_described_for_a_person(tmp_path: Path) -> None:
    good = find_browser(executable(tmp_path / "chromium"))
    bad = find_browser(executable(tmp_path / "chrome", "#!/bin/sh\necho libnss3.so missing >&2\nexit 127\n"))
    assert good and bad
    assert describe_browser(good)["version"] == "Chromium 1.2.3.4"
    assert "libnss3.so" in describe_browser(bad)["problem"]
    with pytest.raises(BrowserError, match="install-deps"):
        browser_version(bad)
