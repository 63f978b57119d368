"""For sites whose pages are views of one template: rendering, routes, a visitor's memory, and choices that look drawn up."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from prober.lab.kit import TEMPLATES

Endpoint = Callable[[Request], Awaitable[Response]]

_ENVIRONMENT = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


def page(name: str, view: str, status: int = 200, **words: Any) -> HTMLResponse:
    """One view of the site's only template, ``templates/NAME/index.html``."""
    text = _ENVIRONMENT.get_template(f"{name}/index.html").render(view=view, **words)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})


def show(name: str, view: str, **words: Any) -> Endpoint:
    """An endpoint that always answers with the same view."""

    async def endpoint(request: Request) -> Response:
        return page(name, view, query=dict(request.query_params), **words)

    return endpoint


def go(path: str) -> RedirectResponse:
    """A redirect that turns a POST into a GET."""
    return RedirectResponse(path, 303)


def app(*routes: BaseRoute) -> Starlette:
    """The application with these routes."""
    return Starlette(routes=list(routes))


def get(path: str, endpoint: Endpoint) -> Route:
    """A route for GET."""
    return Route(path, endpoint, methods=["GET"])


def post(path: str, endpoint: Endpoint) -> Route:
    """A route for POST."""
    return Route(path, endpoint, methods=["POST"])


def text(form: FormData, name: str) -> str:
    """A field of a form, without its outer blanks; '' where it was not sent."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def digits(value: str) -> str:
    """The digits of a text alone."""
    return "".join(sign for sign in value if sign.isdigit())


def draw(value: str, *choices: Any) -> Any:
    """One of the choices, always the same for the same value."""
    return choices[int(hashlib.sha256(value.encode()).hexdigest(), 16) % len(choices)]


class Memory:
    """What a site remembers of each visitor, by a cookie of its own."""

    def __init__(self, cookie: str = "sid") -> None:
        self.cookie = cookie
        self.visitors: dict[str, dict[str, Any]] = {}

    def of(self, request: Request) -> dict[str, Any]:
        """The visitor's notes; a fresh, unkept dictionary for a stranger."""
        return self.visitors.get(request.cookies.get(self.cookie, ""), {})

    def start(self, response: Response, **notes: Any) -> Response:
        """Gives the visitor a cookie and opens the notes."""
        name = secrets.token_hex(8)
        self.visitors[name] = dict(notes)
        response.set_cookie(self.cookie, name, httponly=True)
        return response
