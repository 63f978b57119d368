"""Hindi and English: an e-challan of about 590 rupees for any vehicle number, cards only."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.site import Site
from prober.lab.views import app, get, post, show


async def look(request: Request) -> Response:
    number = str((await request.json()).get("v", "")).strip()
    await asyncio.sleep(1.2)
    if len(number) < 6:
        return JSONResponse({"ok": 0})
    return JSONResponse({"ok": 1, "amount": 590, "no": "DL" + "".join(str(ord(sign) % 10) for sign in number)})


def build() -> Starlette:
    return app(get("/", show("in-challan", "form")), post("/challan", look), get("/card", show("in-challan", "card")),
               post("/card", show("in-challan", "end")))  # fmt: skip


SITE = Site(
    name="in-challan",
    kind="scam",
    title="ई-चालान स्थिति · e-Challan status",
    about="Hindi and English: whatever vehicle number, always a challan of ₹590; cards only, UPI 'under maintenance'.",
    languages=("hi", "en"),
    techniques=("Hindi", "same sum for everybody", "two languages on one page"),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
