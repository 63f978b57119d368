"""Honest: pays for parking ahead, for any plate and any time one chooses; says nothing about debts (Alpine.js, Choices.js)."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.site import Site

PAGE = """<!doctype html><html lang=ky><head><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>BishPark — парковка төлөө</title><link rel=stylesheet href=/w/choices.min.css><style>*{box-sizing:border-box}[x-cloak]{display:none!important}body{margin:0;font:16px/1.45 Arial,sans-serif;background:#eafaf3;color:#123a2c}header{background:#12b76a;color:#fff;padding:16px;font-size:20px;font-weight:700}.c{background:#fff;margin:14px;border-radius:16px;padding:16px}input{width:100%;padding:13px;border:1px solid #a9d8c3;border-radius:10px;font-size:17px}label{display:block;margin:10px 0 4px;font-size:14px}.h{display:flex;align-items:center;gap:16px}.h button{width:48px;height:48px;border-radius:50%;border:0;background:#d3f5e5;font-size:24px}.b{width:100%;border:0;border-radius:12px;background:#12b76a;color:#fff;padding:15px;font-size:17px;margin-top:14px}.ch{display:flex;gap:8px}.ch span{flex:1;text-align:center;border:1px solid #a9d8c3;border-radius:10px;padding:10px}.ch .on{background:#12b76a;color:#fff}.two{display:grid;grid-template-columns:1fr 1fr;gap:10px}</style><script defer src=/w/alpine.min.js></script><script src=/w/choices.min.js></script></head>
<body x-data="{s:1,n:'',h:1,e:'',m:'h',amt:200,get sum(){return this.m=='h'?this.h*40:this.amt}}"><header>BishPark</header>
<div class=c x-show="s==1"><h2>Парковка үчүн алдын ала төлөө</h2><p>Оплата парковки вперёд: выберите время или пополните баланс.</p><label>Госномер / Мамлекеттик номер</label><input x-model=n placeholder="01KG123ABC" maxlength=12><label>Зона</label><select id=z><option>A — Чүй пр. (40 сом/саат)</option><option>B — Киев көч. (40 сом/саат)</option><option>C — ЦУМ (40 сом/саат)</option></select>
<label>Эмне төлөйсүз?</label><div class=ch><span :class="m=='h'&&'on'" @click="m='h'">Убакыт</span><span :class="m=='b'&&'on'" @click="m='b'">Баланс толуктоо</span></div>
<div class=h x-show="m=='h'" style="margin-top:12px"><button @click="h=Math.max(1,h-1)">−</button><b x-text="h+' саат'"></b><button @click="h++">+</button></div>
<div class=ch x-show="m=='b'" x-cloak style="margin-top:12px"><template x-for="a in [100,200,500]"><span :class="amt==a&&'on'" @click="amt=a" x-text="a+' сом'"></span></template></div>
<p style="color:#b42318" x-text=e></p><button class=b @click="if(n.replace(/\\s/g,'').length<5){e='Номерди киргизиңиз'}else{e='';s=2}">Улантуу</button></div>
<div class=c x-show="s==2" x-cloak><h2>Буйрутма</h2><p>Номер: <b x-text="n.toUpperCase()"></b><br><span x-text="m=='h'?'Убакыт: '+h+' саат':'Балансты толуктоо'"></span><br>Төлөм: <b x-text="sum+' сом'"></b></p><p style="font-size:13px">Пополнение не проверяет номер и не связано со штрафами или задолженностью. Неиспользованное время возвращается на баланс.</p><button class=b @click="s=3">Төлөө</button></div>
<div class=c x-show="s==3" x-cloak><h2>Карта менен төлөө — <span x-text="sum+' сом'"></span></h2><form @submit.prevent><label>Карта номери</label><input inputmode=numeric autocomplete=cc-number><div class=two><div><label>Мөөнөтү</label><input autocomplete=cc-exp></div><div><label>CVV</label><input autocomplete=cc-csc></div></div><button class=b>Төлөө</button></form></div>
<div class=c><h3>Эрежелер</h3><p>Төлөнбөгөн парковка үчүн айып пул — 1 000 сом (шаардык кеңештин токтому). Айып пулду биз текшербейбиз жана кабыл албайбыз: «Түндүк» порталы, тел. 119.</p></div>
<script>new Choices('#z',{searchEnabled:false,itemSelectText:'',allowHTML:false})</script></body></html>"""


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(PAGE)

    return app([Route("/", page)], "/w")


SITE = Site(
    name="bishpark",
    kind="honest",
    title="BishPark",
    about="Sells parking time or a top-up for any plate; the visitor chooses the sum; no debt is claimed, fines are only named in the rules.",
    languages=("ky", "ru"),
    techniques=(
        "Alpine.js",
        "Choices.js",
        "prepayment for any plate with own card form",
        "sum chosen by the visitor",
        "fine named in the rules",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="kg-fines",
)
