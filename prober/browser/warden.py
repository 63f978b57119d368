"""Watches one browser's processes from outside, in a thread of its own, and ends renderers that take too much.

It asks neither the page nor the browser, and works while prober's own loop is drowned in a page's events.
Linux only; elsewhere the limits inside the browser remain.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

EVERY = 0.15  # seconds between two looks
RENDERER_CAP = 700_000_000  # bytes that one renderer may hold
TOTAL_CAP = 900_000_000  # and all processes of the browser together; then the largest renderer goes
VISIT_CAP = 200_000_000  # more for each visit that is under way
DROWNED = 2.5  # seconds without a word from prober's loop, while a renderer is busy, that end this renderer
FRESH = 1.0  # seconds; the least age of what is compared with
BUSY = 0.4  # of one core
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Process:
    """One process: bytes it holds alone, seconds of computing so far, and whether it shows pages."""

    pid: int
    own: int
    computed: float = 0.0
    renderer: bool = False


class Warden:
    """One for each browser process; `ended` counts the renderers that were killed."""

    def __init__(self, root: int, visits: Callable[[], int]) -> None:
        self.root = root
        self.visits = visits
        self.ended = 0
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._heard = time.monotonic()
        self._asked = False
        self._before: dict[int, float] = {}  # process -> seconds computed, a moment ago

    def start(self) -> None:
        """Begin to watch; call it inside the loop that serves the browser."""
        if Path("/proc/self/statm").exists():
            loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._watch, args=(loop,), name="warden", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._over.set()

    def end_busiest(self) -> bool:
        """Kill the renderer that computed most of late; False when none computes."""
        busiest = most_busy(family(self.root), self._before, BUSY)
        if busiest is not None:
            self._end(busiest, "could not be closed")
        return busiest is not None

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        marked = time.monotonic()
        while not self._over.wait(EVERY):
            self._beat(loop)
            processes = family(self.root)
            if self._heard > marked + FRESH:
                marked, self._before = self._heard, {p.pid: p.computed for p in processes}
            total = TOTAL_CAP + VISIT_CAP * max(self.visits(), 1)
            for pid in condemned(processes, RENDERER_CAP, total):
                self._end(pid, "took too much memory")
            silence = time.monotonic() - self._heard
            if silence > DROWNED:
                busiest = most_busy(processes, self._before, silence * BUSY)
                if busiest is not None:
                    self._end(busiest, "drowned prober in events")
                    self._heard = time.monotonic()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        def answer() -> None:
            self._asked, self._heard = False, time.monotonic()

        if not self._asked:
            self._asked = True
            with contextlib.suppress(RuntimeError):  # the loop is closed: the browser goes with it
                loop.call_soon_threadsafe(answer)

    def _end(self, pid: int, why: str) -> None:
        log.warning("a page %s: its renderer (process %d) is ended", why, pid)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
            self.ended += 1


def condemned(processes: list[Process], renderer_cap: int, total_cap: int) -> list[int]:
    """Which renderers must go: those over their cap, else the largest while all together are over theirs."""
    over = [p.pid for p in processes if p.renderer and p.own > renderer_cap]
    if over or sum(p.own for p in processes) <= total_cap:
        return over
    renderers = [p for p in processes if p.renderer]
    return [max(renderers, key=lambda p: p.own).pid] if renderers else []


def most_busy(processes: list[Process], before: dict[int, float], least: float) -> int | None:
    """The renderer that computed most since `before`, None when none did for `least` seconds."""
    spent = {p.pid: p.computed - before.get(p.pid, 0.0) for p in processes if p.renderer}
    busiest = max(spent, key=lambda pid: spent[pid], default=None)
    return busiest if busiest is not None and spent[busiest] >= least else None


def family(root: int) -> list[Process]:
    """A process and all below it; those that end meanwhile are left out."""
    below: dict[int, list[int]] = {}
    computed: dict[int, float] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - a path object for each of the machine's processes is slow
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
                below.setdefault(int(fields[1]), []).append(int(name))
                computed[int(name)] = (int(fields[11]) + int(fields[12])) / _TICKS
    found: list[Process] = []
    todo = [root]
    while todo:
        pid = todo.pop()
        todo += below.get(pid, [])
        with contextlib.suppress(OSError, ValueError, IndexError):
            _, resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[:3]
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            own = (int(resident) - int(shared)) * _PAGE
            found.append(Process(pid, own, computed.get(pid, 0.0), b"--type=renderer" in command))
    return found
