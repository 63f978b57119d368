"""Words of the pages in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from fastapi import Request

from prober.reporting.messages import LANGUAGES, Words

COOKIE = "prober_lang"
NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}


class Phrases(Words):
    """One language's words of the pages; used like those of reports."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._all = catalogue(lang)


@lru_cache(maxsize=8)
def catalogue(lang: str) -> dict[str, Any]:
    """The whole catalogue of the pages in a language."""
    text = resources.files("prober.web").joinpath("messages", f"{lang}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


def language(request: Request) -> str:
    """The reader's language: chosen by the link, else remembered, else the browser's, else English."""
    for wanted in (request.query_params.get("lang", ""), request.cookies.get(COOKIE, "")):
        if wanted in LANGUAGES:
            return wanted
    asked = []
    for part in request.headers.get("accept-language", "")[:200].split(","):
        tag, _, weight = part.partition(";q=")
        try:
            asked.append((-float(weight or 1), tag.strip().lower()[:2]))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(asked, key=lambda pair: pair[0]) if tag in LANGUAGES), "en")
