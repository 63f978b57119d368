"""The lab's front page: which practice sites there are and what each practises; the answers stay folded."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from prober.lab.kit import Pages
from prober.lab.site import Site

_GROUPS = (
    ("scam", "Scams"),
    ("honest", "Honest services"),
    ("obstacle", "Obstacles"),
    ("hostile", "Attacks on the visitor"),
)


def index_page(sites: Sequence[Site], port: int) -> ASGIApp:
    """The application that answers at http://localhost:PORT/."""
    pages = Pages("_index")
    groups = [(title, [site for site in sites if site.kind == kind]) for kind, title in _GROUPS]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answer = pages(Request(scope), "index.html", groups=groups, port=port)
        await answer(scope, receive, send)

    return app
