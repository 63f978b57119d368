"""The few things that practice sites share: templates, form values, money, and the addresses of their own hosts."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

TEMPLATES = Path(__file__).parent / "templates"
T = TypeVar("T")


def money(amount: float) -> str:
    """19660 -> '19 660' with a no-break space, as Kazakh and Russian pages group digits."""
    return f"{amount:,.0f}".replace(",", "\u00a0")


def number(typed: str) -> int:
    """A number that is always the same for the same typed text: kits that want to look consistent do this."""
    return zlib.crc32(typed.upper().encode())


def pick(typed: str, choices: tuple[T, ...]) -> T:
    """One of the choices, always the same for the same typed text."""
    return choices[number(typed) % len(choices)]


class Pages:
    """Renders the templates of one site (folder ``templates/NAME``, then ``templates/_shared``)."""

    def __init__(self, name: str) -> None:
        self._environment = Environment(
            loader=FileSystemLoader([TEMPLATES / name, TEMPLATES / "_shared"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["money"] = money

    def __call__(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The template as an answer (``.html`` may be left out); it sees `request` and whatever is given by name."""
        file = template if "." in template else f"{template}.html"
        text = self._environment.get_template(file).render(request=request, **context)
        return HTMLResponse(text, status_code=status)


async def form(request: Request) -> dict[str, str]:
    """The text fields of a posted form or JSON object, stripped; files are left out, odd bodies are empty."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            values = json.loads(await request.body())
        except ValueError:
            return {}
        return {str(key): str(value).strip() for key, value in values.items()} if isinstance(values, dict) else {}
    async with request.form() as fields:
        return {key: value.strip() for key, value in fields.items() if isinstance(value, str)}


def sibling(request: Request, suffix: str) -> str:
    """The origin of the site's other host: 'http://shop.localhost:80' and 'pay' give 'http://shop--pay.localhost:80'."""
    host, colon, port = request.headers.get("host", "localhost").partition(":")
    name = host.removesuffix(".localhost").split("--")[0]
    return f"{request.url.scheme}://{name}--{suffix}.localhost{colon}{port}"


def host_suffix(request: Request) -> str:
    """Which of the site's hosts was asked: '' for NAME.localhost, 'pay' for NAME--pay.localhost."""
    return request.headers.get("host", "").partition(":")[0].removesuffix(".localhost").partition("--")[2]


def iin_check_digit(first_eleven: str) -> int | None:
    """The 12th digit that the first eleven demand, None where there is none (MIA order 521 of 29 June 2023)."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if total < 10:
            return total
    return None


def iin_is_valid(iin: str) -> bool:
    """Twelve digits, the last of which is the check digit; what a serious look-up tests before it searches."""
    return len(iin) == 12 and iin.isascii() and iin.isdigit() and iin_check_digit(iin[:11]) == int(iin[11])
