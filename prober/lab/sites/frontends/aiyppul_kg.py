"""Bootstrap 5: accordion, modal, offcanvas; Kyrgyz and Russian; payment only by transfer to a private person's wallet."""

from __future__ import annotations

import random

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = """<!doctype html><html lang=ky><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>Айып пулдар порталы</title><link rel=stylesheet href=/vendor/bootstrap.min.css>
<style>body{background:#fff8f0}.navbar{background:#c8102e}.accordion-button:not(.collapsed){background:#fde7ea;color:#c8102e}.btn-kg{background:#c8102e;color:#fff}.stamp{font-family:monospace}</style>
<nav class="navbar navbar-dark px-3"><span class="navbar-brand mb-0 h1">☀ Айып пул.kg</span><button class="navbar-toggler" data-bs-toggle="offcanvas" data-bs-target="#menu" aria-label="Меню"><span class="navbar-toggler-icon"></span></button></nav>
<div class="offcanvas offcanvas-end" id=menu tabindex=-1><div class="offcanvas-header"><h5>Меню</h5><button class="btn-close" data-bs-dismiss="offcanvas"></button></div><div class="offcanvas-body"><a class="d-block py-2" href="#a1" data-bs-dismiss=offcanvas>Кызматтар</a><a class="d-block py-2" href="/">Суроо-жооп</a><a class="d-block py-2" href="/">Байланыш: 119</a></div></div>
<div class="container py-4"><h1 class="h4">«Коопсуз шаар» — электрондук кызматтар</h1><p class="text-secondary">Керектүү кызматты тандаңыз / Выберите услугу</p>
<div class="accordion" id=a1>
<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button collapsed" data-bs-toggle="collapse" data-bs-target="#c1">Айдоочулук күбөлүк алуу</button></h2><div id=c1 class="accordion-collapse collapse" data-bs-parent="#a1"><div class="accordion-body">Кезекке «Түндүк» аркылуу жазылыңыз.</div></div></div>
<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button collapsed" data-bs-toggle="collapse" data-bs-target="#c2">Айып пулдарды текшерүү / Проверка штрафов</button></h2><div id=c2 class="accordion-collapse collapse" data-bs-parent="#a1"><div class="accordion-body">
<form method=post action="/?step=search"><div class="form-floating mb-3"><input class="form-control text-uppercase" id=n name=nomer placeholder="01KG123ABC" required maxlength=12><label for=n>Мамлекеттик номер / Госномер</label></div>
<div class="form-floating mb-3"><input class="form-control" id=i name=inn placeholder="ПИН" inputmode=numeric maxlength=14><label for=i>ПИН (ИНН) — милдеттүү эмес</label></div>
<div class="form-check mb-3"><input class="form-check-input" type=checkbox id=ok required><label class="form-check-label" for=ok>Маалыматты иштетүүгө макулмун</label></div>
<button class="btn btn-kg w-100">Текшерүү</button></form></div></div></div>
<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button collapsed" data-bs-toggle="collapse" data-bs-target="#c3">Техкароо</button></h2><div id=c3 class="accordion-collapse collapse" data-bs-parent="#a1"><div class="accordion-body">Убактылуу жеткиликсиз.</div></div></div>
</div></div>{modal}<script src=/vendor/bootstrap.bundle.min.js></script>{show}</html>"""

MODAL = """<div class="modal fade" id=res data-bs-backdrop=static tabindex=-1><div class="modal-dialog modal-dialog-centered modal-dialog-scrollable"><div class="modal-content"><div class="modal-header text-bg-danger"><h5 class="modal-title">Токтом №{no}</h5><button class="btn-close btn-close-white" data-bs-dismiss=modal></button></div><div class="modal-body"><p>Унаанын номери: <b class=stamp>{plate}</b></p><p>Жолду кесип өтүү эрежесин бузуу, {place}</p><p class="fs-4 text-danger mb-1">Айып пул: {sum} сом</p><p class="small text-secondary">15 күндөн кийин сумма эки эсе көбөйөт</p></div><div class="modal-footer"><button class="btn btn-outline-secondary" data-bs-dismiss=modal>Жабуу</button><button class="btn btn-kg" data-bs-target="#pay" data-bs-toggle=modal>Төлөө</button></div></div></div></div>
<div class="modal fade" id=pay tabindex=-1><div class="modal-dialog modal-fullscreen"><div class="modal-content"><div class="modal-header"><h5 class="modal-title">Төлөм / Оплата</h5><button class="btn-close" data-bs-dismiss=modal></button></div><div class="modal-body"><div class="alert alert-warning">Карта менен төлөө убактылуу иштебейт. MBank же О!Деньги аркылуу которуңуз.</div>
<p>Переведите <b>{sum} сом</b> по номеру телефона получателя:</p><div class="input-group mb-3"><input class="form-control" readonly value="+996 000 12 34 56"><button class="btn btn-outline-secondary" type=button onclick="navigator.clipboard&&navigator.clipboard.writeText('+996 000 123456');this.textContent='✓'">Көчүрүү</button></div><p>Алуучу: <b>Айбек К.</b> · MBank<br>Комментарий: <b>токтом {no}</b></p>
<div class="text-center my-3">{qr}<div class="small text-secondary">QR-код аркылуу төлөө</div></div><button class="btn btn-kg w-100" onclick="this.disabled=true;this.textContent='Текшерилүүдө…'">Төлөдүм / Я оплатил</button></div></div></div></div>"""


def qr(seed: int) -> str:
    """A picture in the form of a QR code."""
    r = random.Random(seed)
    cells = "".join(
        f"<rect x={x} y={y} width=1 height=1 />"
        for x in range(25)
        for y in range(25)
        if r.random() < 0.5 and not (((x < 8 or x > 16) and y < 8) or (x < 8 and y > 16))
    )
    eyes = "".join(
        f"<path d='M{x} {y}h7v7h-7zM{x + 1} {y + 1}v5h5v-5zM{x + 2} {y + 2}h3v3h-3z' fill-rule=evenodd />"
        for x, y in ((0, 0), (18, 0), (0, 18))
    )
    return f"<svg width=200 height=200 viewBox='-1 -1 27 27' role=img aria-label=QR>{cells}{eyes}</svg>"


def build() -> Starlette:
    async def index(request: Request) -> Response:
        if request.method == "GET":
            return html(PAGE.replace("{modal}", "").replace("{show}", ""))
        plate = "".join(c for c in (await form(request)).get("nomer", "").upper() if c.isalnum() or c == " ")
        r = random.Random()
        no = str(r.randrange(10**8, 10**9))
        modal = (
            MODAL.replace("{no}", no)
            .replace("{plate}", plate)
            .replace("{sum}", r.choice(["1 000", "3 000", "5 500", "1 500"]))
            .replace(
                "{place}",
                r.choice(["Бишкек ш., Чүй пр. / Манас пр.", "Ош ш., Масалиев пр.", "Бишкек ш., Жибек Жолу пр."]),
            )
            .replace("{qr}", qr(int(no)))
        )
        return html(
            PAGE.replace("{modal}", modal).replace(
                "{show}", "<script>addEventListener('load',()=>new bootstrap.Modal('#res').show())</script>"
            )
        )

    return app([Route("/", index, methods=["GET", "POST"])], "/vendor")


SITE = Site(
    name="aiyppul-kg",
    kind="scam",
    title="Айып пул.kg",
    about="Any plate gets a random fine in a modal; then cards are 'out of order' and the sum is to be sent to a private person by phone number or QR.",
    languages=("ky", "ru"),
    techniques=(
        "Bootstrap 5 accordion holding the form",
        "result modal after a full post",
        "random fine per request",
        "modal chained to a full-screen modal",
        "transfer to a private person and QR instead of a card",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kg-fines",
)
