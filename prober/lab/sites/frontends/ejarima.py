"""jQuery, inputmask, select2 and SweetAlert2; Uzbek; a card of Uzcard kind, which has no CVV."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import form, pick
from prober.lab.site import Site

HEAD = """<!doctype html><html lang=uz><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>E-Jarima — YHX jarimalarini tekshirish</title>
<link rel=stylesheet href=/lib/select2.min.css><link rel=stylesheet href=/lib/sweetalert2.min.css>
<style>body{margin:0;font:16px/1.45 Arial,sans-serif;background:#eef7f1;color:#123}nav{background:#00703c;color:#fff;padding:14px 16px;font-weight:700;display:flex;justify-content:space-between}
.hero{background:#fff url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='80' height='80'%3E%3Ccircle cx='40' cy='40' r='30' fill='none' stroke='%2300703c' stroke-opacity='.07' stroke-width='8'/%3E%3C/svg%3E");padding:22px 16px}h1{font-size:22px;margin:0 0 6px}.p{margin:14px;background:#fff;border-radius:12px;padding:16px;box-shadow:0 2px 10px #0001}
label{display:block;font-size:14px;color:#456;margin:12px 0 4px}input.f{width:100%;box-sizing:border-box;padding:13px;border:1px solid #bcd;border-radius:8px;font-size:17px}.select2-container{width:100%!important}.select2-selection{height:46px!important;padding:8px}.b{width:100%;padding:15px;background:#00a651;color:#fff;border:0;border-radius:8px;font-size:17px;margin-top:16px}
.pl{display:flex;border:2px solid #234;border-radius:8px;overflow:hidden}.pl input{border:0;font-size:22px;letter-spacing:2px;padding:12px;width:100%;min-width:0;text-transform:uppercase}.pl i{background:linear-gradient(#0099b5 33%,#fff 33% 66%,#1eb53a 66%);width:28px}.cc{background:linear-gradient(135deg,#0b3d91,#0aa);border-radius:16px;color:#fff;padding:18px}.cc input{background:#fff2;border:0;border-bottom:1px solid #fff;color:#fff;font-size:19px;width:100%;padding:10px;box-sizing:border-box}.cc input::placeholder{color:#fffa}footer{font-size:12px;color:#678;text-align:center;padding:20px}</style>
<nav><span>E-JARIMA</span><span>UZ | РУ</span></nav>"""

REGIONS = [
    ("01", "Toshkent shahri"),
    ("10", "Toshkent viloyati"),
    ("20", "Sirdaryo"),
    ("25", "Jizzax"),
    ("30", "Samarqand"),
    ("40", "Farg‘ona"),
    ("50", "Namangan"),
    ("60", "Andijon"),
    ("70", "Qashqadaryo"),
    ("75", "Surxondaryo"),
    ("80", "Buxoro"),
    ("85", "Navoiy"),
    ("90", "Xorazm"),
    ("95", "Qoraqalpog‘iston"),
]

INDEX = (
    HEAD
    + """<div class=hero><h1>Yo‘l harakati jarimalarini tekshiring</h1><div>Avtomobil raqamini kiriting va 70% chegirma bilan to‘lang</div></div>
<div class=p><form id=chk autocomplete=off><label>Hudud</label><select id=reg name=region><option></option>"""
    + "".join(f"<option value={c}>{c} — {n}</option>" for c, n in REGIONS)
    + """</select>
<label>Davlat raqami</label><div class=pl><i></i><input id=num name=num placeholder="A 123 BC"></div>
<button class=b type=submit>Jarimani tekshirish</button></form></div><footer>YHXX ma’lumotlar bazasi asosida · 2026</footer>
<script src=/lib/jquery.min.js></script><script src=/lib/jquery.inputmask.min.js></script><script src=/lib/select2.min.js></script><script src=/lib/sweetalert2.all.min.js></script>
<script>$(function(){
 $('#reg').select2({placeholder:'Hududni tanlang',language:{noResults:function(){return 'Topilmadi'}}});
 $('#num').inputmask({mask:['a 999 aa','999 aaa'],greedy:false,casing:'upper',clearIncomplete:false});
 $('#chk').on('submit',function(e){e.preventDefault();
  if(!$('#reg').val()){Swal.fire({toast:true,position:'top',icon:'warning',title:'Hududni tanlang',timer:2500,showConfirmButton:false});return}
  if(!$('#num').inputmask('isComplete')){Swal.fire({toast:true,position:'top',icon:'error',title:'Raqam to‘liq emas',timer:2500,showConfirmButton:false});return}
  Swal.fire({title:'Qidirilmoqda…',text:'Iltimos, kuting',allowOutsideClick:false,didOpen:function(){Swal.showLoading()}});
  $.post('/ajax.php?act=check',$(this).serialize(),function(d){setTimeout(function(){
   Swal.fire({icon:'warning',title:'Jarima topildi!',html:'<b>'+d.plate+'</b><br>'+d.modda+'<br><br>Jarima summasi: <s>'+d.full+' so‘m</s><br><span style="font-size:26px;color:#c00">'+d.sum+' so‘m</span><br><small>Chegirma muddati: bugun 23:59 gacha</small>',showCancelButton:true,confirmButtonText:'To‘lash',cancelButtonText:'Yopish',confirmButtonColor:'#00a651'})
   .then(function(r){if(r.isConfirmed)location.href='/tolov.php?q='+d.id})},1400)},'json')})});</script></html>"""
)

PAY = (
    HEAD
    + """<div class=p><h1>To‘lov</h1><p>Qaror: {id}<br>To‘lov summasi: <b>{sum} so‘m</b></p><form id=pf onsubmit="return false"><div class=cc><b>UZCARD / HUMO</b><br><br><input id=pan inputmode=numeric placeholder="8600 0000 0000 0000"><br><br><input id=exp inputmode=numeric placeholder="OO/YY" style="width:45%"></div>
<label>Kartaga ulangan telefon</label><input class=f id=tel inputmode=tel><button class=b>SMS kod olish</button></form></div>
<script src=/lib/jquery.min.js></script><script src=/lib/jquery.inputmask.min.js></script><script>$('#pan').inputmask('9999 9999 9999 9999',{placeholder:' ',showMaskOnHover:false});$('#exp').inputmask('99/99',{placeholder:' '});$('#tel').inputmask('+998 99 999-99-99');</script></html>"""
)

BILLS = (
    ("Tezlikni 20 km/soatgacha oshirish — 128-3-modda", 412000, 123600),
    ("Svetoforning qizil chirog‘i — 128-4-modda", 1236000, 370800),
    ("Xavfsizlik kamari — 125-modda", 206000, 61800),
)


def sp(n: int) -> str:
    return f"{n:,}".replace(",", " ")


def build() -> Starlette:
    async def index(request: Request) -> Response:
        return html(INDEX)

    async def check(request: Request) -> Response:
        fields = await form(request)
        plate = fields.get("region", "") + " " + fields.get("num", "")
        modda, full, cut = pick(plate, BILLS)
        return JSONResponse(
            {
                "plate": plate,
                "modda": modda,
                "full": sp(full),
                "sum": sp(cut),
                "id": f"RR{BILLS.index((modda, full, cut))}2611{len(plate)}077",
            }
        )

    async def pay(request: Request) -> Response:
        case = request.query_params.get("q", "RR02611")
        return html(
            PAY.replace("{id}", "".join(c for c in case if c.isalnum())).replace(
                "{sum}", sp(BILLS[int(case[2:3]) % 3][2])
            )
        )

    return app([Route("/", index), Route("/ajax.php", check, methods=["POST"]), Route("/tolov.php", pay)], "/lib")


SITE = Site(
    name="ejarima",
    kind="scam",
    title="E-Jarima",
    about="Any plate of any Uzbek region has a fine in a SweetAlert2 dialog; then an Uzcard/Humo form without CVV.",
    languages=("uz",),
    techniques=(
        "jQuery",
        "select2 region (hidden select)",
        "inputmask with alternatives",
        "validation by toast",
        "SweetAlert2 loader then result dialog",
        "card form without CVV",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="uz-jarima",
)
