"""Tanzania: parking debt told by a chat assistant wholly made in the browser; money to be sent to an agent's phone."""

from __future__ import annotations

import base64
import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prober.lab.inline import render
from prober.lab.site import Site

WORDS = [
    "Habari! 👋 Mimi ni Neema, msaidizi wa huduma za maegesho.",
    "Ungependa kufanya nini leo?",
    "Angalia deni la maegesho",
    "Lipa deni",
    "Tafadhali andika namba ya usajili wa gari lako (mfano: T 123 ABC)",
    "Samahani, namba hiyo si sahihi. Jaribu tena (mfano: T 123 ABC).",
    "Subiri kidogo, natafuta kwenye mfumo…",
    "Gari namba {p} lina deni la maegesho ambalo halijalipwa:\n\n📍 Kariakoo, Mtaa wa Msimbazi\n🧾 Ankara {c}: TSh {a}\n⚠️ Faini ya kuchelewa: TSh {f}\n\nJumla ya deni: TSh {t}",
    "Usipolipa ndani ya saa 24 gari litafungwa minyororo na faini itaongezeka hadi TSh 300,000.",
    "Lipa sasa",
    "Baadaye",
    "Chagua mtandao wa kulipia:",
    "M-Pesa",
    "Mixx by Yas",
    "Airtel Money",
    "Lipa kwa {m}:\n1. Piga menyu ya {m}\n2. Chagua Tuma Pesa\n3. Weka namba ya wakala: 0000 410 226\n4. Jina: ASHA J. MWAKALINGA\n5. Kiasi: TSh {t}\n6. Kumbukumbu: {c}\n\nUkishalipa bonyeza “Nimelipa” ili deni lifutwe.",
    "Nimelipa",
    "Asante. Malipo yanahakikiwa, utapokea SMS ndani ya dakika 30.",
    "Sawa. Kumbuka deni linaongezeka kila siku.",
]

PAGE = r"""<!doctype html><html lang="sw"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Huduma za Maegesho</title>
<style>*{box-sizing:border-box}html,body{height:100%;margin:0}body{display:flex;flex-direction:column;font:16px/1.4 Roboto,Arial,sans-serif;background:#e8efe6}header{background:#0d6b3c;color:#fff;padding:12px 16px}header small{display:block;opacity:.8}
#m{flex:1;overflow:auto;padding:14px}.b{background:#fff;border-radius:2px 14px 14px 14px;padding:10px 13px;margin:6px 40px 6px 0;white-space:pre-line;width:fit-content}.u{background:#d4f5c6;margin:6px 0 6px auto;border-radius:14px 2px 14px 14px}.q{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}.q span{border:1.5px solid #0d6b3c;color:#0d6b3c;border-radius:18px;padding:8px 14px;background:#fff}
form{display:flex;gap:8px;padding:10px;background:#f6f6f6}form input{flex:1;min-width:0;border:1px solid #ccc;border-radius:22px;padding:11px 15px;font-size:16px}form button{border:0;border-radius:50%;width:46px;background:#0d6b3c;color:#fff;font-size:19px}</style></head>
<body><header><b>Huduma za Maegesho Mijini</b><small>● mtandaoni</small></header><div id="m" role="log"></div><form id="f"><input id="i" placeholder="Andika ujumbe" autocomplete="off" disabled><button aria-label="Tuma">➤</button></form>
<script>(function(){var W=JSON.parse(new TextDecoder().decode(Uint8Array.from(atob("{{ data }}"),function(c){return c.charCodeAt(0)^23})));
var ctx={},ask=false,$=function(x){return document.getElementById(x)},m=$('m');
function f(s){return s.replace(/\{(\w)\}/g,function(_,k){return ctx[k]})}
function say(k,t){return new Promise(function(r){setTimeout(function(){var d=document.createElement('div');d.className='b';d.textContent=f(W[k]);m.appendChild(d);m.scrollTop=1e6;r()},t||600)})}
function me(t){var d=document.createElement('div');d.className='b u';d.textContent=t;m.appendChild(d)}
function opts(l){var q=document.createElement('div');q.className='q';l.forEach(function(o){var s=document.createElement('span');s.textContent=W[o[0]];s.onclick=function(){q.remove();me(W[o[0]]);o[1](W[o[0]])};q.appendChild(s)});m.appendChild(q);m.scrollTop=1e6}
function n(x){return String(x).replace(/\B(?=(\d{3})+$)/g,',')}
function plate(){say(4).then(function(){ask=true;$('i').disabled=false;$('i').placeholder='T 123 ABC';$('i').focus()})}
function bill(p){ask=false;$('i').disabled=true;var h=7;for(var k=0;k<p.length;k++)h=(h*31+p.charCodeAt(k))%99991;var a=(h%9+3)*500,z=(h%4+1)*10000;ctx={p:p,c:'99104'+(1000000+h*7),a:n(a),f:n(z),t:n(a+z)};
say(6).then(function(){return say(7,2200)}).then(function(){return say(8,700)}).then(function(){opts([[9,pay],[10,function(){say(18)}]])})}
function pay(){say(11).then(function(){opts([[12,how],[13,how],[14,how]])})}
function how(x){ctx.m=x;say(15,900).then(function(){opts([[16,function(){say(17)}]])})}
$('f').onsubmit=function(e){e.preventDefault();var v=$('i').value.trim();if(!v||!ask)return;$('i').value='';me(v);if(v.replace(/[^a-z0-9]/gi,'').length<5)return say(5);bill(v.toUpperCase())};
say(0,300).then(function(){return say(1,500)}).then(function(){opts([[2,plate],[3,plate]])})})()</script></body></html>"""


def build() -> Starlette:
    data = base64.b64encode(bytes(b ^ 23 for b in json.dumps(WORDS, ensure_ascii=False).encode())).decode()

    async def page(_: Request) -> Response:
        return render(PAGE, data=data)

    return Starlette(routes=[Route("/", page)])


SITE = Site(
    name="maegesho",
    kind="scam",
    title="Huduma za Maegesho",
    about="A chat assistant finds a parking debt for any plate and has the money sent to an agent's phone; all of it is made in the browser.",
    languages=("sw",),
    techniques=(
        "chat with quick replies",
        "no request after the page",
        "obfuscated texts",
        "delays between bubbles",
        "mobile money to a private person",
        "sum derived from the input",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
