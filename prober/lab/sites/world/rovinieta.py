"""Romania (honest): a distributor of road vignettes; tells that no valid one is registered and sells it openly, law's fines quoted."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import render, served
from prober.lab.kit import form
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="ro"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ t }} | DrumBun Roviniete</title><link rel="stylesheet" href="/css/bootstrap.min.css"></head><body class="bg-light"><nav class="navbar navbar-expand-lg navbar-dark bg-primary"><div class="container"><a class="navbar-brand" href="/">DrumBun<small> roviniete online</small></a><button class="navbar-toggler" type="button" data-bs-toggle="collapse" data-bs-target="#nv" aria-label="Meniu"><span class="navbar-toggler-icon"></span></button><div class="collapse navbar-collapse" id="nv"><div class="navbar-nav"><a class="nav-link" href="/">Verificare</a><a class="nav-link" href="/cumpara">Cumpără</a><a class="nav-link" href="/termeni">Termeni</a></div></div></div></nav><div class="container py-3" style="max-width:620px">"""
FOOT = """</div><footer class="bg-dark text-white-50 small p-3 mt-4">DrumBun Distribuție SRL, CUI RO00000000, distribuitor autorizat prin contract. Acceptăm Visa și Mastercard. Suport: 0000 555 200, luni-vineri 8-18. <a class="text-white-50" href="/termeni">Termeni, comision și retur</a></footer><script src="/js/bootstrap.bundle.min.js"></script></body></html>"""
INDEX = (
    HEAD
    + """<h1 class="h4">Verifică valabilitatea rovinietei</h1><form class="card card-body" method="get" action="/verificare"><label class="form-label" for="nr">Număr de înmatriculare</label><input class="form-control" id="nr" name="nr" required placeholder="B 123 ABC"><label class="form-label mt-2" for="vin">Ultimele 6 caractere din serie șasiu</label><input class="form-control" id="vin" name="vin" maxlength="6"><button class="btn btn-primary mt-3">Verifică</button></form>
<div class="alert alert-secondary mt-3">Circulația fără rovinietă valabilă se sancționează cu amendă între 250 și 500 lei pentru autoturisme. Amenzile se plătesc doar la autorități, nu prin acest site.</div>
<h2 class="h5">Tarife autoturisme (categoria A)</h2><table class="table table-sm"><tr><th>Perioadă</th><th class="text-end">Preț cu TVA</th></tr><tr><td>1 zi</td><td class="text-end">17,82 lei</td></tr><tr><td>10 zile</td><td class="text-end">30,55 lei</td></tr><tr><td>30 zile</td><td class="text-end">48,37 lei</td></tr><tr><td>12 luni</td><td class="text-end">254,57 lei</td></tr></table>"""
    + FOOT
)
CHECK = (
    HEAD
    + """{% if bad %}<div class="alert alert-warning" role="alert">Numărul „{{ nr }}” nu are un format cunoscut. Verificați certificatul de înmatriculare.</div><a class="btn btn-outline-primary" href="/">Înapoi</a>{% else %}<h1 class="h4">Rezultatul verificării</h1><div class="alert alert-info" role="status">Pentru numărul <b>{{ nr }}</b> nu am găsit nicio rovinietă înregistrată prin sistemul nostru. Acest lucru nu înseamnă că aveți o amendă sau o datorie: verificați și pe site-ul administrației drumurilor.</div><div class="card card-body"><p class="mb-2">Doriți să cumpărați o rovinietă nouă? Prețuri de la <b>17,82 lei</b>, comision 5%.</p><a class="btn btn-success" href="/cumpara?nr={{ nr|urlencode }}">Cumpără rovinietă</a></div>{% endif %}"""
    + FOOT
)
BUY = (
    HEAD
    + """<h1 class="h4">Cumpără rovinietă</h1><form class="card card-body" method="post" action="/cos"><label class="form-label" for="n">Număr de înmatriculare</label><input class="form-control" id="n" name="nr" required value="{{ nr }}"><label class="form-label mt-2" for="p">Perioada</label><select class="form-select" id="p" name="pret"><option value="">Alege perioada</option><option value="17,82">1 zi - 17,82 lei</option><option value="30,55">10 zile - 30,55 lei</option><option value="48,37">30 zile - 48,37 lei</option><option value="254,57">12 luni - 254,57 lei</option></select><label class="form-label mt-2" for="d">Valabilă din</label><input class="form-control" id="d" type="date" name="din"><label class="form-label mt-2" for="e">E-mail pentru factură</label><input class="form-control" id="e" type="email" name="email" required><div class="form-check mt-2"><input class="form-check-input" type="checkbox" id="t" name="t" required><label class="form-check-label" for="t">Accept termenii și comisionul de 5%</label></div><button class="btn btn-success mt-3">Adaugă în coș</button></form>"""
    + FOOT
)
CART = (
    HEAD
    + """<h1 class="h4">Coșul tău</h1><table class="table"><tr><td>Rovinietă cat. A, {{ nr }}</td><td class="text-end">{{ pret }} lei</td></tr><tr><td>Comision distribuitor</td><td class="text-end">5%</td></tr></table><form class="card card-body" method="post" action="/comanda"><label class="form-label">Număr card<input class="form-control" name="card" autocomplete="cc-number"></label><div class="row"><div class="col"><label class="form-label">Expiră<input class="form-control" name="exp" autocomplete="cc-exp" placeholder="LL/AA"></label></div><div class="col"><label class="form-label">CVV<input class="form-control" name="cvv" autocomplete="cc-csc"></label></div></div><button class="btn btn-success mt-2">Trimite comanda</button></form><p class="small text-muted mt-2">Puteți renunța la comandă înainte de data de început, cu restituirea integrală a banilor.</p>"""
    + FOOT
)


def build() -> Starlette:
    async def index(_: Request) -> Response:
        return render(INDEX, t="Verificare rovinietă")

    async def check(request: Request) -> Response:
        plate = request.query_params.get("nr", "").strip().upper()
        bad = not re.fullmatch(r"[A-Z0-9ȘȚĂÎÂ\- ]{4,12}", plate)
        return render(CHECK, t="Rezultat", nr=plate[:20], bad=bad)

    async def buy(request: Request) -> Response:
        return render(BUY, t="Cumpără", nr=request.query_params.get("nr", ""))

    async def cart(request: Request) -> Response:
        data = await form(request)
        if not data.get("pret"):
            return render(
                HEAD
                + '<div class="alert alert-danger">Alegeți perioada de valabilitate.</div><a href="/cumpara">Înapoi</a>'
                + FOOT,
                422,
                t="Eroare",
            )
        return render(CART, t="Coș", nr=data.get("nr", ""), pret=data["pret"])

    async def terms(_: Request) -> Response:
        return render(
            HEAD
            + "<h1 class='h4'>Termeni</h1><p>Vindem roviniete la tariful oficial plus comision de 5%. Nu încasăm amenzi sau contravenții și nu comunicăm procese-verbale.</p>"
            + FOOT,
            t="Termeni",
        )

    async def order(_: Request) -> Response:
        return render(
            HEAD + '<div class="alert alert-danger">Completați datele cardului.</div>' + FOOT, 422, t="Eroare"
        )

    return Starlette(
        routes=[
            Route("/", index),
            Route("/verificare", check),
            Route("/cumpara", buy),
            Route("/cos", cart, methods=["POST"]),
            Route("/comanda", order, methods=["POST"]),
            Route("/termeni", terms),
            served("bootstrap.min.css", "/css/bootstrap.min.css"),
            served("bootstrap.bundle.min.js", "/js/bootstrap.bundle.min.js"),
        ]
    )


SITE = Site(
    name="rovinieta",
    kind="honest",
    title="Verificare rovinietă | DrumBun Roviniete",
    about="For any plate it has no vignette on record, says that this is no fine, and sells one at listed prices chosen by the buyer; card form behind the cart.",
    languages=("ro",),
    techniques=(
        "bootstrap",
        "nothing registered",
        "open sale with card form",
        "fines quoted from the law",
        "tariff table",
        "price chosen by the buyer",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
