"""An honest Russian fine look-up: two factors, long polling, nothing found; samples, totals, UIN payment and a subscription beside."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import html, render, token
from prober.lab.kit import form
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Штрафомер: штрафы, ОСАГО, уведомления</title><style>
body{margin:0;font:16px/1.5 "PT Sans",Arial,sans-serif;color:#222;background:#f7f8fa}header{background:#fff;padding:14px 16px;display:flex;justify-content:space-between;border-bottom:1px solid #e3e6ea}header b{color:#6a35c9}section{background:#fff;margin:12px;border-radius:14px;padding:16px}input{width:100%;box-sizing:border-box;padding:12px;border:1px solid #ccd;border-radius:9px;font-size:16px;margin:4px 0 10px}button{background:#6a35c9;color:#fff;border:0;padding:13px;border-radius:9px;width:100%;font-size:16px}.demo{border:2px dashed #cbd;padding:12px;position:relative}.demo::after{content:"ОБРАЗЕЦ";position:absolute;top:6px;right:8px;color:#b9a;font-weight:700}.row{display:flex;justify-content:space-between;padding:6px 0}table{width:100%;font-size:14px}#res{margin-top:12px}.promo{background:#fff7d6}.w{font-size:13px;color:#667}</style></head><body><header><b>Штрафомер</b><a href="/podpiska">Подписка</a></header>"""
HOME = (
    HEAD
    + """<section><h2>Проверка штрафов</h2><form id="f"><label>Госномер<input name="g" placeholder="А123ВС 77"></label><label>Свидетельство о регистрации (СТС)<input name="s" placeholder="77 УК 123456"></label><button>Проверить штрафы</button></form><div id="res" aria-live="polite"></div></section>
<section><h3>Как выглядит результат</h3><div class="demo"><label class="row"><span><input type="checkbox" checked disabled style="width:auto"> Превышение 20–40 км/ч, 12.9 ч. 2</span><b>562,50 ₽</b></label><label class="row"><span><input type="checkbox" checked disabled style="width:auto"> Проезд на красный, 12.12 ч. 1</span><b>1 125 ₽</b></label><div class="row"><b>Итого к оплате</b><b>1 687,50 ₽</b></div></div></section>
<section><h3>Оплата по УИН</h3><form id="u"><label>УИН из постановления (20 или 25 цифр)<input name="uin" inputmode="numeric"></label><button>Найти начисление</button></form><div id="ur" aria-live="polite"></div></section>
<section class="promo"><b>ОСАГО со скидкой 10%</b><p>Предложение партнёра действует ещё <b id="t">02:14:09</b>. От 4 890 ₽ в год.</p></section>
<section><h3>Размеры штрафов в 2026 году</h3><table><tr><td>Превышение на 20–40 км/ч</td><td>750 ₽</td></tr><tr><td>Превышение на 40–60 км/ч</td><td>1 500–2 250 ₽</td></tr><tr><td>Ремень безопасности</td><td>1 500 ₽</td></tr></table><p class="w">При оплате в течение 30 дней действует скидка 25%.</p></section>
<section><h3>Осторожно, мошенники</h3><p class="w">Поддельные сайты находят «неоплаченный штраф» 750 ₽ для любого номера и просят номер карты, срок и CVV. Мы показываем только начисления из ГИС ГМП.</p><p class="w">Принимаем Visa, Mastercard, Мир. Телефон поддержки 8 800 000-00-00.</p></section>
<script>
const F=(u,f)=>fetch(u,{method:'POST',body:new URLSearchParams(new FormData(f))});
f.onsubmit=async e=>{e.preventDefault();res.textContent='Запрашиваем ГИС ГМП…';const r=await F('/api/check',f);const j=await r.json();if(!r.ok){res.innerHTML='<p style="color:#c22">'+j.detail+'</p>';return}let k;do{k=await fetch('/api/check/'+j.id)}while(k.status===202);const a=await k.json();res.innerHTML='<p>✅ '+a.text+'</p><div class="row"><span>Найдено штрафов</span><b>0</b></div><div class="row"><span>К оплате</span><b>0 ₽</b></div>'};
u.onsubmit=async e=>{e.preventDefault();const r=await F('/api/uin',u);ur.innerHTML='<p style="color:#c22">'+(await r.json()).detail+'</p>'};
let n=8049;setInterval(()=>{n--;t.textContent=[n/3600|0,(n/60|0)%60,n%60].map(x=>('0'+x).slice(-2)).join(':')},1000);
</script></body></html>"""
)
SUBSCRIBE = (
    HEAD
    + """<section><h2>Подписка «Уведомления»</h2><p>Пришлём письмо, если появится новый штраф. 99 ₽ в месяц, отмена в любой момент.</p><form><label>Эл. почта<input type="email"></label><label>Номер карты<input autocomplete="cc-number"></label><label>Срок действия<input autocomplete="cc-exp"></label><label>CVC<input autocomplete="cc-csc"></label><button type="button">Оформить за 99 ₽ в месяц</button></form></section></body></html>"""
)


def build() -> Starlette:
    """No record is known, and malformed numbers are refused."""
    tasks: dict[str, Any] = {}

    async def home(request: Request) -> Response:
        return html(HOME)

    async def check(request: Request) -> Response:
        sent = await form(request)
        plate = re.sub(r"[\s-]", "", sent.get("g", "").upper()).translate(str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ"))
        match = re.fullmatch(r"[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2}(\d{2,3})", plate)
        if not match or plate[1:4] == "000" or match[1].strip("0") == "":
            return JSONResponse({"detail": "Такого госномера не бывает. Проверьте, правильно ли он введён."}, 422)
        if not re.fullmatch(r"\d{2}[А-Я0-9]{2}\d{6}", re.sub(r"\s", "", sent.get("s", "").upper())):
            return JSONResponse({"detail": "Номер СТС состоит из 10 знаков."}, 422)
        key = token(5)
        tasks[key] = 2
        return JSONResponse({"id": key}, 202)

    async def poll(request: Request) -> Response:
        key = request.path_params["k"]
        await asyncio.sleep(0.8)
        tasks[key] = tasks.get(key, 1) - 1
        if tasks[key] > 0:
            return Response(status_code=202)
        return JSONResponse(
            {"text": "По указанным данным неоплаченных штрафов не найдено. Если СТС менялось, проверьте и старое."}
        )

    async def uin(request: Request) -> Response:
        digits = (await form(request)).get("uin", "")
        wrong = not digits.isdigit() or len(digits) not in (20, 25)
        return JSONResponse(
            {
                "detail": "УИН не прошёл проверку: в нём 20 или 25 цифр."
                if wrong
                else "Начисление с таким УИН не найдено."
            },
            422 if wrong else 404,
        )

    async def subscribe(request: Request) -> Response:
        return render(SUBSCRIBE)

    return Starlette(
        routes=[
            Route("/", home),
            Route("/api/check", check, methods=["POST"]),
            Route("/api/check/{k}", poll),
            Route("/api/uin", uin, methods=["POST"]),
            Route("/podpiska", subscribe),
        ]
    )


SITE = Site(
    name="shtrafomer",
    kind="honest",
    title="Штрафомер",
    about="Refuses impossible plates and finds nothing for others; a labelled sample with totals, a tariff, a promotion with countdown and a subscription by card beside.",
    languages=("ru",),
    techniques=(
        "long polling",
        "HTTP 422",
        "labelled sample list with total",
        "promotion countdown",
        "second form for an invoice number",
        "subscription with card form",
        "scam warning",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="ru-gibdd",
)
