"""Honest: compulsory insurance calculator and shop; stepper, Tom Select, flatpickr; IIN checked in the page and on the server."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import form, iin_is_valid
from prober.lab.site import Site

PAGE = """<!doctype html><html lang=kk><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>Сенім Полис — КҚЖ МАС / ОГПО онлайн</title><link rel=stylesheet href=/pub/tom-select.min.css><link rel=stylesheet href=/pub/flatpickr.min.css>
<style>*{box-sizing:border-box}body{margin:0;font:16px/1.45 Verdana,Arial,sans-serif;background:#f1f0fb;color:#25215a}header{background:#25215a;color:#fff;padding:16px;font-weight:700}.st{display:flex;padding:14px 16px;gap:6px;font-size:12px}.st i{flex:1;border-top:4px solid #c9c6ea;padding-top:4px;font-style:normal}.st .on{border-color:#6c5ce7}.p{background:#fff;margin:0 16px 16px;border-radius:18px;padding:16px}label{display:block;font-size:13px;margin:12px 0 4px}input{width:100%;padding:12px;border:1px solid #bbb;border-radius:8px;font-size:16px}.b{width:100%;border:0;background:#6c5ce7;color:#fff;border-radius:12px;padding:15px;font-size:16px;margin-top:16px}.pr{font-size:26px;font-weight:700}.er{color:#c0392b;font-size:14px}table{width:100%;font-size:13px;border-collapse:collapse}td,th{text-align:left;border-bottom:1px solid #ddd;padding:6px 2px}</style>
<header>СЕНІМ ПОЛИС</header><div class=st><i class=on>1. Көлік</i><i>2. Жүргізуші</i><i>3. Төлем</i></div>
<div class=p id=s1><h2>ОГПО құнын есептеу</h2><label>Өңір / Регион</label><select id=r><option value=2.96>Алматы</option><option value=2.2>Астана</option><option value=1.01>Түркістан облысы</option><option value=1.78>Жамбыл облысы</option></select><label>Көлік түрі</label><select id=t><option value=2.09>Жеңіл көлік</option><option value=3.98>Жүк көлігі</option><option value=1>Мотоцикл</option></select><label>Мемлекеттік нөмір</label><input id=g placeholder="123ABC02"><label>Полис басталатын күн</label><input id=d><p>Сыйлықақы / Страховая премия:<br><span class=pr id=pr></span></p><button class=b id=n1>Жалғастыру</button></div>
<div class=p id=s2 hidden><h2>Сақтанушы</h2><label>ЖСН / ИИН</label><input id=iin inputmode=numeric maxlength=12><p class=er id=er role=alert></p><button class=b id=n2>Полис рәсімдеу</button></div>
<div class=p id=s3 hidden><h2>Төлем</h2><p>Полис: <b id=sum></b></p><form onsubmit="return false"><label>Карта нөмірі</label><input autocomplete=cc-number inputmode=numeric><label>Мерзімі</label><input autocomplete=cc-exp><label>CVV</label><input autocomplete=cc-csc><button class=b>Төлеу</button></form></div>
<div class=p><h3>Полиссіз жүргені үшін айыппұл (ӘҚБтК 230-бап)</h3><table><tr><th>Бұзушылық</th><th>АЕК</th><th>2026 ж.</th></tr><tr><td>Жеке тұлға</td><td>10</td><td>43 250 ₸</td></tr><tr><td>Шағын бизнес</td><td>20</td><td>86 500 ₸</td></tr><tr><td>Жылдамдық 10–20 км/сағ</td><td>5</td><td>21 625 ₸</td></tr></table><p style="font-size:13px">Айыппұлды біз тексермейміз және қабылдамаймыз. Айыппұлдар — egov.kz сайтында.</p></div>
<script src=/pub/tom-select.min.js></script><script src=/pub/flatpickr.min.js></script><script>
const $=s=>document.querySelector(s),calc=()=>{const v=Math.round(4325*1.9*$('#r').value*$('#t').value/2);$('#pr').textContent=$('#sum').textContent=v.toLocaleString('ru-RU')+' ₸'};
['#r','#t'].forEach(s=>new TomSelect(s,{controlInput:null,onChange:calc}));flatpickr('#d',{dateFormat:'d.m.Y',minDate:'today',defaultDate:'today',disableMobile:true});calc();
const step=n=>{for(let i=1;i<4;i++)$('#s'+i).hidden=i!==n;document.querySelectorAll('.st i').forEach((e,i)=>e.classList.toggle('on',i<n))};
$('#n1').onclick=()=>step(2);
$('#n2').onclick=async()=>{const q=$('#iin').value.replace(/\\D/g,'');if(q.length!==12){$('#er').textContent='ЖСН 12 саннан тұрады';return}$('#n2').disabled=true;const r=await fetch('/esbd/client',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({iin:q,grnz:$('#g').value})});$('#n2').disabled=false;const d=await r.json();if(!r.ok){$('#er').textContent=d.message;return}step(3)};
</script></html>"""


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(PAGE)

    async def client(request: Request) -> Response:
        iin = (await form(request)).get("iin", "")
        if not iin_is_valid(iin) or not ("01" <= iin[2:4] <= "12" and "01" <= iin[4:6] <= "31"):
            return JSONResponse(
                {"message": "ЖСН қате: бақылау саны сәйкес келмейді / Некорректный ИИН"}, status_code=422
            )
        return JSONResponse({"message": "Клиент ЕСБД-да табылмады / Клиент не найден"}, status_code=404)

    return app([Route("/", page), Route("/esbd/client", client, methods=["POST"])], "/pub")


SITE = Site(
    name="senim-polis",
    kind="honest",
    title="Сенім Полис — ОГПО онлайн",
    about="Insurance shop: computes a premium from region and class, refuses an IIN with a wrong check digit; card form only after a client is found.",
    languages=("kk", "ru"),
    techniques=(
        "Tom Select",
        "flatpickr",
        "stepper with a hidden card form in the page",
        "premium as trap",
        "table of fines",
        "inline rejection 422",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="kz-fines",
)
