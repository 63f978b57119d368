"""A stored case as the verdict page shows it: the report's own parts, with pictures as links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from prober.app.dossiers import open_dossier
from prober.models.case import Exhibit, Step
from prober.reporting.chapters import chapters
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.messages import Words
from prober.reporting.page_one import leading, page_one
from prober.reporting.pictures import Gallery, Picture
from prober.web.words import Phrases, catalogue


@dataclass(frozen=True)
class LinkedPicture(Picture):
    """A picture that the reader's browser fetches when it comes into view."""

    link: str = ""
    whole: str = ""

    @property
    def src(self) -> str:
        """Where the framed copy is."""
        return self.link


class LinkedGallery(Gallery):
    """Names pictures instead of making them; `/cases/…/pictures/…` makes one when it is asked for."""

    def _framed(self, exhibit: Exhibit, step: Step, detail: str) -> Picture | None:
        place = f"/cases/{self.dossier.case.id}"
        alt = f"{exhibit.id}: {self.manner.say(step.title or exhibit.url, 80)}"
        link = f"{place}/pictures/{exhibit.id}/{step.number}/{detail or 'all'}?lang={self.manner.words.lang}"
        return LinkedPicture(exhibit.id, b"", alt, exhibit.url, exhibit.taken_at, link, f"{place}/shots/{exhibit.id}")


class ReportWords(Words):
    """The report's words with the pages' shorter headlines: time and address stand beside them there."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang)
        self._all = {**self._all, "headline": catalogue(lang)["headline"]}


def verdict_view(folder: Path, lang: str) -> dict[str, Any]:
    """Everything the verdict page says of a case. Raises StoreError, BrokenCase, ScenarioError."""
    reviews = folder / "reviews"
    stamp = reviews.stat().st_mtime_ns if reviews.exists() else 0
    return _view(folder, lang, stamp)


@lru_cache(maxsize=64)
def _view(folder: Path, lang: str, stamp: int) -> dict[str, Any]:
    """A sealed case does not change; `stamp` tells when its reviews did."""
    dossier = open_dossier(folder)
    manner = Manner(ReportWords(lang), "internal", ours=dossier.ours)
    gallery = LinkedGallery(dossier, manner)
    case = dossier.case
    return {
        "case": case,
        "words": manner.words,
        "page": page_one(dossier, manner, gallery),
        "rest": chapters(dossier, manner, gallery),
        "sum": _sum(dossier, manner),
        "url": manner.url(case.final_url or case.url, 160),
        "host": dossier.facts.host,
        "when": manner.words.moment(case.started_at, case.environment.timezone),
        "visits": len(case.probes),
        "scenario": dossier.scenario.title.get(lang) or dossier.scenario.title.get("en", case.scenario),
        "short": summary(Phrases(lang), case.verdict.verdict.value if case.verdict else "inconclusive"),
        "reviews": [
            {
                "decision": one.decision,
                "who": manner.say(one.reviewer, 80),
                "when": manner.words.moment(one.at),
                "text": manner.say(one.text, 2000),
            }
            for one in dossier.reviews
        ],
    }  # fmt: skip


def summary(phrases: Phrases, verdict: str) -> str:
    """One sentence on what the class means."""
    return phrases(f"meaning.{verdict}")


def _sum(dossier: Dossier, manner: Manner) -> str:
    """The sum that the page claimed, '' where there was none."""
    pair = leading(dossier)
    if pair is None or not pair[1].accusations:
        return ""
    amount = pair[1].accusations[0][1].amount
    return manner.say(amount.text, 40) if amount else ""
