"""A run as its page shows it: how it stands while it works, and what it came to."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from prober.app.after_run import summarise
from prober.app.run import Run
from prober.models.run import Finished
from prober.reporting.run_summary import OUTCOMES, RunSummary
from prober.reporting.text import defang, harmless
from prober.store.run import RunState
from prober.store.run.state import FILE as STATE
from prober.web.run_desk import RunDesk
from prober.web.runs import RunRecord
from prober.web.runs_worker import InWork, Now
from prober.web.words import Phrases

CARDS = 24  # pictures of claims
PAGE = 50  # suspects
PEOPLE, FAR = ("captcha", "login", "otp"), ("blocked", "geo", "rate_limit")
GONE = ("unreachable", "timeout", "maintenance")


def summary_of(desk: RunDesk, output: Path, one: RunRecord) -> RunSummary:
    """The run in small. Only for a run that is not in work. Raises StoreError."""
    with desk.reading:
        return _summary(desk, output, one.id, one.state, one.done, str(one.ended_at))


@lru_cache(maxsize=16)
def _summary(desk: RunDesk, output: Path, id: str, state: str, done: int, ended: str) -> RunSummary:
    """The last three change whenever the run does."""
    one = desk.runs.get(id)
    assert one is not None
    folder = output / one.folder
    if not (folder / STATE).exists():
        return RunSummary(name=one.name, folder=str(folder), target=one.target, total=one.total)
    run = Run(desk.worker.request(one))
    run.state = RunState.open(folder)
    try:
        return summarise(run, one.seconds)
    finally:
        run.close()


def stand(one: RunRecord, now: Now | None, t: Phrases) -> dict[str, Any]:
    """The numbers of a run: how far, how fast, how long still, and the verdicts as parts of a whole."""
    rate = now.rate() if now else 0.0
    left = one.total - one.done
    return {
        "state": one.state, "done": number(one.done), "total": number(one.total), "left": left,
        "percent": round(100 * one.done / one.total) if one.total else 0,
        "bars": bars(one, t), "rate": f"{rate:.0f}" if rate >= 1 else "",
        "eta": _left(left / rate * 60, t) if rate and left and one.state == "running" else "",
        "notice": harmless(now.notice) if now else "",
        "working": [working(each, t) for each in list(now.working.values())[:12]] if now else [],
        "preparing": now is not None and not now.working and not now.latest and not one.done,
    }  # fmt: skip


def bars(one: RunRecord, t: Phrases) -> list[dict[str, Any]]:
    """The verdicts so far; each that occurs is wide enough to be seen, and the rest is what waits."""
    total = max(1, one.total, one.done)
    found: list[dict[str, Any]] = []
    at = 0.0
    for word in OUTCOMES:
        if count := one.counts.get(word, 0):
            wide = max(100 * count / total, 0.8)
            found.append(
                {
                    "key": word,
                    "word": outcome(word, t),
                    "count": number(count),
                    "x": round(at, 2),
                    "wide": round(wide, 2),
                }
            )
            at += wide
    scale = 100 / at if at > 100 else 1.0
    return [bar | {"x": round(bar["x"] * scale, 2), "wide": round(bar["wide"] * scale, 2)} for bar in found]


def working(one: InWork, t: Phrases) -> dict[str, str]:
    """A suspect in work, its page's words harmless."""
    doing = (
        harmless(one.doing, 120) if t.lang == "en" else t("runs.step", number=one.steps)
    )  # the engine speaks English
    return {"id": one.id, "url": defang(one.url, 90), "doing": doing if one.steps else t("runs.opening")}


def row(found: dict[str, Any], t: Phrases) -> dict[str, Any]:
    """A finished suspect out of an event."""
    key = found["outcome"] if found["outcome"] in OUTCOMES else "inconclusive"
    obstacle = found["obstacle"]
    return {
        "id": found["id"], "line": found["line"], "url": defang(found["url"], 90), "key": key, "word": outcome(key, t),
        "obstacle": obstacle_word(obstacle, t) if obstacle else "", "claim": harmless(found["amount"], 40),
        "seconds": f"{found['seconds']:.0f}", "case_id": found["case_id"], "reason": harmless(found["reason"], 220),
    }  # fmt: skip


def row_of_finished(one: Finished, t: Phrases) -> dict[str, Any]:
    """A finished suspect out of the run's state."""
    found = {
        "id": "", "line": one.line, "url": one.url, "outcome": one.outcome, "obstacle": one.obstacle,
        "amount": one.highlights.amount, "seconds": one.seconds, "case_id": one.case_id, "reason": one.reason,
    }  # fmt: skip
    return row(found, t)


def result_view(summary: RunSummary, t: Phrases, wanted: str, page: int) -> dict[str, Any]:
    """What the page of an ended run says beyond its numbers. wanted: one outcome, '' for all."""
    fitting = [one for one in summary.rows if not wanted or one.outcome == wanted]
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(max(1, page), pages)
    most = max(summary.obstacles.values(), default=1)
    return {
        "headline": headline(summary, t),
        "steps": steps(summary, t),
        "cards": [_card(one, t) for one in summary.accused if one.case_id and one.highlights.picture][:CARDS],
        "obstacles": [
            {"word": obstacle_word(word, t), "count": count, "wide": round(100 * count / most, 1)}
            for word, count in summary.obstacles.most_common()
        ],
        "slowest": [row_of_finished(one, t) for one in summary.slowest],
        "servers": [(harmless(server), count) for server, count in summary.servers],
        "rows": [row_of_finished(one, t) for one in fitting[(page - 1) * PAGE : page * PAGE]],
        "page": page, "pages": pages, "wanted": wanted,
        "filters": [(word, outcome(word, t), summary.counts[word]) for word in OUTCOMES if summary.counts[word]],
        "cut": len(summary.rows) if summary.done > len(summary.rows) else 0,
    }  # fmt: skip


def _card(one: Finished, t: Phrases) -> dict[str, Any]:
    return row_of_finished(one, t) | {"text": harmless(one.highlights.claim, 160)}


def headline(summary: RunSummary, t: Phrases) -> str:
    """The run in one sentence."""
    counts = summary.counts
    probed = summary.done - counts["refused"]
    word = "none" if not probed else next((w for w in ("fraudulent", "suspicious") if counts[w]), "clean")
    return t(
        f"runs.headline.{word}", probed=number(probed), fraudulent=number(counts["fraudulent"]),
        suspicious=number(counts["suspicious"]),
    )  # fmt: skip


def steps(summary: RunSummary, t: Phrases) -> list[str]:
    """What a person should do now, most urgent first."""
    counts, obstacles = summary.counts, summary.obstacles
    found = (
        ("left", summary.left), ("fraudulent", counts["fraudulent"]), ("suspicious", counts["suspicious"]),
        ("people", sum(obstacles[word] for word in PEOPLE)), ("far", sum(obstacles[word] for word in FAR)),
        ("gone", sum(obstacles[word] for word in GONE)), ("crash", obstacles["browser_crash"]),
        ("failed", counts["failed"]), ("rows", summary.unusable + counts["refused"]),
    )  # fmt: skip
    told = [t(f"runs.steps.{word}", count=number(count)) for word, count in found if count > 0]
    return told or [t("runs.steps.nothing")]


def outcome(word: str, t: Phrases) -> str:
    """A verdict, or how else a suspect ended."""
    return t(f"runs.outcomes.{word}" if word in ("failed", "refused") else f"verdicts.{word}")


def obstacle_word(word: str, t: Phrases) -> str:
    """What stood in the way."""
    return t.one("runs.obstacles", word)


def number(count: int) -> str:
    """With a gap at the thousands."""
    return f"{count:,}".replace(",", "\u00a0")


def _left(seconds: float, t: Phrases) -> str:
    return t("runs.left_about", time=span(seconds, t)) if seconds >= 60 else t("runs.left_soon")


def span(seconds: float, t: Phrases) -> str:
    """A time still to go or gone, coarse."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return t("runs.seconds", count=round(seconds))
    if minutes < 90:
        return t("runs.minutes", count=minutes)
    return t("runs.hours", hours=minutes // 60, minutes=minutes % 60)
