"""Watches the memory of one browser's processes from outside and ends a renderer that takes too much (Linux only)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

EVERY = 0.15  # seconds between two looks
RENDERER_CAP = 700_000_000  # bytes that one renderer may hold
TOTAL_CAP = 900_000_000  # and all processes of the browser together; then the largest renderer goes
VISIT_CAP = 200_000_000  # more for each visit that is under way
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Process:
    """One process: bytes it holds alone, and what it is, as its command line says."""

    pid: int
    parent: int
    own: int
    renderer: bool = False


class Warden:
    """One for each browser process; `ended` counts the renderers that were killed."""

    def __init__(self, root: int, visits: Callable[[], int]) -> None:
        self.root = root
        self.visits = visits
        self.ended = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        if Path("/proc/self/statm").exists():
            self._task = asyncio.ensure_future(self._watch())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            total = TOTAL_CAP + VISIT_CAP * max(self.visits(), 1)
            for pid in condemned(family(self.root), RENDERER_CAP, total):
                log.warning("a page took too much memory: its renderer (process %d) is ended", pid)
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
                    self.ended += 1
            await asyncio.sleep(EVERY)  # memory sends no word: looking from time to time is the only way


def condemned(processes: list[Process], renderer_cap: int, total_cap: int) -> list[int]:
    """Which renderers must go: those over their cap, else the largest while all together are over theirs."""
    over = [p.pid for p in processes if p.renderer and p.own > renderer_cap]
    if over or sum(p.own for p in processes) <= total_cap:
        return over
    renderers = [p for p in processes if p.renderer]
    return [max(renderers, key=lambda p: p.own).pid] if renderers else []


def family(root: int) -> list[Process]:
    """A process and all below it; those that end meanwhile are left out."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - a path object for each of the machine's processes is slow
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                stat = Path(f"/proc/{name}/stat").read_text()
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(name))
    found: list[Process] = []
    todo = [(root, 0)]
    while todo:
        pid, parent = todo.pop()
        with contextlib.suppress(OSError, ValueError, IndexError):
            _, resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[:3]
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            found.append(Process(pid, parent, (int(resident) - int(shared)) * _PAGE, b"--type=renderer" in command))
        todo += [(child, pid) for child in parents.get(pid, [])]
    return found
