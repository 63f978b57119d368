"""A Vietnamese camera-fine check with own select and own calendar that must be clicked; each fine folds out with its own button."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number
from prober.lab.site import Site

page = Pages("phatnguoi-vn")


async def index(request: Request) -> Response:
    """The form."""
    return page(request, "index")


async def search(request: Request) -> Response:
    """One or two fines."""
    plate = (await form(request)).get("bien", "")
    fines = [("Vượt đèn tín hiệu màu đỏ", "Nguyễn Trãi – Khuất Duy Tiến", "4.000.000")]
    if number(plate) % 2:
        fines.append(("Dừng đỗ sai quy định", "Lê Văn Lương", "900.000"))
    return JSONResponse([{"loi": what, "noi": where, "tien": amount} for what, where, amount in fines])


async def pay(request: Request) -> Response:
    """The card."""
    return page(request, "card", tien=request.query_params.get("t", ""), sent=request.method == "POST")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(
        routes=[
            Route("/", index),
            Route("/tra-cuu", search, methods=["POST"]),
            Route("/nop-phat", pay, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="phatnguoi-vn",
    kind="scam",
    title="Tra cứu phạt nguội",
    about="A vehicle kind and a date must be clicked; every plate then has a camera fine, each with its own pay button.",
    languages=("vi",),
    techniques=("custom select", "custom date picker", "accordion of fines", "clickable divs"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
