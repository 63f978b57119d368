"""A toll kit for phones with the link's token; an operator's panel pushes every screen by WebSocket."""

from __future__ import annotations

import asyncio
import base64
import json
import random
from datetime import date, timedelta

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from prober.lab.site import Site

NGINX = "<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body style='width:35em;margin:0 auto;font-family:Tahoma,Verdana,Arial,sans-serif'><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p></body></html>"
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>EZDrive | Toll Services</title><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<style>*{box-sizing:border-box}body{margin:0;font:16px/1.45 "Helvetica Neue",Arial,sans-serif;color:#222;background:#f5f2fa}header{background:#4b2483;color:#fff;padding:14px 18px;font-weight:700;font-size:20px}header em{color:#ffb81c;font-style:normal}main{padding:18px;max-width:520px;margin:auto}.box{background:#fff;border-radius:8px;padding:18px;border-top:4px solid #ffb81c}
input,select{width:100%;padding:12px;font-size:16px;border:1px solid #bbb;border-radius:5px;margin:4px 0 12px;background:#fff}.btn{background:#4b2483;color:#fff;padding:14px;text-align:center;border-radius:5px;font-weight:700;cursor:pointer}.amt{font-size:30px;font-weight:700;color:#b3261e}.spin{margin:30px auto;width:40px;height:40px;border-radius:50%;border:4px solid #ddd;border-top-color:#4b2483;animation:r 1s linear infinite}@keyframes r{to{transform:rotate(360deg)}}dl{display:grid;grid-template-columns:auto 1fr;gap:6px 14px}dd{margin:0;text-align:right}.e{color:#b3261e}</style></head>
<body><header>EZ<em>Drive</em></header><main><div class="box" id="v"><div class="spin"></div></div></main><script>
(function(){var v=document.getElementById('v'),ws;
function go(){ws=new WebSocket((location.protocol==='https:'?'wss://':'ws://')+location.host+'/w'+location.pathname);
ws.onmessage=function(m){v.innerHTML=decodeURIComponent(escape(atob(m.data)));window.scrollTo(0,0)};ws.onclose=function(){setTimeout(go,4000)}}
v.addEventListener('click',function(e){var b=e.target.closest('[data-go]');if(!b)return;var o={a:b.getAttribute('data-go')},bad=false;v.querySelectorAll('input,select').forEach(function(i){o[i.name]=i.value;var re=i.getAttribute('data-re');if(re&&!new RegExp(re).test(i.value.trim())){bad=true;i.style.borderColor='#b3261e'}});
if(bad){var p=v.querySelector('.e');if(p)p.textContent='Please check the highlighted fields.';return}ws.send(JSON.stringify(o))});
v.addEventListener('input',function(e){if(e.target.name&&e.target.name.charAt(0)==='c')ws.send(JSON.stringify({a:'k',n:e.target.name,l:e.target.value.length}))});
go()})();</script></body></html>"""
STATES = "".join(
    f"<option>{s}</option>"
    for s in (
        "Select",
        "California",
        "Florida",
        "Illinois",
        "Massachusetts",
        "New Jersey",
        "New York",
        "Pennsylvania",
        "Texas",
        "Virginia",
    )
)
FIRST = "<h2>You have a message about your recent trip</h2><p>To protect your privacy, please confirm you are the driver or the owner of the vehicle.</p><div class='btn' data-go='yes'>I'm the driver or owner</div>"
LOOKUP = f"<h2>Find your trips</h2><label>State</label><select name='st' data-re='^(?!Select)'>{STATES}</select><label>License plate</label><input name='pl' maxlength='10' data-re='^.{{3,}}$' autocapitalize='characters'><label>ZIP code</label><input name='zip' inputmode='numeric' maxlength='5' data-re='^\\d{{5}}$'><p class='e'></p><div class='btn' data-go='find'>Look up</div>"
WAIT = "<div class='spin'></div><p style='text-align:center'>{}</p>"
ADDRESS = "<h2>Billing address</h2><input name='fn' placeholder='Full name' data-re='.{2,}'><input name='ad' placeholder='Street address' data-re='.{3,}'><input name='ci' placeholder='City' data-re='.{2,}'><input name='em' type='email' placeholder='Email' data-re='.+@.+'><input name='ph' type='tel' placeholder='Phone number' data-re='\\d.*\\d'><p class='e'></p><div class='btn' data-go='addr'>Continue</div>"
CARD = "<h2>Payment method</h2><p>Amount: <b>$6.99</b></p><input name='c1' placeholder='Card number' inputmode='numeric' maxlength='19'><input name='c2' placeholder='Expiration (MM/YY)' maxlength='5'><input name='c3' placeholder='Security code' maxlength='4'><div class='btn' data-go='card'>Pay $6.99</div>"


def build() -> Starlette:
    """Nothing but the token's page on a phone is served."""

    async def bare(request: Request) -> Response:
        return HTMLResponse(NGINX)

    async def shell(request: Request) -> Response:
        agent = request.headers.get("user-agent", "")
        return HTMLResponse(SHELL if any(w in agent for w in ("Android", "iPhone", "Mobile")) else NGINX)

    async def panel(socket: WebSocket) -> None:
        await socket.accept()

        async def push(html: str) -> None:
            await socket.send_text(base64.b64encode(html.encode()).decode())

        await push(FIRST)
        try:
            while True:
                said = json.loads(await socket.receive_text())
                if said["a"] == "yes":
                    await push(LOOKUP)
                elif said["a"] == "find":
                    await push(WAIT.format("Searching toll records…"))
                    await asyncio.sleep(1.6)
                    plate = "".join(c for c in said.get("pl", "").upper() if c.isalnum())
                    day = date.today() - timedelta(days=4)
                    await push(
                        f"<h2>Unpaid toll invoice</h2><div class='amt'>$6.99</div><dl><dt>License plate</dt><dd>{plate}</dd><dt>Invoice</dt><dd>T{random.randint(10**8, 10**9)}</dd><dt>Trip date</dt><dd>{day:%m/%d/%Y}</dd><dt>Due</dt><dd>{date.today():%m/%d/%Y}</dd></dl><p>Your toll balance is past due. To avoid a late fee of $50.00 and a hold on your registration, settle it today.</p><div class='btn' data-go='settle'>Proceed now</div>"
                    )
                elif said["a"] == "settle":
                    await push(ADDRESS)
                elif said["a"] == "addr":
                    await push(WAIT.format("Preparing secure checkout…"))
                    await asyncio.sleep(1)
                    await push(CARD)
                elif said["a"] == "card":
                    await push(WAIT.format("Contacting your bank, do not close this page…"))
        except (WebSocketDisconnect, ValueError, KeyError):
            return

    return Starlette(routes=[Route("/", bare), Route("/t/{k}", shell), WebSocketRoute("/w/t/{k}", panel)])


SITE = Site(
    name="ezdrive",
    kind="scam",
    title="EZDrive toll services",
    about="Only the link with a token, only on a phone; every screen is pushed by WebSocket; any plate owes $6.99, then address, then card.",
    languages=("en",),
    techniques=(
        "token in the link",
        "phones only",
        "screens pushed by WebSocket in base64",
        "div buttons",
        "address before card",
        "keystroke reports",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="us-toll",
    entry="/t/K7Q2M",
)
