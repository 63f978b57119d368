"""An Armenian parking fine page that is one root element drawn by a script; bank tiles lead to an online bank's log-in."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number
from prober.lab.site import Site

page = Pages("tuganq-am")


async def index(request: Request) -> Response:
    """The shell."""
    return page(request, "index")


async def graph(request: Request) -> Response:
    """A query endpoint in the manner of GraphQL."""
    plate = (await form(request)).get("plate", "")
    stops = [
        {"date": "03.06.2026", "place": "Թումանյան փ. 8", "sum": 5000},
        {"date": "11.06.2026", "place": "Աբովյան փ. 14", "sum": 5000 + number(plate) % 4 * 1000},
    ]
    return JSONResponse(
        {"data": {"fines": {"plate": plate, "total": sum(int(str(s["sum"])) for s in stops), "items": stops}}}
    )


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/graphql", graph, methods=["POST"])])


SITE = Site(
    name="tuganq-am",
    kind="scam",
    title="Կայանման տուգանքներ",
    about="Two parking fines for every plate; paying means to log in at one of four banks on this very page.",
    languages=("hy",),
    techniques=("single root element", "hash routes", "clickable divs", "bank tiles", "bank log-in"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
