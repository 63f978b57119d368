"""A Kazakh look-up that repeats the input and says in an alert that such a number cannot exist."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import iin_is_valid
from prober.lab.site import Site
from prober.lab.views import app, get, post, show


async def look(request: Request) -> Response:
    key = re.sub(r"\W", "", str((await request.json()).get("k", "")))
    if key.isdigit():
        why = f"{key}: мұндай ЖСН болуы мүмкін емес" if not iin_is_valid(key) else f"{key} бойынша айыппұл табылмады"
    else:
        known = re.fullmatch(r"(?!000)\d{3}[A-Z]{2,3}(0[1-9]|1\d|20)", key.upper())
        why = f"{key} бойынша айыппұл табылмады" if known else f"{key}: мұндай нөмір жоқ, қате енгізілген"
    return JSONResponse({"m": why})


def build() -> Starlette:
    return app(get("/", show("echo-alert", "form")), post("/look", look))


SITE = Site(
    name="echo-alert",
    kind="honest",
    title="Жүргізуші кеңесшісі",
    about="Kazakh: repeats what was typed and says by alert() that no such number can exist; sums of fines on the page.",
    languages=("kk",),
    techniques=("alert dialog as rejection", "echo of the input", "Kazakh", "table of fines"),
    expect=("no_fraud_found",),
    build=build,
)
