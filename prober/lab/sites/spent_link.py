"""A link that works for one load; the form behind it accuses anyone, later loads say that it has expired."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, draw, get, page, post, show, text


def build() -> Starlette:
    memory, spent = Memory("one"), set[str]()

    async def home(request: Request) -> Response:
        token = request.query_params.get("t", "")
        if token in spent or token != "Kx81pQ":
            return page("spent-link", "gone", status=410)
        spent.add(token)
        return memory.start(page("spent-link", "form"), token=token)

    async def look(request: Request) -> Response:
        plate = text(await request.form(), "plate")
        if not memory.of(request):
            return page("spent-link", "gone", status=410)
        return page("spent-link", "bill", plate=plate, amount=money(draw(plate, 21625, 43250)))

    return app(
        get("/", home),
        post("/", look),
        get("/pay", show("spent-link", "card")),
        post("/pay", show("spent-link", "gone")),
    )


SITE = Site(
    name="spent-link",
    kind="scam",
    title="Уведомление о штрафе",
    about="The token opens once: the first load accuses any plate and asks the card, every later one is expired.",
    languages=("ru",),
    techniques=("one-time token", "HTTP 410"),
    expect=("fraudulent", "suspicious"),
    build=build,
    entry="/?t=Kx81pQ",
    stateful=True,
)
