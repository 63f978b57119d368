"""A several-page PHP-like kit in Kazakh: redirects, one-time tokens, a refreshing wait, the card in another host's frame."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import render, rub, token
from prober.lab.kit import form, host_suffix, sibling
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="{{ l }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ t.title }}</title>{{ extra|default('')|safe }}
<style>body{margin:0;font:15px Tahoma,Arial,sans-serif;background:#f0f0f0;color:#333}.w{max-width:760px;margin:0 auto;background:#fff;min-height:100vh}.h{background:#00628f;color:#fff;padding:14px}.h b{font-size:18px}.n{background:#ffd200;padding:6px 14px;font-size:13px}.b{padding:14px}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:7px;text-align:left;font-size:14px}input[type=text]{padding:9px;border:1px solid #999;width:95%;font-size:16px;text-transform:uppercase}.btn{background:#00628f;color:#fff;border:0;padding:11px 22px;font-size:15px;margin-top:12px}.lang a{display:block;border:1px solid #00628f;color:#00628f;padding:14px;margin:10px 0;text-align:center;text-decoration:none;font-size:17px}.red{color:#b00}
.sp{width:36px;height:36px;border:4px solid #ddd;border-top-color:#00628f;border-radius:50%;animation:s 1s linear infinite;margin:24px auto}@keyframes s{to{transform:rotate(1turn)}}</style></head><body><div class="w"><div class="h"><b>{{ t.title }}</b></div><div class="n">{{ t.note }}</div><div class="b">"""
FOOT = "</div></div></body></html>"
WORDS = {
    "kk": {
        "title": "Жол ережелері бойынша айыппұлдар",
        "note": "Айыппұлды мерзімінде төлеңіз — 50% жеңілдік",
        "plate": "Мемлекеттік нөмір",
        "iin": "ЖСН",
        "kind": "Іздеу түрі",
        "find": "Тексеру",
        "wait": "Деректер тексерілуде, күте тұрыңыз…",
        "found": "Төленбеген айыппұл табылды",
        "case": "Қаулы нөмірі",
        "date": "Жасалған күні",
        "art": "Құқық бұзушылық мәні",
        "artv": "ӘҚБтК 592-бап: белгіленген жылдамдықты арттыру",
        "full": "Салынған айыппұл сомасы",
        "half": "Жеңілдікпен төлем сомасы",
        "pay": "Төлеу",
        "empty": "Нөмірді енгізіңіз",
        "card": "Карта нөмірі",
        "exp": "Мерзімі (аа/жж)",
        "hold": "Карта иесінің аты",
        "what": "Нысан",
        "cash": "Төлем",
    },
    "ru": {
        "title": "Штрафы за нарушение ПДД",
        "note": "Оплатите штраф вовремя — скидка 50%",
        "plate": "Госномер",
        "iin": "ИИН",
        "kind": "Вид поиска",
        "find": "Проверить",
        "wait": "Идёт проверка данных, подождите…",
        "found": "Найден неоплаченный штраф",
        "case": "Номер постановления",
        "date": "Дата совершения",
        "art": "Сущность правонарушения",
        "artv": "Ст. 592 КоАП: превышение установленной скорости",
        "full": "Сумма наложенного штрафа",
        "half": "Сумма к оплате со скидкой",
        "pay": "Оплатить",
        "empty": "Введите номер",
        "card": "Номер карты",
        "exp": "Срок (мм/гг)",
        "hold": "Владелец карты",
        "what": "Объект",
        "cash": "Оплата",
    },
}
CHOICE = (
    HEAD
    + """<p>Тілді таңдаңыз / Выберите язык</p><div class="lang"><a href="lang.php?l=kk&amp;t={{ tk }}">Қазақ тілі</a><a href="lang.php?l=ru&amp;t={{ tk }}">Русский язык</a></div>"""
    + FOOT
)
HOME = (
    HEAD
    + """<form method="post" action="check.php"><input type="hidden" name="csrf" value="{{ tk }}"><p>{{ t.kind }}:<br><label><input type="radio" name="k" value="g" checked> {{ t.plate }}</label> <label><input type="radio" name="k" value="i"> {{ t.iin }}</label></p>
<input type="text" name="v" maxlength="14" autocomplete="off">{% if err %}<div class="red">{{ t.empty }}</div>{% endif %}<br><input class="btn" type="submit" value="{{ t.find }}"></form>"""
    + FOOT
)
LOAD = HEAD + """<div class="sp"></div><p style="text-align:center">{{ t.wait }}</p>""" + FOOT
RESULT = (
    HEAD
    + """<h3 class="red">{{ t.found }}</h3><table><tr><th>{{ t.what }}</th><td>{{ b.v }}</td></tr><tr><th>{{ t.case }}</th><td>{{ b.no }}</td></tr><tr><th>{{ t.date }}</th><td>{{ b.day }}</td></tr><tr><th>{{ t.art }}</th><td>{{ t.artv }}</td></tr><tr><th>{{ t.full }}</th><td>{{ b.full }} {{ cur }}</td></tr><tr><th>{{ t.half }}</th><td><b>{{ b.half }} {{ cur }}</b></td></tr></table>
<form method="post" action="kassa.php"><input type="hidden" name="csrf" value="{{ tk }}"><button class="btn">{{ t.pay }}</button></form>"""
    + FOOT
)
KASSA = (
    HEAD
    + """<h3>{{ t.cash }}: {{ b.half }} {{ cur }}</h3><iframe src="{{ frame }}" style="width:100%;height:330px;border:0"></iframe>"""
    + FOOT
)
FRAME = """<!doctype html><html><meta charset="utf-8"><body style="font:14px Arial;margin:0"><form style="display:grid;gap:8px;padding:8px;border:1px solid #ccc;border-radius:6px" onsubmit="return false"><label>{{ t.card }}<br><input name="f1" maxlength="19" style="width:95%;padding:9px"></label><label>{{ t.exp }}<br><input name="f2" maxlength="5" style="width:90px;padding:9px"></label><label>CVV<br><input name="f3" type="password" maxlength="3" style="width:70px;padding:9px"></label><label>{{ t.hold }}<br><input name="f4" style="width:95%;padding:9px"></label><button style="padding:12px;background:#1a8f3c;color:#fff;border:0">{{ t.pay }}</button></form></body></html>"""


def build() -> Starlette:
    """Sessions by cookie; tokens are good once."""
    sessions: dict[str, dict[str, Any]] = {}

    def session(request: Request) -> dict[str, Any] | None:
        return sessions.get(request.cookies.get("PHPSESSID", ""))

    def show(source: str, state: dict[str, Any], **more: Any) -> Response:
        language = state.get("l", "kk")
        state["tk"] = token()
        return render(
            source, l=language, t=WORDS[language], tk=state["tk"], cur="теңге" if language == "kk" else "тенге", **more
        )

    def spent(state: dict[str, Any] | None, given: str) -> bool:
        return state is None or not given or state.pop("tk", "") != given

    async def root(request: Request) -> Response:
        answer = RedirectResponse(f"/index.php?id={token(6)}", 302)
        sid = token(13)
        sessions[sid] = {}
        answer.set_cookie("PHPSESSID", sid, httponly=True)
        return answer

    async def index(request: Request) -> Response:
        state = session(request)
        return show(CHOICE, state) if state is not None else RedirectResponse("/", 302)

    async def lang(request: Request) -> Response:
        state = session(request)
        if spent(state, request.query_params.get("t", "")) or state is None:
            return RedirectResponse("/", 302)
        state["l"] = "ru" if request.query_params.get("l") == "ru" else "kk"
        return RedirectResponse(f"/home.php?r={token(5)}", 302)

    async def home(request: Request) -> Response:
        state = session(request)
        return (
            show(HOME, state, err=request.query_params.get("e"))
            if state and "l" in state
            else RedirectResponse("/", 302)
        )

    async def check(request: Request) -> Response:
        state, sent = session(request), await form(request)
        if spent(state, sent.get("csrf", "")) or state is None:
            return RedirectResponse("/", 302)
        if len(sent.get("v", "")) < 5:
            return RedirectResponse("/home.php?e=1", 302)
        full = random.choice((21625, 43250, 12975))
        state["b"] = {
            "v": sent["v"].upper(),
            "no": random.randint(10**14, 10**15 - 1),
            "full": rub(full),
            "half": rub(full / 2),
            "day": f"{date.today() - timedelta(days=random.randint(2, 8)):%d.%m.%Y}",
        }
        return RedirectResponse("/load.php", 302)

    async def load(request: Request) -> Response:
        state = session(request)
        return (
            show(LOAD, state, extra=f'<meta http-equiv="refresh" content="2;url=result.php?q={token(5)}">')
            if state and "b" in state
            else RedirectResponse("/", 302)
        )

    async def result(request: Request) -> Response:
        state = session(request)
        return show(RESULT, state, b=state["b"]) if state and "b" in state else RedirectResponse("/", 302)

    async def kassa(request: Request) -> Response:
        state, sent = session(request), await form(request)
        if spent(state, sent.get("csrf", "")) or not state or "b" not in state:
            return RedirectResponse("/", 302)
        return show(KASSA, state, b=state["b"], frame=f"{sibling(request, 'kassa')}/f/{token(8)}?l={state['l']}")

    async def frame(request: Request) -> Response:
        language = "ru" if request.query_params.get("l") == "ru" else "kk"
        return render(FRAME, t=WORDS[language]) if host_suffix(request) else RedirectResponse("/", 302)

    return Starlette(
        routes=[
            Route("/", root),
            Route("/index.php", index),
            Route("/lang.php", lang),
            Route("/home.php", home),
            Route("/check.php", check, methods=["POST"]),
            Route("/load.php", load),
            Route("/result.php", result),
            Route("/kassa.php", kassa, methods=["POST"]),
            Route("/f/{t}", frame),
        ]
    )


SITE = Site(
    name="aiyppul-kit",
    kind="scam",
    title="Жол ережелері бойынша айыппұлдар",
    about="A PHP-like kit with one-time tokens: any plate or IIN has an unpaid fine; the card form is a frame of another host.",
    languages=("kk", "ru"),
    techniques=(
        "language chooser",
        "session cookie",
        "one-time tokens",
        "redirects",
        "meta refresh",
        "card form in a frame of another host",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
