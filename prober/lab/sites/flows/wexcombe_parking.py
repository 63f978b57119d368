"""An honest UK council-like parking operator: PCN look-up finds nothing; a parking session is sold for any registration."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import render
from prober.lab.kit import form
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Wexcombe Parking</title><style>
body{margin:0;font:17px/1.5 Georgia,serif;color:#1c2b1c;background:#f3f6ef}header{background:#1f5c3a;color:#fff;padding:16px}header a{color:#dff0d8;margin-right:14px;font-size:15px}main{max-width:620px;margin:auto;padding:16px}.p{background:#fff;border:1px solid #d5dfd0;padding:16px;margin-bottom:14px}input,select{width:100%;box-sizing:border-box;padding:11px;border:1px solid #8a9a85;font-size:17px;margin:4px 0 12px}button,.btn{background:#1f5c3a;color:#fff;border:0;padding:13px 22px;font-size:17px;text-decoration:none;display:inline-block}.err{border-left:6px solid #b3261e;padding:10px;background:#fdeeee}#ck{position:fixed;bottom:0;left:0;right:0;background:#222;color:#fff;padding:14px;font:15px Arial}td,th{text-align:left;padding:5px 12px 5px 0}</style></head><body>
<header><b>Wexcombe Parking</b><br><a href="/">Home</a><a href="/pcn">Penalty notices</a><a href="/session">Pay to park</a></header><main>"""
COOKIE = """<div id="ck">We use cookies. <button onclick="ck.remove()">Accept</button> <button onclick="ck.remove()">Reject</button></div>"""
HOME = (
    HEAD
    + """<div class="p"><h2>What do you need?</h2><p><a class="btn" href="/pcn">Check or pay a PCN</a></p><p><a class="btn" href="/session">Pay to park</a></p></div><div class="p"><h3>Fake parking fine texts</h3><p>Residents report texts demanding £25 for an unpaid parking fine. We never text links. A fake site will show a PCN for any registration and ask for your card number and security code.</p></div>"""
    + COOKIE
    + "</main></body></html>"
)
PCN = (
    HEAD
    + """{% if err %}<div class="err" role="alert"><b>There is a problem</b><br>{{ err }}</div>{% endif %}<div class="p"><h2>Check or pay a Penalty Charge Notice</h2><form method="post"><label>Vehicle registration<input name="vrm" value="{{ vrm }}" maxlength="10"></label><label>PCN number (optional)<input name="pcn" placeholder="WX01234567" value="{{ pcn }}"></label><button>Find my PCN</button></form></div>
<div class="p"><h3>Penalty charges</h3><table><tr><th>Band</th><th>Full</th><th>Paid in 14 days</th></tr><tr><td>Higher</td><td>£70</td><td>£35</td></tr><tr><td>Lower</td><td>£50</td><td>£25</td></tr></table><p>If you do not pay, the charge increases by 50% and may be sent to an enforcement agent.</p></div></main></body></html>"""
)
NONE = (
    HEAD
    + """<div class="p"><h2>No matching PCN</h2><p>We could not find an unpaid Penalty Charge Notice for <b>{{ vrm }}</b>{% if pcn %} with number {{ pcn }}{% endif %}. Amount due: £0.00.</p><p>Notices may take 24 hours to appear. If you have a paper notice, you can pay £35 or £25 by phone on 01632 960000 within 14 days.</p><a class="btn" href="/session">Pay to park instead</a></div></main></body></html>"""
)
SESSION = (
    HEAD
    + """<div class="p"><h2>Pay to park</h2><form method="post" action="/session/quote"><label>Location code<select name="loc"><option>1201 Market Square</option><option>1207 Station Road</option></select></label><label>Vehicle registration<input name="vrm" required maxlength="10"></label><label>How long?<select name="h"><option value="1">1 hour, £1.20</option><option value="2">2 hours, £2.40</option><option value="4">4 hours, £4.50</option></select></label><button>Continue</button></form><p>Parking without a session may lead to a PCN of £50.</p></div></main></body></html>"""
)
QUOTE = (
    HEAD
    + """<div class="p"><h2>Your parking session</h2><p>Vehicle: <b>{{ vrm }}</b><br>{{ loc }}<br>{{ h }} hour(s) from now</p><p>Total: <b>£{{ price }}</b> + 10p text reminder (optional)</p><details><summary class="btn">Pay £{{ price }}</summary><p><label>Card number<input autocomplete="cc-number"></label><label>Expiry<input autocomplete="cc-exp"></label><label>Security code<input autocomplete="cc-csc"></label><button>Start parking</button></p></details></div></main></body></html>"""
)


def build() -> Starlette:
    """No notice is on file."""

    async def home(request: Request) -> Response:
        return render(HOME)

    async def pcn(request: Request) -> Response:
        if request.method == "GET":
            return render(PCN, err="", vrm="", pcn="")
        sent = await form(request)
        plate = "".join(c for c in sent.get("vrm", "").upper() if c.isalnum())
        number = sent.get("pcn", "")
        if not 2 <= len(plate) <= 7 or not plate.isascii():
            return render(
                PCN, 400, err="Enter a real vehicle registration, like AB12 CDE.", vrm=sent.get("vrm", ""), pcn=number
            )
        return render(NONE, vrm=plate, pcn=number)

    async def session(request: Request) -> Response:
        return render(SESSION)

    async def quote(request: Request) -> Response:
        sent = await form(request)
        if not sent.get("vrm"):
            return RedirectResponse("/session", 303)
        hours = sent.get("h", "1")
        return render(
            QUOTE,
            vrm=sent["vrm"].upper(),
            loc=sent.get("loc", ""),
            h=hours,
            price={"1": "1.20", "2": "2.40"}.get(hours, "4.50"),
        )

    return Starlette(
        routes=[
            Route("/", home),
            Route("/pcn", pcn, methods=["GET", "POST"]),
            Route("/session", session),
            Route("/session/quote", quote, methods=["POST"]),
        ]
    )


SITE = Site(
    name="wexcombe-parking",
    kind="honest",
    title="Wexcombe Parking",
    about="Finds no PCN for an impossible registration, names tariffs and a phone number beside; sells a parking session for whatever registration is typed.",
    languages=("en",),
    techniques=(
        "penalty table",
        "not found with sums in the text",
        "prepaid parking for any plate",
        "card form in details",
        "scam warning",
        "cookie banner",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="uk-pcn",
)
