"""Lawyers who contest fines: the order form takes any plate and asks for a consultation's fee."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, go, page, post, show, text


async def order(request: Request) -> Response:
    form = await request.form()
    if not text(form, "name") or not text(form, "phone"):
        return page("appeal-lawyers", "form", wrong=True)
    return go("/order")


def build() -> Starlette:
    return app(get("/", show("appeal-lawyers", "form")), post("/", order), get("/order", show("appeal-lawyers", "order")),
               get("/pay", show("appeal-lawyers", "card")), post("/pay", show("appeal-lawyers", "end")))  # fmt: skip


SITE = Site(
    name="appeal-lawyers",
    kind="honest",
    title="Оспорить штраф: адвокаты онлайн",
    about="Lawyers sell a consultation about the visitor's own fine for 5 000; plate, name and phone, then a card form.",
    languages=("ru",),
    techniques=("price of a service", "fine words all over", "card form"),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
)
