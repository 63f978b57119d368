"""Ways in which a page makes a browser connect somewhere. {T} is the target with its scheme, {H} host and port only."""

from __future__ import annotations

# Markup of one page; each target names its way.
MARKUP = {
    "img": "<img src='{T}'>",
    "srcset": "<img srcset='{T} 1x'>",
    "picture": "<picture><source srcset='{T}'><img></picture>",
    "stylesheet": "<link rel=stylesheet href='{T}'>",
    "css-import": "<style>@import url('{T}');</style>",
    "css-background": "<div style=\"background:url('{T}')\">x</div>",
    "css-image-set": "<div style=\"background:image-set('{T}' 1x)\">x</div>",
    "css-cursor": "<div style=\"cursor:url('{T}'),auto\">x</div>",
    "css-list": "<ul style=\"list-style-image:url('{T}')\"><li>x</ul>",
    "css-mask": "<div style=\"mask-image:url('{T}')\">x</div>",
    "css-content": "<style>.c::before{{content:url('{T}')}}</style><p class=c>x</p>",
    "font": "<style>@font-face{{font-family:f;src:url('{T}')}}</style><p style='font-family:f'>x</p>",
    "script": "<script src='{T}'></script>",
    "module": "<script type=module src='{T}'></script>",
    "module-preload": "<link rel=modulepreload href='{T}'>",
    "preload": "<link rel=preload as=image href='{T}'>",
    "prefetch": "<link rel=prefetch href='{T}'>",
    "preconnect": "<link rel=preconnect href='{T}'>",
    "dns-prefetch": "<link rel=dns-prefetch href='{T}'>",
    "icon": "<link rel=icon href='{T}'>",
    "manifest": "<link rel=manifest href='{T}'>",
    "speculation": '<script type=speculationrules>{{"prefetch":[{{"source":"list","urls":["{T}"],"eagerness":"immediate"}}]}}</script>',
    "prerender": '<script type=speculationrules>{{"prerender":[{{"source":"list","urls":["{T}"],"eagerness":"immediate"}}]}}</script>',
    "iframe": "<iframe src='{T}'></iframe>",
    "srcdoc": '<iframe srcdoc="<img src={T}>"></iframe>',
    "object": "<object data='{T}'></object>",
    "embed": "<embed src='{T}'>",
    "video": "<video src='{T}' preload=auto autoplay muted></video>",
    "audio": "<audio src='{T}' preload=auto></audio>",
    "poster": "<video poster='{T}'></video>",
    "track": "<video src=/none controls><track default src='{T}'></video>",
    "svg-image": "<svg><image href='{T}'/></svg>",
    "svg-filter": "<svg><filter id=f><feImage href='{T}'/></filter><rect width=9 height=9 filter='url(#f)'/></svg>",
    "input-image": "<input type=image src='{T}'>",
    "body-background": "<table background='{T}'><tr><td>x</table>",
    "meta-refresh": "<iframe srcdoc=\"<meta http-equiv=refresh content='0;url={T}'>\"></iframe>",
    "form-get": "<iframe name=fg></iframe><form target=fg action='{T}'></form><script>document.forms[0].submit()</script>",
    "form-post": "<iframe name=fp></iframe><form id=fp method=post target=fp action='{T}'></form><script>fp.submit</script>"
    "<script>document.getElementById('fp').submit()</script>",
    "img-301": "<img src='/redirect/301?{T}'>",
    "img-302": "<img src='/redirect/302?{T}'>",
    "script-303": "<script src='/redirect/303?{T}'></script>",
    "frame-307": "<iframe src='/redirect/307?{T}'></iframe>",
    "frame-308": "<iframe src='/redirect/308?{T}'></iframe>",
    "redirect-chain": "<img src='/redirect/302?/redirect/302?{T}'>",
    "refresh-header": "<iframe src='/refresh?{T}'></iframe>",
    "link-header": "<iframe src='/link?{T}'></iframe>",
    "csp-report": "<iframe src='/csp?{T}'></iframe>",
    "xslt": "<iframe src='/xslt?{T}'></iframe>",
}

# Scripts run one after the other in the same page.
SCRIPTS = {
    "fetch": "fetch('{T}').catch(() => 0)",
    "fetch-opaque": "fetch('{T}', {{mode: 'no-cors'}}).catch(() => 0)",
    "fetch-post": "fetch('{T}', {{method: 'POST', mode: 'no-cors', body: 'x'}}).catch(() => 0)",
    "fetch-preflight": "fetch('{T}', {{method: 'PUT', headers: {{'X-A': '1'}}}}).catch(() => 0)",
    "fetch-keepalive": "fetch('{T}', {{keepalive: true, mode: 'no-cors'}}).catch(() => 0)",
    "fetch-307": "fetch('/redirect/307?{T}', {{method: 'POST', body: 'x', mode: 'no-cors'}}).catch(() => 0)",
    "fetch-later": "window.fetchLater && fetchLater('{T}', {{activateAfter: 0}})",
    "xhr": "{{const x = new XMLHttpRequest(); x.open('GET', '{T}'); x.send()}}",
    "xhr-sync": "try {{const x = new XMLHttpRequest(); x.open('GET', '{T}', false); x.send()}} catch {{}}",
    "beacon": "navigator.sendBeacon('{T}', 'x')",
    "image": "new Image().src = '{T}'",
    "audio-script": "new Audio('{T}').play().catch(() => 0)",
    "import": "import('{T}').catch(() => 0)",
    "event-source": "new EventSource('{T}')",
    "web-socket": "new WebSocket('ws://{H}/x')",
    "web-socket-tls": "new WebSocket('wss://{H}/x')",
    "https": "fetch('https://{H}/x', {{mode: 'no-cors'}}).catch(() => 0)",
    "web-transport": "window.WebTransport && new WebTransport('https://{H}/x').ready.catch(() => 0)",
    "font-face": "new FontFace('g', 'url({T})').load().catch(() => 0)",
    "worker": "new Worker('{T}')",
    "worker-fetch": "spawn(`fetch('{T}', {{mode: 'no-cors'}})`)",
    "worker-xhr": "spawn(`const x = new XMLHttpRequest(); x.open('GET', '{T}', false); x.send()`)",
    "worker-import": "spawn(`importScripts('{T}')`)",
    "worker-socket": "spawn(`new WebSocket('ws://{H}/x')`)",
    "worker-events": "spawn(`new EventSource('{T}')`)",
    "worker-redirect": "spawn(`fetch('http://evil.example/redirect/302?{T}', {{mode: 'no-cors'}})`)",
    "worker-nested": "spawn(`new Worker(URL.createObjectURL(new Blob([\"fetch('{T}', {{mode: 'no-cors'}})\"])))`)",
    "shared-fetch": "new SharedWorker(code(`fetch('{T}', {{mode: 'no-cors'}})`))",
    "shared-socket": "new SharedWorker(code(`new WebSocket('ws://{H}/x')`))",
    "service-fetch": "navigator.serviceWorker.register('/service.js?https://{H}/x', {{scope: '/service/'}}).catch(() => 0)",
    "open": "window.open('{T}')",
    "open-blank": "{{const w = window.open(); w && (w.location = '{T}')}}",
    "frame-script": "{{const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.location = '{T}'}}",
    "ping": "{{const a = document.createElement('a'); a.href = '#'; a.ping = '{T}'; document.body.append(a); a.click()}}",
    "download": "{{const a = document.createElement('a'); a.href = '{T}'; a.download = 'x'; document.body.append(a); a.click()}}",
    "pagehide-beacon": "{{const w = window.open('/pagehide?{T}')}}",
    "rtc": "{{const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{S}:3478'}}, {{urls: 'turn:{S}:3478?transport=tcp', "
    "username: 'u', credential: 'p'}}]}}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))}}",
    "rtc-public": "{{const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:93.184.216.34:3478'}}]}}); p.createDataChannel('x'); "
    "p.createOffer().then(o => p.setLocalDescription(o))}}",
}

# Spellings of forbidden hosts; each is tried as a picture, a fetch, a frame, a socket, a redirect and a page.
HOSTS = (
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "0.0.0.0", "127.0.0.1",
    "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0xa9fea9fe", "167772161", "localhost",
    "a.localhost", "localhost.", "[::1]", "[::]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fc00::1]", "[fe80::1]",
    "[fd00:ec2::254]", "[64:ff9b::10.0.0.1]", "[2002:a00:1::]", "metadata.google.internal", "printer", "nas.local",
    "127.0.0.1:8080", "10.0.0.1:8080", "[::1]:8080", "localhost:8080",
)  # fmt: skip

# A browser may do these without asking for the name, not yet, or not at all when headless.
MAY_STAY_SILENT = frozenset(
    {"preconnect", "dns-prefetch", "icon", "manifest", "speculation", "prerender", "prefetch", "fetch-later", "rtc",
     "rtc-public", "web-transport", "xslt", "css-cursor", "download", "track", "embed", "link-header", "audio",
     "worker"}
)  # fmt: skip

# The disguise takes these workers away.
TAKEN_AWAY = frozenset({"shared-fetch", "shared-socket", "service-fetch"})

# These need a secure origin.
SECURE = frozenset({"service-fetch", "web-transport", "fetch-later"})
