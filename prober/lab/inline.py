"""For sites whose pages are texts in their own module: rendering, vendored front-end libraries, sums and tokens."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from prober.lab.kit import number

ASSETS = Path(__file__).parent / "assets"
_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def html(page: str, status: int = 200) -> HTMLResponse:
    """A finished page as an answer."""
    return HTMLResponse(page, status_code=status)


def render(source: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template given as text."""
    return HTMLResponse(text(source, **context), status_code=status)


def text(source: str, **context: Any) -> str:
    """A part of a page from a template given as text."""
    return _ENVIRONMENT.from_string(source).render(**context)


def app(routes: Sequence[BaseRoute], assets: str = "/static") -> Starlette:
    """An application of these routes with all vendored files under the path `assets`."""

    async def icon(request: Request) -> Response:
        return Response(b"", status_code=204)

    files = Mount(assets, StaticFiles(directory=ASSETS))
    return Starlette(routes=[Route("/favicon.ico", icon), files, *routes])


def served(name: str, path: str) -> Route:
    """A vendored file under an address of the site's own liking."""

    async def send(request: Request) -> Response:
        return FileResponse(ASSETS / name)

    return Route(path, send)


def asset(name: str) -> str:
    """The text of a file of `assets/`."""
    return (ASSETS / name).read_text(encoding="utf-8")


def token(size: int = 12) -> str:
    """A random hexadecimal token of `size` bytes."""
    return secrets.token_hex(size)


def between(typed: str, low: int, high: int) -> int:
    """A number from low to high, always the same for the same typed text."""
    return low + number(typed) % (high - low + 1)


def dots(amount: int) -> str:
    """1234567 -> '1.234.567'."""
    return f"{amount:,}".replace(",", ".")


def rub(amount: float) -> str:
    """12345.5 -> '12 345,50' with no-break spaces, whole sums without their zeros."""
    whole = f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")
    return whole.removesuffix(",00")
