"""Every attack of the hostile wing against one browser: seconds, words, memory of prober and of the browser.

    python -m benchmarks.hostile [--budget SECONDS] [--only NAME ...]

The lab runs in a process of its own, so that the memory measured is prober's. Linux only (/proc).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prober.app.check import CheckOptions, check
from prober.app.result import verdict_of
from prober.browser.engine import open_engine
from prober.lab.hostile.catalogue import ATTACKS


def tree(root: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += parents.get(pid, [])
    return found


def share(pid: int) -> float:
    """Proportional memory of a process in MB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


class Meter:
    """Peaks since the last `read`."""

    def __init__(self, without: int) -> None:
        self.without = without
        self.own = self.browser = 0.0

    async def watch(self) -> None:
        while True:
            me = os.getpid()
            others = [pid for pid in tree(me) if pid not in (me, self.without)]
            self.own = max(self.own, share(me))
            self.browser = max(self.browser, sum(share(pid) for pid in others))
            await asyncio.sleep(0.3)

    def read(self) -> tuple[float, float]:
        peaks = self.own, self.browser
        self.own = self.browser = 0.0
        return peaks


@contextmanager
def lab() -> Iterator[tuple[int, int]]:
    """(port, process id) of a lab with the hostile wing."""
    command = [sys.executable, "-u", "-m", "prober.lab", "--hostile", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"localhost:(\d+)", line)
        assert found, line
        yield int(found[1]), process.pid
    finally:
        process.kill()
        process.wait()


def own_room() -> Path:
    """A temporary folder that nobody else uses, so that what is left in it is ours."""
    room = Path(tempfile.mkdtemp(prefix="hostile-"))
    room.chmod(0o711)
    os.environ["TMPDIR"] = tempfile.tempdir = str(room)
    return room


def left_in(room: Path) -> list[str]:
    """What is left there; the folder is removed."""
    names = [path.name for path in room.iterdir()]
    shutil.rmtree(room)
    return names


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--budget", type=float, default=5.0, help="seconds for one case (default: %(default)s)")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--words", action="store_true", help="tell what each probe ended with")
    options = parser.parse_args()
    room = own_room()
    with lab() as (port, lab_pid), tempfile.TemporaryDirectory() as output:
        async with contextlib.AsyncExitStack() as stack:
            engine = await stack.enter_async_context(open_engine())
            meter = Meter(lab_pid)
            watching = asyncio.create_task(meter.watch())
            print(f"{'attack':18} {'s':>6} {'prober':>7} {'browser':>8}  verdict, ends")
            for attack in ATTACKS:
                if options.only and attack.name not in options.only:
                    continue
                began = time.monotonic()
                url = f"http://{attack.name}.localhost:{port}{attack.site.entry}"
                choice = CheckOptions(
                    scenario="kz-fines", output=Path(output), allow_private=True, seed=11,
                    timeout=options.budget, case_timeout=options.budget,
                )  # fmt: skip
                try:
                    case = await check(url, choice, engine)
                    verdict = verdict_of(case)
                    word = verdict.verdict.value
                    right = "" if word in attack.site.expect else "  WRONG"
                    right += (
                        "" if not attack.outcomes or case.probes[0].outcome in attack.outcomes else "  ENDS OTHERWISE"
                    )
                    words = f"{word} {verdict.obstacle} [{' '.join(p.outcome for p in case.probes)}]{right}"
                    if options.words:
                        words += "".join(
                            f"\n    {p.name} {p.seconds} {p.arm} {p.outcome}: {p.why}" for p in case.probes
                        )
                except Exception as error:
                    words = f"FAILED {type(error).__name__}: {str(error)[:200]}"
                seconds = time.monotonic() - began
                own, browser = meter.read()
                if not engine.alive:
                    words += "  THE BROWSER DIED"
                    await stack.aclose()
                    engine = await stack.enter_async_context(open_engine())
                late = "  LATE" if seconds > options.budget + 3 else ""
                print(f"{attack.name:18} {seconds:6.2f} {own:7.0f} {browser:8.0f}  {words}{late}", flush=True)
            watching.cancel()
        print("left running:", [p for p in tree(os.getpid()) if p not in (os.getpid(), lab_pid)])
    print("left in the temporary folder:", left_in(room))


if __name__ == "__main__":
    asyncio.run(main())
