"""Thailand: unpaid M-Flow toll by plate and province (full-screen picker), htmx fragments, card form in a same-origin frame."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import between, render, served
from prober.lab.kit import form
from prober.lab.site import Site

PROVINCES = [
    "กรุงเทพมหานคร",
    "กระบี่",
    "กาญจนบุรี",
    "ขอนแก่น",
    "จันทบุรี",
    "ฉะเชิงเทรา",
    "ชลบุรี",
    "เชียงราย",
    "เชียงใหม่",
    "นครปฐม",
    "นครราชสีมา",
    "นนทบุรี",
    "ปทุมธานี",
    "พระนครศรีอยุธยา",
    "ภูเก็ต",
    "ระยอง",
    "ราชบุรี",
    "สงขลา",
    "สมุทรปราการ",
    "สมุทรสาคร",
    "สุราษฎร์ธานี",
    "อุดรธานี",
    "อุบลราชธานี",
]
STYLE = """*{box-sizing:border-box}body{margin:0;font:16px/1.6 Sarabun,"Noto Sans Thai",Tahoma,sans-serif;background:#f3f6fa;color:#223}
.hd{background:#fff;padding:12px 16px;border-bottom:3px solid #00a0df;font-weight:800;color:#004a98;font-size:22px}.hd span{color:#00a0df}
.w{max-width:480px;margin:auto;padding:16px}.c{background:#fff;border-radius:12px;padding:18px;box-shadow:0 2px 10px #0001;margin-bottom:14px}
.f{margin-bottom:14px}.f input{width:100%;border:1px solid #c5cfdb;border-radius:8px;padding:12px;font:inherit}.f small{color:#778}
.btn{display:block;width:100%;background:#004a98;color:#fff;border:0;border-radius:8px;padding:13px;font:inherit;font-weight:700;text-align:center;text-decoration:none}
.pk{position:fixed;inset:0;background:#fff;z-index:5;overflow:auto;display:none}.pk.o{display:block}.pk input{width:calc(100% - 32px);margin:14px 16px;padding:10px;border:1px solid #ccc;border-radius:20px;font:inherit}.pk li{list-style:none;padding:12px 18px;border-bottom:1px solid #eee}.pk ul{margin:0;padding:0}
table{width:100%;border-collapse:collapse}td{padding:7px 0;border-bottom:1px solid #eef;vertical-align:top}td:last-child{text-align:right;font-weight:600}.al{background:#fff4e5;border-left:4px solid #f39c12;padding:10px;font-size:14px}
.htmx-indicator{display:none}.htmx-request .htmx-indicator,.htmx-request.htmx-indicator{display:block}iframe{border:0;width:100%;height:430px}"""
HEAD = """<!doctype html><html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>ชำระค่าผ่านทาง ระบบไม่มีไม้กั้น</title><style>{{ css|safe }}</style>"""
INDEX = (
    HEAD
    + """<script src="/static/htmx.js"></script></head><body><div class="hd">M<span>·</span>Flow <small style="font-size:13px;color:#667;font-weight:400">ผ่านทางไม่มีไม้กั้น</small></div><div class="w" id="main">
<div class="c"><h2 style="margin-top:0">ตรวจสอบค่าผ่านทางค้างชำระ</h2><form hx-post="/check" hx-target="#main" hx-swap="innerHTML">
<div class="f"><div>หมวดอักษร</div><input name="cat" placeholder="เช่น 1กก" maxlength="4" required></div><div class="f"><div>เลขทะเบียน</div><input name="num" placeholder="เช่น 1234" maxlength="4" inputmode="numeric" pattern="[0-9]{1,4}" required></div>
<div class="f"><div>จังหวัด</div><input name="prov" id="prov" placeholder="เลือกจังหวัด ▾" readonly onclick="pk.classList.add('o')"><small id="pe"></small></div>
<button class="btn" onclick="if(!prov.value){pe.textContent='กรุณาเลือกจังหวัด';pe.style.color='#c00';event.preventDefault()}">ตรวจสอบ</button><div class="htmx-indicator" style="text-align:center;padding:10px">กำลังตรวจสอบข้อมูล…</div></form></div>
<p style="font-size:13px;color:#667">ชำระภายใน 7 วันนับจากวันที่ผ่านทาง หากเกินกำหนดจะมีค่าปรับ 10 เท่าตาม พ.ร.บ.กำหนดค่าธรรมเนียมการใช้ยานยนตร์บนทางหลวงและสะพาน</p></div>
<div class="pk" id="pk"><input placeholder="ค้นหาจังหวัด" oninput="for(const l of pk.querySelectorAll('li'))l.hidden=!l.textContent.includes(this.value)"><ul>{% for p in provinces %}<li onclick="prov.value=this.textContent;pk.classList.remove('o')">{{ p }}</li>{% endfor %}</ul></div></body></html>"""
)
BILL = """<div class="c"><h2 style="margin-top:0;color:#c0392b">พบรายการค้างชำระ 1 รายการ</h2><table><tr><td>ทะเบียนรถ</td><td>{{ plate }}</td></tr><tr><td>ด่าน</td><td>ธัญบุรี 1 (ขาเข้า)</td></tr><tr><td>วันที่ผ่านทาง</td><td>13 พ.ย. 2569 18:42 น.</td></tr><tr><td>เลขที่ใบแจ้ง</td><td>MF69-{{ ref }}</td></tr><tr><td>ค่าผ่านทาง</td><td>30.00 บาท</td></tr><tr><td>ค่าธรรมเนียมล่าช้า</td><td>{{ late }}.00 บาท</td></tr><tr><td>ยอดที่ต้องชำระ</td><td style="font-size:20px;color:#004a98">{{ late + 30 }}.00 บาท</td></tr></table>
<p class="al">หากไม่ชำระภายในวันนี้ จะถูกปรับ 10 เท่า และระงับการต่อภาษีรถยนต์ประจำปี</p><a class="btn" href="#" hx-get="/contact?r={{ ref }}&amp;s={{ late + 30 }}" hx-target="#main">ชำระเงินทันที</a></div>"""
CONTACT = """<div class="c"><h3 style="margin-top:0">ข้อมูลผู้ชำระเงิน</h3><form hx-post="/pay" hx-target="#main"><input type="hidden" name="s" value="{{ s }}"><div class="f"><div>ชื่อ-นามสกุล</div><input name="n" required></div><div class="f"><div>เบอร์โทรศัพท์มือถือ</div><input name="tel" type="tel" maxlength="10" required placeholder="08X-XXX-XXXX"></div><div class="f"><div>อีเมล</div><input name="em" type="email"></div><button class="btn">ถัดไป</button></form></div>"""
PAY = """<div class="c"><h3 style="margin-top:0">ชำระค่าผ่านทาง {{ s }}.00 บาท</h3><iframe src="/gw/card" title="pay"></iframe></div>"""
CARD = (
    HEAD
    + """</head><body style="background:#fff"><form onsubmit="return false"><div class="f"><div>หมายเลขบัตรเครดิต/เดบิต</div><input name="a1" inputmode="numeric" maxlength="19" placeholder="0000 0000 0000 0000"></div><div class="f"><div>วันหมดอายุ (ดด/ปป)</div><input name="a2" maxlength="5" placeholder="MM/YY"></div><div class="f"><div>รหัส CVV 3 หลักหลังบัตร</div><input name="a3" maxlength="3" type="password"></div><button class="btn">ยืนยันการชำระเงิน</button></form></body></html>"""
)


def build() -> Starlette:
    async def index(_: Request) -> Response:
        return render(INDEX, css=STYLE, provinces=PROVINCES)

    async def check(request: Request) -> Response:
        data = await form(request)
        plate = f"{data.get('cat', '')} {data.get('num', '')} {data.get('prov', '')}"
        await asyncio.sleep(1.2)
        return render(BILL, plate=plate, ref=between(plate, 100000, 999999), late=between(plate, 3, 9) * 10)

    async def contact(request: Request) -> Response:
        return render(CONTACT, s=request.query_params.get("s", "90"))

    async def pay(request: Request) -> Response:
        return render(PAY, s=(await form(request)).get("s", "90"))

    async def card(_: Request) -> Response:
        return render(CARD, css=STYLE)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/check", check, methods=["POST"]),
            Route("/contact", contact),
            Route("/pay", pay, methods=["POST"]),
            Route("/gw/card", card),
            served("htmx.min.js", "/static/htmx.js"),
        ]
    )


SITE = Site(
    name="mflow",
    kind="scam",
    title="ชำระค่าผ่านทาง ระบบไม่มีไม้กั้น",
    about="Any Thai plate owes a small unpaid toll; contact details, then a card form in a frame of the same origin.",
    languages=("th",),
    techniques=(
        "htmx fragments",
        "split plate",
        "full-screen province picker on a read-only field",
        "Buddhist years",
        "contact step",
        "card form in a same-origin frame",
        "labels not tied to fields",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
