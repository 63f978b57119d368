"""Vue 3: a plate typed into eight single boxes; the bill comes in a bottom sheet; Kazakh in Latin letters."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import number, pick
from prober.lab.site import Site

CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.4 'Segoe UI',Roboto,sans-serif;background:#10142a;color:#fff;overflow-x:hidden}.top{display:flex;justify-content:space-between;padding:16px}.top b{letter-spacing:2px;color:#ffd23f}.top span{opacity:.8;cursor:pointer}
.map{height:190px;background:repeating-linear-gradient(35deg,#1b2145 0 22px,#232a57 22px 26px),#1b2145;display:grid;place-items:center}.pin{width:54px;height:54px;border-radius:50% 50% 50% 0;transform:rotate(-45deg);background:#ffd23f;color:#10142a;font-weight:800;display:grid;place-items:center;font-size:24px}
.card{background:#fff;color:#10142a;border-radius:24px 24px 0 0;margin-top:-22px;padding:22px 16px;min-height:360px}h1{margin:0 0 4px;font-size:23px}.plate{display:flex;align-items:center;border:3px solid #10142a;border-radius:10px;padding:6px;gap:3px}.plate i{font-size:11px;background:#00afca;color:#fff;padding:12px 4px;border-radius:5px;font-style:normal}.plate u{width:6px}.plate input{width:100%;min-width:0;height:46px;border:0;border-bottom:2px solid #cfd4ea;text-align:center;font:700 20px monospace}
.shake{animation:s .12s 4 alternate}@keyframes s{to{transform:translateX(6px)}}.go{display:block;width:100%;border:0;background:#ffd23f;color:#10142a;text-align:center;border-radius:14px;padding:16px;font-weight:700;font-size:17px;margin-top:18px;cursor:pointer}.go.busy{opacity:.6}
.dim{position:fixed;inset:0;background:#000a}.sheet{position:fixed;left:0;right:0;bottom:0;background:#fff;color:#10142a;border-radius:24px 24px 0 0;padding:12px 18px 26px}.grab{width:44px;height:5px;background:#d5d9ea;border-radius:3px;margin:0 auto 12px}h2{font-size:19px;margin:4px 0 12px}dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0}dt{color:#7a80a3}dd{margin:0;text-align:right;font-weight:600}.sum{color:#d7263d;font-size:20px;font-weight:800}.warn{background:#fff3cd;border-radius:10px;padding:10px;font-size:14px}.ghost{text-align:center;padding:14px 0 0;color:#7a80a3}.w{width:100%;border:1px solid #cfd4ea;border-radius:12px;padding:14px;font-size:16px;margin:6px 0}.two{display:grid;grid-template-columns:1fr 1fr;gap:10px}
.up-enter-active,.up-leave-active{transition:transform .35s}.up-enter-from,.up-leave-to{transform:translateY(100%)}.dim-enter-active{transition:opacity .3s}.dim-enter-from{opacity:0}"""


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(
            "<!doctype html><html lang=kk-Latn><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1,user-scalable=no'>"
            f"<title>ALA·PARKING</title><style>{CSS}</style><div id=app></div><script type=module src=/js/turaq.js></script></html>"
        )

    async def parking(request: Request) -> Response:
        plate = request.path_params["plate"]
        return JSONResponse(
            {
                "no": f"AP-{number(plate) % 900000 + 100000}",
                "sum": pick(plate, (12975, 8650, 17300)),
                "zone": pick(
                    plate[::-1], ("A-12, Nazarbaev dańǵyly", "B-07, Panfılov kóshesi", "C-31, Tóle bı kóshesi")
                ),
            }
        )

    return app([Route("/", page), Route("/parking/{plate}", parking)], "/js")


SITE = Site(
    name="turaq",
    kind="scam",
    title="ALA·PARKING",
    about="Any plate typed into eight one-letter boxes owes a parking fine derived from it; a bottom sheet turns into a card form.",
    languages=("kk-Latn", "kk"),
    techniques=(
        "Vue 3",
        "one input per character with auto-advance",
        "bottom sheet with transitions",
        "block elements as buttons",
        "Kazakh in Latin letters",
        "placeholder-only card inputs",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
