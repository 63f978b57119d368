"""The browser as a process: sandbox, environment, files."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from prober.browser import sandbox
from prober.browser.find import BrowserChoice, find_browser
from prober.browser.launch import kill_browser, open_browser
from prober.browser.sandbox import Quarters, furnish
from prober.errors import BrowserError

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")]


def choice() -> BrowserChoice:
    found = find_browser(os.environ.get("PROBER_BROWSER", ""))
    assert found is not None
    return found


@dataclass(frozen=True)
class Process:
    pid: int
    command: str
    status: str
    environment: bytes


def family(root: int) -> list[Process]:
    """A process and all below it."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return [_process(pid) for pid in found if Path(f"/proc/{pid}").exists()]


def _process(pid: int) -> Process:
    path = Path(f"/proc/{pid}")
    command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return Process(pid, command, (path / "status").read_text(), (path / "environ").read_bytes())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Quarters]:
    """The quarters that a test's browsers get."""
    kept: list[Quarters] = []

    def keep(browser: str, *, headed: bool = False) -> Quarters:
        kept.append(furnish(browser, headed=headed))
        return kept[-1]

    monkeypatch.setattr(sandbox, "furnish", keep)
    return kept


def _dead(pid: int) -> bool:
    """Whether a process has ended, though nobody has asked for its exit status yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def pid_of(quarters: Quarters) -> int:
    return int((quarters.folder / "pid").read_text())


async def test_the_sandbox_is_on_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch, made: list[Quarters]) -> None:
    monkeypatch.setenv("PROBER_TEST_SECRET", "do not tell")
    async with async_playwright() as driver:
        browser = await open_browser(driver, choice())
        page = await browser.new_page()
        assert await page.evaluate("1 + 1") == 2
        running = family(pid_of(made[0]))
        renderers = [process for process in running if "--type=renderer" in process.command]
        assert renderers
        for process in renderers:
            assert re.search(r"^Seccomp:\t2$", process.status, re.M), "no system call filter"
            assert re.search(r"^CapEff:\t0+$", process.status, re.M), "capabilities left"
        for process in running:
            assert "--no-sandbox" not in process.command
            assert os.geteuid() != 0 or not re.search(r"^Uid:\t0\t", process.status, re.M), "runs as root"
            assert b"PROBER_TEST_SECRET" not in process.environment
            assert f"HOME={os.path.expanduser('~')}".encode() not in process.environment  # noqa: ASYNC240, PTH111
        await browser.close()
        assert not made[0].folder.exists()
    left = [process for process in family(os.getpid()) if str(made[0].folder) in process.command]
    assert not left


async def test_a_killed_browser_is_swept_too(made: list[Quarters]) -> None:
    async with async_playwright() as driver:
        browser = await open_browser(driver, choice())
        ended = asyncio.Event()
        browser.on("disconnected", lambda _: ended.set())
        await browser.new_page()
        running = family(pid_of(made[0]))
        kill_browser(browser)
        await asyncio.wait_for(ended.wait(), 10)
        assert not made[0].folder.exists()
        assert len(running) > 3
        for process in running:
            assert _dead(process.pid), process.command[:80]


async def test_without_the_sandbox_only_on_request(caplog: pytest.LogCaptureFixture) -> None:
    async with async_playwright() as driver:
        browser = await open_browser(driver, choice(), sandbox=False)
        await browser.close()
    assert "WITHOUT its sandbox" in caplog.text


@pytest.mark.parametrize(
    ("says", "told"),
    [("FATAL: No usable sandbox! Update your kernel", "--no-sandbox"),
     ("error while loading shared libraries: libnss3.so", "install-deps"),
     ("something else entirely", "prober doctor")],
)  # fmt: skip
async def test_a_browser_that_does_not_start_says_what_to_do(
    tmp_path: Path, made: list[Quarters], says: str, told: str
) -> None:
    broken = tmp_path / "chrome"
    broken.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo Chrome 1.2.3 && exit\necho "{says}" >&2\nexit 1\n')
    broken.chmod(0o755)
    async with async_playwright() as driver:
        with pytest.raises(BrowserError, match=told):
            await open_browser(driver, BrowserChoice(path=str(broken), source="given", flavour="chrome"))
    assert not made[0].folder.exists()


async def test_a_shell_opens_no_window() -> None:
    shell = BrowserChoice(path="/bin/true", source="given", flavour="headless-shell")
    async with async_playwright() as driver:
        with pytest.raises(BrowserError, match="window"):
            await open_browser(driver, shell, headed=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes users")
def test_a_browser_in_a_closed_home_is_made_reachable(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "locales").mkdir(parents=True)
    closed.chmod(0o700)
    for name in ("chrome", "icudtl.dat", "locales/ru.pak"):
        (closed / name).write_text("x")
    (closed / "chrome").chmod(0o755)
    home = furnish(str(closed / "chrome"))
    try:
        assert (home.folder / "program/locales/ru.pak").exists()
        assert str(home.folder / "program/chrome") in home.executable.read_text()
        assert (home.folder / "home").stat().st_uid == home.uid != 0
        other = furnish(str(closed / "chrome"))
        other.sweep()
    finally:
        home.sweep()
    assert not home.folder.exists() and (closed / "chrome").exists()


def test_what_a_killed_run_left_is_swept_by_the_next() -> None:
    script = "from prober.browser.sandbox import furnish; import os; print(furnish('/bin/true').folder, flush=True); os._exit(9)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    left = Path(done.stdout.strip())
    assert left.name.startswith("prober-browser-") and left.exists()
    running = furnish("/bin/true")
    assert not left.exists()
    another = furnish("/bin/true")
    assert running.folder.exists(), "a live run's files were swept"
    running.sweep()
    another.sweep()
