"""Honest: an Uzbek look-up that finds nothing and says so in a toast; tariff table, calculator, sample, news, donation."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import form
from prober.lab.site import Site

HEAD = """<!doctype html><html lang=uz><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>Haydovchi.info — jarimalar ma’lumotnomasi</title><link rel=stylesheet href=/js/bootstrap.min.css><link rel=stylesheet href=/js/sweetalert2.min.css><nav class="navbar bg-primary navbar-dark px-3"><a class="navbar-brand" href=/>Haydovchi.info</a><a class="text-white" href=/yordam>Loyihani qo‘llash</a></nav><div class="container py-3">"""
INDEX = (
    HEAD
    + """<h1 class=h4>Jarima bor-yo‘qligini tekshirish</h1><form id=f class="card card-body mb-4"><label class=form-label>Avtomobil davlat raqami</label><input class="form-control mb-2" id=p name=raqam placeholder="01 A 123 BC"><label class=form-label>Texpasport seriyasi va raqami</label><input class="form-control mb-3" id=t name=tp placeholder="AAF 1234567"><button class="btn btn-primary">Tekshirish</button><div id=last class="small text-secondary mt-2"></div></form>
<div class="accordion mb-4" id=acc><div class=accordion-item><h2 class=accordion-header><button class="accordion-button collapsed" data-bs-toggle=collapse data-bs-target=#x1>Jarimalar jadvali (BHM 412 000 so‘m)</button></h2><div id=x1 class="accordion-collapse collapse"><table class="table mb-0"><tr><td>Tezlik +20 km/soat</td><td>1 BHM</td><td>412 000 so‘m</td></tr><tr><td>Qizil chiroq</td><td>2 BHM</td><td>824 000 so‘m</td></tr><tr><td>Telefon</td><td>3 BHM</td><td>1 236 000 so‘m</td></tr></table></div></div>
<div class=accordion-item><h2 class=accordion-header><button class="accordion-button collapsed" data-bs-toggle=collapse data-bs-target=#x2>Namuna: qaror qanday ko‘rinadi</button></h2><div id=x2 class="accordion-collapse collapse"><div class=accordion-body>Qaror RR00000000000 (namuna). Jarima summasi: 412 000 so‘m. To‘lov summasi chegirma bilan: 206 000 so‘m.</div></div></div></div>
<div class="card card-body mb-4"><h2 class=h5>Jarima kalkulyatori</h2><label class=form-label>Tezlik (km/soat)</label><input type=range min=60 max=160 value=85 class=form-range id=sp><div>Limitdan oshgan: <b id=ov></b> — jarima: <b id=su></b></div></div>
<article class="card card-body"><h2 class=h6>Diqqat, firibgarlar!</h2><p class="mb-0">Soxta saytlar istalgan raqamga «Jarima topildi: 370 800 so‘m» deb yozib, karta raqami va SMS kodni so‘ramoqda. To‘lovni faqat rasmiy ilovalar orqali qiling.</p></article></div>
<script src=/js/jquery.min.js></script><script src=/js/jquery.inputmask.min.js></script><script src=/js/bootstrap.bundle.min.js></script><script src=/js/sweetalert2.all.min.js></script>
<script>$(function(){$('#t').inputmask('aaa 9999999',{placeholder:'_'});var calc=function(){var o=Math.max(0,$('#sp').val()-70);$('#ov').text(o+' km/soat');$('#su').text(o<1?'yo‘q':(o<=20?'412 000':o<=40?'1 236 000':'3 090 000')+(' so‘m'))};$('#sp').on('input',calc);calc();
$('#f').on('submit',function(e){e.preventDefault();var b=$(this).find('button').prop('disabled',true);$.ajax({url:'/qidiruv',method:'POST',data:$(this).serialize()}).done(function(d){Swal.fire({toast:true,position:'bottom',icon:'info',title:d.xabar,timer:3000,showConfirmButton:false,timerProgressBar:true});$('#last').text('Oxirgi so‘rov: '+new Date().toLocaleTimeString())}).fail(function(x){Swal.fire({toast:true,position:'bottom',icon:'error',title:x.responseJSON.xabar,timer:3000,showConfirmButton:false})}).always(function(){b.prop('disabled',false)})})});</script></html>"""
)
HELP = (
    HEAD
    + """<h1 class=h4>Loyihani qo‘llab-quvvatlash</h1><p>Sayt bepul. Xohlasangiz, istalgan summa bilan yordam bering.</p><form class="card card-body" onsubmit="return false"><label>Summa (so‘m)</label><input class="form-control mb-2" value="10 000"><label>Karta raqami</label><input class="form-control mb-2" inputmode=numeric><label>Amal qilish muddati</label><input class="form-control mb-3" placeholder="OO/YY"><button class="btn btn-success">Yuborish</button></form></div></html>"""
)


def build() -> Starlette:
    async def index(request: Request) -> Response:
        return html(INDEX)

    async def help_page(request: Request) -> Response:
        return html(HELP)

    async def search(request: Request) -> Response:
        fields = await form(request)
        plate = "".join(fields.get("raqam", "").split())
        region = plate[:2]
        if len(plate) < 7 or region not in {
            "01",
            "10",
            "20",
            "25",
            "30",
            "40",
            "50",
            "60",
            "70",
            "75",
            "80",
            "85",
            "90",
            "95",
        }:
            return JSONResponse({"xabar": "Davlat raqami noto‘g‘ri kiritilgan"}, status_code=400)
        return JSONResponse({"xabar": "Bu raqam bo‘yicha jarima topilmadi"})

    return app([Route("/", index), Route("/yordam", help_page), Route("/qidiruv", search, methods=["POST"])], "/js")


SITE = Site(
    name="haydovchi",
    kind="honest",
    title="Haydovchi.info",
    about="A look-up that refuses impossible plates and finds nothing for others, by a toast of three seconds; sums all over the page are tariffs, a sample and a calculator.",
    languages=("uz",),
    techniques=(
        "jQuery with inputmask",
        "answer only in a vanishing toast",
        "tariff table and sample in accordions",
        "fine calculator",
        "scam news quoting a fine",
        "donation form with card",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="uz-jarima",
)
