"""Russian fines: the plate by an on-screen keyboard, the bill on a canvas, a transfer by QR or phone number."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import asset
from prober.lab.kit import form, pick
from prober.lab.site import Site

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Автоштраф 24</title><style>
*{box-sizing:border-box;-webkit-tap-highlight-color:transparent}body{margin:0;background:#101828;color:#e6eaf2;font:16px/1.4 Roboto,Arial,sans-serif;padding-bottom:250px}.h{padding:18px;font-weight:800;font-size:20px}.h span{color:#3ddc97}.c{margin:0 14px;background:#1b2537;border-radius:16px;padding:18px}
.pl{background:#fff;color:#111;border:3px solid #111;border-radius:9px;height:64px;font:700 34px/56px "Courier New",monospace;text-align:center;letter-spacing:3px;outline:0}.pl.on{box-shadow:0 0 0 3px #3ddc97}.pl:empty::before{content:"_ _ _ _ _ _ _ _";color:#bbb}
.sts{width:100%;padding:13px;border-radius:9px;border:0;font-size:17px;margin-top:6px}.ok{background:#3ddc97;color:#06281a;text-align:center;font-weight:700;padding:15px;border-radius:12px;margin-top:16px}
#kb{position:fixed;left:0;right:0;bottom:0;background:#0b1120;padding:8px 4px 14px;display:grid;grid-template-columns:repeat(6,1fr);gap:5px;transition:.2s}#kb.off{transform:translateY(110%)}#kb i{background:#2a364d;font-style:normal;text-align:center;padding:13px 0;border-radius:7px;font-size:18px;user-select:none}
canvas{width:100%;border-radius:12px;background:#fff}.e{color:#ff8080;min-height:20px;font-size:14px;margin-top:6px}.qr{background:#fff;width:210px;margin:12px auto;padding:6px;border-radius:10px}.tr{background:#111a2b;border-radius:10px;padding:12px;margin-top:8px}
</style></head><body><div class="h">Авто<span>штраф</span> 24</div><div class="c" id="m"><div style="margin-bottom:8px">Номер автомобиля</div><div class="pl on" id="p" tabindex="0" role="textbox" aria-label="Номер автомобиля"></div><div style="margin-top:14px">Номер СТС (10 знаков)</div><input class="sts" id="s" inputmode="numeric" maxlength="12"><div class="e" id="e"></div><div class="ok" id="go">Найти штрафы</div></div><div id="kb"></div>
<script>
var P=document.getElementById('p'),K=document.getElementById('kb'),S=document.getElementById('s'),E=document.getElementById('e'),val='';
var map={A:'А',B:'В',E:'Е',K:'К',M:'М',H:'Н',O:'О',P:'Р',C:'С',T:'Т',Y:'У',X:'Х'};
function put(k){if(k==='⌫')val=val.slice(0,-1);else if(val.length<9){k=k.toUpperCase();k=map[k]||k;if(/[0-9А-Я]/.test(k))val+=k}P.textContent=val}
'1 2 3 4 5 6 7 8 9 0 А В Е К М Н О Р С Т У Х ⌫'.split(' ').forEach(function(k){var i=document.createElement('i');i.textContent=k;i.addEventListener('pointerdown',function(e){e.preventDefault();put(k)});K.append(i)});
P.addEventListener('focus',function(){P.classList.add('on');K.className=''});S.addEventListener('focus',function(){P.classList.remove('on');K.className='off'});
P.addEventListener('keydown',function(e){if(e.key==='Backspace')put('⌫');else if(e.key.length===1)put(e.key)});
document.getElementById('go').addEventListener('click',function(){if(val.length<5)return E.textContent='Введите номер автомобиля полностью';if(S.value.trim().length<8)return E.textContent='Введите номер СТС';
 K.className='off';this.textContent='Ищем в базе…';fetch('/q',{method:'POST',headers:{'content-type':'application/x-www-form-urlencoded'},body:'g='+encodeURIComponent(val)+'&s='+encodeURIComponent(S.value)}).then(function(r){return r.json()}).then(function(b){setTimeout(function(){bill(b)},1300)})});
function bill(b){var m=document.getElementById('m');m.innerHTML='<canvas id=cv width=640 height=430></canvas><div class=ok id=pay>Оплатить со скидкой</div>';document.body.style.paddingBottom='20px';
 var x=document.getElementById('cv').getContext('2d');x.fillStyle='#fff';x.fillRect(0,0,640,430);x.fillStyle='#c62828';x.font='bold 36px Arial';x.fillText('Найден неоплаченный штраф',24,56);x.fillStyle='#222';x.font='28px Arial';
 ['Автомобиль: '+b.g,'Постановление № '+b.n,'КоАП РФ 12.9 ч. 2, превышение скорости','Сумма штрафа: '+b.full+' ₽'].forEach(function(t,i){x.fillText(t,24,112+i*48)});x.font='bold 46px Arial';x.fillText('К оплате: '+b.half+' ₽',24,330);x.font='24px Arial';x.fillStyle='#777';x.fillText('Скидка 50% сгорит через 14 минут',24,384);
 document.getElementById('pay').onclick=function(){m.innerHTML='<b>Оплата через СБП</b><p>Скидка действует ещё <b id=t>14:00</b></p><div class=qr>'+b.qr+'</div><p style="text-align:center">Отсканируйте QR-код в приложении банка</p><div class=tr>или переведите <b>'+b.half+' ₽</b> по номеру телефона<br><b style="font-size:20px">+7 900 000-00-00</b><br>Получатель: Алексей В. (Т-Банк)<br>Комментарий: '+b.n+'</div><div class=ok>Я перевёл</div>';var n=840;setInterval(function(){n--;var t=document.getElementById('t');if(t)t.textContent=Math.floor(n/60)+':'+('0'+n%60).slice(-2)},1000)}}
</script></body></html>"""


def build() -> Starlette:
    """The sum follows from the plate."""

    async def index(request: Request) -> Response:
        return HTMLResponse(PAGE)

    async def query(request: Request) -> Response:
        plate = (await form(request)).get("g", "")
        full = pick(plate, (750, 1500, 3000))
        number = "188101" + str(pick(plate + "n", (77240001842775, 50241115043311, 78240907711204)))
        return JSONResponse({"g": plate, "n": number, "full": full, "half": full // 2, "qr": asset("sbp.svg")})

    return Starlette(routes=[Route("/", index), Route("/q", query, methods=["POST"])])


SITE = Site(
    name="avtoshtraf24",
    kind="scam",
    title="Автоштраф 24",
    about="The plate is tapped on an on-screen keyboard, the fine is drawn on a canvas, the payment is a transfer to a private person by QR or phone.",
    languages=("ru",),
    techniques=(
        "custom keyboard",
        "field without input",
        "bill on a canvas",
        "QR bank transfer",
        "transfer by phone number",
        "countdown",
        "no card form",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="ru-gibdd",
)
