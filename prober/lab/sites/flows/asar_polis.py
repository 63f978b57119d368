"""An honest insurer's chat: price of a policy for any plate, the lack of a record said openly, payment in a sheet."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import form, iin_is_valid
from prober.lab.site import Site

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Асар Полис: ОГПО онлайн / МСЖ</title><style>
*{box-sizing:border-box}body{margin:0;font:16px/1.4 Roboto,Arial,sans-serif;background:#e5ddd5;height:100dvh;display:flex;flex-direction:column}.t{background:#075e54;color:#fff;padding:12px 16px}.t small{display:block;opacity:.8}#c{flex:1;overflow:auto;padding:12px}.m{background:#fff;border-radius:8px;padding:9px 12px;margin-bottom:8px;max-width:84%;width:fit-content;white-space:pre-line}.u{background:#dcf8c6;margin-left:auto}.o{display:flex;flex-wrap:wrap;gap:6px;margin-bottom:8px}.o button{border:1px solid #075e54;color:#075e54;background:#fff;border-radius:18px;padding:9px 14px;font-size:15px}form{display:flex;gap:8px;background:#f0f0f0;padding:8px}form input{flex:1;border:0;border-radius:22px;padding:12px 16px;font-size:16px}form button{border:0;background:#075e54;color:#fff;width:46px;border-radius:50%;font-size:18px}
#s{position:fixed;inset:auto 0 0 0;background:#fff;border-radius:16px 16px 0 0;padding:18px;box-shadow:0 -4px 30px #0005}#s[hidden]{display:none}#s input{width:100%;padding:12px;border:1px solid #ccc;border-radius:8px;margin-bottom:8px;font-size:16px}#s button{width:100%;padding:14px;background:#075e54;color:#fff;border:0;border-radius:8px;font-size:16px}</style></head><body><div class="t">Асар Полис<small>страховой агент, лицензия в разделе «О компании»</small></div><div id="c"></div><form id="f"><input id="i" placeholder="Напишите сообщение" autocomplete="off"><button aria-label="Отправить">➤</button></form><div id="s" hidden></div>
<script>
let st='';const say=(t,u)=>{const d=document.createElement('div');d.className='m'+(u?' u':'');d.textContent=t;c.append(d);c.scrollTop=1e9},opts=a=>{const d=document.createElement('div');d.className='o';a.forEach(([l,fn])=>{const b=document.createElement('button');b.textContent=l;b.onclick=()=>{d.remove();say(l,1);fn()};d.append(b)});c.append(d);c.scrollTop=1e9};
say('Здравствуйте! Сәлеметсіз бе! Оформим полис ОГПО за 2 минуты. Напоминаем: штраф за езду без полиса 10 МРП, 43 250 ₸ (ст. 230 КоАП).');
const menu=()=>opts([['Рассчитать полис',()=>{st='plate';say('Напишите госномер автомобиля, например 123 ABC 02')}],['Проверить скидку по ИИН',()=>{st='iin';say('Напишите ИИН (12 цифр), узнаем ваш класс бонус-малус')}],['Узнать о штрафах',()=>{say('Мы не проверяем штрафы. Смотрите их на egov.kz или в приложении банка. Не платите по ссылкам из SMS: мошенники показывают «штраф 21 625 ₸» по любому номеру и просят CVV.');menu()}]]);menu();
f.onsubmit=async e=>{e.preventDefault();const v=i.value.trim();if(!v)return;i.value='';say(v,1);if(!st){say('Выберите, пожалуйста, пункт меню.');return menu()}
const r=await fetch('/bot/'+st,{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({v})});const j=await r.json();say(j.text);if(j.price)opts([['Купить полис за '+j.price+' ₸',()=>pay(j.price)],['Не сейчас',menu]])};
function pay(p){s.hidden=false;s.innerHTML='<b>Полис ОГПО на 12 месяцев, '+p+' ₸</b><p>Промокод −5% до 20:00</p><input placeholder="Номер карты" autocomplete="cc-number"><input placeholder="ММ/ГГ"><input placeholder="CVV"><button>Купить полис</button><p style="text-align:center" onclick="s.hidden=true">Закрыть</p>'}
</script></body></html>"""


def build() -> Starlette:
    """A base price for a car that is not on file; an IIN that fails is refused."""

    async def index(request: Request) -> Response:
        return HTMLResponse(PAGE)

    async def plate(request: Request) -> Response:
        typed = (await form(request)).get("v", "").upper()[:20]
        return JSONResponse(
            {
                "text": f"Авто {typed} в базе не найдено, поэтому расчёт по базовой ставке для легкового автомобиля.\nСтоимость полиса ОГПО: 24 780 ₸ в год, класс 3.\nЦена окончательная, если данные верны.",
                "price": "24 780",
            }
        )

    async def iin(request: Request) -> Response:
        typed = (await form(request)).get("v", "")
        good = iin_is_valid("".join(typed.split()))
        return JSONResponse(
            {
                "text": "Класс не найден, применяется класс 3 (без скидки)."
                if good
                else f"ИИН «{typed[:20]}» некорректный: не сходится контрольный разряд. Проверьте, пожалуйста, цифры."
            }
        )

    return Starlette(
        routes=[
            Route("/", index),
            Route("/bot/plate", plate, methods=["POST"]),
            Route("/bot/iin", iin, methods=["POST"]),
        ]
    )


SITE = Site(
    name="asar-polis",
    kind="honest",
    title="Асар Полис, чат страхового агента",
    about="A messenger-like chat that sells insurance: a base price for a plate that is not on file, an IIN with a wrong check digit is refused; no fine is claimed.",
    languages=("ru", "kk"),
    techniques=(
        "messenger chat",
        "price after any plate",
        "fine for lack of insurance mentioned",
        "promotion",
        "card form in a sheet",
        "quotes the scam",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="kz-fines",
)
