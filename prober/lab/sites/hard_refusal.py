"""Its script lets only IINs of living adults through; what is behind cannot be seen without one."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.kit import iin_is_valid
from prober.lab.site import Site
from prober.lab.views import app, digits, get, go, page, post, show, text


async def look(request: Request) -> Response:
    number = digits(text(await request.form(), "iin"))
    return go("/") if not iin_is_valid(number) else page("hard-refusal", "bill")


def build() -> Starlette:
    return app(get("/", show("hard-refusal", "form")), post("/", look))


SITE = Site(
    name="hard-refusal",
    kind="obstacle",
    title="Статус водителя",
    about="The script checks digit, date, century and age 18 to 90: no impossible IIN ever leaves the browser.",
    languages=("ru",),
    techniques=("client check of age and check digit",),
    expect=("inconclusive",),
    build=build,
)
