"""IIN in twelve boxes, a queue number, a fine, then 'choose your bank' with a clone that asks for the card to log in."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from prober.lab.site import Site

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>eGovShtraf</title><style>
*{box-sizing:border-box}body{margin:0;font:16px/1.45 Inter,Roboto,Arial,sans-serif;background:#fff;color:#0d2b4b}#app{padding:20px;max-width:460px;margin:0 auto}.logo{font-weight:800;font-size:22px;color:#0a57c9}.logo b{color:#f6b500}.bx{display:grid;grid-template-columns:repeat(12,1fr);gap:3px;margin:16px 0}.bx input{width:100%;height:44px;border:1px solid #9db4cf;border-radius:6px;text-align:center;font-size:18px;padding:0}
a.btn{display:block;background:#0a57c9;color:#fff;text-align:center;padding:15px;border-radius:28px;text-decoration:none;margin-top:14px}.q{font-size:60px;text-align:center;font-weight:800;color:#0a57c9;margin:30px 0 0}.doc{border:1px solid #d4dfec;border-radius:12px;padding:16px;margin:16px 0}.doc strong{font-size:24px}.banks{display:grid;grid-template-columns:1fr 1fr;gap:12px;margin-top:16px}.banks img{width:100%;border-radius:14px;cursor:pointer;display:block}
.lg input{width:100%;padding:14px;border:0;border-radius:12px;background:#f1f2f4;font-size:16px;margin-top:10px}.lg{text-align:center;padding-top:20px}</style></head><body><div id="app"></div><script>
const A=document.getElementById('app'),W=ms=>new Promise(r=>setTimeout(r,ms)),head='<div class="logo">eGov<b>Shtraf</b></div>';let iin='';
const B=[['Qazyna','#e4322b'],['Dala Bank','#00805f'],['Altyn24','#f0a500'],['Samruk Pay','#14227a']];
const logo=([n,c])=>'data:image/svg+xml,'+encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"><rect width="300" height="150" fill="${c}"/><circle cx="60" cy="75" r="26" fill="#fff"/><text x="100" y="86" font-family="Arial" font-size="32" font-weight="bold" fill="#fff">${n}</text></svg>`);
const V={
'':()=>{A.innerHTML=head+'<h2>Проверка штрафов по ИИН</h2><p>Введите 12 цифр вашего ИИН</p><div class="bx">'+'<input inputmode="numeric" maxlength="1">'.repeat(12)+'</div><div id="er" style="color:#c0262d"></div><a class="btn" href="#/check">Проверить</a>';
 const b=[...A.querySelectorAll('.bx input')];b.forEach((x,i)=>{x.oninput=()=>{x.value=x.value.replace(/[^0-9]/g,'').slice(-1);if(x.value&&b[i+1])b[i+1].focus()};x.onkeydown=e=>{if(e.key==='Backspace'&&!x.value&&i)b[i-1].focus()};x.onpaste=e=>{e.preventDefault();[...e.clipboardData.getData('text').replace(/[^0-9]/g,'')].slice(0,12).forEach((d,j)=>b[j]&&(b[j].value=d))}});
 A.querySelector('.btn').onclick=e=>{iin=b.map(x=>x.value).join('');if(iin.length!==12){e.preventDefault();document.getElementById('er').textContent='Введите все 12 цифр ИИН'}}},
'check':async()=>{if(!iin)return location.hash='';A.innerHTML=head+'<p style="text-align:center;margin-top:40px">Высокая нагрузка. Ваш номер в очереди:</p><div class="q" id="q">5</div>';const r=fetch('/v1/fines/'+iin).then(x=>x.json());for(let i=4;i>0;i--){await W(500);const q=document.getElementById('q');if(!q)return;q.textContent=i}window.F=await r;location.hash='#/result'},
'result':()=>{if(!window.F)return location.hash='';A.innerHTML=head+`<div class="doc"><p>По ИИН <b>${iin}</b> обнаружена задолженность</p><p>${F.article}</p><p>Предписание ${F.no}</p><strong>${F.sum}</strong><p style="color:#c0262d">Не оплачено. Срок истекает сегодня в 23:59, далее запрет на выезд и арест счетов.</p></div><a class="btn" href="#/bank">Погасить задолженность</a>`},
'bank':()=>{A.innerHTML=head+'<h2>Выберите ваш банк</h2><p>Оплата без комиссии через ваш интернет-банк</p><div class="banks">'+B.map((b,i)=>`<img src="${logo(b)}" data-i="${i}">`).join('')+'</div>';A.querySelectorAll('img').forEach(m=>m.onclick=()=>location.hash='#/login/'+m.dataset.i)},
'login':i=>{const b=B[i]||B[0];A.innerHTML=`<div class="lg"><img src="${logo(b)}" style="width:160px;border-radius:14px"><h2>Вход по карте</h2><p>Введите данные карты для входа и подтверждения оплаты</p><input placeholder="Номер карты" inputmode="numeric" maxlength="19"><input placeholder="Срок действия ММ/ГГ" maxlength="5"><input placeholder="CVV" type="password" maxlength="3"><a class="btn" style="background:${b[1]}" onclick="this.textContent='Входим…'">Войти и оплатить</a></div>`}};
function route(){const [p,x]=location.hash.replace(/^#\\/?/,'').split('/');(V[p]||V[''])(x)}addEventListener('hashchange',route);route();
</script></body></html>"""


def build() -> Starlette:
    """One bill for all."""

    async def index(request: Request) -> Response:
        return HTMLResponse(PAGE)

    async def fines(request: Request) -> Response:
        return JSONResponse(
            {
                "article": "Ст. 599 ч. 1 КоАП РК, проезд на запрещающий сигнал светофора",
                "no": "№ 247" + request.path_params["iin"],
                "sum": "43 250 тг",
            }
        )

    return Starlette(routes=[Route("/", index), Route("/v1/fines/{iin}", fines)])


SITE = Site(
    name="bank-picker",
    kind="scam",
    title="eGovShtraf",
    about="Any IIN owes 43 250; to pay it one chooses a bank among pictures and 'logs in' with card number, expiry and CVV.",
    languages=("ru",),
    techniques=(
        "IIN in twelve boxes",
        "fake queue number",
        "hash router",
        "bank picker of pictures",
        "log-in clone asking for the card",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
