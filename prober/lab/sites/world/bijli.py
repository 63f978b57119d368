"""India (honest): an electricity company's bill desk in Hindi: unknown consumer number in a snackbar; sample bill, tariff, recharge."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import html, served
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = r"""<!doctype html><html lang="hi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>बिजली बिल भुगतान | मध्यप्रांत विद्युत वितरण</title>
<style>*{box-sizing:border-box}body{margin:0;font:16px/1.55 "Noto Sans Devanagari",Mukta,Arial,sans-serif;background:#f5f5f7;color:#222}header{background:#7b1fa2;color:#fff;padding:13px 16px;font-weight:700}.tabs{display:flex;background:#fff}.tabs button{flex:1;border:0;background:none;padding:13px 4px;font:inherit;font-size:14px;border-bottom:3px solid transparent}.tabs .on{border-color:#7b1fa2;font-weight:700}.c{background:#fff;margin:12px;padding:16px;border-radius:10px}input,select{width:100%;padding:12px;border:1px solid #bbb;border-radius:6px;font:inherit;margin:6px 0}.p{background:#7b1fa2;color:#fff;border:0;border-radius:6px;padding:12px;width:100%;font:inherit;font-weight:700;margin-top:8px}.p[disabled]{background:#bbb}.sn{position:fixed;left:14px;right:14px;bottom:18px;background:#333;color:#fff;padding:14px;border-radius:6px}table{width:100%;border-collapse:collapse;font-size:14px}td{border-bottom:1px solid #eee;padding:6px 0}td:last-child{text-align:right}.md{position:fixed;inset:0;background:#0009;padding:40px 16px}.md>div{background:#fff;border-radius:10px;padding:16px;position:relative}.wm{position:absolute;inset:0;display:flex;align-items:center;justify-content:center;font-size:60px;color:#f001;transform:rotate(-25deg);pointer-events:none}.w{background:#fff8e1}</style></head><body><div id="r"></div><script src="/static/preact.js"></script><script>
const {h,html,render,useState}=window.htmPreact;
function App(){
 const [tab,setTab]=useState('bill'),[no,setNo]=useState(''),[dist,setDist]=useState(''),[busy,setBusy]=useState(false),[sn,setSn]=useState(''),[sample,setSample]=useState(false),[units,setUnits]=useState(''),[amt,setAmt]=useState(500);
 const toast=t=>{setSn(t);setTimeout(()=>setSn(''),3000)};
 const look=async what=>{
  if(!/^\d{10,12}$/.test(no)){toast('कृपया 10 से 12 अंकों की सही उपभोक्ता संख्या डालें');return}
  if(!dist){toast('कृपया ज़िला चुनें');return}
  setBusy(true);const d=await(await fetch('/api/consumer',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({no,dist,what})})).json();setBusy(false);
  if(d.status==='FAIL')toast(d.msg)};
 const u=+units||0,en=u<=100?u*5.5:550+(u-100)*6.5;
 const who=html`<label>उपभोक्ता संख्या<input inputmode="numeric" maxlength="12" placeholder="बिल के ऊपर लिखी संख्या" value=${no} onInput=${e=>setNo(e.target.value.replace(/\D/g,''))}/></label><label>ज़िला<select id="dist" onInput=${e=>setDist(e.target.value)}><option value="">ज़िला चुनें</option><option value="RMG">रामगढ़</option><option value="DVP">देवपुर</option><option value="SRJ">सूरजनगर</option></select></label>`;
 return html`<header>⚡ मध्यप्रांत विद्युत वितरण कंपनी</header><div class="tabs">${[['bill','बिल देखें'],['rc','प्रीपेड रिचार्ज'],['calc','बिल कैलकुलेटर']].map(([k,t])=>html`<button class=${tab===k?'on':''} onClick=${()=>setTab(k)}>${t}</button>`)}</div>
 ${tab==='bill'&&html`<div class="c"><h2>बकाया बिल देखें और भुगतान करें</h2>${who}<button class="p" disabled=${busy} onClick=${()=>look('bill')}>${busy?'खोज रहे हैं…':'बिल देखें'}</button><p><a href="#" onClick=${e=>{e.preventDefault();setSample(true)}}>बिल का नमूना देखें</a></p></div>`}
 ${tab==='rc'&&html`<div class="c"><h2>स्मार्ट मीटर रिचार्ज</h2>${who}<label>रिचार्ज राशि (₹)<select onInput=${e=>setAmt(+e.target.value)}><option value="500">500</option><option value="200">200</option><option value="1000">1000</option></select></label><button class="p" disabled=${busy} onClick=${()=>look('rc')}>₹${amt} रिचार्ज करें</button></div>`}
 ${tab==='calc'&&html`<div class="c"><h2>बिल कैलकुलेटर</h2><label>खपत (यूनिट)<input inputmode="numeric" value=${units} onInput=${e=>setUnits(e.target.value)}/></label><table><tr><td>ऊर्जा शुल्क</td><td>₹ ${en.toFixed(2)}</td></tr><tr><td>स्थायी शुल्क</td><td>₹ 110.00</td></tr><tr><td>विलंब अधिभार 1.25% (यदि देर हो)</td><td>₹ ${((en+110)*.0125).toFixed(2)}</td></tr><tr><td><b>अनुमानित बिल</b></td><td><b>₹ ${(en+110).toFixed(2)}</b></td></tr></table></div>`}
 <div class="c w"><b>ठगी से सावधान!</b><p>“आज रात 9:30 बजे आपकी बिजली काट दी जाएगी, पिछला बिल ₹1,847 बकाया है, तुरंत इस नंबर पर कॉल करें” – ऐसे संदेश फ़र्ज़ी हैं। कंपनी कभी भी कार्ड नंबर, CVV या OTP नहीं माँगती।</p></div>
 <div class="c"><b>घरेलू दरें</b><table><tr><td>0–100 यूनिट</td><td>₹ 5.50/यूनिट</td></tr><tr><td>100 से ऊपर</td><td>₹ 6.50/यूनिट</td></tr><tr><td>पुनः संयोजन शुल्क</td><td>₹ 600</td></tr></table><p style="font-size:13px">हेल्पलाइन 1912 · टोल फ्री 24×7</p></div>
 ${sample&&html`<div class="md" onClick=${()=>setSample(false)}><div role="dialog"><div class="wm">नमूना</div><b>बिल का नमूना</b><table><tr><td>उपभोक्ता संख्या</td><td>XXXXXXXXXXXX</td></tr><tr><td>बकाया राशि</td><td>₹ 1,236.00</td></tr><tr><td>अंतिम तिथि</td><td>25-11-2026</td></tr></table><button class="p" disabled>भुगतान करें (नमूना)</button></div></div>`}
 ${sn&&html`<div class="sn" role="status">${sn}</div>`}`}
render(h(App),document.getElementById('r'));
</script></body></html>"""


def build() -> Starlette:
    async def page(_: Request) -> Response:
        return html(PAGE)

    async def consumer(request: Request) -> Response:
        data = await form(request)
        await asyncio.sleep(0.9)
        return JSONResponse(
            {
                "status": "FAIL",
                "code": "CNF",
                "msg": f"उपभोक्ता संख्या {data.get('no', '')} हमारे रिकॉर्ड में नहीं मिली। कृपया बिल देखकर दोबारा डालें।",
            }
        )

    return Starlette(
        routes=[
            Route("/", page),
            Route("/api/consumer", consumer, methods=["POST"]),
            served("standalone.umd.js", "/static/preact.js"),
        ]
    )


SITE = Site(
    name="bijli",
    kind="honest",
    title="बिजली बिल भुगतान | मध्यप्रांत विद्युत वितरण",
    about="Electricity bills: a number that is not on record is 'not found' in a snackbar of three seconds, for bills and recharge alike; sample bill, calculator and scam warning with sums beside.",
    languages=("hi",),
    techniques=(
        "preact",
        "tabs",
        "vanishing snackbar",
        "http 200 with a failure inside",
        "sample bill in a modal",
        "calculator",
        "tariff",
        "scam warning quoting a sum",
        "district menu that must be chosen",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
