"""Italy (honest): municipal police, look-up of a notice by plate and number: not found; voluntary payment of an own sum beside it."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import render
from prober.lab.kit import form
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ t }} - Comune di Valdomara</title><style>*{box-sizing:border-box}body{margin:0;font:16px/1.5 "Titillium Web",Arial,sans-serif;color:#17324d}header{background:#06c;color:#fff;padding:14px 16px}header small{display:block}nav{background:#0059b3;padding:10px 16px}nav a{color:#fff;margin-right:14px;font-size:15px}main{padding:16px;max-width:640px;margin:auto}label{display:block;font-weight:600;margin-top:14px}input,select{width:100%;padding:10px;border:1px solid #5c6f82;border-radius:4px;font-size:16px}button{background:#06c;color:#fff;border:0;border-radius:4px;padding:12px 22px;font-weight:600;font-size:16px;margin-top:18px}table{border-collapse:collapse;width:100%;font-size:14px;margin:10px 0}td,th{border:1px solid #d6dce3;padding:7px;text-align:left}.al{border-left:6px solid #008055;background:#eef8f3;padding:12px;margin:14px 0}.er{border-left:6px solid #cc334d;background:#fdeff1;padding:12px;margin:14px 0}.nw{border-left:6px solid #cc7a00;background:#fff7ec;padding:12px;margin:14px 0}footer{background:#17324d;color:#fff;padding:18px 16px;font-size:13px;margin-top:30px}</style></head><body><header><small>Regione Alta Valle</small><b style="font-size:20px">Comune di Valdomara</b><small>Polizia Locale - Sportello telematico</small></header><nav><a href="/">Verbali</a><a href="/pagamento">Pagamento spontaneo</a><a href="/faq">Domande</a></nav><main>"""
FOOT = """</main><footer>Comune di Valdomara, Piazza del Municipio 1 - C.F. 00000000000<br>Centralino 0000 555100, lun-ven 9-12.30 - PEC protocollo@comune.valdomara.example</footer></body></html>"""
INDEX = (
    HEAD
    + """<h1>Consulta il tuo verbale</h1>{% if m == 'nf' %}<div class="al" role="status"><b>Nessun verbale trovato</b><br>Per la targa {{ g }} e il numero indicato non risultano verbali da pagare nei nostri archivi. Se ha ricevuto un avviso cartaceo, verifichi i dati riportati in alto a destra oppure attenda 48 ore.</div>{% elif m == 'tg' %}<div class="er" role="alert"><b>Controllare i dati inseriti</b><br>La targa «{{ g }}» non è valida: le targhe italiane hanno il formato AA 000 AA.</div>{% elif m == 'nv' %}<div class="er" role="alert">Il numero di verbale è composto da sole cifre, seguite da /anno.</div>{% endif %}
<p>Inserisca targa e numero di verbale per vedere foto, importo e scadenza della sanzione e pagare con pagoPA.</p><form method="post" action="/verbali/ricerca"><label for="tg">Targa del veicolo *</label><input id="tg" name="targa" required placeholder="AB123CD"><label for="nv">Numero verbale (se noto)</label><input id="nv" name="verbale" placeholder="1234/2026"><label for="dt">Data della violazione</label><input id="dt" name="data" type="date"><button>Cerca verbale</button></form>
<div class="nw"><b>Attenzione alle truffe.</b> Circolano SMS e siti che, per qualsiasi targa, mostrano una «multa non pagata» di € 42,00 o € 87,30 e chiedono numero di carta e CVV. Il Comune non invia link di pagamento via SMS.</div>
<h2>Importi delle sanzioni più frequenti</h2><table><tr><th>Violazione</th><th>Entro 5 giorni</th><th>Entro 60 giorni</th></tr><tr><td>Divieto di sosta (art. 158)</td><td>€ 29,40</td><td>€ 42,00</td></tr><tr><td>Accesso ZTL (art. 7 c. 14)</td><td>€ 58,10</td><td>€ 83,00</td></tr><tr><td>Velocità fino a 10 km/h oltre (art. 142 c. 7)</td><td>€ 29,40</td><td>€ 42,00</td></tr><tr><td>Semaforo rosso (art. 146 c. 3)</td><td>€ 116,90</td><td>€ 167,00</td></tr></table><p>Spese di notifica: € 14,92.</p>"""
    + FOOT
)
PAY = (
    HEAD
    + """<h1>Pagamento spontaneo</h1>{% if not imp %}<p>Servizio per chi vuole versare tributi e diritti senza avviso: scelga la causale e indichi l'importo.</p><form method="post"><label for="cs">Causale</label><select id="cs" name="causale"><option>Diritti di segreteria</option><option>Permesso ZTL residenti</option><option>Abbonamento parcheggio Stazione</option><option>Iscrizione corso educazione stradale</option></select><label for="im">Importo in euro *</label><input id="im" name="importo" inputmode="decimal" required placeholder="0,00"><label for="no">Nome e cognome *</label><input id="no" name="nome" required><button>Procedi</button></form>{% else %}<p>{{ cs }}: <b>€ {{ imp }}</b> (importo indicato da lei). Commissione € 1,00.</p><form method="post" action="/pagamento/invio"><label for="c">Numero carta</label><input id="c" name="carta" autocomplete="cc-number"><label for="s">Scadenza</label><input id="s" name="scad" autocomplete="cc-exp" placeholder="MM/AA"><label for="v">CVV</label><input id="v" name="cvv" autocomplete="cc-csc"><button>Paga</button></form>{% endif %}"""
    + FOOT
)
FAQ = (
    HEAD
    + """<h1>Domande frequenti</h1><details open><summary>Come leggo l'avviso?</summary><p>Esempio: «Verbale n. 1234/2026, targa AB123CD, importo da pagare € 42,00, scadenza 15/12/2026». I dati sono di fantasia.</p></details><details><summary>Posso pagare con carta?</summary><p>Sì, dopo aver trovato il verbale il sistema la porta su pagoPA, dove sceglie la banca e inserisce i dati della carta.</p></details>"""
    + FOOT
)


def build() -> Starlette:
    async def index(request: Request) -> Response:
        return render(
            INDEX, t="Verbali", m=request.query_params.get("esito", ""), g=request.query_params.get("targa", "")
        )

    async def search(request: Request) -> Response:
        data = await form(request)
        plate = re.sub(r"[\s-]", "", data.get("targa", "")).upper()[:12]
        result = "nf"
        if not re.fullmatch(r"[A-HJ-NPR-TV-Z]{2}\d{3}[A-HJ-NPR-TV-Z]{2}", plate):
            result = "tg"
        elif data.get("verbale") and not re.fullmatch(r"\d+/\d{4}", data["verbale"]):
            result = "nv"
        from urllib.parse import quote

        return RedirectResponse(f"/?esito={result}&targa={quote(plate)}", 303)

    async def pay(request: Request) -> Response:
        data = await form(request) if request.method == "POST" else {}
        return render(PAY, t="Pagamento spontaneo", imp=data.get("importo", ""), cs=data.get("causale", ""))

    async def sent(_: Request) -> Response:
        return render(
            HEAD + "<div class='er'>Pagamento non riuscito: dati della carta mancanti.</div>" + FOOT, 400, t="Pagamento"
        )

    async def faq(_: Request) -> Response:
        return render(FAQ, t="Domande")

    return Starlette(
        routes=[
            Route("/", index),
            Route("/verbali/ricerca", search, methods=["POST"]),
            Route("/pagamento", pay, methods=["GET", "POST"]),
            Route("/pagamento/invio", sent, methods=["POST"]),
            Route("/faq", faq),
        ]
    )


SITE = Site(
    name="polizia-locale",
    kind="honest",
    title="Verbali - Comune di Valdomara",
    about="Refuses impossible Italian plates and finds no notice for others; a tariff of fines, a scam warning and a voluntary payment with a card form for a sum of one's own stand beside.",
    languages=("it",),
    techniques=(
        "redirect with the outcome in the query",
        "format refusal",
        "tariff of fines",
        "scam warning quoting sums",
        "voluntary payment with card form",
        "invented example in the faq",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
