"""A table-layout PHP page of 2012 whose plate is eight boxes, its result a row to click, its payment a bank to choose."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("gai-tablo")
SUMS = (("4.325,00", "8.650,00"), ("6.487,50", "12.975,00"), ("10.812,50", "21.625,00"))


async def index(request: Request) -> Response:
    """The one script of the site; `page` says which page is wanted, as in scripts of that age."""
    query = request.query_params
    wanted, plate = query.get("page", "main"), query.get("gn", "")
    if wanted not in ("main", "result", "post", "bank", "card"):
        return RedirectResponse("/index.php")
    half, full = pick(plate, SUMS)
    case = f"22{number(plate):010d}"
    return page(request, wanted, gn=plate, half=half, full=full, case=case, bank=query.get("b", ""))


async def send(request: Request) -> Response:
    """Takes the joined plate, or the card."""
    fields = await form(request)
    if "pan" in fields:
        return page(request, "wait")
    plate = fields.get("gn", "").upper()
    if len(plate) != 8:
        return RedirectResponse("/index.php?page=main&err=1", 303)
    return RedirectResponse(f"/index.php?page=result&gn={plate}", 303)


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse("/index.php")),
            Route("/index.php", index),
            Route("/send.php", send, methods=["POST"]),
        ]
    )


SITE = Site(
    name="gai-tablo",
    kind="scam",
    title="Табло ГАИ: проверка автоштрафов",
    about="Shows one unpaid decision for every plate of eight characters and leads over a choice of banks to a card form.",
    languages=("ru",),
    techniques=("table layout", "plate in eight boxes", "image submit button", "row click", "bank chooser"),
    expect=("fraudulent",),
    build=build,
)
