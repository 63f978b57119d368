"""A host that blocks every visitor with a security page and status 403."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages
from prober.lab.site import Site


def build() -> Starlette:
    """403 everywhere."""
    pages = Pages("blocked")
    chance = random.Random()

    async def everywhere(request: Request) -> Response:
        return pages(request, "index.html", status=403, ray=f"{chance.getrandbits(64):016x}")

    return Starlette(routes=[Route("/{path:path}", everywhere)])


SITE = Site(
    name="blocked",
    kind="obstacle",
    title="Access denied",
    about="A web firewall refuses every request; nothing was seen, nothing can be said.",
    languages=("en",),
    techniques=("403", "web firewall page"),
    expect=("inconclusive",),
    build=build,
)
