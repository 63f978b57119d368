"""An honest parcel service: unknown number not found by SSE; a postage calculator sells labels; an example of a customs invoice."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from prober.lab.site import Site

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>NorthPost: track and send parcels</title><style>
body{margin:0;font:16px/1.5 "Trebuchet MS",Arial,sans-serif;color:#15233b;background:#eaf1fb}nav{background:#003c88;color:#fff;padding:14px 16px;font-weight:700}nav span{color:#ffd400}.c{background:#fff;margin:12px;padding:16px;border-radius:10px}input,select{width:100%;box-sizing:border-box;padding:12px;border:1px solid #9fb3d1;border-radius:8px;font-size:16px;margin:4px 0 10px}button{background:#ffd400;border:0;border-radius:8px;padding:13px;width:100%;font-size:16px;font-weight:700}li.d{list-style:none;color:#5b6b86}.doc{border:1px dashed #88a;padding:10px;background:#fafafa;font-size:14px}dialog{border:0;border-radius:12px;width:88%;max-width:420px}</style></head><body><nav>North<span>Post</span></nav>
<div class="c"><h2>Track a parcel</h2><form id="f"><label>Tracking number<input name="n" placeholder="RB123456785NP" maxlength="20"></label><button>Track</button></form><ul id="o" aria-live="polite" style="padding:0"></ul></div>
<div class="c"><h2>Send a parcel</h2><label>To<select id="z"><option value="6.4">Domestic</option><option value="14.9">Europe</option><option value="23.5">World</option></select></label><label>Weight, kg<input id="w" type="range" min="1" max="20" value="2"></label><p>Postage: <b id="pr"></b></p><button id="buy">Buy label</button></div>
<div class="c"><h3>When do I pay customs charges?</h3><p>Parcels from abroad over €150 may carry import VAT and our handling fee of €4.50. We leave a paper card; you pay at the counter or to the courier. We never ask for payment by text.</p><div class="doc"><b>EXAMPLE of an invoice</b><br>Item RB000000000NP<br>VAT €12.40<br>Handling fee €4.50<br><b>Total due €16.90</b></div></div>
<div class="c"><h3>Scam alert</h3><p>"Your parcel is held, pay €1.99 customs fee": fake sites accept any tracking number and ask for card number, expiry and CVV.</p><small>Redelivery is free. Insurance from €2. Visa · Mastercard · SEPA. Customer line 0800 000 000.</small></div>
<dialog id="d"><h3>Your label</h3><p id="dt"></p><label>Card number<input autocomplete="cc-number"></label><label>Expiry<input autocomplete="cc-exp"></label><label>CVC<input autocomplete="cc-csc"></label><button onclick="d.close()">Pay and print</button><p style="text-align:center" onclick="d.close()">Cancel</p></dialog>
<script>
const price=()=>(+z.value+(w.value-1)*1.1).toFixed(2);const up=()=>pr.textContent='€'+price();z.onchange=w.oninput=up;up();buy.onclick=()=>{dt.textContent=z.selectedOptions[0].text+', '+w.value+' kg: €'+price();d.showModal()};
f.onsubmit=e=>{e.preventDefault();o.innerHTML='';const s=new EventSource('/track?n='+encodeURIComponent(f.n.value));s.onmessage=m=>{const j=JSON.parse(m.data);const l=document.createElement('li');l.className='d';l.textContent=j.t;o.append(l);if(j.end)s.close()};s.onerror=()=>s.close()};
</script></body></html>"""


def s10_digit(digits: str) -> int:
    """The check digit of an S10 item number."""
    rest = 11 - sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def build() -> Starlette:
    """No parcel is known."""

    async def home(request: Request) -> Response:
        return HTMLResponse(PAGE)

    async def track(request: Request) -> Response:
        number = re.sub(r"\s", "", request.query_params.get("n", "").upper())
        match = re.fullmatch(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", number)
        if not match:
            lines = ["This is not a tracking number. It has two letters, nine digits and two letters."]
        elif s10_digit(match[1]) != int(match[2]):
            lines = ["Checking…", f"{number} is not a valid number, please check the digits."]
        else:
            lines = [
                "Checking our network…",
                "Checking partner posts…",
                f"We have no information about {number}. No fees are due. It may take 24 hours after posting.",
            ]

        async def stream() -> AsyncIterator[str]:
            for i, line in enumerate(lines):
                await asyncio.sleep(0.5)
                yield f"data: {json.dumps({'t': line, 'end': i == len(lines) - 1})}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    return Starlette(routes=[Route("/", home), Route("/track", track)])


SITE = Site(
    name="northpost",
    kind="honest",
    title="NorthPost",
    about="Refuses or does not find an impossible tracking number by server-sent events; sells postage labels by card; shows an example of a customs invoice.",
    languages=("en",),
    techniques=(
        "server-sent events",
        "check digit of the item number",
        "postage slider",
        "card form in a dialog",
        "example invoice",
        "scam warning",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="parcel-fee",
)
