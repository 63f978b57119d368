"""Indian e-challans: long polling, a list to tick, an auto-posted gateway on another host with methods in an accordion."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import render, token
from prober.lab.kit import form, host_suffix, sibling
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>e-Challan Digital Traffic Solution</title><style>
body{margin:0;font:15px/1.45 "Open Sans",Arial,sans-serif;color:#2c2c2c;background:#fafafa}.tri{height:6px;background:linear-gradient(90deg,#ff9933 33%,#fff 33% 66%,#138808 66%)}.hd{background:#fff;padding:12px 16px;border-bottom:1px solid #ddd}.hd b{font-size:19px;color:#0a3d7c}.bx{background:#fff;margin:14px;padding:16px;border:1px solid #e2e2e2;border-radius:4px}
.tabs{display:flex;gap:4px}.tabs a{flex:1;background:#e8eef7;text-align:center;padding:9px 4px;font-size:13px;color:#0a3d7c}.tabs a.on{background:#0a3d7c;color:#fff}input.i{width:100%;box-sizing:border-box;padding:11px;border:1px solid #bbb;margin:4px 0 12px;font-size:16px}.bt{background:#138808;color:#fff;border:0;padding:12px 20px;font-size:15px;width:100%}.bt[disabled]{background:#aaa}table{width:100%;border-collapse:collapse;font-size:13px}td,th{border:1px solid #ddd;padding:6px;text-align:left}.acc{border:1px solid #ccc;margin-bottom:8px}.acc>div:first-child{padding:13px;background:#f3f3f3;cursor:pointer}.acc .in{padding:12px}</style></head><body><div class="tri"></div>"""
HOME = (
    HEAD
    + """<div class="hd"><b>e-Challan</b><br><small>परिवहन सेवा · Pay your challan online</small></div><div class="bx"><div class="tabs"><a data-k="v" class="on">Vehicle Number</a><a data-k="d">DL Number</a><a data-k="c">Challan Number</a></div><p><label id="lb">Vehicle Number</label><input class="i" id="n"><span id="ch"><label>Last 5 digits of Chassis / Engine Number</label><input class="i" id="c5" maxlength="5"></span></p><p id="er" style="color:#c00"></p><button class="bt" id="go">Get Detail</button></div><div class="bx" id="out" hidden></div>
<script>
var kind='v';document.querySelectorAll('.tabs a').forEach(function(a){a.onclick=function(){document.querySelectorAll('.tabs a').forEach(function(x){x.className=''});a.className='on';kind=a.dataset.k;lb.textContent=a.textContent;ch.hidden=kind!=='v'}});
go.onclick=function(){if(n.value.trim().length<5){er.textContent='Please enter a valid number';return}if(kind==='v'&&c5.value.trim().length<5){er.textContent='Please enter last 5 digits of chassis or engine number';return}er.textContent='';out.hidden=false;out.textContent='Fetching challan details from RTO server, please wait...';go.disabled=true;
fetch('/api/job',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({n:n.value,k:kind})}).then(r=>r.json()).then(function p(j){fetch('/api/job/'+j.id).then(function(r){return r.status===204?p(j):r.json().then(show)})})};
function show(d){go.disabled=false;out.innerHTML='<b style="color:#c00">'+d.rows.length+' pending challans for '+d.n+'</b><p>50% rebate ends in <b id=cd>09:59</b></p><table><tr><th></th><th>Challan No.</th><th>Violation</th><th>Amount</th></tr>'+d.rows.map(function(r){return '<tr><td><input type=checkbox value="'+r.a+'"></td><td>'+r.c+'</td><td>'+r.v+'</td><td>₹'+r.a+'</td></tr>'}).join('')+'</table><p>Total payable: <b id=tt>₹0</b></p><button class=bt id=pay disabled>Pay Now</button>';
var s=599;setInterval(function(){s--;var e=document.getElementById('cd');if(e)e.textContent='0'+Math.floor(s/60)+':'+('0'+s%60).slice(-2)},1000);var t=0;
out.querySelectorAll('input').forEach(function(i){i.onchange=function(){t=0;out.querySelectorAll('input:checked').forEach(function(x){t+=+x.value});tt.textContent='₹'+t;pay.disabled=!t}});
pay.onclick=function(){location.href='/pay?amt='+t+'&ref='+d.id}}
</script></body></html>"""
)
AUTO = """<!doctype html><html><body onload="document.forms[0].submit()"><form method="post" action="{{ gw }}/txn"><input type="hidden" name="amt" value="{{ amt }}"><input type="hidden" name="ref" value="{{ ref }}"><input type="hidden" name="checksum" value="{{ cs }}"></form><p style="font:15px Arial;text-align:center;padding-top:80px">Redirecting to payment gateway. Do not press back or refresh.</p></body></html>"""
GATE = (
    HEAD
    + """<div class="hd"><b>BharatPay Secure Gateway</b><br><small>Ref {{ ref }} · Amount payable: <b style="font-size:15px">₹{{ amt }}.00</b></small></div><div class="bx">
<div class="acc"><div>UPI <small style="color:#c00">(under maintenance)</small></div></div><div class="acc"><div>Net Banking <small style="color:#c00">(under maintenance)</small></div></div><div class="acc"><div id="cc">Credit Card / Debit Card ▾</div></div></div>
<script>cc.onclick=function(){if(document.getElementById('f'))return;var d=document.createElement('div');d.className='in';d.id='f';d.innerHTML='<label>Card Number</label><input class=i inputmode=numeric maxlength=19><label>Expiry (MM/YY)</label><input class=i maxlength=5><label>CVV</label><input class=i type=password maxlength=4><label>Card Holder Name</label><input class=i><button class=bt>Make Payment</button>';cc.parentNode.append(d)}</script></body></html>"""
)


def build() -> Starlette:
    """Jobs are ready after two seconds; each poll holds a second."""
    jobs: dict[str, dict[str, Any]] = {}

    async def home(request: Request) -> Response:
        return render(HOME) if not host_suffix(request) else RedirectResponse("/down")

    async def start(request: Request) -> Response:
        sent, key = await form(request), token(6)
        jobs[key] = {"n": sent.get("n", "").upper()[:20], "t": time.monotonic() + 2.2}
        return JSONResponse({"id": key})

    async def poll(request: Request) -> Response:
        job = jobs.get(request.path_params["k"])
        if not job:
            return Response(status_code=404)
        await asyncio.sleep(0.9)
        if time.monotonic() < job["t"]:
            return Response(status_code=204)
        first, second = (f"DL{random.randint(10**11, 10**12 - 1)}" for _ in range(2))
        return JSONResponse(
            {
                "id": request.path_params["k"],
                "n": job["n"],
                "rows": [
                    {"c": first, "v": "Over speeding, Sec. 183(1) MV Act", "a": 590},
                    {"c": second, "v": "Red light jumping, Sec. 184 MV Act", "a": 500},
                ],
            }
        )

    async def pay(request: Request) -> Response:
        amount = request.query_params.get("amt", "590")
        return render(
            AUTO,
            gw=sibling(request, "bharatpay"),
            amt=amount if amount.isdigit() else "590",
            ref=request.query_params.get("ref", ""),
            cs=token(16),
        )

    async def gate(request: Request) -> Response:
        sent = await form(request)
        return render(GATE, amt=sent.get("amt", "590"), ref=sent.get("ref", ""))

    async def down(request: Request) -> Response:
        return Response("Invalid request", status_code=400)

    return Starlette(
        routes=[
            Route("/", home),
            Route("/api/job", start, methods=["POST"]),
            Route("/api/job/{k}", poll),
            Route("/pay", pay),
            Route("/txn", gate, methods=["POST"]),
            Route("/down", down),
        ]
    )


SITE = Site(
    name="echallan-seva",
    kind="scam",
    title="e-Challan Digital Traffic Solution",
    about="Any vehicle, licence or challan number has two pending challans to be ticked; an auto-posted gateway of another host takes cards only.",
    languages=("en", "hi"),
    techniques=(
        "long polling",
        "second factor accepted blindly",
        "checkbox list with total, nothing ticked",
        "auto-posted redirect to a gateway host",
        "payment methods in an accordion",
        "countdown",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="in-echallan",
)
