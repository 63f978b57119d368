"""What this machine can carry: cores, memory, and how many cases side by side."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

CASE_MEMORY = 450 * 2**20  # bytes that one case needs at its peak, browser pages included
BASE_MEMORY = 600 * 2**20  # bytes of prober, the driver and an idle browser
CASES_PER_CORE = 2  # a case waits for its site about as long as it computes
MOST = 32


def cores() -> int:
    """Cores that this process may use; a container's share counts."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, _, period = _word("/sys/fs/cgroup/cpu.max").partition(" ")
    if quota.isdigit() and period.isdigit():
        own = min(own, max(1, int(quota) // int(period)))
    return own


def free_memory() -> int | None:
    """Bytes that may still be taken, None where the system does not say."""
    free: int | None = None
    for line in _word("/proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            free = int(line.split()[1]) * 1024
    limit, used = _word("/sys/fs/cgroup/memory.max"), _word("/sys/fs/cgroup/memory.current")
    if limit.isdigit() and used.isdigit():
        left = max(0, int(limit) - int(used))
        free = left if free is None else min(free, left)
    return free


def best_jobs() -> int:
    """How many cases to probe side by side."""
    wanted = cores() * CASES_PER_CORE
    free = free_memory()
    carried = wanted if free is None else (free - BASE_MEMORY) // CASE_MEMORY
    return max(1, min(wanted, carried, MOST))


def children_memory() -> int:
    """Resident bytes of all processes below this one (the driver and its browsers); 0 where it cannot be seen."""
    below: dict[int, list[int]] = defaultdict(list)
    resident: dict[int, int] = {}
    page = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            shared = (folder / "statm").read_text().split()
        except OSError:  # it ended while we looked
            continue
        fields = stat.rpartition(")")[2].split()
        below[int(fields[1])].append(int(folder.name))
        resident[int(folder.name)] = (int(shared[1]) - int(shared[2])) * page
    total, queue = 0, list(below[os.getpid()])
    while queue:
        process = queue.pop()
        total += resident[process]
        queue += below[process]
    return total


def _word(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
