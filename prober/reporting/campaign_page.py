"""The report of a run for those who act: which cases come from one kit, and which stand alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from markupsafe import Markup

from prober.models.case import VerdictClass
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.likeness import Campaign
from prober.reporting.messages import Words
from prober.reporting.page_one import headline, pictures, reviewed
from prober.reporting.pictures import Gallery
from prober.reporting.report import _asset_text, _font, _templates
from prober.reporting.text import defang_host

BAD = (VerdictClass.FRAUDULENT, VerdictClass.SUSPICIOUS)


def is_bad(dossier: Dossier) -> bool:
    """Whether a case is fraudulent or suspicious, and nobody has rejected it."""
    verdict, review = dossier.case.verdict, dossier.review
    return verdict is not None and verdict.verdict in BAD and not (review and review.decision == "rejected")


def render_campaigns(
    dossiers: tuple[Dossier, ...], groups: tuple[Campaign, ...], words: Words, manner: Callable[[Dossier], Manner]
) -> str:
    """One page that loads nothing; a campaign is shown when at least one of its cases is bad."""
    style = _asset_text("report.css").replace("@@FOOT@@", "")
    for weight in ("Regular", "Bold"):
        style = style.replace(f"@@{weight}@@", _font(weight))
    by_id = {dossier.case.id: dossier for dossier in dossiers}
    shown = [group for group in groups if any(is_bad(by_id[case]) for case in group.cases)]
    grouped = {case for group in shown for case in group.cases}
    return _templates().get_template("campaigns.html.j2").render(
        words=words,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        bad=sum(map(is_bad, dossiers)),
        all=len(dossiers),
        groups=[_group(group, by_id, words, manner) for group in shown],
        singles=[_row(d, words, manner(d)) for d in dossiers if d.case.id not in grouped and is_bad(d)],
    )  # fmt: skip


def _group(
    group: Campaign, by_id: dict[str, Dossier], words: Words, manner: Callable[[Dossier], Manner]
) -> dict[str, object]:
    first = next(by_id[case] for case in group.cases if is_bad(by_id[case]))
    speaking = manner(first)
    shown = pictures(first, speaking, Gallery(first, speaking))
    count = words("campaigns.count", cases=len(group.cases), hosts=len(set(group.hosts)))
    return {
        "title": count,
        "fact": headline(first, speaking),
        "picture": shown[0][0] if shown else None,
        "shared": ", ".join(words.one("campaigns.traits", name) for name in group.shared),
        "rows": [_row(by_id[case], words, manner(by_id[case])) for case in group.cases],
    }


def _row(dossier: Dossier, words: Words, manner: Manner) -> dict[str, str]:
    case = dossier.case
    return {
        "name": str(case.verdict.verdict) if case.verdict else "inconclusive",
        "review": reviewed(dossier, manner),
        "host": defang_host(dossier.facts.host),
        "when": words.moment(case.started_at),
        "url": manner.url(case.final_url or case.url, 160),
        "case": case.id,
        "verdict": words(f"verdict.{case.verdict.verdict if case.verdict else 'inconclusive'}"),
    }
