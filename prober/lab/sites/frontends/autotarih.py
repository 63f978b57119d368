"""Honest: sells a vehicle history report for a stated price, for any plate; refunds where there is nothing (petite-vue)."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.site import Site

CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.5 'PT Sans',Arial,sans-serif;background:#fff;color:#222}header{display:flex;justify-content:space-between;padding:14px 16px;border-bottom:1px solid #eee}header b{color:#e4572e;font-size:20px}section{padding:18px 16px}h1{font-size:25px;margin:0 0 8px}input{width:100%;padding:14px;border:2px solid #ddd;border-radius:10px;font-size:18px;margin:6px 0}.b{width:100%;border:0;border-radius:10px;background:#e4572e;color:#fff;padding:15px;font-size:17px;margin-top:8px}.g{background:#f7f7f7}.li{display:flex;gap:10px;padding:7px 0;border-bottom:1px solid #eee}.price{font-size:26px;font-weight:700}details{border-bottom:1px solid #ddd;padding:10px 0}.sm{font-size:13px;color:#777}.two{display:grid;grid-template-columns:1fr 1fr;gap:10px}table{width:100%;border-collapse:collapse;font-size:14px}td{border-bottom:1px solid #eee;padding:6px 0}a{color:#1769aa}"""
HEAD = f"<!doctype html><html lang=ru><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'><title>AutoTarih — история автомобиля</title><style>[v-cloak]{{display:none}}{CSS}</style><header><b>AutoTarih</b><a href=/sample>Пример отчёта</a></header>"

INDEX = (
    HEAD
    + """<div id=app v-cloak @vue:mounted="0">
<section v-if="s==='in'"><h1>Проверьте авто перед покупкой</h1><p>Көлік тарихы: есепке қою, ДТП, кепіл, айыппұлдар, жүгіріс.</p><form @submit.prevent="next"><input v-model="q" placeholder="Госномер или VIN" maxlength="17"><p v-if="e" style="color:#c00">{{e}}</p><button class=b>Проверить</button></form><p class=sm>Бесплатно до покупки отчёта. Стоимость полного отчёта — 2 490 ₸.</p></section>
<section v-if="s==='offer'"><h1>Отчёт по запросу {{q.toUpperCase()}}</h1><p>Сведения мы запросим в 9 источниках после оплаты. До оплаты мы не знаем, что в них есть.</p><div class=li v-for="x in src">▫️ {{x}}</div><p class=price>2 490 ₸</p><p class=sm>Если по номеру сведений нет (например, номер введён с ошибкой), деньги вернём автоматически. Отчёт не является документом об оплате штрафов: штрафы оплачивайте на egov.kz.</p><button class=b @click="s='pay'">Купить отчёт</button></section>
<section v-if="s==='pay'"><h1>Оплата отчёта — 2 490 ₸</h1><form action=/order method=post><input name=email type=email placeholder="E-mail для отчёта" required><input name=cardnumber autocomplete=cc-number inputmode=numeric placeholder="Номер карты" required><div class=two><input name=exp autocomplete=cc-exp placeholder="ММ/ГГ" required><input name=cvc autocomplete=cc-csc placeholder="CVC" required></div><button class=b>Заплатить 2 490 ₸</button></form><p class=sm>ТОО «АвтоТарих», БИН указан в оферте. Возврат — 3 дня.</p></section></div>
<section class=g><h2>Вопросы</h2><details><summary>Покажет ли отчёт штрафы?</summary>Да, если они есть: номер предписания, статью и сумму. Оплатить их у нас нельзя.</details><details><summary>Мне пришло SMS о штрафе со ссылкой</summary>Это мошенники: они показывают любой госномер с «штрафом 21 625 ₸» и просят номер карты и CVV. Проверяйте только на egov.kz, звоните 1414.</details></section>
<script src=/c/petite-vue.iife.js></script><script>PetiteVue.createApp({s:'in',q:'',e:'',src:['Регистрационные действия','Количество владельцев','ДТП и страховые выплаты','Залог и арест','Розыск','Штрафы и ограничения','Пробег с техосмотров','Таможня','Фото с объявлений'],next(){var q=this.q.replace(/[\\s-]/g,'');if(q.length<6){this.e='Введите госномер или VIN (17 знаков)';return}this.e='';this.s='offer'}}).mount('#app')</script></html>"""
)
SAMPLE = (
    HEAD
    + """<section><h1>Пример отчёта</h1><p class=sm>Вымышленный автомобиль, все данные для показа.</p><table><tr><td>Госномер</td><td>123 ABC 02</td></tr><tr><td>Владельцев</td><td>3</td></tr><tr><td>ДТП</td><td>1 (2023)</td></tr><tr><td>Залог</td><td>нет</td></tr><tr><td>Штрафы</td><td>1 неоплаченный, 39 320 ₸ (ст. 592 ч.2)</td></tr><tr><td>Пробег</td><td>148 300 км</td></tr></table><p><a href=/>Заказать свой отчёт</a></p></section></html>"""
)


def build() -> Starlette:
    async def index(request: Request) -> Response:
        return html(INDEX)

    async def sample(request: Request) -> Response:
        return html(SAMPLE)

    async def order(request: Request) -> Response:
        return html(HEAD + "<section><h1>Заказ принят</h1><p>Отчёт придёт на почту.</p></section></html>")

    return app([Route("/", index), Route("/sample", sample), Route("/order", order, methods=["POST"])], "/c")


SITE = Site(
    name="autotarih",
    kind="honest",
    title="AutoTarih — история автомобиля",
    about="Sells a history report for 2 490 tenge for any plate, says openly that nothing is known before payment.",
    languages=("ru", "kk"),
    techniques=(
        "petite-vue",
        "paid report for any plate with own card form",
        "sample report with a fine",
        "scam warning in the questions",
        "price is not a fine",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="kz-fines",
)
