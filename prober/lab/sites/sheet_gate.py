"""A language gate, then a hamburger, then a bottom sheet that holds the form."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from prober.lab.kit import money
from prober.lab.site import Site
from prober.lab.views import app, digits, draw, get, page, post, show

WORDS = {
    "ru": ("Мобильный помощник водителя", "Меню", "Проверить штрафы", "Введите ИИН или номер машины", "Искать",
           "У вас есть неоплаченный штраф", "Оплатить", "Номер карты", "Срок", "Имя держателя", "Новости", "О нас"),
    "kk": ("Жүргізушінің мобильді көмекшісі", "Мәзір", "Айыппұлды тексеру", "ЖСН немесе көлік нөмірін енгізіңіз", "Іздеу",
           "Сізде төленбеген айыппұл бар", "Төлеу", "Карта нөмірі", "Мерзімі", "Карта иесінің аты", "Жаңалықтар", "Біз туралы"),
    "en": ("Driver's mobile assistant", "Menu", "Check fines", "Enter IIN or plate number", "Search",
           "You have an unpaid fine", "Pay", "Card number", "Expiry", "Name on card", "News", "About"),
}  # fmt: skip


async def home(request: Request) -> Response:
    language = request.query_params.get("til", "")
    if language not in WORDS:
        return page("sheet-gate", "gate")
    return page("sheet-gate", "pay" if request.url.path == "/till" else "home", til=language, w=WORDS[language])


async def look(request: Request) -> Response:
    key = str((await request.json()).get("k", ""))
    if len(key) < 6:
        return JSONResponse({"ok": False})
    return JSONResponse({"ok": True, "t": money(draw(key, 12975, 21625)) + " ₸", "d": digits(key)[:3]})


def build() -> Starlette:
    return app(get("/", home), post("/q", look), get("/till", home), post("/till", show("sheet-gate", "end")))


SITE = Site(
    name="sheet-gate",
    kind="scam",
    title="Водитель+",
    about="The form hides behind a language choice, a hamburger menu and a sliding bottom sheet; anything owes a fine.",
    languages=("kk", "ru", "en"),
    techniques=("language gate", "hamburger menu", "bottom sheet", "script navigation"),
    expect=("fraudulent",),
    build=build,
)
