"""Nothing that a page does reaches a forbidden address: tried for real, where nothing can leave the machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guard.ssrf.ways import HOSTS, MARKUP, MAY_STAY_SILENT, SCRIPTS

ROOT = Path(__file__).parents[2]


def _namespaces() -> str:
    """'' where a network namespace of our own can be had, else why not."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs root on Linux"
    if not shutil.which("unshare") or not shutil.which("ip"):
        return "needs unshare and ip"
    tried = subprocess.run(
        ["unshare", "-n", "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"network namespaces are not allowed here ({tried.stderr.strip()[:80]})"


@pytest.mark.browser
def test_no_way_leads_inside() -> None:
    why = _namespaces()
    if why:
        pytest.skip(why)
    command = ["unshare", "-n", sys.executable, "-m", "tests.guard.ssrf.inside", os.environ.get("PROBER_BROWSER", "")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout.strip().splitlines()[-1])
    *leaks, self_test = result["caught"]
    assert "self-test" in self_test, "the canary does not sing"
    assert leaks == []
    assert set(result["reached"]) == {"evil.example"}
    ways = {*MARKUP, *SCRIPTS}
    silent = ways - set(result["fired"]) - MAY_STAY_SILENT
    assert not silent, "these ways were never tried by the browser"
    assert len(ways) >= 80 and len(ways & set(result["fired"])) >= 60
    assert len(result["refused"]) >= len(ways & set(result["fired"])) + len(HOSTS) // 2
