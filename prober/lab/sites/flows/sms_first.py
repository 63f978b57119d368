"""Name and phone first, any SMS code, a consent to be scrolled, then IIN, a bar with percent, a list with totals, a slider."""

from __future__ import annotations

import random
from datetime import date, timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import html
from prober.lab.site import Site

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Единая проверка штрафов</title><meta name="viewport" content="width=device-width,initial-scale=1">
<style>
:root{--b:#0b5fa5}*{box-sizing:border-box}body{margin:0;font:16px/1.45 "Segoe UI",Roboto,Arial,sans-serif;background:#eef3f8;color:#1b2733}
header{background:#fff;border-bottom:3px solid #00afca;padding:12px 16px;display:flex;gap:10px;align-items:center}header i{width:34px;height:34px;border-radius:50%;background:radial-gradient(#ffe16b 30%,#00afca 32%)}
main{max-width:480px;margin:0 auto;padding:16px}.card{background:#fff;border-radius:12px;padding:18px;box-shadow:0 2px 10px #0b5fa51a}
.dots{display:flex;gap:6px;margin-bottom:12px}.dots b{flex:1;height:4px;border-radius:2px;background:#cfdbe6}.dots b.on{background:#00afca}
h1{font-size:20px;margin:0 0 8px}label{display:block;font-size:13px;color:#5b6b7a;margin:12px 0 4px}.f{width:100%;padding:12px;border:1px solid #b9c7d4;border-radius:8px;font-size:17px}
.go{display:block;width:100%;margin-top:16px;padding:14px;border:0;border-radius:8px;background:var(--b);color:#fff;font-size:16px}.go:disabled{background:#b4c3d1}
.err{color:#c62828;font-size:14px;min-height:20px;margin-top:6px}.otp{display:flex;gap:10px;justify-content:center;margin:16px 0}.otp input{width:52px;height:60px;text-align:center;font-size:26px;border:1px solid #b9c7d4;border-radius:10px}
.terms{height:170px;overflow:auto;border:1px solid #d5dee7;border-radius:8px;padding:10px;font-size:13px;color:#435260}
.pb{height:14px;border-radius:7px;background:#dde7ef;overflow:hidden;margin:14px 0 6px}.pb i{display:block;height:100%;width:0;background:linear-gradient(90deg,#00afca,#0b5fa5);transition:width .15s}
.fine{display:flex;gap:10px;border-top:1px solid #e6edf3;padding:12px 0}.fine small{display:block;color:#5b6b7a}.fine b{margin-left:auto;white-space:nowrap}
.slide{position:relative;height:56px;border-radius:28px;background:#d9efe0;color:#1d7a3e;display:grid;place-items:center;margin-top:16px;user-select:none;touch-action:none}.knob{position:absolute;left:4px;top:4px;width:48px;height:48px;border-radius:50%;background:#1d7a3e;color:#fff;display:grid;place-items:center;font-size:22px;touch-action:none}
footer{text-align:center;font-size:12px;color:#7d8c9a;padding:18px}
</style></head><body><header><i></i><div><b>Единая проверка штрафов</b><br><small>Республика Казахстан</small></div></header>
<main><div class="dots" id="dots"></div><div class="card" id="root"></div></main><footer>© 2026 Комитет административной полиции</footer>
<script>
const R=document.getElementById('root'),D=document.getElementById('dots');let S={};
const dots=n=>D.innerHTML=[1,2,3,4,5].map(i=>`<b class="${i<=n?'on':''}"></b>`).join('');
const post=(u,b)=>fetch(u,{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(b)}).then(r=>r.json());
const q=s=>R.querySelector(s);
function s1(){dots(1);R.innerHTML=`<h1>Начнём с ваших данных</h1><p>Чтобы показать штрафы, нужно подтвердить номер телефона.</p><label>Фамилия и имя</label><input class=f id=n autocomplete=name><label>Номер телефона</label><input class=f id=p type=tel placeholder="+7 (___) ___-__-__"><div class=err id=e></div><button class=go id=g>Получить код</button>`;
 const p=q('#p');p.addEventListener('input',()=>{let d=p.value.replace(/\\D/g,'');if(p.value.startsWith('+7')||d.length>10)d=d.slice(1);d=d.slice(0,10);p.value='+7 ('+d.slice(0,3)+(d.length>3?') '+d.slice(3,6):'')+(d.length>6?'-'+d.slice(6,8):'')+(d.length>8?'-'+d.slice(8):'')});
 q('#g').onclick=async()=>{if(q('#n').value.trim().length<2)return q('#e').textContent='Укажите фамилию и имя';if(p.value.replace(/\\D/g,'').length!==11)return q('#e').textContent='Укажите номер телефона полностью';S.phone=p.value;await post('/api/sms',{p:p.value});s2()}}
function s2(){dots(2);R.innerHTML=`<h1>Введите код из SMS</h1><p>Мы отправили код на номер ${S.phone}</p><div class=otp>${'<input inputmode=numeric maxlength=1>'.repeat(4)}</div><div class=err id=e style="text-align:center"></div><p style="text-align:center;color:#7d8c9a">Отправить повторно через <span id=t>59</span> с</p>`;
 const b=[...R.querySelectorAll('.otp input')];b[0].focus();let n=59;const iv=setInterval(()=>{const t=document.getElementById('t');if(!t)return clearInterval(iv);t.textContent=Math.max(0,--n)},1000);
 b.forEach((x,i)=>{x.addEventListener('input',async()=>{x.value=x.value.replace(/\\D/g,'').slice(-1);if(x.value&&b[i+1])b[i+1].focus();if(b.every(y=>y.value)){await post('/api/code',{c:b.map(y=>y.value).join('')});s3()}});x.addEventListener('keydown',e=>{if(e.key==='Backspace'&&!x.value&&i)b[i-1].focus()})})}
function s3(){dots(3);R.innerHTML=`<h1>Согласие на обработку данных</h1><div class=terms id=tt>${'<p>1. Я даю согласие на сбор и обработку персональных данных в целях получения сведений об административных правонарушениях. Согласие действует до его отзыва. Оператор вправе передавать сведения уполномоченным органам в порядке, установленном законодательством.</p>'.repeat(5)}<p><b>Конец документа</b></p></div><label style="font-size:15px;color:inherit"><input type=checkbox id=ok disabled> Прочитано, согласен</label><small id=h style="color:#c27c0e">Прокрутите документ до конца</small><button class=go id=g disabled>Продолжить</button>`;
 const t=q('#tt');t.addEventListener('scroll',()=>{if(t.scrollTop+t.clientHeight>=t.scrollHeight-8){q('#ok').disabled=false;q('#h').textContent=''}});q('#ok').onchange=e=>q('#g').disabled=!e.target.checked;q('#g').onclick=s4}
function s4(){dots(4);R.innerHTML=`<h1>Введите ИИН водителя</h1><label>ИИН (12 цифр)</label><input class=f id=i inputmode=numeric maxlength=12><div class=err id=e></div><button class=go id=g>Показать штрафы</button>`;
 q('#i').addEventListener('input',e=>e.target.value=e.target.value.replace(/\\D/g,''));
 q('#g').onclick=()=>{const v=q('#i').value;if(v.length!==12)return q('#e').textContent='ИИН должен содержать 12 цифр';S.iin=v;s5()}}
function s5(){R.innerHTML=`<h1>Ваш запрос выполняется</h1><p>Номер в очереди: <b id=k>7</b></p><div class=pb><i id=w></i></div><div id=pc>0%</div><small id=st>Подключение к базе данных…</small>`;
 const ans=post('/api/find',{iin:S.iin});let x=0;const names=['Подключение к базе данных…','Проверка ИИН…','Поиск по камерам «Сергек»…','Поиск постановлений…'];
 const iv=setInterval(async()=>{x=Math.min(100,x+2+Math.random()*5);q('#w').style.width=x+'%';q('#pc').textContent=Math.floor(x)+'%';q('#k').textContent=Math.max(1,7-Math.floor(x/15));q('#st').textContent=names[Math.min(3,Math.floor(x/26))];if(x>=100){clearInterval(iv);s6(await ans)}},120)}
function fmt(n){return n.toLocaleString('ru-RU')}
function s6(a){dots(5);R.innerHTML=`<h1>Найдено неоплаченных штрафов: ${a.items.length}</h1><p>ИИН ${S.iin}</p>${a.items.map((f,i)=>`<label class=fine style="font-size:15px;color:inherit;margin:0"><input type=checkbox data-i=${i} ${i?'':'checked'}><span>${f.t}<small>№ ${f.n} от ${f.d}</small></span><b>${fmt(f.s)} ₸</b></label>`).join('')}<div style="display:flex;justify-content:space-between;border-top:2px solid #1b2733;padding-top:10px"><b>Итого к оплате</b><b id=tot></b></div><div class=slide><span>Проведите, чтобы оплатить</span><div class=knob>»</div></div>`;
 const sum=()=>{S.sum=a.items.reduce((z,f,i)=>z+(q(`[data-i="${i}"]`).checked?f.s:0),0);q('#tot').textContent=fmt(S.sum)+' ₸'};R.querySelectorAll('[data-i]').forEach(c=>c.onchange=sum);sum();
 const sl=q('.slide'),k=q('.knob');let x0=null;k.addEventListener('pointerdown',e=>{x0=e.clientX;k.setPointerCapture(e.pointerId)});k.addEventListener('pointermove',e=>{if(x0===null)return;const m=sl.clientWidth-56;k.style.left=4+Math.max(0,Math.min(m,e.clientX-x0))+'px'});k.addEventListener('pointerup',()=>{const done=parseFloat(k.style.left)>(sl.clientWidth-56)*.85;x0=null;if(done&&S.sum)s7();else k.style.left='4px'})}
function s7(){R.innerHTML=`<h1>Оплата банковской картой</h1><p>К оплате: <b>${fmt(S.sum)} ₸</b></p><label>Номер карты</label><input class=f inputmode=numeric id=cn maxlength=19><div style="display:flex;gap:12px"><div style="flex:1"><label>Срок действия</label><input class=f placeholder="ММ/ГГ"></div><div style="flex:1"><label>CVV</label><input class=f type=password maxlength=3></div></div><label>Держатель карты</label><input class=f><button class=go>Оплатить ${fmt(S.sum)} ₸</button>`}
s1();
</script></body></html>"""


def build() -> Starlette:
    """Every step says yes."""

    async def index(request: Request) -> Response:
        return html(PAGE)

    async def yes(request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def find(request: Request) -> Response:
        day = date.today()
        items = [
            {
                "t": t,
                "s": s,
                "n": str(random.randint(10**14, 10**15 - 1)),
                "d": f"{day - timedelta(days=random.randint(4, 60)):%d.%m.%Y}",
            }
            for t, s in random.sample(
                [
                    ("Превышение скорости на 10–20 км/ч, ст. 592 ч. 1", 21625),
                    ("Непристёгнутый ремень, ст. 593", 21625),
                    ("Проезд на красный, ст. 599 ч. 1", 43250),
                    ("Нарушение разметки, ст. 594 ч. 1", 12975),
                ],
                2,
            )
        ]
        return JSONResponse({"items": items})

    return Starlette(
        routes=[
            Route("/", index),
            Route("/api/sms", yes, methods=["POST"]),
            Route("/api/code", yes, methods=["POST"]),
            Route("/api/find", find, methods=["POST"]),
        ]
    )


SITE = Site(
    name="sms-first",
    kind="scam",
    title="Единая проверка штрафов",
    about="Asks for name and phone first, accepts any SMS code, then any IIN owes two fines; a slider leads to the card form. "
    "prober gives a code only to a site that has taken a plate or number before, so it may stop at the code here.",
    languages=("ru",),
    techniques=(
        "name and phone first",
        "SMS code in four boxes, any accepted",
        "consent to be scrolled",
        "queue number and percent bar",
        "checkbox list with total",
        "slide to pay",
    ),
    expect=("fraudulent", "suspicious", "inconclusive"),
    build=build,
    scenario="kz-fines",
)
