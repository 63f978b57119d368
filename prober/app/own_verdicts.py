"""Verdicts that prober gives without a case: what killed the browser, and where prober itself failed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prober import __version__
from prober.models.run import Result, Work


def parked(work: Work, crashes: int, seen: Result | None = None) -> Result:
    """The suspect killed the browser again and again; it is named and left alone.

    seen: what the last attempt came to before the browser died; a suspicion stands.
    """
    if seen is not None and seen.verdict.get("verdict") == "suspicious":
        return seen
    reason = (
        f"This page stopped the browser {crashes} times, the last times alone in it; it is parked. "
        "Look at it by hand: prober check with --attended."
    )
    return Result(verdict=_inconclusive(work, "browser_crash", reason))


def failed(work: Work, sentence: str) -> Result:
    """prober itself failed at this suspect, time after time."""
    reason = f"prober failed at this suspect: {sentence}"
    return Result(verdict=_inconclusive(work, "prober_failed", reason), fault=sentence)


def _inconclusive(work: Work, obstacle: str, reason: str) -> dict[str, Any]:
    return {
        "schema": "prober/verdict/1",
        "case_id": "",
        "url": work.url,
        "final_url": work.url,
        "scenario": work.scenario,
        "verdict": "inconclusive",
        "reason": reason,
        "obstacle": obstacle,
        "findings": [],
        "probes": [],
        "started_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "seconds": 0.0,
        "case_dir": "",
        "prober_version": __version__,
        "line": work.line,
        "suspect": work.id,
    }
