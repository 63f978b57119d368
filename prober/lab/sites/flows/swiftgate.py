"""A held parcel: customs release charge, address and tariff first, then only crypto or gift cards are 'available'."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import asset, render
from prober.lab.site import Site

WALLET = "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLXX"
CSS = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>SwiftGate Global Logistics</title><style>
body{margin:0;font:16px/1.5 Verdana,Geneva,sans-serif;color:#23303b;background:#fff}nav{background:#c8102e;color:#fff;padding:16px;font-weight:700;letter-spacing:1px}.hero{background:#23303b;color:#fff;padding:28px 16px}.hero input{width:100%;box-sizing:border-box;padding:14px;font-size:16px;border:0;margin:10px 0}a.b,button{display:block;width:100%;box-sizing:border-box;text-align:center;background:#c8102e;color:#fff;border:0;padding:14px;font-size:16px;text-decoration:none;margin-top:12px}
.p{padding:16px;max-width:640px;margin:auto}ul.tl{list-style:none;padding:0 0 0 18px;border-left:3px solid #c8102e}ul.tl li{margin:0 0 14px}ul.tl small{display:block;color:#778}.held{background:#fff4e5;border:1px solid #f0b35a;padding:12px}input.f{width:100%;box-sizing:border-box;padding:11px;margin:4px 0 10px;border:1px solid #aab;font-size:16px}.t{display:block;border:1px solid #bcc;padding:12px;margin:8px 0}.off{opacity:.45}details{border:1px solid #bcc;margin:8px 0;padding:12px}summary{font-weight:700;cursor:pointer}code{word-break:break-all;background:#eef;padding:6px;display:block}</style></head><body><nav>SWIFTGATE</nav>"""
HOME = (
    CSS
    + """<div class="hero"><h2>Track your shipment</h2><form action="/track"><input name="n" placeholder="Tracking number" required minlength="6"><button>Track</button></form></div><div class="p"><h3>Air · Sea · Diplomatic courier</h3><p>Serving 140 countries since 1998. Door-to-door delivery of personal effects, consignment boxes and valuables.</p><p>Office: London, Accra, Istanbul. <br>support@swiftgate.example</p></div></body></html>"""
)
TRACK = (
    CSS
    + """<div class="p"><h3>Shipment {{ n }}</h3><ul class="tl"><li>Package registered<small>Istanbul</small></li><li>Departed facility<small>Istanbul, IST</small></li><li><b style="color:#c8102e">On hold: customs</b><small>Awaiting settlement</small></li></ul><div class="held"><b>Outstanding customs release charge: $46.80</b><p>Your consignment was stopped by customs. It will be returned or destroyed if the charge is not settled within 48 hours. Storage of $5.00 is added every day.</p></div><a class="b" href="/release/address?n={{ n|urlencode }}">Release my parcel</a></div></body></html>"""
)
ADDRESS = (
    CSS
    + """<div class="p"><h3>Where should we deliver?</h3><form action="/release/speed"><input type="hidden" name="n" value="{{ n }}"><label>Full name<input class="f" name="name" required></label><label>Address<input class="f" name="addr" required></label><label>City<input class="f" name="city" required></label><label>Phone<input class="f" name="tel" type="tel" required></label><button>Next</button></form></div></body></html>"""
)
SPEED = (
    CSS
    + """<div class="p"><h3>Choose delivery</h3><form action="/release/pay"><input type="hidden" name="n" value="{{ n }}"><label class="t"><input type="radio" name="s" value="0" required> Pick-up point, 5 days. Free</label><label class="t"><input type="radio" name="s" value="1"> Courier to the door, tomorrow. +$4.20</label><button>Next</button></form></div></body></html>"""
)
PAY = (
    CSS
    + """<div class="p"><h3>Settle charge</h3><p>Customs release charge <b>$46.80</b><br>Delivery <b>${{ '4.20' if s == '1' else '0.00' }}</b><br>Total due <b>${{ '51.00' if s == '1' else '46.80' }}</b></p><p>Time left: <b id="c">29:59</b></p>
<details class="off"><summary onclick="return false">Credit / debit card (temporarily unavailable in your region)</summary></details>
<details><summary>USDT (TRC-20)</summary><p>Send exactly <b>{{ '51.00' if s == '1' else '46.80' }} USDT</b> to the customs clearing wallet:</p><div style="width:200px">{{ qr|safe }}</div><code>{{ wallet }}</code><button type="button">I have sent the payment</button></details>
<details><summary>Gift card (Steam, Apple, Razer Gold)</summary><p>Buy gift cards to the value of the total and enter the code.</p><input class="f" placeholder="Gift card code"><button type="button">Submit code</button></details></div>
<script>var n=1799;setInterval(function(){n--;c.textContent=Math.floor(n/60)+':'+('0'+n%60).slice(-2)},1000)</script></body></html>"""
)


def build() -> Starlette:
    """No state: everything is in the query."""

    async def home(request: Request) -> Response:
        return render(HOME)

    async def track(request: Request) -> Response:
        number = request.query_params.get("n", "").strip()
        return render(TRACK, n=number) if len(number) >= 6 else RedirectResponse("/")

    def step(source: str):  # type: ignore[no-untyped-def]
        async def page(request: Request) -> Response:
            return render(
                source,
                n=request.query_params.get("n", ""),
                s=request.query_params.get("s", "0"),
                qr=asset("usdt.svg"),
                wallet=WALLET,
            )

        return page

    return Starlette(
        routes=[
            Route("/", home),
            Route("/track", track),
            Route("/release/address", step(ADDRESS)),
            Route("/release/speed", step(SPEED)),
            Route("/release/pay", step(PAY)),
        ]
    )


SITE = Site(
    name="swiftgate",
    kind="scam",
    title="SwiftGate Global Logistics",
    about="Any tracking number is held for a customs release charge of $46.80; address and tariff, then USDT by QR or gift cards; the card is 'unavailable'.",
    languages=("en",),
    techniques=(
        "tracking timeline",
        "address and tariff before paying",
        "crypto wallet with QR",
        "gift card",
        "countdown",
        "no card form",
        "accordion",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="parcel-fee",
)
