"""A news article that describes the scam in its own words, with a site search in the header."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """The article, and a search that finds nothing."""
    pages = Pages("news-article")

    async def index(request: Request) -> Response:
        return pages(request, "index.html", found=None)

    async def search(request: Request) -> Response:
        return pages(request, "index.html", found=request.query_params.get("s", ""))

    return Starlette(routes=[Route("/", index), Route("/search", search)])


SITE = Site(
    name="news-article",
    kind="honest",
    title="Дала Ньюс: an article about the scam",
    about="Quotes fine, sum, card and CVV and warns of them; the only form is the search of the site.",
    languages=("ru",),
    techniques=("news article", "words of the scam", "site search"),
    expect=("inconclusive", "no_fraud_found"),
    build=build,
)
