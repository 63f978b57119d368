"""A real SMS wall: the code is checked, nothing can be asked before it."""

from __future__ import annotations

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import html, token
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = """<!doctype html><html lang="kk"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Жүргізуші кабинеті / Кабинет водителя</title><style>body{margin:0;font:16px/1.5 Arial,sans-serif;background:#f2f5f9;color:#1a2b3c}header{background:#123a6b;color:#fff;padding:16px}main{padding:16px;max-width:440px;margin:auto}.c{background:#fff;padding:18px;border-radius:10px}input{width:100%;box-sizing:border-box;padding:13px;font-size:18px;border:1px solid #a9b8c9;border-radius:8px;margin:6px 0 12px}button{width:100%;padding:14px;border:0;border-radius:8px;background:#123a6b;color:#fff;font-size:16px}#e{color:#b3261e;min-height:22px}.l{font-size:14px;color:#5b6b7c}</style></head><body><header><b>Жүргізуші кабинеті</b><br><small>Кабинет водителя: штрафы, налоги, техосмотр</small></header><main><div class="c" id="a"><p>Айыппұлдарды көру үшін телефон нөмірін растаңыз.<br>Чтобы увидеть штрафы, подтвердите номер телефона.</p><label>Телефон нөмірі / Номер телефона<input id="p" type="tel" placeholder="+7 700 000 00 00"></label><button id="s">Код алу / Получить код</button><div id="e" role="alert"></div></div><p class="l">Вход только для номеров из Базы мобильных граждан. Айыппұлды төлеу 7 күн ішінде 50% жеңілдікпен.</p></main>
<script>let k='';const J=(u,b)=>fetch(u,{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify(b)}).then(r=>r.json());
s.onclick=async()=>{const j=await J('/auth/phone',{p:p.value});if(j.error){e.textContent=j.error;return}k=j.k;a.innerHTML='<p>SMS-код жіберілді / Код отправлен</p><label>6 цифр<input id="c" inputmode="numeric" maxlength="6" autocomplete="one-time-code"></label><button id="g">Растау / Подтвердить</button><div id="e" role="alert"></div>';g.onclick=async()=>{const r=await J('/auth/code',{k,c:c.value});document.getElementById('e').textContent=r.error}};
</script></body></html>"""


def build() -> Starlette:
    """Codes are drawn by lot and sent to nobody; three tries."""
    codes: dict[str, tuple[str, int]] = {}

    async def index(request: Request) -> Response:
        return html(PAGE)

    async def phone(request: Request) -> Response:
        digits = "".join(c for c in (await form(request)).get("p", "") if c.isdigit())
        if len(digits) != 11:
            return JSONResponse({"error": "Нөмір қате / Неверный номер"})
        key = token(6)
        codes[key] = (f"{secrets.randbelow(10**6):06}", 3)
        return JSONResponse({"k": key})

    async def code(request: Request) -> Response:
        sent = await form(request)
        kept, left = codes.get(sent.get("k", ""), ("", 0))
        if left <= 0:
            return JSONResponse({"error": "Әрекет саны бітті. Попытки исчерпаны, попробуйте через 24 часа."})
        codes[sent["k"]] = (kept, left - 1)
        if sent.get("c") == kept:
            return JSONResponse({"error": "Абонент не найден в Базе мобильных граждан."})
        return JSONResponse({"error": f"Код қате / Неверный код. Осталось попыток: {left - 1}"})

    return Starlette(
        routes=[
            Route("/", index),
            Route("/auth/phone", phone, methods=["POST"]),
            Route("/auth/code", code, methods=["POST"]),
        ]
    )


SITE = Site(
    name="kabinet-sms",
    kind="obstacle",
    title="Кабинет водителя",
    about="A phone and a code that is really checked stand before everything; no number can be asked for.",
    languages=("kk", "ru"),
    techniques=(
        "SMS wall with a checked code",
        "three tries",
        "talk of fines and discounts",
        "two languages on one page",
    ),
    expect=("inconclusive",),
    build=build,
    scenario="kz-fines",
)
