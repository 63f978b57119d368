"""Material web components (open shadow roots everywhere): a debt at a bailiff and a travel ban for any IIN."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import number, pick
from prober.lab.site import Site

PAGE = """<!doctype html><html lang=ru><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>Реестр должников — проверка запрета на выезд</title>
<style>:root{--md-sys-color-primary:#3b5bdb;--md-ref-typeface-plain:Roboto,Arial}body{margin:0;font:16px/1.5 Roboto,Arial,sans-serif;background:#fdfbff;color:#1b1b21}header{padding:18px 16px 8px;font-size:22px}main{padding:16px}md-outlined-text-field,md-filled-button{width:100%;margin:8px 0}.ck{display:flex;gap:12px;align-items:center;font-size:14px;margin:8px 0}.sum{color:#b3261e;font-size:20px}.two{display:grid;grid-template-columns:1fr 1fr;gap:12px}md-linear-progress{width:100%}[hidden]{display:none!important}.info{background:#e8ecff;border-radius:16px;padding:14px;font-size:14px;margin-top:18px}</style>
<header>Реестр должников РК</header><md-tabs><md-primary-tab>Проверка</md-primary-tab><md-primary-tab>Бизнес</md-primary-tab></md-tabs>
<main id=check><h2>Запрет на выезд и задолженность</h2><md-outlined-text-field id=iin label="ЖСН / ИИН" inputmode=numeric maxlength=12 supporting-text="12 цифр с удостоверения личности"></md-outlined-text-field>
<label class=ck><md-checkbox id=agree touch-target=wrapper></md-checkbox>Даю согласие на сбор и обработку персональных данных</label>
<md-linear-progress id=bar indeterminate hidden></md-linear-progress><md-filled-button id=go disabled>Проверить / Тексеру</md-filled-button>
<div class=info>Сведения АИС ОИП обновляются каждые 15 минут. Проверка бесплатна.</div></main>
<main id=card hidden><h2>Погашение задолженности</h2><md-outlined-text-field id=pan label="Номер карты" inputmode=numeric maxlength=19></md-outlined-text-field><div class=two><md-outlined-text-field label="ММ/ГГ" maxlength=5></md-outlined-text-field><md-outlined-text-field label="CVV" type=password maxlength=3></md-outlined-text-field></div><md-outlined-text-field label="Имя и фамилия латиницей"></md-outlined-text-field><md-filled-button id=fin>Оплатить долг</md-filled-button></main>
<md-dialog id=dlg><div slot=headline>Обнаружен долг</div><div slot=content id=d-body></div><div slot=actions><md-text-button id=later onclick="this.closest('md-dialog').close()">Позже</md-text-button><md-filled-button id=pay style="width:auto">Погасить</md-filled-button></div></md-dialog>
<script type=module src=/dist/dolzhnik.js></script></html>"""


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(PAGE)

    async def debtors(request: Request) -> Response:
        iin = request.query_params.get("iin", "")
        n = number(iin)
        return JSONResponse(
            {
                "no": f"{n % 9000 + 1000}/26-75-{n % 90000}",
                "sum": f"{18000 + n % 21000:,}".replace(",", " "),
                "who": pick(iin, ("МФО «Тез Қаржы»", "АО «КазТеплоСеть»", "ГУ «УГД по району»")),
                "chsi": pick(iin[::-1], ("Сарсенов Б.", "Ким Л.")),
            }
        )

    return app([Route("/", page), Route("/rest/debtors", debtors)], "/dist")


SITE = Site(
    name="dolzhnik",
    kind="scam",
    title="Реестр должников РК",
    about="Any twelve digits are a debtor with a travel ban; the debt is derived from the number; card fields are Material text fields.",
    languages=("ru", "kk"),
    techniques=(
        "Material web components",
        "open shadow roots for fields, buttons, dialog",
        "consent in a shadow checkbox",
        "debt and travel ban instead of a fine",
        "card fields in shadow roots without names",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
