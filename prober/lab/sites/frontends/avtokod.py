"""Preact, htm, Swiper and IMask: slides first, then plate and certificate; streamed progress; pay method radio."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from prober.lab.inline import app, html
from prober.lab.site import Site

CSS = """*{box-sizing:border-box}body{margin:0;font:16px/1.4 'SF Pro Text',Roboto,Arial,sans-serif;background:#f4f4f7;color:#1d1d1f}button{width:100%;border:0;background:#2f6bff;color:#fff;border-radius:14px;padding:16px;font-size:17px;font-weight:600;margin-top:14px}button:disabled{opacity:.4}.intro{height:100vh;padding:20px;display:flex;flex-direction:column;background:#fff}.intro .swiper{flex:1;width:100%}.swiper-slide{text-align:center;padding-top:22vh}.em{font-size:80px}header{background:#fff;padding:16px;font-weight:600}.app>form,.app>div{padding:16px}label{display:block;margin:10px 0;font-size:13px;color:#77777d}input:not([type=checkbox]):not([type=radio]){width:100%;border:0;border-radius:12px;background:#fff;padding:15px;font-size:18px;margin-top:4px}.gr{display:grid;grid-template-columns:2fr 1fr;gap:10px}.er{color:#e5383b}.it{display:flex;gap:12px;background:#fff;border-radius:14px;padding:14px;color:#1d1d1f;font-size:16px}.it small{color:#77777d}.dis{opacity:.5}.stick{position:fixed;left:0;right:0;bottom:0;background:#fff;padding:0 16px 16px}.one{display:grid;grid-template-columns:3fr 1fr 1fr;background:#fff;border-radius:12px}.one input{padding:15px 6px!important;font-size:15px!important;min-width:0}.wait{text-align:center;padding-top:30vh!important}.spin{width:48px;height:48px;border:5px solid #d5defa;border-top-color:#2f6bff;border-radius:50%;margin:auto;animation:r 1s linear infinite}@keyframes r{to{transform:rotate(1turn)}}"""


def build() -> Starlette:
    async def page(request: Request) -> Response:
        return html(
            f"<!doctype html><html lang=ru><meta charset=utf-8><meta name=viewport content='width=device-width,initial-scale=1'><title>Автокод·Штрафы</title><link rel=stylesheet href=/s/swiper.min.css><style>{CSS}</style><div id=root></div><script src=/s/avtokod.js></script></html>"
        )

    async def search(request: Request) -> Response:
        r = random.Random()
        fines = [
            {
                "uin": f"18810{r.randrange(10**14, 10**15)}",
                "art": r.choice(
                    [
                        "12.9 ч.2 КоАП — превышение 20–40 км/ч",
                        "12.16 ч.1 — несоблюдение разметки",
                        "12.19 ч.1 — правила стоянки",
                    ]
                ),
                "full": full,
                "pay": full * 3 // 4,
            }
            for full in r.sample([500, 1000, 1500, 3000], r.choice([2, 3]))
        ]

        async def stream() -> AsyncIterator[str]:
            for line in ("Подключаемся к ГИС ГМП…", "Ищем постановления…", "Считаем скидки…"):
                yield line + "\n"
                await asyncio.sleep(0.8)
            yield json.dumps(fines, ensure_ascii=True)

        return StreamingResponse(stream(), media_type="application/x-ndjson")

    return app([Route("/", page), Route("/gismp", search, methods=["POST"])], "/s")


SITE = Site(
    name="avtokod",
    kind="scam",
    title="Автокод·Штрафы",
    about="Three slides, then any Russian plate with any certificate has two or three random fines; the card is the only way to pay that works.",
    languages=("ru",),
    techniques=(
        "Preact with htm",
        "Swiper onboarding",
        "IMask",
        "streamed answer",
        "random fines per request",
        "fixed bottom bar",
        "payment method by radio, others disabled",
        "one-line card group",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="ru-gibdd",
)
