"""Greece: camera fine from an SMS link with a token; custom elements with open shadow roots, the bill in a <dialog>."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import between, render
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = r"""<!doctype html><html lang="el"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Ψηφιακή Κλήση | Ενημέρωση παράβασης</title>
<style>body{margin:0;background:#f4f6f8;font:16px/1.5 "Fira Sans",Roboto,Arial,sans-serif}top-bar{display:block;background:#003375;color:#fff;padding:14px 18px;font-weight:600}main{max-width:520px;margin:auto;padding:16px}</style></head>
<body><top-bar>Ψηφιακή Κλήση</top-bar><main><kl-app ref="{{ ref }}"></kl-app></main>
<script type="module">
const css=`*{box-sizing:border-box;font-family:inherit}.c{background:#fff;border-radius:8px;padding:18px;border:1px solid #dde3ea}h2{margin:0 0 8px;font-size:20px}
kl-field{display:block;margin:16px 0}.b{all:unset;display:block;box-sizing:border-box;width:100%;text-align:center;background:#00703c;color:#fff;font-weight:600;padding:13px;border-radius:4px;margin-top:12px;cursor:pointer}
dialog{border:0;border-radius:12px;width:calc(100% - 28px);max-width:480px;padding:20px}dialog::backdrop{background:#001a3daa}dl{display:grid;grid-template-columns:auto auto;gap:6px 12px;font-size:14px}dd{margin:0;text-align:right;font-weight:600}.s{font-size:26px;color:#b10e1e;font-weight:700}.er{color:#b10e1e;font-size:14px}`;
class F extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'open'});r.innerHTML=`<style>.w{position:relative}input{width:100%;box-sizing:border-box;border:2px solid #0b0c0c;border-radius:3px;padding:20px 12px 7px;font-size:17px}label{position:absolute;left:13px;top:14px;color:#667;transition:.15s;pointer-events:none}input:focus+label,input:not(:placeholder-shown)+label{top:4px;font-size:11px}</style><div class="w"><input id="i" placeholder=" " maxlength="${this.getAttribute('max')||40}" inputmode="${this.getAttribute('mode')||'text'}"><label for="i">${this.getAttribute('label')}</label></div>`;this.i=r.querySelector('input')}get value(){return this.i.value.trim()}}
customElements.define('kl-field',F);
class A extends HTMLElement{
connectedCallback(){this.r=this.attachShadow({mode:'open'});this.start()}
put(h){this.r.innerHTML='<style>'+css+'</style>'+h}
start(){this.put(`<div class="c"><h2>Έχετε μία εκκρεμή ειδοποίηση παράβασης ΚΟΚ</h2><p>Αρ. ειδοποίησης <b>${this.getAttribute('ref')}</b>. Για να δείτε το φωτογραφικό υλικό και το ποσό του προστίμου, επιβεβαιώστε τα στοιχεία του οχήματος.</p>
<kl-field id="p" label="Αριθμός κυκλοφορίας (π.χ. ΙΚΧ 1234)" max="9"></kl-field><kl-field id="a" label="ΑΦΜ ιδιοκτήτη" max="9" mode="numeric"></kl-field><p class="er" id="e"></p><button class="b" id="g">Προβολή κλήσης</button></div><dialog></dialog>`);
this.r.getElementById('g').onclick=()=>this.ask()}
async ask(){const p=this.r.getElementById('p').value,a=this.r.getElementById('a').value,e=this.r.getElementById('e');
if(!/^\p{L}{2,3}[\s-]?\d{3,4}$/u.test(p)){e.textContent='Συμπληρώστε έγκυρο αριθμό κυκλοφορίας';return}
if(!/^\d{9}$/.test(a)){e.textContent='Ο ΑΦΜ αποτελείται από 9 ψηφία';return}
e.textContent='';this.r.getElementById('g').textContent='Αναζήτηση…';
const d=await (await fetch('/api/v1/klisi',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({p,a})})).json();
const g=this.r.querySelector('dialog');g.innerHTML=`<h2>Παράβαση κάμερας</h2><dl><dt>Όχημα</dt><dd>${d.p}</dd><dt>ΑΦΜ</dt><dd>${d.a}</dd><dt>Αρ. πράξης</dt><dd>${d.n}</dd><dt>Παράβαση</dt><dd>Υπέρβαση ορίου ταχύτητας έως 20 χλμ/ώρα</dd><dt>Ημερομηνία</dt><dd>16/11/2026, 21:07</dd></dl><div class="s">${d.s}</div><p>Μείωση 50% εφόσον εξοφληθεί σήμερα. Μετά την παρέλευση 10 ημερών το πρόστιμο βεβαιώνεται στη ΔΟΥ.</p><button class="b" id="y">Πληρωμή με κάρτα</button>`;
g.showModal();g.querySelector('#y').onclick=()=>{g.close();this.card(d)}}
card(d){this.put(`<div class="c"><h2>Εξόφληση ${d.s}</h2><kl-field label="Αριθμός κάρτας" max="19" mode="numeric"></kl-field><kl-field label="Λήξη (ΜΜ/ΕΕ)" max="5"></kl-field><kl-field label="CVV" max="4" mode="numeric"></kl-field><kl-field label="Ονοματεπώνυμο κατόχου"></kl-field><button class="b">Πληρωμή</button></div>`);scrollTo(0,0)}}
customElements.define('kl-app',A);
</script></body></html>"""


def build() -> Starlette:
    async def nothing(_: Request) -> Response:
        return render("<h1>404 Not Found</h1><hr>nginx", status=404)

    async def notice(request: Request) -> Response:
        return render(PAGE, ref="26" + str(between(request.path_params["t"], 10000000, 99999999)))

    async def api(request: Request) -> Response:
        data = await form(request)
        plate = data.get("p", "")
        return JSONResponse(
            {
                "p": plate.upper(),
                "a": data.get("a", ""),
                "n": f"{between(plate, 200000, 999999)}/2026",
                "s": f"{(40, 75, 60, 90)[between(plate, 0, 3)]},00 €",
            }
        )

    return Starlette(
        routes=[Route("/k/{t}", notice), Route("/api/v1/klisi", api, methods=["POST"]), Route("/{p:path}", nothing)]
    )


SITE = Site(
    name="klisi",
    kind="scam",
    title="Ψηφιακή Κλήση | Ενημέρωση παράβασης",
    about="An SMS link: any Greek plate and tax number has a camera fine that follows from the plate, then a card form; the bare host answers 404.",
    languages=("el",),
    techniques=(
        "link with a token",
        "nested open shadow roots",
        "floating labels",
        "plate in greek or latin letters",
        "bill in a dialog element",
        "card form of custom elements",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
    entry="/k/Zt7Qp",
)
