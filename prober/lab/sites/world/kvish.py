"""Israel: toll road debt, right to left, one question per screen, streamed progress, one card field per screen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from prober.lab.inline import between, html
from prober.lab.site import Site

PAGE = r"""<!doctype html><html lang="he" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>כביש אגרה - הסדרת חוב נסיעה</title>
<style>*{box-sizing:border-box}body{margin:0;font:17px/1.5 Assistant,Rubik,Arial,sans-serif;background:#fff;color:#1c2b39}header{padding:14px 18px;display:flex;justify-content:space-between;align-items:center;border-bottom:1px solid #e6eaee}header b{background:#0067b1;color:#fff;border-radius:8px;padding:4px 12px;font-size:20px}
section{display:none;min-height:calc(100vh - 60px);padding:40px 22px;flex-direction:column}section.on{display:flex}h1{font-size:25px;margin:0 0 10px}.in{border:0;border-bottom:3px solid #0067b1;font-size:26px;padding:8px 0;width:100%;outline:0;text-align:right;background:none}
.nx{margin-top:auto;background:#ffb400;border-radius:12px;text-align:center;padding:16px;font-weight:700;user-select:none;cursor:pointer}.ro{display:flex;gap:12px;align-items:center;border:1px solid #cfd8df;border-radius:8px;padding:14px;margin-top:26px}.bx{width:28px;height:28px;border:2px solid #88a;border-radius:4px;text-align:center;line-height:24px}
ul{padding:0;list-style:none}li{padding:8px 0;border-bottom:1px solid #eef}li::before{content:"✓ ";color:#1a9c52}.bill{border-radius:14px;background:#f2f7fb;padding:18px}.bill p{display:flex;justify-content:space-between;margin:8px 0}.big{font-size:34px;font-weight:800;color:#c2272d}.er{color:#c2272d;min-height:26px;font-size:15px}</style></head><body>
<header><b>כביש אגרה</b><small>שירות לקוחות דיגיטלי</small></header>
<section class="on" data-n="car"><h1>מה מספר הרכב?</h1><p>הזינו את מספר לוחית הרישוי כדי לבדוק אם קיימות נסיעות שלא שולמו</p><input class="in" id="car" inputmode="numeric" placeholder="12-345-67" maxlength="10"><div class="er"></div><div class="ro" id="ro"><div class="bx"></div>אני לא רובוט</div><div class="nx">המשך</div></section>
<section data-n="tz"><h1>מספר תעודת זהות</h1><p>לצורך אימות בעלות על הרכב (9 ספרות)</p><input class="in" id="tz" inputmode="numeric" placeholder="000000000" maxlength="9"><div class="er"></div><div class="nx">המשך</div></section>
<section data-n="load"><h1>בודקים את הנתונים…</h1><ul id="log"></ul></section>
<section data-n="bill"><div class="bill" id="bill"></div><div class="nx">לתשלום החוב</div></section>
<section data-n="cc"><h1>מספר כרטיס אשראי</h1><p class="sum"></p><input class="in" id="cc" inputmode="numeric" autocomplete="cc-number" maxlength="19" placeholder="•••• •••• •••• ••••"><div class="er"></div><div class="nx">המשך</div></section>
<section data-n="ex"><h1>תוקף הכרטיס</h1><input class="in" id="ex" placeholder="MM/YY" maxlength="5"><div class="er"></div><div class="nx">המשך</div></section>
<section data-n="cv"><h1>3 ספרות בגב הכרטיס</h1><input class="in" id="cv" maxlength="4" inputmode="numeric" placeholder="CVV"><div class="er"></div><div class="nx">שלם עכשיו</div></section>
<script>
const S=[...document.querySelectorAll('section')],v=id=>document.getElementById(id).value.replace(/\D/g,'');let human=false;
const go=n=>{S.forEach(s=>s.classList.toggle('on',s.dataset.n===n));const i=document.querySelector('section.on input');i&&i.focus()};
const err=t=>document.querySelector('section.on .er').textContent=t;
ro.addEventListener('click',()=>{if(human)return;ro.firstChild.textContent='…';setTimeout(()=>{human=true;ro.firstChild.textContent='✓'},900)});
car.addEventListener('input',()=>{let d=v('car').slice(0,8);car.value=d.length>7?d.replace(/(\d{3})(\d{2})(\d{3})/,'$1-$2-$3'):d.replace(/(\d{2})(\d{3})(\d{1,2})/,'$1-$2-$3')});
const next={car(){const n=v('car').length;if(n<7)return err('מספר רכב חייב להכיל 7 או 8 ספרות');if(!human)return err('יש לסמן "אני לא רובוט"');err('');go('tz')},
tz(){if(v('tz').length!==9)return err('מספר זהות חייב להכיל 9 ספרות');go('load');
 const es=new EventSource('/stream?c='+v('car')+'&t='+v('tz'));
 es.addEventListener('step',e=>log.insertAdjacentHTML('beforeend','<li>'+e.data+'</li>'));
 es.addEventListener('done',e=>{es.close();const d=JSON.parse(e.data);bill.innerHTML='<h1>נמצא חוב פתוח</h1><p><span>מספר רכב</span><b>'+car.value+'</b></p><p><span>מקטע</span><b>'+d.seg+'</b></p><p><span>תאריך נסיעה</span><b>09.11.2026</b></p><p><span>אגרת נסיעה</span><b>'+d.fee+' ₪</b></p><p><span>פיצוי ודמי גבייה</span><b>'+d.add+' ₪</b></p><div class="big">'+d.sum+' ₪</div><small>אי תשלום תוך 48 שעות יגרור העברה להוצאה לפועל וקנס של 1,200 ₪</small>';document.querySelector('.sum').textContent='סכום לתשלום: '+d.sum+' ₪';go('bill')})},
bill(){go('cc')},cc(){if(v('cc').length<14)return err('מספר כרטיס שגוי');go('ex')},ex(){if(v('ex').length<4)return err('תוקף שגוי');go('cv')},cv(){err('העסקה נדחתה, נסו כרטיס אחר')}};
document.addEventListener('click',e=>{if(e.target.classList.contains('nx'))next[e.target.closest('section').dataset.n]()});
document.addEventListener('keydown',e=>{if(e.key==='Enter'){const s=document.querySelector('section.on');next[s.dataset.n]&&next[s.dataset.n]()}});
</script></body></html>"""


def build() -> Starlette:
    async def page(_: Request) -> Response:
        return html(PAGE)

    async def stream(request: Request) -> Response:
        car = request.query_params.get("c", "")
        fee, add = between(car, 1850, 4990) / 100, between(car + "a", 1200, 3900) / 100

        async def events() -> AsyncIterator[str]:
            for step in ("התחברות למערכת הגבייה", "איתור רכב במאגר", "בדיקת נסיעות פתוחות"):
                yield f"event: step\ndata: {step}\n\n"
                await asyncio.sleep(0.7)
            yield (
                "event: done\ndata: "
                + json.dumps(
                    {
                        "seg": "מחלף אייל - מחלף בן שמן",
                        "fee": f"{fee:.2f}",
                        "add": f"{add:.2f}",
                        "sum": f"{fee + add:.2f}",
                    },
                    ensure_ascii=False,
                )
                + "\n\n"
            )

        return StreamingResponse(events(), media_type="text/event-stream")

    return Starlette(routes=[Route("/", page), Route("/stream", stream)])


SITE = Site(
    name="kvish",
    kind="scam",
    title="כביש אגרה - הסדרת חוב נסיעה",
    about="Any vehicle number with any nine digits owes a toll debt; card number, expiry and CVV are asked on a screen each.",
    languages=("he",),
    techniques=(
        "right to left",
        "one question per screen",
        "home-made robot box",
        "block buttons",
        "masked number",
        "server-sent events",
        "card fields one per screen",
        "sum derived from the input",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
