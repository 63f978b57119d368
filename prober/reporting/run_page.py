"""`summary.html`: a run on one page that loads nothing from anywhere; a few lines of script only sort its table."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from importlib import resources

from markupsafe import Markup

from prober.models.run import Finished
from prober.reporting.report import _font, _templates
from prober.reporting.run_summary import OUTCOMES, WORDS, RunSummary, many, next_steps, obstacle_words
from prober.reporting.text import defang, harmless

Picture = Callable[[Finished], bytes | None]


def render_run(summary: RunSummary, picture: Picture, pictures: int, *, version: str) -> str:
    """The page as HTML. `picture` gives the JPEG of a claim; at most `pictures` are shown."""
    style, script = _asset("run.css"), _asset("run.js")
    for weight in ("Regular", "Bold"):
        style = style.replace(f"@@{weight}@@", _font(weight))
    return _templates().get_template("run.html.j2").render(
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        version=version,
        summary=summary,
        title=harmless(summary.name),
        when=_when(summary.started_at),
        lasted=duration(summary.seconds),
        headline=headline(summary),
        bars=bars(summary),
        cards=_cards(summary, picture, pictures),
        obstacles=[(obstacle_words(word, count), count) for word, count in summary.obstacles.most_common()],
        most=max(summary.obstacles.values(), default=1),
        slowest=[(defang(one.url, 70), f"{one.seconds:.1f} s", WORDS[one.outcome], one.outcome) for one in summary.slowest],
        servers=[(harmless(server), count) for server, count in summary.servers],
        steps=next_steps(summary),
        rows=[_row(one) for one in summary.rows],
        cut=summary.done - len(summary.rows),
        left_out=_left_out(summary),
    )  # fmt: skip


def headline(summary: RunSummary) -> str:
    """The run in one sentence."""
    fraudulent, suspicious = summary.counts["fraudulent"], summary.counts["suspicious"]
    probed = summary.done - summary.counts["refused"]
    if not probed:
        return "No suspect was probed."
    of = f"of {probed} suspects" if probed != 1 else "of one suspect"
    if fraudulent:
        also = f"; {suspicious} more {'is' if suspicious == 1 else 'are'} suspicious" if suspicious else ""
        verb = "invents debts or takes cards" if fraudulent == 1 else "invent debts or take cards"
        return f"{fraudulent} {of} {verb} for people who cannot exist{also}."
    if suspicious:
        return f"None {of} was seen to invent debts; {suspicious} {'is' if suspicious == 1 else 'are'} suspicious."
    return f"None {of} was seen to invent debts. This is not a clearance."


def bars(summary: RunSummary) -> list[dict[str, object]]:
    """The verdicts as parts of a whole; each that occurs is wide enough to be seen."""
    total = max(1, summary.done)
    shown = [(word, summary.counts[word]) for word in OUTCOMES if summary.counts[word]]
    return [
        {"key": word, "word": WORDS[word], "count": count, "share": f"{100 * count / total:.0f}", "grow": max(count, total * 0.012)}
        for word, count in shown
    ]  # fmt: skip


def _cards(summary: RunSummary, picture: Picture, limit: int) -> list[dict[str, object]]:
    cards: list[dict[str, object]] = []
    for one in summary.accused:
        if len(cards) == limit:
            break
        image = picture(one)
        if image is None and not one.highlights.claim:
            continue
        source = "data:image/jpeg;base64," + base64.b64encode(image).decode() if image else ""
        cards.append(_row(one) | {"image": source})
    return cards


def _row(one: Finished) -> dict[str, object]:
    lights = one.highlights
    return {
        "line": one.line,
        "url": defang(one.url, 120),
        "key": one.outcome,
        "rank": OUTCOMES.index(one.outcome) if one.outcome in OUTCOMES else len(OUTCOMES),
        "word": WORDS.get(one.outcome, one.outcome),
        "obstacle": one.obstacle.replace("_", " "),
        "scenario": one.scenario,
        "claim": harmless(lights.claim, 160),
        "amount": harmless(lights.amount, 40),
        "reason": harmless(one.reason, 220),
        "seconds": f"{one.seconds:.1f}",
        "case": one.case_id,
    }


def _left_out(summary: RunSummary) -> str:
    named = ((summary.duplicates, "duplicate"), (summary.unusable, "unusable row"))
    told = [many(count, thing) for count, thing in named if count]
    return f"{' and '.join(told)} left out" if told else ""


def duration(seconds: float) -> str:
    """'3 h 20 min', '4 min 5 s', '12 s'."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def _when(started_at: str) -> str:
    try:
        return f"{datetime.fromisoformat(started_at):%d %B %Y, %H:%M} UTC"
    except ValueError:
        return ""


def _asset(name: str) -> str:
    return resources.files("prober.reporting").joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
