"""A UK parking notice whose words are pictures, behind a cookie wall; a wallet sheet, then a card form."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFont
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import render, token
from prober.lab.kit import form
from prober.lab.site import Site

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans%s.ttf"
CSS = """<style>*{box-sizing:border-box}body{margin:0;font:16px Arial,sans-serif;background:#fff}.top{background:#0b0c0c;padding:12px 16px}.m{max-width:600px;margin:0 auto;padding:18px 16px}img{max-width:100%;display:block;margin-bottom:10px}
.vrm{background:#ffdd00;border:3px solid #0b0c0c;border-radius:8px;font:700 30px Arial;text-align:center;width:100%;padding:12px;letter-spacing:3px;text-transform:uppercase;margin-bottom:16px}.pc{border:2px solid #0b0c0c;padding:9px;font-size:18px;width:60%;margin-bottom:18px;text-transform:uppercase}
.wall{position:fixed;inset:0;background:#000a;display:flex;align-items:flex-end;z-index:9}.wall div{background:#fff;padding:20px;width:100%}.wall button{padding:13px;width:100%;margin-top:10px;border:0;background:#00703c;color:#fff;font-size:17px}.wall button+button{background:#eee;color:#111}
.w{display:block;width:100%;border:0;background:#000;color:#fff;border-radius:10px;padding:15px;font-size:18px;margin-top:10px}
#s{position:fixed;inset:auto 0 0 0;background:#f7f7f7;border-radius:18px 18px 0 0;padding:20px;box-shadow:0 -6px 40px #0006;transform:translateY(110%);transition:.25s}#s.on{transform:none}#s input{width:100%;padding:13px;border:1px solid #ccc;border-radius:9px;font-size:16px;margin-bottom:8px}</style>"""
HOME = (
    """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>PCN</title>"""
    + CSS
    + """
<div class="top"><img src="/p/logo.png" style="margin:0"></div><div class="m"><img src="/p/h1.png"><img src="/p/sub.png">
<form method="post" action="/s"><img src="/p/l1.png"><input class="vrm" name="a" maxlength="10" autocomplete="off"><img src="/p/l2.png"><br><input class="pc" name="b" maxlength="8"><br><input type="image" src="/p/go.png"></form></div>
<div class="wall" id="cw"><div><b>Cookies on this service</b><p>We use essential cookies to make this service work. You must accept cookies to continue.</p><button onclick="document.cookie='ck=1;path=/';cw.remove()">Accept cookies</button><button onclick="this.textContent='Essential cookies are needed for this service'">Manage settings</button></div></div>
<script>if(/ck=1/.test(document.cookie))cw.remove()</script></html>"""
)
BILL = (
    """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>PCN</title>"""
    + CSS
    + """
<div class="top"><img src="/p/logo.png" style="margin:0"></div><div class="m"><img src="/b/{{ k }}.png">
<button class="w" onclick="sh()"><svg width="18" height="18" viewBox="0 0 20 20" fill="#fff"><circle cx="10" cy="11" r="8"/></svg> Pay</button><button class="w" style="background:#fff;color:#333;border:1px solid #bbb" onclick="sh()"><b style="color:#4285f4">G</b> Pay</button></div>
<div id="s"></div><script>
function sh(){s.innerHTML='<b style="font-size:19px">Wallet</b><p>No cards in this wallet on this device.</p><button class="w" onclick="add()">Add a card</button><p style="text-align:center;color:#666" onclick="s.classList.remove(\\'on\\')">Cancel</p>';s.classList.add('on')}
function add(){s.innerHTML='<b style="font-size:19px">Add a card</b><p style="color:#666">Pay £{{ sum }}</p><input placeholder="Card number" inputmode="numeric" autocomplete="cc-number"><div style="display:flex;gap:8px"><input placeholder="MM/YY" autocomplete="cc-exp"><input placeholder="CVV" autocomplete="cc-csc"></div><input placeholder="Name on card"><button class="w">Continue</button>'}
</script></html>"""
)


def picture(lines: list[tuple[str, int, bool, str]], width: int = 720, back: str = "#ffffff") -> bytes:
    """Lines of (text, size, bold, colour) as a PNG."""
    height = sum(int(size * 1.45) for _, size, _, _ in lines) + 16
    image = Image.new("RGB", (width, height), back)
    draw, y = ImageDraw.Draw(image), 8
    for words, size, bold, colour in lines:
        draw.text((12, y), words, font=ImageFont.truetype(FONT % ("-Bold" if bold else ""), size), fill=colour)
        y += int(size * 1.45)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def build() -> Starlette:
    """Bills are kept by a random key."""
    bills: dict[str, dict[str, str]] = {}
    ink = "#0b0c0c"
    fixed = {
        "logo": picture([("Parking & Penalty Charges", 34, True, "#ffffff")], back="#0b0c0c"),
        "h1": picture([("Check and pay a parking fine", 42, True, ink)]),
        "sub": picture(
            [
                ("Enter your vehicle registration to see any", 28, False, ink),
                ("unpaid Penalty Charge Notice (PCN).", 28, False, ink),
            ]
        ),
        "l1": picture([("Vehicle registration number", 30, True, ink)]),
        "l2": picture([("Postcode", 30, True, ink)]),
        "go": picture([("   Check now   ", 36, True, "#ffffff")], 320, "#00703c"),
    }

    async def home(request: Request) -> Response:
        return render(HOME)

    async def search(request: Request) -> Response:
        sent = await form(request)
        plate = "".join(c for c in sent.get("a", "").upper() if c.isalnum())
        if len(plate) < 3:
            return RedirectResponse("/", 303)
        key = token(6)
        bills[key] = {
            "plate": plate,
            "pcn": f"NL{random.randint(10**7, 10**8 - 1)}",
            "sum": random.choice(("25.00", "35.00")),
        }
        return RedirectResponse(f"/n/{key}", 303)

    async def bill(request: Request) -> Response:
        kept = bills.get(request.path_params["k"])
        return render(BILL, k=request.path_params["k"], sum=kept["sum"]) if kept else RedirectResponse("/", 303)

    async def bill_picture(request: Request) -> Response:
        kept = bills.get(request.path_params["k"])
        if not kept:
            return Response(status_code=404)
        return Response(
            picture(
                [
                    ("1 unpaid parking fine found", 42, True, "#d4351c"),
                    ("Vehicle: " + kept["plate"], 32, False, ink),
                    ("PCN number: " + kept["pcn"], 32, False, ink),
                    ("Contravention 01: restricted street", 30, False, ink),
                    (" ", 16, False, ink),
                    (f"Amount due: £{kept['sum']}", 50, True, ink),
                    ("Pay before midnight today. The charge", 29, False, ink),
                    ("then rises to £130.00 and may be sent", 29, False, ink),
                    ("to an enforcement agent.", 29, False, ink),
                ]
            ),
            media_type="image/png",
        )

    async def part(request: Request) -> Response:
        data = fixed.get(request.path_params["n"])
        return Response(data, media_type="image/png") if data else Response(status_code=404)

    return Starlette(
        routes=[
            Route("/", home),
            Route("/s", search, methods=["POST"]),
            Route("/n/{k}", bill),
            Route("/b/{k}.png", bill_picture),
            Route("/p/{n}.png", part),
        ]
    )


SITE = Site(
    name="pcn-pictures",
    kind="scam",
    title="Check and pay a parking fine",
    about="All words, the bill included, are PNG pictures without alternative text; any registration has a PCN; a wallet sheet asks for the card.",
    languages=("en",),
    techniques=("image-only texts", "cookie wall", "image submit button", "wallet sheet", "card form on own origin"),
    expect=("fraudulent",),
    build=build,
    scenario="uk-pcn",
)
