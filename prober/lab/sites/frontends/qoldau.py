"""React with server-rendered markup that is hydrated late; fines by plate or IIN."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import ASSETS, app, html
from prober.lab.kit import form, number
from prober.lab.site import Site

CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.45 Inter,Roboto,Arial,sans-serif;background:#f2f5fa;color:#14213d}
header{background:#fff;display:flex;justify-content:space-between;align-items:center;padding:12px 16px;box-shadow:0 1px 4px #0001}
.logo b{color:#0b6bcb;font-size:20px}.logo small{display:block;color:#6b7a90;font-size:11px}.lang button{border:0;background:none;padding:6px;color:#6b7a90}.lang .on{color:#0b6bcb;font-weight:700}
.hero{background:linear-gradient(120deg,#0b6bcb,#16a6c9);color:#fff;padding:28px 18px;border-radius:0 0 22px 22px}.hero h1{font-size:24px;margin:0 0 8px}
.cards{padding:16px;display:grid;gap:12px}.cards a{background:#fff;border-radius:16px;padding:16px;text-decoration:none;color:inherit;display:block}.cards small{display:block;color:#6b7a90;margin:4px 0 10px}.cards span{color:#0b6bcb;font-weight:600}.off{opacity:.5}
h2{padding:14px 16px 0;font-size:20px;margin:0}.box{background:#fff;margin:14px 16px;border-radius:16px;padding:16px}
.seg{display:flex;background:#e9eef6;border-radius:12px;padding:4px;margin-bottom:14px}.seg button{flex:1;border:0;background:none;padding:10px 4px;border-radius:9px;font-size:14px}.seg .on{background:#fff;font-weight:600}
.fl{position:relative;display:block;margin:10px 0}.fl input{width:100%;padding:22px 14px 8px;border:1px solid #c7d2e2;border-radius:12px;font-size:17px}.fl span{position:absolute;left:14px;top:15px;color:#6b7a90;transition:.15s;pointer-events:none}.fl input:focus+span,.fl input:not(:placeholder-shown)+span{top:5px;font-size:12px}
.pri{width:100%;border:0;border-radius:12px;background:#0b6bcb;color:#fff;padding:15px;font-size:16px;font-weight:600;margin-top:10px}.pri:disabled{background:#b7c6da}.er{color:#c62828;display:block}.row{display:flex;justify-content:space-between}.tot{padding:12px 0;font-size:17px}
.fine{border:1px solid #e3e9f2;border-radius:12px;padding:12px;margin:10px 0}.fine small,.mut{color:#6b7a90}.two{display:grid;grid-template-columns:1fr 1fr;gap:10px}.ways{list-style:none;margin:0;padding:0}.ways li{display:flex;gap:12px;align-items:center;padding:14px 0;border-bottom:1px solid #eef2f7;cursor:pointer}.ways em{margin-left:auto}.lg{width:34px;height:34px;border-radius:9px;background:#0b6bcb}.lg.kaspi{background:#f14635}.lg.halyk{background:#00a651}
.sk{margin:16px;padding:16px;background:#fff;border-radius:16px}.sk i{display:block;height:52px;border-radius:12px;background:#e9eef6;margin-bottom:10px;animation:p 1s infinite alternate}.sk .s{width:60%}@keyframes p{to{opacity:.5}}footer{text-align:center;color:#8a97aa;padding:24px;font-size:13px}"""


def build() -> Starlette:
    jobs: dict[str, dict[str, Any]] = {}

    async def page(request: Request) -> Response:
        shell = (ASSETS / "qoldau.html").read_text()
        return html(
            f"<!doctype html><html lang=ru><head><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'>"
            f"<title>Qoldau — Единое окно оплаты</title><style>{CSS}</style></head><body><div id=__next>{shell}</div>"
            '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"page":"/","query":{},"buildId":"v9kQ2","isFallback":false}</script>'
            "<script src='/_next/chunks/main-7f2c.js' async></script></body></html>"
        )

    async def chunk(request: Request) -> Response:
        await asyncio.sleep(1.1)  # a phone's network: the markup is there long before it answers
        return FileResponse(ASSETS / "qoldau.js", media_type="text/javascript")

    async def check(request: Request) -> Response:
        value = (await form(request)).get("value", "")
        job = secrets.token_hex(8)
        seed = number(value)
        sums = [[21625, 12975], [43250], [21625, 8650]][seed % 3]
        arts = {
            21625: "ст. 592 ч.1 — превышение скорости на 14 км/ч",
            12975: "ст. 597 ч.1 — правила остановки",
            43250: "ст. 599 ч.1 — проезд на запрещающий сигнал",
            8650: "ст. 593 — ремень безопасности",
        }
        places = ["пр. Абая / ул. Байзакова", "пр. Кабанбай батыра, 53", "ул. Толе би, 187"]
        jobs[job] = {
            "n": 0,
            "state": "done",
            "total": sum(sums),
            "items": [
                {
                    "no": f"2600{seed % 10**7:07d}{i}{seed % 997:03d}",
                    "art": arts[s],
                    "sum": s,
                    "when": f"{11 + i * 3:02d}.11.2026 {8 + seed % 11:02d}:{seed % 60:02d}",
                    "where": places[(seed + i) % 3],
                }
                for i, s in enumerate(sums)
            ],
        }
        return JSONResponse({"job": job}, status_code=202)

    async def poll(request: Request) -> Response:
        job = jobs.get(request.path_params["job"])
        if job is None:
            return JSONResponse({"error": "not_found"}, status_code=404)
        job["n"] += 1
        return JSONResponse(job if job["n"] > 2 else {"state": "pending"})

    async def pay(request: Request) -> Response:
        return JSONResponse({"status": "declined"})

    return app(
        [
            Route("/_next/chunks/main-7f2c.js", chunk),
            Route("/api/v2/check", check, methods=["POST"]),
            Route("/api/v2/check/{job}", poll),
            Route("/api/v2/pay", pay, methods=["POST"]),
            Route("/{path:path}", page),
        ],
        "/_next/static",
    )


SITE = Site(
    name="qoldau",
    kind="scam",
    title="Qoldau — Единое окно оплаты",
    about="Late-hydrated React: any plate or IIN owes one or two fines derived from the input; card form after a choice of bank.",
    languages=("ru", "kk"),
    techniques=(
        "React 18 hydration of server markup",
        "react-hook-form, button disabled until valid",
        "client routes",
        "job polling",
        "list items as pay buttons",
        "unnamed card inputs",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="kz-fines",
)
