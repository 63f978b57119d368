"""Getting a browser, with the commands replaced by scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from prober.browser import install
from prober.browser.find import BrowserChoice
from prober.errors import BrowserError


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every command that would run; each fails unless a test says otherwise."""
    ran: list[str] = []

    async def run(*command: str, seconds: float = 0) -> str:
        ran.append(" ".join(command))
        return "Error: getaddrinfo ENOTFOUND"

    monkeypatch.setattr(install, "_run", run)
    monkeypatch.setattr(install, "_is_debian", lambda: True)
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install, "find_browser", lambda: None)
    return ran


async def test_what_was_tried_is_told(commands: list[str]) -> None:
    with pytest.raises(BrowserError) as caught:
        await install.install_browser()
    assert "ENOTFOUND" in caught.value.message and "--browser" in caught.value.message
    assert commands[0].endswith("playwright install --only-shell chromium")
    assert commands[1].startswith("apt-get update")


async def test_no_packages_for_ordinary_users(commands: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.os, "geteuid", lambda: 1000)
    with pytest.raises(BrowserError, match="only root"):
        await install.install_browser()
    assert not any("apt-get" in command for command in commands)


async def test_the_distributions_browser(commands: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shell = tmp_path / "chromium-headless-shell"

    async def run(*command: str, seconds: float = 0) -> str:
        commands.append(" ".join(command))
        if "playwright" in command:
            return "no network"
        if "install" in command:
            shell.write_text("#!/bin/sh\necho Chromium 1.2.3\n")
            shell.chmod(0o755)
        return ""

    monkeypatch.setattr(install, "_run", run)
    choice = BrowserChoice(path=str(shell), source="system", flavour="headless-shell")
    monkeypatch.setattr(install, "find_browser", lambda: choice if shell.exists() else None)
    told: list[str] = []
    assert await install.install_browser(told.append) == choice
    assert len(told) == 2 and "chromium-headless-shell" in commands[-1]


async def test_a_real_command_gives_its_last_words() -> None:
    assert await install._run("sh", "-c", "echo fine; echo E: broken >&2; echo more; exit 3") == "E: broken"
    assert await install._run("true") == ""
    assert "No such file" in await install._run("/no/such/command")
    assert "longer than" in await install._run("sleep", "20", seconds=0.1)
