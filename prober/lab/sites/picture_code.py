"""A look-up that wants the signs of a distorted picture first."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, post, show


async def picture(request: Request) -> Response:
    image = Image.new("RGB", (180, 60), "white")
    drawn, dice = ImageDraw.Draw(image), random.Random()
    for index in range(6):
        drawn.text(
            (14 + index * 26, dice.randint(8, 30)), dice.choice("ACEHKMPTX347"), fill=(40, 60, dice.randint(60, 160))
        )
    for _ in range(14):
        drawn.line(
            [dice.randint(0, 180), dice.randint(0, 60), dice.randint(0, 180), dice.randint(0, 60)], fill=(120, 120, 150)
        )
    held = BytesIO()
    image.resize((270, 90)).save(held, "PNG")
    return Response(held.getvalue(), media_type="image/png", headers={"Cache-Control": "no-store"})


def build() -> Starlette:
    return app(get("/", show("picture-code", "form")), post("/", show("picture-code", "form", wrong=True)),
               get("/code.png", picture))  # fmt: skip


SITE = Site(
    name="picture-code",
    kind="obstacle",
    title="Проверка автотранспорта",
    about="A distorted picture must be read for each look-up; nothing is answered without it.",
    languages=("ru",),
    techniques=("picture captcha",),
    expect=("inconclusive",),
    build=build,
)
