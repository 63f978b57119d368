"""Obstacle: a cabinet that asks for a log-in (SMS to a registered phone, password, e-signature) before anything (Lit)."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = """<!doctype html><html lang=kk><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>Жүргізуші кабинеті</title><link rel=stylesheet href=/m/bootstrap.min.css><body class=bg-light><nav class="navbar navbar-light bg-white px-3"><b class=navbar-brand>Жүргізуші кабинеті</b><button class=navbar-toggler data-bs-toggle=offcanvas data-bs-target=#o><span class=navbar-toggler-icon></span></button></nav><div class="offcanvas offcanvas-end" id=o tabindex=-1><div class=offcanvas-header><h5>Мәзір</h5><button class=btn-close data-bs-dismiss=offcanvas></button></div><div class=offcanvas-body><a class="d-block py-2" href="/fines">Айыппұлдар / Штрафы</a><a class="d-block py-2" href="/licence">Жүргізуші куәлігі</a><a class="d-block py-2" href="/to">Техбайқау</a></div></div>
{body}<p class="text-center small text-secondary">Анықтама: 1414</p><script src=/m/bootstrap.bundle.min.js></script><script src=/m/kabinet.js></script></html>"""
HOME = """<div class=p-3><h1 class=h4>Жеке кабинет</h1><p>Айыппұлдарды көру, куәлікті ауыстыру және техбайқауға жазылу — авторизациядан кейін.</p><div class="list-group"><a class="list-group-item list-group-item-action" href=/fines>Айыппұлдарды тексеру / Проверка штрафов</a><a class="list-group-item list-group-item-action" href=/licence>Куәлікті ауыстыру</a></div></div>"""
LOGIN = """<div class="p-3 pb-0"><h1 class=h4>Кіру / Вход</h1><p class=mb-0>Қызметті алу үшін авторизациядан өтіңіз. Для просмотра штрафов необходимо войти.</p></div><app-cabinet></app-cabinet>"""
MOBILE = (
    "700",
    "701",
    "702",
    "705",
    "706",
    "707",
    "708",
    "747",
    "750",
    "751",
    "760",
    "761",
    "762",
    "763",
    "764",
    "771",
    "775",
    "776",
    "777",
    "778",
)


def build() -> Starlette:
    async def home(request: Request) -> Response:
        return html(PAGE.replace("{body}", HOME))

    async def login(request: Request) -> Response:
        return html(PAGE.replace("{body}", LOGIN))

    async def otp(request: Request) -> Response:
        digits = "".join(c for c in (await form(request)).get("phone", "") if c.isdigit())[-10:]
        if len(digits) != 10 or digits[:3] not in MOBILE or len(set(digits[3:])) < 3:
            return JSONResponse(
                {"message": "Нөмір МАБ-да тіркелмеген. Номер не зарегистрирован в Базе мобильных граждан."},
                status_code=404,
            )
        return JSONResponse({"sent": True})

    async def refuse(request: Request) -> Response:
        return JSONResponse({"message": "Деректер қате. Неверный логин, пароль или код."}, status_code=401)

    return app(
        [
            Route("/", home),
            Route("/auth/otp", otp, methods=["POST"]),
            Route("/auth/verify", refuse, methods=["POST"]),
            Route("/auth/password", refuse, methods=["POST"]),
            Route("/fines", login),
            Route("/licence", login),
            Route("/to", login),
        ],
        "/m",
    )


SITE = Site(
    name="kabinet",
    kind="obstacle",
    title="Жүргізуші кабинеті",
    about="Every service wants a log-in first: SMS to a phone known to the register, password, or e-signature; nobody without an account gets further.",
    languages=("kk", "ru"),
    techniques=(
        "Lit custom element with shadow root",
        "Bootstrap offcanvas",
        "log-in wall with three ways",
        "unknown phones refused",
    ),
    expect=("inconclusive",),
    build=build,
    scenario="kz-fines",
)
