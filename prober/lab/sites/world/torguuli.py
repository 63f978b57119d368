"""Mongolia (obstacle): fines are shown only after a log-in by one-time SMS code to the registered phone."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import render
from prober.lab.kit import form
from prober.lab.site import Site

HEAD = """<!doctype html><html lang="mn"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{ t }}</title><style>*{box-sizing:border-box}body{margin:0;font:16px/1.5 Roboto,"Noto Sans",Arial,sans-serif;background:#eef2f7;color:#1c2a3a}header{background:#0b3d91;color:#fff;padding:14px 16px;font-weight:700}.c{background:#fff;margin:14px;border-radius:12px;padding:18px}input{width:100%;padding:12px;border:1px solid #aab;border-radius:8px;font-size:16px;margin:5px 0 12px}button,.b{display:block;width:100%;background:#0b3d91;color:#fff;border:0;border-radius:8px;padding:13px;font-size:16px;text-align:center;text-decoration:none;margin-top:8px}.g{background:#e4e9f1;color:#1c2a3a}.e{color:#b00020}table{width:100%;font-size:14px}td:last-child{text-align:right}</style></head><body><header>Зам тээврийн нэгдсэн лавлагаа</header>"""
INDEX = (
    HEAD
    + """<div class="c"><h2 style="margin-top:0">Торгууль, татвар шалгах</h2><p>Тээврийн хэрэгслийн торгууль, авто тээврийн татварын үлдэгдлийг харахын тулд нэвтэрнэ үү. Хувийн мэдээллийг хамгаалах үүднээс улсын дугаараар нээлттэй хайлт хийхгүй.</p><a class="b" href="/login">ДАН-аар нэвтрэх</a><a class="b g" href="/login?m=sms">Нэг удаагийн кодоор нэвтрэх</a></div>
<div class="c"><b>Торгуулийн хэмжээ</b><table><tr><td>Хурд хэтрүүлэх (20 км/ц хүртэл)</td><td>50,000 ₮</td></tr><tr><td>Гэрлэн дохио зөрчих</td><td>100,000 ₮</td></tr><tr><td>Буруу зогсоол</td><td>30,000 ₮</td></tr></table><p style="font-size:13px">Анхаар: “Таны 4321 УБА машин 50,000 ₮ торгуультай, картаар төл” гэсэн мессеж залилан болно.</p></div></body></html>"""
)
LOGIN = (
    HEAD
    + """<div class="c"><h2 style="margin-top:0">Нэвтрэх</h2>{% if e %}<p class="e" role="alert">{{ e }}</p>{% endif %}{% if not step %}<form method="post" action="/login"><label>Регистрийн дугаар<input name="reg" placeholder="АА00112233" maxlength="10" required></label><label>Бүртгэлтэй утасны дугаар<input name="utas" type="tel" placeholder="99112233" maxlength="8" required></label><button>Код авах</button></form>{% else %}<p>{{ utas }} дугаарт 6 оронтой код илгээлээ. Дугаар бүртгэлгүй бол код ирэхгүй.</p><form method="post" action="/verify"><input type="hidden" name="utas" value="{{ utas }}"><label>Баталгаажуулах код<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required></label><button>Нэвтрэх</button></form>{% endif %}</div></body></html>"""
)


def build() -> Starlette:
    async def index(_: Request) -> Response:
        return render(INDEX, t="Торгууль шалгах")

    async def login(request: Request) -> Response:
        if request.method == "GET":
            return render(LOGIN, t="Нэвтрэх", e="", step=0, utas="")
        return render(LOGIN, t="Код баталгаажуулах", e="", step=1, utas=(await form(request)).get("utas", ""))

    async def verify(request: Request) -> Response:
        if request.method == "GET":
            return RedirectResponse("/login", 302)
        return render(
            LOGIN,
            401,
            t="Код баталгаажуулах",
            e="Код буруу эсвэл хугацаа нь дууссан байна.",
            step=1,
            utas=(await form(request)).get("utas", ""),
        )

    return Starlette(
        routes=[
            Route("/", index),
            Route("/login", login, methods=["GET", "POST"]),
            Route("/verify", verify, methods=["GET", "POST"]),
        ]
    )


SITE = Site(
    name="torguuli",
    kind="obstacle",
    title="Торгууль шалгах",
    about="Fines are shown only after a log-in by register number and a one-time code sent to the registered phone; no code ever fits a probe.",
    languages=("mn",),
    techniques=(
        "log-in wall",
        "sms code wall",
        "tariff of fines",
        "scam warning quoting a sum",
        "cyrillic that is not russian",
    ),
    expect=("inconclusive",),
    build=build,
    scenario="auto",
)
