"""Italian car-tax arrears: the kind of taxpayer changes the field, the payment opens another window and asks one card field at a time."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("bollo-it")
SUMS = (("187,40", "centottantasette/40"), ("214,06", "duecentoquattordici/06"))


async def index(request: Request) -> Response:
    """The form; posted, the notice."""
    if request.method == "GET":
        return page(request, "index", error="")
    fields = await form(request)
    typed = fields.get("valore", "")
    if len(typed) < 6:
        return page(request, "index", error="Compilare il campo richiesto")
    amount, words = pick(typed, SUMS)
    notice = f"{number(typed):010d}"
    return page(
        request, "notice", typed=typed.upper(), kind=fields.get("tipo", ""), amount=amount, words=words, notice=notice
    )


async def pay(request: Request) -> Response:
    """The window that asks for the card."""
    return page(request, "pay", amount=request.query_params.get("imp", ""))


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index, methods=["GET", "POST"]), Route("/pagamento", pay)])


SITE = Site(
    name="bollo-it",
    kind="scam",
    title="Verifica bollo auto",
    about="Arrears of car tax with interest for every plate or tax code; the card is asked field after field in a new window.",
    languages=("it",),
    techniques=("fields by document type", "new window", "card field by field", "amount in words", "road tax"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
