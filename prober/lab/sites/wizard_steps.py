"""A wizard kept by the server: plate, region, IIN, phone, code, then the fine."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import Memory, app, digits, draw, get, go, page, post, show, text

STEPS = ("plate", "region", "iin", "phone", "code")
LEAST = {"plate": 5, "region": 1, "iin": 12, "phone": 10, "code": 4}


def build() -> Starlette:
    memory = Memory("wz")

    async def start(request: Request) -> Response:
        return memory.start(page("wizard-steps", "plate", step=1), given={})

    async def step(request: Request) -> Response:
        given = memory.of(request).get("given")
        if given is None:
            return go("/")
        now = next(name for name in STEPS if name not in given)
        value = text(await request.form(), "value")
        size = len(digits(value)) if now in ("iin", "phone", "code") else len(value)
        if size < LEAST[now]:
            return page("wizard-steps", now, step=STEPS.index(now) + 1, wrong=True)
        given[now] = value
        return go("/result") if now == "code" else go("/step")

    async def where(request: Request) -> Response:
        given = memory.of(request).get("given")
        left = [name for name in STEPS if name not in (given or {})]
        if not given or not left:
            return go("/")
        return page("wizard-steps", left[0], step=STEPS.index(left[0]) + 1)

    async def result(request: Request) -> Response:
        given = memory.of(request).get("given", {})
        if "code" not in given:
            return go("/")
        amount = draw(given["iin"], 19660, 21625, 39320)
        return page("wizard-steps", "bill", plate=given["plate"], full=money(amount), half=money(amount // 2))

    return app(
        get("/", start), get("/step", where), post("/step", step), get("/result", result),
        get("/oplata", show("wizard-steps", "card")), post("/oplata", show("wizard-steps", "end")),
    )  # fmt: skip


SITE = Site(
    name="wizard-steps",
    kind="scam",
    title="Проверка штрафов РК",
    about="Asks plate, region, IIN, phone and an SMS code one by one, then accuses anyone of a camera fine.",
    languages=("ru",),
    techniques=("five-step wizard", "region menu", "code before the result", "server session"),
    expect=("fraudulent",),
    build=build,
)
