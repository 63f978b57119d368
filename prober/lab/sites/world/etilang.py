"""Indonesia: electronic traffic ticket (ETLE) by split plate; of the ways to pay only the card 'works'."""

from __future__ import annotations

import base64
import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from prober.lab.inline import between, dots, html, served
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = r"""<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>E-TILANG | Konfirmasi Pelanggaran</title>
<style>*{box-sizing:border-box}[x-cloak]{display:none!important}body{margin:0;font-family:Poppins,Roboto,Arial,sans-serif;background:#eef1f4;color:#1d2733}
.top{background:linear-gradient(160deg,#0b2a4a,#14548c);color:#fff;padding:20px 18px 70px}.top h1{font-size:21px;margin:6px 0}.top p{font-size:13px;opacity:.85;margin:0}
.card{background:#fff;border-radius:14px;margin:-50px 14px 14px;padding:18px;box-shadow:0 4px 18px #0002}.pl{display:flex;gap:8px}.pl input{font-size:22px;font-weight:700;text-align:center;border:2px solid #20364d;border-radius:8px;padding:10px 4px;background:#111;color:#fff;text-transform:uppercase;width:100%}.pl input:nth-child(2){flex:2.2}.pl input:nth-child(1),.pl input:nth-child(3){flex:1}
.pl input::placeholder{color:#666}.k{display:flex;gap:8px;margin:14px 0}.k div{flex:1;border:1px solid #c8d0d9;border-radius:10px;padding:12px 4px;text-align:center;font-size:13px}.k .on{border-color:#14548c;background:#e6f0fa;font-weight:600}
.go{background:#f5a800;border-radius:30px;text-align:center;padding:14px;font-weight:700;margin-top:10px}.go.off{background:#ddd;color:#999}
.ov{position:fixed;inset:0;background:#000b;z-index:9;display:flex;align-items:center;justify-content:center}.ov>div{background:#fff;border-radius:14px;width:86%;padding:20px;position:relative}.x{position:absolute;right:12px;top:8px;font-size:24px;color:#888}
.sheet{position:fixed;left:0;right:0;bottom:0;background:#fff;border-radius:20px 20px 0 0;max-height:92vh;overflow:auto;padding:20px 18px 30px;box-shadow:0 -6px 30px #0005;z-index:8}
.r{display:flex;justify-content:space-between;border-bottom:1px dashed #d5dbe1;padding:9px 0;font-size:14px;gap:16px}.r b{text-align:right}.acc{border:1px solid #d5dbe1;border-radius:10px;margin:8px 0;padding:13px;font-size:14px}.acc em{float:right;font-style:normal;font-size:11px;color:#c0392b}
.acc input{display:block;width:100%;padding:11px;margin:8px 0;border:1px solid #bbb;border-radius:8px;font-size:16px}.sp{width:34px;height:34px;border:4px solid #ddd;border-top-color:#14548c;border-radius:50%;animation:s 1s linear infinite;margin:20px auto}@keyframes s{to{transform:rotate(1turn)}}</style>
<script defer src="/assets/app.3e9.js"></script></head>
<body x-data="tilang()" x-cloak>
<div class="ov" x-show="info"><div><span class="x" @click="info=false">×</span><h3>Pemberitahuan</h3><p style="font-size:14px">Mulai 1 November 2026 pelanggaran yang terekam kamera ETLE wajib dikonfirmasi dan diselesaikan paling lambat 3 hari sejak SMS diterima. Lewat batas waktu, STNK akan diblokir.</p></div></div>
<div class="top"><p>Kejaksaan · Korlantas · ETLE Nasional</p><h1>Cek Tilang Elektronik</h1><p>Masukkan nomor polisi kendaraan Anda untuk melihat data pelanggaran</p></div>
<div class="card"><div style="font-size:13px;margin-bottom:6px">Nomor Polisi (TNKB)</div>
<div class="pl"><input x-ref="a" maxlength="2" placeholder="B" x-model="a" @input="a=a.replace(/[^a-z]/gi,'');if(a.length==2)$refs.b.focus()"><input x-ref="b" maxlength="4" inputmode="numeric" placeholder="1234" x-model="b" @input="b=b.replace(/\D/g,'');if(b.length==4)$refs.c.focus()"><input x-ref="c" maxlength="3" placeholder="XYZ" x-model="c" @input="c=c.replace(/[^a-z]/gi,'')"></div>
<div class="k"><template x-for="j in ['Mobil','Sepeda Motor','Truk / Bus']"><div :class="{on:jenis==j}" @click="jenis=j" x-text="j"></div></template></div>
<div class="go" :class="{off:!ok}" @click="ok&&cek()">CEK DATA</div>
<p style="font-size:12px;color:#6b7783">Contoh: B 1234 XYZ. Data bersumber dari kamera ETLE statis dan mobile.</p></div>
<div class="sheet" x-show="st=='cari'"><div class="sp"></div><p style="text-align:center">Mencari data pelanggaran…</p></div>
<template x-if="d"><div class="sheet"><h3 style="margin:0 0 6px" x-text="d.h"></h3>
<template x-for="p in d.r"><div class="r"><span x-text="p[0]"></span><b x-text="p[1]"></b></div></template>
<div x-show="!byr"><p style="font-size:13px;color:#c0392b" x-text="d.w"></p><div class="go" @click="byr=true">BAYAR DENDA</div></div>
<div x-show="byr"><h4>Pilih metode pembayaran</h4>
<div class="acc" @click="gg='BRIVA'">BRIVA / Virtual Account <em>gangguan</em></div><div class="acc" @click="gg='QRIS'">QRIS <em>gangguan</em></div>
<p x-show="gg" style="font-size:12px;color:#c0392b">Metode <span x-text="gg"></span> sedang dalam pemeliharaan. Silakan gunakan metode lain.</p>
<div class="acc"><div @click="kartu=!kartu">Kartu Debit / Kredit ▾</div><template x-if="kartu"><div><input placeholder="Nomor kartu" inputmode="numeric" maxlength="19" autocomplete="cc-number"><input placeholder="Nama pada kartu"><div style="display:flex;gap:8px"><input placeholder="BB/TT" maxlength="5"><input placeholder="CVV" maxlength="3" inputmode="numeric"></div><div class="go">BAYAR SEKARANG</div></div></template></div></div></div></template>
<script>function tilang(){return{info:true,a:'',b:'',c:'',jenis:'',st:'',d:null,byr:false,gg:'',kartu:false,
get ok(){return this.a&&this.b&&this.jenis},
async cek(){this.st='cari';const f=new FormData();f.append('q',btoa(JSON.stringify([this.a,this.b,this.c,this.jenis])));const t=await(await fetch('/v2/q',{method:'POST',body:f})).text();
await new Promise(r=>setTimeout(r,1400));this.d=JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(t),c=>c.charCodeAt(0))));this.st='';}}}</script></body></html>"""


def build() -> Starlette:
    async def page(_: Request) -> Response:
        return html(PAGE)

    async def query(request: Request) -> Response:
        try:
            a, b, c, kind = json.loads(base64.b64decode((await form(request)).get("q", "")))
        except ValueError:
            a, b, c, kind = "", "", "", "Mobil"
        plate = f"{a} {b} {c}".upper().strip()
        sum_ = (250_000, 187_500, 500_000)[between(plate, 0, 2)]
        answer = {
            "h": "1 pelanggaran ditemukan",
            "r": [
                ["No. Polisi", plate],
                ["Jenis", kind],
                ["No. Referensi", f"ETLE-{between(plate, 1000000, 9999999)}"],
                ["Pelanggaran", "Melanggar rambu / marka jalan, Pasal 287 ayat (1) UU LLAJ"],
                ["Lokasi", "Jl. Jend. Sudirman"],
                ["Waktu", "19/11/2026 08:14 WIB"],
                ["Denda tilang", f"Rp {dots(sum_)}"],
                ["Biaya perkara", "Rp 1.000"],
                ["Total tagihan", f"Rp {dots(sum_ + 1000)}"],
            ],
            "w": "Segera selesaikan pembayaran sebelum 24 November 2026 untuk menghindari pemblokiran STNK.",
        }
        return PlainTextResponse(base64.b64encode(json.dumps(answer).encode()).decode())

    return Starlette(
        routes=[
            Route("/", page),
            Route("/v2/q", query, methods=["POST"]),
            served("alpine.min.js", "/assets/app.3e9.js"),
        ]
    )


SITE = Site(
    name="etilang",
    kind="scam",
    title="E-TILANG | Konfirmasi Pelanggaran",
    about="Any Indonesian plate has a camera violation; virtual account and QRIS are 'under maintenance', only the card form opens.",
    languages=("id",),
    techniques=(
        "alpine",
        "start pop-up",
        "split plate",
        "vehicle tiles that must be chosen",
        "block buttons",
        "base64 bodies",
        "bottom sheet",
        "payment accordion with dead methods",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
