"""Alpine.js, htmx and Choices.js; Tajik; fragments swapped by the server; wizard with name and phone before the card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import form, pick
from prober.lab.site import Site

PAGE = """<!doctype html><html lang=tg><head><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>БДА — Ҷаримаҳо</title><link rel=stylesheet href=/a/choices.min.css>
<style>[x-cloak]{display:none!important}body{margin:0;font:16px/1.5 Tahoma,Arial,sans-serif;background:#f5f3ee}.h{background:#006633;color:#fff;padding:16px;border-bottom:6px solid #cc0000}.h small{display:block;opacity:.8}.c{background:#fff;margin:14px;padding:16px;border:1px solid #ddd6c6}label{font-weight:700;display:block;margin:10px 0 4px}input:not([type=checkbox]){width:100%;box-sizing:border-box;padding:12px;border:1px solid #b9b09a;font-size:17px}button.k{width:100%;padding:14px;background:#c00;color:#fff;border:0;font-size:17px;margin-top:14px}.htmx-indicator{display:none;text-align:center;padding:12px}.htmx-request .htmx-indicator,.htmx-request.htmx-indicator{display:block}.n{background:#fbeaea;border-left:4px solid #c00;padding:10px}.tabs{display:flex}.tabs a{flex:1;padding:12px;text-align:center;background:#e8e2d3;cursor:pointer}.tabs .on{background:#fff;font-weight:700}.bk{position:fixed;inset:0;background:#0009;display:grid;place-items:center;padding:20px}.bk>div{background:#fff;padding:20px}.row{display:flex;gap:10px}</style>
<script defer src=/a/alpine.min.js></script><script src=/a/htmx.min.js></script><script src=/a/choices.min.js></script></head>
<body x-data="{tab:1,rules:true}"><div class=h><b>БОЗРАСИИ ДАВЛАТИИ АВТОМОБИЛӢ</b><small>Шаҳри бехатар · Санҷиши ҷаримаҳо</small></div>
<div class=bk x-show=rules x-cloak><div><b>Огоҳӣ!</b><p>Аз 1 январ ҷаримаҳои пардохтнашуда ба суд фиристода мешаванд. Барои идома шартҳоро қабул кунед.</p><button class=k @click="rules=false">Қабул мекунам</button></div></div>
<div id=main class=c><div class=tabs><a :class="tab==1&&'on'" @click="tab=1">Рақами мошин</a><a :class="tab==2&&'on'" @click="tab=2">Рақами қарор</a></div>
<form hx-post=/f/sanjish hx-target="#main" hx-swap=innerHTML hx-indicator="#sp">
<div x-show="tab==1"><label>Намуди нақлиёт</label><select id=kind name=kind><option value=car>Сабукрав</option><option value=truck>Боркаш</option><option value=moto>Мотосикл</option></select><label>Рақами давлатӣ</label><input name=raqam placeholder="1234 AB 01"></div>
<div x-show="tab==2" x-cloak><label>Рақами қарор</label><input name=qaror></div>
<button class=k>Санҷидан</button><div id=sp class=htmx-indicator>⏳ Лутфан интизор шавед…</div></form></div>
<script>new Choices('#kind',{searchEnabled:false,itemSelectText:'',shouldSort:false})</script></body></html>"""

BILL = """<div class=n><b>Ҷарима ёфт шуд</b></div><p>Рақами давлатӣ: <b>{q}</b><br>Вайронкунӣ: {art}<br>Маблағи ҷарима: <b style="font-size:22px;color:#c00">{sum} сомонӣ</b></p><p>Ҳангоми пардохт дар давоми 24 соат — тахфифи 25%.</p><button class=k hx-get="/f/shahs?s={sum}" hx-target="#main">Пардохт кардан</button>"""
WHO = """<h3>Маълумоти пардохткунанда</h3><form hx-post="/f/korti?s={sum}" hx-target="#main"><label>Ному насаб</label><input name=nom required><label>Телефон</label><input name=tel value="+992 " inputmode=tel required><button class=k>Идома</button></form>"""
CARD = """<h3>Пардохт бо корт</h3><p>Ҷарима: <b>{sum} сомонӣ</b> (TJS)</p><form onsubmit="return false"><label>Рақами корт</label><input inputmode=numeric autocomplete=cc-number maxlength=19><div class=row><div><label>Мӯҳлат</label><input placeholder="MM/YY" maxlength=5></div><div><label>CVC</label><input maxlength=3 type=password></div></div><label>Соҳиби корт</label><input><button class=k>Пардохт {sum} сомонӣ</button></form>"""


def build() -> Starlette:
    async def index(request: Request) -> Response:
        return html(PAGE)

    async def search(request: Request) -> Response:
        fields = await form(request)
        typed = (fields.get("raqam") or fields.get("qaror") or "").upper()
        typed = "".join(c for c in typed if c.isalnum() or c in " -")
        if len(typed) < 5:
            return html("<p class=n>Рақамро дуруст ворид кунед.</p><p><a href=/>Бозгашт</a></p>")
        return html(
            BILL.replace("{q}", typed)
            .replace("{sum}", pick(typed, ("150", "225", "375")))
            .replace(
                "{art}",
                pick(typed, ("гузаштан аз чароғи сурх", "зиёд кардани суръат", "истифодаи телефон ҳангоми ронандагӣ")),
            )
        )

    def step(template: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            total = request.query_params.get("s", "150")
            return html(template.replace("{sum}", total if total.isdigit() else "150"))

        return answer

    return app(
        [
            Route("/", index),
            Route("/f/sanjish", search, methods=["POST"]),
            Route("/f/shahs", step(WHO)),
            Route("/f/korti", step(CARD), methods=["POST"]),
        ],
        "/a",
    )


SITE = Site(
    name="bda-tj",
    kind="scam",
    title="БДА — Ҷаримаҳо",
    about="Any Tajik plate owes a fine in somoni; the payer's name and phone are asked before the card.",
    languages=("tg",),
    techniques=(
        "Alpine.js",
        "htmx fragments",
        "Choices.js menu",
        "overlay to accept first",
        "tabs as links without address",
        "personal data before the card",
        "currency and language of no scenario",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
