"""A look-up behind a distorted picture: without the right letters there is no answer."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.kit import Pages, form
from prober.lab.site import Site

_LETTERS = "ACDEFHJKLMNPRTUVWXY34679"


def _drawing(letters: str, chance: random.Random) -> str:
    glyphs = "".join(
        f'<text x="{20 + 34 * place}" y="{44 + chance.randrange(-8, 9)}" font-size="{chance.randrange(28, 42)}" '
        f'font-family="serif" transform="rotate({chance.randrange(-28, 29)} {20 + 34 * place} 40)" fill="#444">{letter}</text>'
        for place, letter in enumerate(letters)
    )
    noise = "".join(
        f'<path d="M{chance.randrange(60)} {chance.randrange(70)}C80 {chance.randrange(70)} 140 {chance.randrange(70)} '
        f'{160 + chance.randrange(60)} {chance.randrange(70)}" stroke="#888" fill="none" stroke-width="2"/>'
        for _ in range(7)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 70"><rect width="220" height="70" fill="#eee"/>{glyphs}{noise}</svg>'


def build() -> Starlette:
    """Each picture serves once."""
    pages = Pages("captcha-wall")
    chance = random.Random()
    asked: dict[str, str] = {}

    def ask(request: Request, number: str = "", wrong: bool = False) -> Response:
        key = f"{chance.getrandbits(64):016x}"
        asked[key] = "".join(chance.sample(_LETTERS, 5))
        return pages(request, "index.html", key=key, number=number, wrong=wrong)

    async def index(request: Request) -> Response:
        if request.method == "GET":
            return ask(request)
        fields = await form(request)
        right = asked.pop(fields.get("key", ""), None)
        if right is None or fields.get("captcha", "").upper() != right:
            return ask(request, fields.get("number", ""), wrong=True)
        return Response("По данному номеру нарушений не найдено.", media_type="text/plain; charset=utf-8")

    async def picture(request: Request) -> Response:
        letters = asked.get(request.path_params["key"], "?????")
        return Response(_drawing(letters, chance), media_type="image/svg+xml")

    return Starlette(routes=[Route("/", index, methods=["GET", "POST"]), Route("/captcha/{key}.svg", picture)])


SITE = Site(
    name="captcha-wall",
    kind="obstacle",
    title="Реестр дорожных нарушений behind a captcha",
    about="The server answers only with the letters of a distorted picture; the answer would be 'not found'.",
    languages=("ru",),
    techniques=("captcha", "plate"),
    expect=("inconclusive",),
    build=build,
)
