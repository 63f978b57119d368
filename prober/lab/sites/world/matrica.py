"""Hungary: motorway vignette surcharge by plate and country; the card form stands on a second host reached by an auto-posted form."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import between, render
from prober.lab.kit import form, host_suffix, sibling
from prober.lab.site import Site

CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.5 "Open Sans",Arial,sans-serif;color:#222;background:#fff}.h{background:#006b3f;color:#fff;padding:14px 16px;font-weight:700;font-size:19px}.h small{display:block;font-weight:400;font-size:12px}main{padding:16px;max-width:560px;margin:auto}
label{display:block;font-weight:600;margin:14px 0 4px}input,select{width:100%;padding:11px;border:1px solid #999;border-radius:2px;font-size:16px;background:#fff}button{background:#e2001a;color:#fff;border:0;width:100%;padding:14px;font-size:17px;font-weight:700;margin-top:18px}
.ck{position:fixed;inset:0;background:#000a;display:flex;align-items:flex-end}.ck div{background:#fff;padding:18px}.ck button{margin-top:8px;background:#006b3f}.ck button+button{background:#888}table{width:100%;border-collapse:collapse}td,th{border-bottom:1px solid #ddd;padding:8px 2px;text-align:left;font-size:15px}td:last-child{text-align:right}.w{background:#fdecea;border:1px solid #e2001a;padding:12px;margin:14px 0}"""
HEAD = """<!doctype html><html lang="hu"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ title }}</title><style>{{ css|safe }}</style></head><body>"""
BAR = """<div class="h">E-matrica Ügyfélszolgálat<small>Pótdíj lekérdezés és befizetés</small></div><main>"""
INDEX = (
    HEAD
    + BAR
    + """<h2>Jogosulatlan úthasználat ellenőrzése</h2><p>Adja meg a gépjármű forgalmi rendszámát! A lekérdezés díjmentes.</p>{% if e %}<p class="w">{{ e }}</p>{% endif %}
<form action="/lekerdezes" method="get"><label for="rsz">Rendszám</label><input id="rsz" name="rsz" placeholder="pl. AABC123" value="{{ v }}"><label for="org">Felségjel</label><select id="org" name="org"><option value="">-- válasszon --</option><option value="H">H - Magyarország</option><option value="RO">RO - Románia</option><option value="SK">SK - Szlovákia</option><option value="A">A - Ausztria</option><option value="UA">UA - Ukrajna</option><option value="X">Egyéb</option></select>
<label for="kat">Díjkategória</label><select id="kat" name="kat"><option>D1</option><option>D1M</option><option>D2</option><option>B2</option><option>U</option></select><button type="submit">Lekérdezés</button></form></main>
<div class="ck" id="ck"><div><b>Az Ön adatainak védelme fontos számunkra</b><p style="font-size:14px">Weboldalunk sütiket használ a megfelelő működés érdekében.</p><button type="button" onclick="ck.remove();document.cookie='ck=1;path=/'">Elfogadom</button><button type="button" onclick="ck.remove()">Beállítások mentése</button></div></div>{% if ck %}<script>ck.remove()</script>{% endif %}</body></html>"""
)
BILL = (
    HEAD
    + BAR
    + """<h2>Rendezetlen tétel</h2><table><tr><td>Rendszám</td><td><b>{{ rsz }}</b> ({{ org }})</td></tr><tr><td>Ügyszám</td><td>PD-2026/{{ no }}</td></tr><tr><td>Észlelés helye</td><td>M1 autópálya, 62+300 km</td></tr><tr><td>Észlelés ideje</td><td>2026. 11. 12. 07:41</td></tr><tr><td>Alappótdíj</td><td>25 260 Ft</td></tr><tr><td>Kedvezmény (60 napon belül)</td><td>&minus;{{ off }} Ft</td></tr><tr><th>Fizetendő</th><td><b style="font-size:20px">{{ pay }} Ft</b></td></tr></table>
<div class="w">Amennyiben a pótdíj 24 órán belül nem kerül befizetésre, a követelést végrehajtónak adjuk át.</div><form action="/fizetes" method="post"><input type="hidden" name="o" value="{{ no }}"><input type="hidden" name="m" value="{{ pay }}"><button>Befizetés bankkártyával</button></form></main></body></html>"""
)
JUMP = (
    HEAD
    + """<p style="padding:30px;text-align:center">Átirányítás a fizetési oldalra…</p><form id="j" method="post" action="{{ to }}/checkout"><input type="hidden" name="orderRef" value="{{ o }}"><input type="hidden" name="total" value="{{ m }}"></form><script>setTimeout(function(){document.getElementById('j').submit()},600)</script></body></html>"""
)
CARD = (
    HEAD
    + """<main><h2 style="color:#0a4f8f">Egyszerű<span style="color:#f60">Fizetés</span></h2><p>Rendelés: PD-2026/{{ o }}<br>Végösszeg: <b>{{ m }} HUF</b></p><form method="post" action="/checkout"><label for="pan">Kártyaszám</label><input id="pan" name="pan" inputmode="numeric" autocomplete="cc-number"><label for="exp">Lejárat</label><input id="exp" name="exp" placeholder="HH/ÉÉ"><label for="cvc">CVC kód</label><input id="cvc" name="cvc" inputmode="numeric" maxlength="4"><label for="nm">Kártyára írt név</label><input id="nm" name="nm"><button style="background:#f60">Fizetek</button></form></main></body></html>"""
)


def build() -> Starlette:
    async def index(request: Request) -> Response:
        if host_suffix(request):
            return render("<h1>It works!</h1>")
        return render(INDEX, css=CSS, title="E-matrica pótdíj lekérdezés", e="", v="", ck=request.cookies.get("ck"))

    async def look(request: Request) -> Response:
        plate = request.query_params.get("rsz", "").replace(" ", "").replace("-", "").upper()
        country = request.query_params.get("org", "")
        problem = "Adja meg a rendszámot!" if len(plate) < 5 else "Válassza ki a felségjelet!" if not country else ""
        if problem:
            return render(
                INDEX, css=CSS, title="E-matrica pótdíj lekérdezés", e=problem, v=plate, ck=request.cookies.get("ck")
            )
        off = between(plate, 1500, 1719) * 10
        return render(
            BILL,
            css=CSS,
            title="Rendezetlen tétel",
            rsz=plate,
            org=country,
            no=between(plate, 100000, 999999),
            off=f"{off:,}".replace(",", " "),
            pay=f"{25260 - off:,}".replace(",", " "),
        )

    async def pay(request: Request) -> Response:
        data = await form(request)
        return render(
            JUMP, css=CSS, title="Átirányítás", to=sibling(request, "fizetes"), o=data.get("o"), m=data.get("m")
        )

    async def card(request: Request) -> Response:
        data = await form(request)
        return render(CARD, css=CSS, title="Fizetés", o=data.get("orderRef", "-"), m=data.get("total", "-"))

    return Starlette(
        routes=[
            Route("/", index),
            Route("/lekerdezes", look),
            Route("/fizetes", pay, methods=["POST"]),
            Route("/checkout", card, methods=["POST"]),
        ]
    )


SITE = Site(
    name="matrica",
    kind="scam",
    title="E-matrica pótdíj lekérdezés",
    about="Any plate owes a motorway surcharge in forints; the card form is a made-up payment page on a second host.",
    languages=("hu",),
    techniques=(
        "cookie overlay over everything",
        "country menu that must be chosen",
        "get query",
        "auto-posted form to a second host",
        "look-alike payment page",
        "sum derived from the input",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
