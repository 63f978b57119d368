"""A news article that quotes the scam word for word, with comments and a donation form."""

from __future__ import annotations

from starlette.applications import Starlette

from prober.lab.site import Site
from prober.lab.views import app, get, post, show


def build() -> Starlette:
    return app(get("/", show("news-warning", "article")), post("/comment", show("news-warning", "thanks")),
               get("/donate", show("news-warning", "donate")), post("/donate", show("news-warning", "thanks")))  # fmt: skip


SITE = Site(
    name="news-warning",
    kind="honest",
    title="Городской вестник",
    about="Quotes the scam's pages with plate, sum, card and CVV; readers may comment or donate a sum of their choice.",
    languages=("ru",),
    techniques=("article about the scam", "comment form", "donation by card"),
    expect=("inconclusive", "no_fraud_found"),
    build=build,
)
