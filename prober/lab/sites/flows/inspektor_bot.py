"""A messenger-like bot: language and kind by reply keys, the fine by server-sent events, the card in a web-app sheet."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from prober.lab.inline import render, rub
from prober.lab.site import Site

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Инспектор | Штрафы РК бот</title>
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<style>
*{box-sizing:border-box}html,body{margin:0;height:100%}body{font:15px/1.35 system-ui,Roboto,sans-serif;display:flex;flex-direction:column;height:100dvh;background:#8fb6a1 linear-gradient(160deg,#d4e4b1,#88b884 60%,#6fa589)}
.top{display:flex;align-items:center;gap:10px;background:#fff;padding:8px 12px;box-shadow:0 1px 2px #0002}.ava{width:40px;height:40px;border-radius:50%;background:linear-gradient(#4aa7ea,#1f6fc9);color:#fff;display:grid;place-items:center;font-weight:700}
.top b{display:block}.top small{color:#6b7c88}
#feed{flex:1;overflow:auto;padding:12px 8px}
.m{max-width:82%;background:#fff;border-radius:14px 14px 14px 4px;padding:7px 11px;margin:0 0 6px;white-space:pre-line;width:fit-content;animation:in .2s}
.m.me{margin-left:auto;background:#e9fdd0;border-radius:14px 14px 4px 14px}
.m h4{margin:2px 0 4px;color:#c0392b}.m .sum{font-size:20px;font-weight:700}
.ik{display:grid;gap:4px;max-width:82%;margin:-2px 0 8px}.ik span{background:#0005;color:#fff;border-radius:9px;text-align:center;padding:10px;cursor:pointer;user-select:none}
.typing{display:none;color:#fff;padding:0 14px 6px;font-size:13px}.typing.on{display:block}
#bar{display:flex;align-items:flex-end;background:#fff;padding:6px 8px;gap:8px}
#bar textarea{flex:1;border:0;outline:0;font:inherit;resize:none;padding:8px;height:38px}
#send{width:38px;height:38px;border-radius:50%;border:0;background:none;padding:6px}
#kb{display:grid;grid-template-columns:1fr 1fr;gap:6px;background:#e8ecef;padding:8px}#kb:empty{display:none}
#kb div{background:#fff;border-radius:8px;text-align:center;padding:12px 6px;box-shadow:0 1px 1px #0002;cursor:pointer}
#sheet{position:fixed;inset:auto 0 0 0;height:86%;background:#fff;border-radius:16px 16px 0 0;transform:translateY(105%);transition:transform .25s;box-shadow:0 -4px 30px #0005;display:flex;flex-direction:column}
#sheet.on{transform:none}#sheet header{padding:12px 16px;display:flex;justify-content:space-between;border-bottom:1px solid #eee}#sheet iframe{border:0;flex:1;width:100%}
@keyframes in{from{opacity:0;transform:translateY(6px)}}
</style></head><body>
<div class="top"><div class="ava">И</div><div><b>Инспектор РК <span style="color:#2f8de0">✔</span></b><small>бот · 214 806 пользователей</small></div></div>
<div id="feed"></div><div class="typing" id="ty">печатает…</div>
<div id="bar"><textarea id="t" placeholder="Сообщение" rows="1"></textarea><button id="send" aria-label=""><svg viewBox="0 0 24 24" id="ic" fill="#8a98a3"><path d="M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zm6-3a6 6 0 0 1-12 0H4a8 8 0 0 0 7 7.9V23h2v-3.1A8 8 0 0 0 20 12z"/></svg></button></div>
<div id="kb"></div>
<div id="sheet"><header><span onclick="sheet.classList.remove('on')">Закрыть</span><b>Инспектор Pay</b><span>⋯</span></header></div>
<script>
const cid=Math.random().toString(36).slice(2),feed=document.getElementById('feed'),t=document.getElementById('t'),kb=document.getElementById('kb'),sheet=document.getElementById('sheet'),ic=document.getElementById('ic'),mic=ic.innerHTML;
const plane='<path d="M2 21 23 12 2 3v7l15 2-15 2z"/>';
t.addEventListener('input',()=>{const on=!!t.value.trim();ic.innerHTML=on?plane:mic;ic.setAttribute('fill',on?'#2f8de0':'#8a98a3')});
function add(html,me){const d=document.createElement('div');d.className='m'+(me?' me':'');if(me)d.textContent=html;else d.innerHTML=html;feed.append(d);feed.scrollTop=1e9}
function say(s){if(!s.trim())return;add(s,true);kb.innerHTML='';fetch('/msg',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({cid,text:s})})}
document.getElementById('send').onclick=()=>{say(t.value);t.value='';t.dispatchEvent(new Event('input'))};
t.addEventListener('keydown',e=>{if(e.key==='Enter'&&!e.shiftKey){e.preventDefault();document.getElementById('send').click()}});
const es=new EventSource('/events?cid='+cid);
es.onmessage=e=>{const m=JSON.parse(e.data);document.getElementById('ty').classList.toggle('on',!!m.typing);
 if(m.html)add(m.html);
 if(m.keys){kb.innerHTML='';m.keys.forEach(k=>{const b=document.createElement('div');b.textContent=k;b.onclick=()=>say(k);kb.append(b)})}
 if(m.inline){const g=document.createElement('div');g.className='ik';m.inline.forEach(([l,u])=>{const s=document.createElement('span');s.textContent=l;s.onclick=()=>{if(u){let f=sheet.querySelector('iframe');if(f)f.remove();f=document.createElement('iframe');f.src=u;sheet.append(f);sheet.classList.add('on')}else say(l)};g.append(s)});feed.append(g);feed.scrollTop=1e9}};
</script></body></html>"""

APP = """<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><style>
body{font:15px system-ui,sans-serif;margin:0;padding:18px;background:#f4f5f7;color:#222}.c{background:#fff;border-radius:14px;padding:16px}.a{font-size:26px;font-weight:700;margin:6px 0 14px}
input{width:100%;box-sizing:border-box;border:1px solid #cfd6dc;border-radius:10px;padding:13px;font-size:16px;margin-bottom:10px}.r{display:flex;gap:10px}button{width:100%;background:#2f8de0;color:#fff;border:0;border-radius:12px;padding:15px;font-size:16px}</style>
<div class="c"><div>К оплате по постановлению № {{ inv }}</div><div class="a">{{ sum }} ₸</div>
<form onsubmit="event.preventDefault();this.querySelector('button').textContent='Обработка…'"><input inputmode="numeric" autocomplete="cc-number" placeholder="0000 0000 0000 0000" maxlength="19">
<div class="r"><input inputmode="numeric" placeholder="ММ / ГГ" maxlength="7"><input inputmode="numeric" type="password" placeholder="CVC" maxlength="3"></div>
<input placeholder="ИМЯ НА КАРТЕ"><button>Оплатить {{ sum }} ₸</button></form><p style="color:#7b8790;font-size:12px">🔒 PCI DSS · данные карты не сохраняются</p></div></html>"""


def build() -> Starlette:
    """Chats by their own id; the state is the step the chat is at."""
    queues: dict[str, asyncio.Queue[dict[str, Any]]] = defaultdict(asyncio.Queue)
    steps: dict[str, str] = {}
    tasks: set[asyncio.Task[None]] = set()

    async def index(request: Request) -> Response:
        return render(PAGE)

    async def events(request: Request) -> Response:
        cid = request.query_params.get("cid", "")
        queue = queues[cid]
        if cid not in steps:
            steps[cid] = "lang"
            await queue.put(
                {
                    "html": "Сәлеметсіз бе! Здравствуйте! 👋\nТілді таңдаңыз / Выберите язык:",
                    "keys": ["🇰🇿 Қазақша", "🇷🇺 Русский"],
                }
            )

        async def stream() -> AsyncIterator[str]:
            for _ in range(200):
                try:
                    item = await asyncio.wait_for(queue.get(), 1)
                except TimeoutError:
                    if await request.is_disconnected():
                        return
                    yield ": ping\n\n"
                    continue
                yield f"data: {json.dumps(item, ensure_ascii=False)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def answer(cid: str, said: str) -> None:
        queue = queues[cid]
        await queue.put({"typing": True})
        await asyncio.sleep(0.7)
        step = steps.get(cid, "lang")
        if said.startswith("/start"):
            step = "lang"
        if step == "lang":
            steps[cid] = "kind"
            await queue.put(
                {
                    "html": "Я помогу узнать о ваших штрафах за 10 секунд ⏱\nПроверка бесплатная. Как будем искать?",
                    "keys": ["🚘 По госномеру", "🪪 По ИИН"],
                }
            )
        elif step == "kind":
            steps[cid] = "number"
            what = "12 цифр ИИН" if "ИИН" in said else "госномер автомобиля"
            await queue.put({"html": f"Отправьте {what} одним сообщением 👇"})
        elif said.startswith("⚖"):
            await queue.put({"html": "Обжалование возможно только после оплаты постановления."})
        elif len("".join(c for c in said if c.isalnum())) < 5:
            await queue.put({"html": "Слишком короткий номер, отправьте ещё раз 🙏"})
        else:
            await queue.put({"html": "🔎 Ищу в базе «Сергек» и ЕРАП…"})
            await queue.put({"typing": True})
            await asyncio.sleep(1.8)
            when = date.today() - timedelta(days=random.randint(3, 9))
            number = random.randint(10**14, 10**15 - 1)
            units = random.choice((5, 10))
            full = units * 4325
            await queue.put(
                {
                    "html": f"<h4>❗️ Найден 1 неоплаченный штраф</h4>Постановление № {number}\nОбъект: "
                    f"{''.join(c for c in said.upper() if c.isalnum())}\nДата: {when:%d.%m.%Y}\nСт. 592 КоАП РК, превышение скорости\n"
                    f"Сумма штрафа: <s>{rub(full)} ₸</s>\nСо скидкой 50%:\n<span class='sum'>{rub(full / 2)} ₸</span>\n"
                    "⏳ Скидка действует до конца дня, затем дело передаётся ЧСИ.",
                    "inline": [
                        [f"💳 Оплатить {rub(full / 2)} ₸", f"/app/pay?inv={number}&s={full / 2}"],
                        ["⚖️ Не согласен", ""],
                    ],
                }
            )

    async def msg(request: Request) -> Response:
        body = await request.json()
        task = asyncio.create_task(answer(str(body.get("cid", "")), str(body.get("text", ""))[:80]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return JSONResponse({"ok": True})

    async def app(request: Request) -> Response:
        query = request.query_params
        try:
            total = float(query.get("s", "10812.5"))
        except ValueError:
            total = 10812.5
        return render(APP, inv=query.get("inv", ""), sum=rub(total))

    return Starlette(
        routes=[
            Route("/", index),
            Route("/events", events),
            Route("/msg", msg, methods=["POST"]),
            Route("/app/pay", app),
        ]
    )


SITE = Site(
    name="inspektor-bot",
    kind="scam",
    title="Инспектор РК, бот проверки штрафов",
    about="A messenger-like bot page: any plate or IIN sent as a message has a fine; the card form is a sheet.",
    languages=("ru", "kk"),
    techniques=(
        "messenger chat",
        "server-sent events",
        "reply keyboard",
        "send button without text",
        "card form in a bottom-sheet frame",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
