"""An Uzbek fine check in both scripts that asks its server by JSONP and wants a card without a security code, then an SMS."""

from __future__ import annotations

import json
import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("jarima-uz")


async def index(request: Request) -> Response:
    """The form, in Latin or Cyrillic letters."""
    return page(request, "index", cyr=request.query_params.get("til") == "cyr")


async def check(request: Request) -> Response:
    """A script that calls the page back with one fine."""
    query = request.query_params
    callback = re.sub(r"\W", "", query.get("callback", "cb"))
    typed = query.get("raqam", "")
    answer = {
        "qaror": f"RQ{number(typed) % 10**11:011d}",
        "summa": pick(typed, ("412 500", "375 000", "824 000")),
        "chegirma": pick(typed, ("123 750", "112 500", "247 200")),
    }
    return Response(f"{callback}({json.dumps(answer)})", media_type="application/javascript")


async def pay(request: Request) -> Response:
    """The card, then the code."""
    cyr = request.query_params.get("til") == "cyr"
    if request.method == "POST":
        return page(request, "sms", cyr=cyr, again="kod" in await form(request))
    return page(request, "pay", cyr=cyr, summa=request.query_params.get("s", ""))


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[Route("/", index), Route("/api/tekshir", check), Route("/tolov", pay, methods=["GET", "POST"])]
    )


SITE = Site(
    name="jarima-uz",
    kind="scam",
    title="Jarima tekshiruvi",
    about="One fine with a 70 % discount for every plate and technical passport; then a card number with expiry and an SMS.",
    languages=("uz-Latn", "uz-Cyrl"),
    techniques=("jsonp", "floating placeholder spans", "two scripts", "card without cvv"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
