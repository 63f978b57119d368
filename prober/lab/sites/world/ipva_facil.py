"""Brazil: IPVA and licensing arrears by plate and Renavam, a PIX to a private person with 'discount'."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import between, html, served
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = r"""<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Consulta de Débitos do Veículo | IPVA 2026</title>
<style>
*{box-sizing:border-box}body{margin:0;font:16px/1.45 Rawline,"Segoe UI",Roboto,Arial,sans-serif;color:#333;background:#f8f8f8}
header{background:#fff;box-shadow:0 1px 6px #0003;padding:12px 16px;display:flex;align-items:center;gap:12px}
header b{color:#1351b4;font-size:24px;letter-spacing:-1px}header b i{color:#168821;font-style:normal}header small{color:#555;border-left:1px solid #ccc;padding-left:12px}
main{max-width:560px;margin:auto;padding:18px 16px 60px}h1{font-size:22px;color:#071d41;margin:8px 0}
.c{background:#fff;border-radius:6px;box-shadow:0 1px 4px #0002;padding:18px;margin:14px 0}
label{font-weight:600;font-size:14px;display:block;margin:12px 0 4px}input.t{width:100%;padding:11px 12px;border:1px solid #888;border-radius:4px;font-size:17px;text-transform:uppercase}
.b{display:block;width:100%;border:0;border-radius:24px;background:#1351b4;color:#fff;font-weight:600;font-size:16px;padding:13px;margin-top:18px;cursor:pointer}.b[disabled]{opacity:.45}
.e{color:#e52207;font-size:13px}.bar{height:8px;background:#dfe6f3;border-radius:4px;overflow:hidden}.bar i{display:block;height:100%;background:#1351b4;transition:width .3s}
.d{display:flex;gap:10px;border-bottom:1px solid #eee;padding:10px 0}.d span{flex:1}.d small{display:block;color:#777}.tot{display:flex;justify-content:space-between;font-size:19px;font-weight:700;margin-top:12px}
.off{background:#e3f5e1;color:#168821;padding:8px 10px;border-radius:4px;font-weight:600;margin-top:8px}
.m{position:fixed;inset:0;background:#000a;display:flex;align-items:flex-end}.m>div{background:#fff;width:100%;max-height:94vh;overflow:auto;border-radius:16px 16px 0 0;padding:18px;text-align:center}
textarea{width:100%;height:74px;font:12px monospace;border:1px dashed #888;padding:8px;resize:none}.q svg{width:190px;height:190px}
footer{background:#071d41;color:#cdd;font-size:12px;padding:20px 16px}
</style></head><body><div id="app" v-cloak></div>
<footer>Serviço de consulta de débitos veiculares. Secretaria da Fazenda · DETRAN · SENATRAN<br>© 2026</footer>
<script src="/js/chunk-vendors.7f1c.js"></script><script src="/js/qr.js"></script>
<script>
const {createApp,ref,computed}=Vue;
const brl=v=>v.toLocaleString('pt-BR',{style:'currency',currency:'BRL'});
createApp({
 setup(){
  const tela=ref('inicio'),placa=ref(''),renavam=ref(''),erro=ref(''),pct=ref(0),passo=ref(''),r=ref(null),pix=ref(null),rest=ref(899),copiado=ref(false);
  const total=computed(()=>r.value?r.value.debitos.filter(d=>d.on).reduce((a,d)=>a+d.valor,0):0);
  const comDesc=computed(()=>Math.round(total.value*80)/100);
  const fmtP=e=>{placa.value=e.target.value.toUpperCase().replace(/[^A-Z0-9]/g,'').slice(0,7);e.target.value=placa.value};
  const fmtR=e=>{renavam.value=e.target.value.replace(/\D/g,'').slice(0,11);e.target.value=renavam.value};
  async function consultar(){
   erro.value='';
   if(!/^[A-Z]{3}\d[A-Z0-9]\d{2}$/.test(placa.value)){erro.value='Placa inválida. Use o formato ABC1234 ou ABC1D23';return}
   if(renavam.value.length<9){erro.value='O Renavam deve ter de 9 a 11 dígitos';return}
   tela.value='busca';
   const {t}=await (await fetch('/api/consulta',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({placa:placa.value,renavam:renavam.value})})).json();
   for(;;){const s=await (await fetch('/api/consulta/'+t)).json();pct.value=s.pct;passo.value=s.passo;if(s.dados){r.value=s.dados;break}await new Promise(k=>setTimeout(k,350))}
   history.pushState({},'','/debitos');tela.value='debitos';scrollTo(0,0);
  }
  async function gerar(){
   const p=await (await fetch('/api/pix',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({v:comDesc.value.toFixed(2)})})).json();
   const q=qrcode(0,'M');q.addData(p.emv);q.make();p.svg=q.createSvgTag({scalable:true});pix.value=p;
   setInterval(()=>rest.value>0&&rest.value--,1000);
  }
  const copiar=()=>{navigator.clipboard&&navigator.clipboard.writeText(pix.value.emv).catch(()=>{});copiado.value=true};
  const mmss=computed(()=>String(Math.floor(rest.value/60)).padStart(2,'0')+':'+String(rest.value%60).padStart(2,'0'));
  return {tela,placa,renavam,erro,pct,passo,r,pix,total,comDesc,fmtP,fmtR,consultar,gerar,copiar,copiado,mmss,brl};
 },
 template:`<header><b>gov<i>.</i>veículo</b><small>Portal de Débitos<br>Estaduais</small></header><main>
 <template v-if="tela=='inicio'"><h1>Consulte os débitos do seu veículo</h1><p>Regularize IPVA, licenciamento e multas sem sair de casa e evite a apreensão do veículo.</p>
 <div class="c"><label for="placa">Placa do veículo</label><input id="placa" class="t" placeholder="ABC1D23" autocomplete="off" :value="placa" @input="fmtP">
 <label for="ren">Renavam</label><input id="ren" class="t" inputmode="numeric" placeholder="00000000000" :value="renavam" @input="fmtR">
 <p class="e" role="alert" v-if="erro">{{erro}}</p><button class="b" type="button" @click="consultar">Consultar débitos</button></div></template>
 <div class="c" v-else-if="tela=='busca'"><h1>Aguarde…</h1><p>{{passo}}</p><div class="bar"><i :style="{width:pct+'%'}"></i></div></div>
 <template v-else><h1>Débitos encontrados</h1><div class="c"><b>Placa {{r.placa}}</b><div>Renavam {{r.renavam}}</div><div>Situação: <b style="color:#e52207">COM RESTRIÇÃO ADMINISTRATIVA</b></div></div>
 <div class="c"><label class="d" v-for="d in r.debitos" style="font-weight:400"><input type="checkbox" v-model="d.on"><span>{{d.nome}}<small>Vencimento {{d.venc}}</small></span><b>{{brl(d.valor)}}</b></label>
 <div class="tot"><span>Total</span><span>{{brl(total)}}</span></div><div class="off">20% de desconto pagando hoje via PIX: {{brl(comDesc)}}</div>
 <button class="b" :disabled="!total" @click="gerar">Pagar com PIX</button><p style="font-size:13px;color:#777">O não pagamento em 24h implica inscrição em Dívida Ativa e bloqueio do CRLV.</p></div></template></main>
 <div class="m" v-if="pix"><div role="dialog" aria-modal="true"><h1>Pague com PIX</h1><p>Expira em <b style="color:#e52207">{{mmss}}</b></p><div class="q" v-html="pix.svg"></div>
 <p><b style="font-size:22px">{{brl(comDesc)}}</b></p><p style="font-size:14px">Favorecido: {{pix.nome}}<br>Chave PIX: {{pix.chave}}</p><textarea readonly :value="pix.emv"></textarea>
 <button class="b" @click="copiar">{{copiado?'Código copiado!':'Copiar código PIX'}}</button><p style="font-size:13px">Abra o app do seu banco, escolha PIX Copia e Cola e conclua o pagamento. A baixa dos débitos ocorre em até 30 minutos.</p></div></div>`
}).mount('#app');
</script></body></html>"""

STEPS = ("Conectando à base SENATRAN…", "Consultando IPVA 2026…", "Consultando multas RENAINF…", "Calculando desconto…")


def build() -> Starlette:
    jobs: dict[str, dict[str, Any]] = {}

    async def page(_: Request) -> Response:
        return html(PAGE)

    async def start(request: Request) -> Response:
        token = secrets.token_hex(8)
        jobs[token] = {**await form(request), "n": 0}
        return JSONResponse({"t": token})

    async def poll(request: Request) -> Response:
        job = jobs.get(request.path_params["t"])
        if job is None:
            return JSONResponse({"pct": 0, "passo": STEPS[0]})
        await asyncio.sleep(0.1)
        job["n"] += 1
        if job["n"] < 5:
            return JSONResponse({"pct": job["n"] * 22, "passo": STEPS[job["n"] - 1]})
        plate = job.get("placa", "")
        rows = [
            ("IPVA 2026 - Cota única", "31/01/2026", between(plate, 61230, 148990) / 100),
            ("Taxa de Licenciamento 2026", "30/09/2026", 174.08),
            ("Multa 7455-0 Velocidade até 20%", "12/11/2026", 130.16),
        ]
        return JSONResponse(
            {
                "pct": 100,
                "passo": "",
                "dados": {
                    "placa": plate,
                    "renavam": job.get("renavam"),
                    "debitos": [{"nome": a, "venc": b, "valor": c, "on": True} for a, b, c in rows],
                },
            }
        )

    async def pix(request: Request) -> Response:
        value = (await form(request)).get("v", "0.00")
        key = "d41f0c7e-0000-4000-8000-0000000b1dea"
        emv = f"00020126580014br.gov.bcb.pix0136{key}52040000530398654{len(value):02d}{value}5802BR5914J C S PEREIRA 6009SAO PAULO62070503***6304B1DE"
        return JSONResponse({"emv": emv, "nome": "J. C. S. Pereira - ME", "chave": key})

    return Starlette(
        routes=[
            Route("/", page),
            Route("/debitos", page),
            Route("/api/consulta", start, methods=["POST"]),
            Route("/api/consulta/{t}", poll),
            Route("/api/pix", pix, methods=["POST"]),
            served("vue.global.prod.js", "/js/chunk-vendors.7f1c.js"),
            served("qrcode.js", "/js/qr.js"),
        ]
    )


SITE = Site(
    name="ipva-facil",
    kind="scam",
    title="Consulta de Débitos do Veículo | IPVA 2026",
    about="Any Brazilian plate with any Renavam owes vehicle tax, licensing and a fine; a PIX code to a private person is the only way to pay.",
    languages=("pt-BR",),
    techniques=(
        "vue single page",
        "plate pattern check",
        "polled job with progress bar",
        "selectable debts",
        "pix qr and copy-paste code",
        "no card form",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
