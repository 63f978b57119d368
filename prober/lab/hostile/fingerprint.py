"""A page that shows what a site can tell about its visitor; it posts what it found to /seen."""

from __future__ import annotations

import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.hostile.attack import page
from prober.lab.site import Site

_SCRIPT = r"""
const n = navigator, found = {};
const put = (name, make) => { try { found[name] = make(); } catch (e) { found[name] = 'threw ' + e.name; } };
put('agent', () => n.userAgent);
put('webdriver', () => n.webdriver);
put('platform', () => n.platform);
put('languages', () => n.languages.join(','));
put('locale', () => Intl.DateTimeFormat().resolvedOptions().locale);
put('time zone', () => Intl.DateTimeFormat().resolvedOptions().timeZone);
put('cores', () => n.hardwareConcurrency);
put('memory', () => n.deviceMemory ?? 'none (insecure origin)');
put('touch points', () => n.maxTouchPoints);
put('touch events', () => 'ontouchstart' in window);
put('coarse pointer', () => matchMedia('(pointer: coarse)').matches);
put('hover', () => matchMedia('(hover: hover)').matches);
put('screen', () => [screen.width, screen.height, screen.availHeight, screen.colorDepth, devicePixelRatio].join(' '));
put('window', () => [innerWidth, innerHeight, outerWidth, outerHeight].join(' '));
put('orientation', () => screen.orientation.type);
put('plugins', () => n.plugins.length);
put('pdf viewer', () => n.pdfViewerEnabled);
put('vendor', () => n.vendor);
put('chrome object', () => typeof window.chrome);
put('cookies', () => n.cookieEnabled);
put('connection', () => n.connection ? [n.connection.type, n.connection.effectiveType, n.connection.rtt].join(' ') : 'none');
put('battery', () => 'getBattery' in n);
put('service worker', () => 'serviceWorker' in n);
put('share', () => 'share' in n);
put('bluetooth', () => 'bluetooth' in n);
put('notifications', () => typeof Notification === 'undefined' ? 'none' : Notification.permission);
put('brands', () => n.userAgentData ? n.userAgentData.brands.map(b => b.brand).join(',') + (n.userAgentData.mobile ? ' mobile' : '') : 'none (insecure origin)');
put('graphics', () => { const g = document.createElement('canvas').getContext('webgl'), e = g.getExtension('WEBGL_debug_renderer_info');
  return g.getParameter(e.UNMASKED_VENDOR_WEBGL) + ' / ' + g.getParameter(e.UNMASKED_RENDERER_WEBGL); });
put('fonts', () => { const c = document.createElement('canvas').getContext('2d'); const width = f => { c.font = '40px ' + f; return c.measureText('штраф WWii').width; };
  const plain = width('monospace'); return ['Roboto', 'Arial', 'Segoe UI', 'DejaVu Sans', 'Liberation Sans', 'Noto Sans'].filter(f => width(`"${f}", monospace`) !== plain).join(','); });
put('canvas', () => { const c = document.createElement('canvas'), x = c.getContext('2d'); x.fillText('штраф', 5, 15); let h = 0; for (const l of c.toDataURL()) h = (h * 31 + l.charCodeAt(0)) | 0; return h; });
put('getters look native', () => Object.getOwnPropertyDescriptor(Navigator.prototype, 'userAgent').get.toString().includes('[native code]') && Function.prototype.toString.toString().includes('[native code]'));
put('own properties of navigator', () => Object.getOwnPropertyNames(n).join(',') || 'none');
put('listened to by a debugger', () => { let seen = false; const e = new Error(); Object.defineProperty(e, 'stack', {get() { seen = true; return ''; }}); console.debug(e); return seen; });
put('marks of drivers', () => Object.keys(window).filter(k => /playwright|puppeteer|cdc_|selenium|__pw/i.test(k)).join(',') || 'none');
put('frame agrees', () => { const f = document.createElement('iframe'); document.body.append(f); const o = f.contentWindow.navigator; const same = o.userAgent === n.userAgent && o.languages.join() === n.languages.join() && o.platform === n.platform && o.webdriver === n.webdriver; f.remove(); return same; });
const worker = new Promise(done => { try {
  const w = new Worker(URL.createObjectURL(new Blob(['postMessage([navigator.userAgent,navigator.languages.join(),navigator.platform,navigator.hardwareConcurrency])'])));
  w.onmessage = e => done(e.data); setTimeout(() => done(['no answer']), 1500); } catch (e) { done(['threw']); } });
worker.then(w => { found['worker: agent agrees'] = w[0] === n.userAgent; found['worker: languages'] = w[1]; found['worker: platform'] = w[2]; found['worker: cores'] = w[3];
  document.getElementById('out').textContent = JSON.stringify(found, null, 1);
  fetch('/seen', {method: 'POST', body: JSON.stringify(found)}); });
"""


def build() -> Starlette:
    """The page, and what it found: GET /seen tells the last visitor's values with its headers."""
    last: dict[str, object] = {}

    async def index(request: Request) -> Response:
        return page(f"<h1>Visitor</h1><pre id=out></pre><script>{_SCRIPT}</script>")

    async def seen(request: Request) -> Response:
        if request.method == "POST":
            last.clear()
            last.update(json.loads(await request.body()))
            last.update({f"header {name}": value for name, value in request.headers.items() if name not in _DULL})
        return JSONResponse(last)

    return Starlette(routes=[Route("/", index), Route("/seen", seen, methods=["GET", "POST"])])


_DULL = frozenset({"host", "connection", "content-length", "content-type", "origin", "referer", "accept"})

SITE = Site(
    name="fingerprint",
    kind="hostile",
    title="What a site can tell about its visitor",
    about="Collects what scripts and headers say about the browser and shows it.",
    languages=("en",),
    techniques=("fingerprinting",),
    expect=("inconclusive",),
    build=build,
)
