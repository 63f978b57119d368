"""Refuses every visitor in the name of its firewall."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from prober.lab.site import Site
from prober.lab.views import app, get, page


async def refuse(request: Request) -> Response:
    return page("region-block", "wall", status=403)


def build() -> Starlette:
    return app(get("/{rest:path}", refuse))


SITE = Site(
    name="region-block",
    kind="obstacle",
    title="Access denied",
    about="A firewall's page for everybody: the site cannot be seen from here.",
    languages=("en",),
    techniques=("HTTP 403 wall",),
    expect=("inconclusive",),
    build=build,
)
