"""A migration-fine wizard in Russian and English: three steps, instalments, and card fields whose labels are pictures."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("migracia")


async def index(request: Request) -> Response:
    """One address, four steps: what is posted carries the earlier answers along."""
    fields = await form(request) if request.method == "POST" else {}
    step = fields.get("step", "0")
    number_typed = fields.get("doc", "")
    if step == "2" and len(number_typed) < 7:
        return page(request, "s1", kind=fields.get("kind", "iin"), error=True)
    if step == "1":
        return page(request, "s1", kind=fields.get("kind", "iin"), error=False)
    if step == "2":
        total = pick(number_typed, (64875, 86500, 43250))
        return page(request, "s2", doc=number_typed, total=total, case=f"МС-{number(number_typed) % 10**8:08d}")
    if step == "3":
        return page(request, "s3", part=fields.get("part", ""))
    return page(request, "s4" if step == "4" else "s0")


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index, methods=["GET", "POST"])])


SITE = Site(
    name="migracia",
    kind="scam",
    title="Миграционный контроль: штрафы",
    about="A wizard fines everybody for late registration, offers instalments and labels its card fields with pictures.",
    languages=("ru", "en"),
    techniques=("wizard on one address", "instalments", "picture labels", "migration fine"),
    expect=("fraudulent",),
    build=build,
)
