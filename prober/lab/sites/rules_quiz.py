"""A driving school's quiz about fines: answers with sums, no look-up at all."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, page, post, show, text


async def mark(request: Request) -> Response:
    chosen = text(await request.form(), "a")
    return page("rules-quiz", "mark", right=chosen == "2")


def build() -> Starlette:
    return app(get("/", show("rules-quiz", "quiz")), post("/", mark), get("/full", show("rules-quiz", "card")),
               post("/full", show("rules-quiz", "end")))  # fmt: skip


SITE = Site(
    name="rules-quiz",
    kind="honest",
    title="Автошкола «Зелёный свет»: тест ПДД",
    about="A quiz about the sizes of fines; each answer names one in tenge; the full course is sold by card.",
    languages=("ru",),
    techniques=("fine words in a quiz", "no look-up", "card form for a course"),
    expect=("inconclusive", "no_fraud_found"),
    build=build,
)
