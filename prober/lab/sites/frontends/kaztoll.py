"""Angular with material-like fields and a list box made of custom elements; toll debt; card form in a frame of its own."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.kit import number
from prober.lab.site import Site

CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.45 Roboto,Arial,sans-serif;background:#fafafa}mat-toolbar{display:flex;justify-content:space-between;background:#00695c;color:#fff;padding:16px}mat-card{display:block;background:#fff;margin:16px;padding:18px 16px;border-radius:6px;box-shadow:0 2px 6px #0003}h1{font-size:21px;margin:0 0 6px;font-weight:500}mat-form-field{display:block;position:relative;margin:22px 0}mat-form-field input,mat-select{display:block;width:100%;min-height:54px;padding:22px 12px 6px;font:17px Roboto,Arial;border:0;border-bottom:1px solid #777;background:#f3f3f3;border-radius:4px 4px 0 0}mat-select i{position:absolute;right:12px;top:16px;font-style:normal}mat-form-field label{position:absolute;left:12px;top:16px;color:#666;pointer-events:none;transition:.15s}mat-form-field.up label,mat-form-field input:focus+label{top:4px;font-size:12px}mat-error{color:#c62828;font-size:13px}.panel{box-shadow:0 3px 12px #0004;background:#fff;margin-top:-20px;position:relative;z-index:3}mat-option{display:block;padding:14px 12px;border-bottom:1px solid #eee;cursor:pointer}button{width:100%;border:0;border-radius:4px;background:#00695c;color:#fff;padding:15px;font-size:15px;letter-spacing:1px}.r{display:flex;justify-content:space-between;border-bottom:1px solid #eee;padding:10px 0}.t{font-size:19px}.w{color:#c62828;font-size:14px}.c{text-align:center;padding-top:20vh}mat-progress-bar{display:block;height:4px;background:linear-gradient(90deg,#00695c 40%,#b2dfdb 40%)}iframe{border:0}"""

FRAME = """<!doctype html><meta charset=utf-8><style>body{font:15px Arial;margin:0}label{display:block;margin:8px 0 2px;color:#555}input{width:100%;box-sizing:border-box;padding:12px;font-size:17px;border:1px solid #bbb;border-radius:4px}button{width:100%;padding:14px;background:#00695c;color:#fff;border:0;margin-top:14px;font-size:16px}.g{display:flex;gap:10px}</style>
<form onsubmit="return false"><label>Card number</label><input class=n inputmode=numeric><div class=g><div><label>Expiry</label><input class=d></div><div><label>CVV</label><input class=v maxlength=3></div></div><label>Cardholder</label><input><button>Pay</button></form><script src=/b/cleave.min.js></script><script>new Cleave('.n',{creditCard:true});new Cleave('.d',{date:true,datePattern:['m','y']})</script>"""


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(
            f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'><base href=/><title>KazToll</title><style>{CSS}</style><app-root></app-root><script src=/b/kaztoll.js></script></html>"
        )

    async def unpaid(request: Request) -> Response:
        n = number(request.path_params["plate"])
        rows = [
            {
                "at": f"{3 + n % 5 + i * 4:02d}.11.2026 {(n >> i) % 12 + 8:02d}:{n % 60:02d}",
                "gate": g,
                "sum": f"{s:,}.00",
            }
            for i, (g, s) in enumerate(
                (("Astana — Temirtau, km 31", 1000), ("Almaty — Qapshagai, km 12", 400))[: 1 + n % 2]
            )
        ]
        total = 8650 + sum((1000, 400)[: 1 + n % 2])
        return JSONResponse({"count": len(rows), "rows": rows, "fine": "8,650.00", "total": f"{total:,}.00"})

    async def frame(request: Request) -> Response:
        return html(FRAME)

    return app(
        [
            Route("/", page),
            Route("/api/vehicles/{plate}/unpaid", unpaid, methods=["PUT"]),
            Route("/acquiring/frame", frame),
        ],
        "/b",
    )


SITE = Site(
    name="kaztoll",
    kind="scam",
    title="KazToll",
    about="Any plate of any class has unpaid passages and a penalty derived from the plate; card form in a frame of the same origin.",
    languages=("en", "ru"),
    techniques=(
        "Angular reactive forms",
        "mat-select of custom elements (no select)",
        "floating labels without placeholders",
        "PUT by XMLHttpRequest",
        "card form in a same-origin frame with cleave.js",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
