"""Korea: unpaid traffic penalty; everything in a frame, agreements, alert dialogs, layer pop-up, card typed on a virtual key pad."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import between, html, served
from prober.lab.kit import form
from prober.lab.site import Site

SHELL = """<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>교통민원 과태료 조회·납부</title><style>html,body{margin:0;height:100%;overflow:hidden}iframe{border:0;width:100%;height:100%;display:block}</style></head><body><iframe src="/m/main.do" name="main"></iframe></body></html>"""
MAIN = r"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>과태료 조회</title><script src="/js/jquery-4.min.js"></script>
<style>*{box-sizing:border-box}body{margin:0;font:15px/1.5 "Malgun Gothic",sans-serif;background:#f2f4f7;color:#222}.gnb{background:#1b2a6b;color:#fff;padding:14px 16px;font-size:18px;font-weight:700}.bx{background:#fff;margin:12px;padding:16px;border-top:2px solid #1b2a6b}
dl{margin:0}dt{font-weight:700;margin-top:12px}dd{margin:4px 0 0}input[type=text]{width:100%;height:44px;border:1px solid #bbb;padding:0 10px;font:inherit}.h2{display:flex;gap:6px;align-items:center}.h2 input{width:auto;flex:1;min-width:0}.ag{border:1px solid #ddd;padding:10px;font-size:13px;margin-top:14px}.btn{display:block;background:#1b2a6b;color:#fff;text-align:center;padding:13px;margin-top:16px;text-decoration:none;font-weight:700}
table{width:100%;border-collapse:collapse;font-size:14px}th,td{border:1px solid #ccd;padding:8px}th{background:#eef1f8;width:38%;text-align:left}.red{color:#d4001a;font-weight:700}.dim{position:fixed;inset:0;background:#000a;display:none}.ly{position:fixed;left:10px;right:10px;top:30px;background:#fff;padding:16px;display:none;max-height:94%;overflow:auto}
.kp{display:grid;grid-template-columns:repeat(3,1fr);gap:5px;margin-top:10px}.kp a{background:#e5e8f0;text-align:center;padding:12px;font-size:18px}.cn{display:flex;gap:5px}.cn input{width:25%;text-align:center;padding:0!important}.on{outline:2px solid #1b2a6b}</style></head><body>
<div class="gnb">교통민원24 간편조회</div><div class="bx" id="q"><b>미납 과태료 조회</b><p style="font-size:13px;color:#555;margin:6px 0">본인 확인 후 미납 과태료(속도위반·신호위반·주정차)를 조회하실 수 있습니다.</p>
<dl><dt>성명</dt><dd><input type="text" id="nm" maxlength="10"></dd><dt>주민등록번호 앞 6자리 + 뒤 1자리</dt><dd class="h2"><input type="text" id="j1" maxlength="6" inputmode="numeric" placeholder="000000">-<input type="text" id="j2" maxlength="1" inputmode="numeric" style="flex:.2">●●●●●●</dd><dt>차량번호</dt><dd><input type="text" id="car" placeholder="예) 12가3456" maxlength="9"></dd></dl>
<div class="ag"><label><input type="checkbox" id="all"> <b>전체 동의</b></label><br><label><input type="checkbox" class="a"> (필수) 개인정보 수집·이용 동의</label><br><label><input type="checkbox" class="a"> (필수) 고유식별정보 처리 동의</label></div><a class="btn" href="javascript:fnSearch()">조회하기</a></div>
<div class="bx" id="rs" style="display:none"></div><div class="dim"></div>
<div class="ly" id="ly"><b>신용카드 납부</b><p>납부금액 <span class="red" id="amt"></span></p><div>카드번호</div><div class="cn"><input type="text" readonly><input type="text" readonly><input type="text" readonly><input type="text" readonly></div><div style="margin-top:8px">유효기간 (MM/YY)</div><div class="cn"><input type="text" readonly placeholder="MM"><input type="text" readonly placeholder="YY"></div><div style="margin-top:8px">CVC / 카드 비밀번호 앞 2자리</div><div class="cn"><input type="text" readonly placeholder="CVC"><input type="text" readonly placeholder="●●"></div><div class="kp"></div><a class="btn" href="javascript:fnPay()">납부하기</a></div>
<script>
$('#all').on('change',function(){$('.a').prop('checked',this.checked)});
function fnSearch(){
 if(!$('#nm').val()){alert('성명을 입력해 주세요.');$('#nm').focus();return}
 var j=$('#j1').val();if(!/^\d{6}$/.test(j)||+j.substr(2,2)<1||+j.substr(2,2)>12||+j.substr(4,2)<1||+j.substr(4,2)>31||!/^\d$/.test($('#j2').val())){alert('주민등록번호를 정확히 입력해 주세요.');return}
 if($('#car').val().replace(/\s/g,'').length<7){alert('차량번호를 정확히 입력해 주세요.');return}
 if($('.a:checked').length<2){alert('필수 항목에 동의해 주세요.');return}
 $.post('/m/selectFineList.do',{nm:$('#nm').val(),j:j,car:$('#car').val()},function(d){
  alert(d.nm+'님, 미납 과태료 '+d.list.length+'건이 조회되었습니다.');
  var h='<b>미납 과태료 내역</b>';$.each(d.list,function(i,r){h+='<table style="margin-top:10px"><tr><th>차량번호</th><td>'+$('<i>').text(r.car).html()+'</td></tr><tr><th>위반내용</th><td>'+r.w+'</td></tr><tr><th>위반일시</th><td>'+r.t+'</td></tr><tr><th>고지번호</th><td>'+r.n+'</td></tr><tr><th>과태료</th><td class="red">'+r.a+'원</td></tr><tr><th>납부기한</th><td>2026.11.23 (가산금 3%)</td></tr></table>'});
  h+='<p style="font-size:13px">※ 기한 내 미납 시 번호판 영치 및 재산 압류 대상입니다.</p><a class="btn" href="javascript:fnLayer()">20% 감경금액 납부하기</a>';$('#amt').text(d.pay+'원');$('#q').hide();$('#rs').html(h).show();scrollTo(0,0)
 },'json')}
var cur=null;
function fnLayer(){if(!confirm('카드 납부를 진행하시겠습니까?'))return;$('.dim,.ly').show();var k='1234567890'.split('').sort(function(){return Math.random()-.5});$('.kp').html($.map(k,function(x){return '<a>'+x+'</a>'}).join('')+'<a>←</a>');cur=$('.cn input').first().addClass('on')}
$(document).on('click','.cn input',function(){$('.cn input').removeClass('on');cur=$(this).addClass('on')}).on('click','.kp a',function(){var t=$(this).text(),v=cur.val();cur.val(t=='←'?v.slice(0,-1):(v+t).slice(0,4))});
function fnPay(){alert('카드 정보를 모두 입력해 주세요.')}
</script></body></html>"""


def build() -> Starlette:
    async def shell(_: Request) -> Response:
        return HTMLResponse(SHELL)

    async def main(_: Request) -> Response:
        return html(MAIN)

    async def listing(request: Request) -> Response:
        data = await form(request)
        car = data.get("car", "")
        rows = [
            {
                "car": car,
                "w": "제한속도 위반 (20km/h 이하)",
                "t": "2026.11.05 14:22",
                "n": f"1126-{between(car, 1000000, 9999999)}",
                "a": "40,000",
            }
        ]
        if between(car, 0, 1):
            rows.append(
                {
                    "car": car,
                    "w": "주정차 위반",
                    "t": "2026.10.28 09:10",
                    "n": f"1026-{between(car + 'b', 1000000, 9999999)}",
                    "a": "40,000",
                }
            )
        return JSONResponse({"nm": data.get("nm", ""), "list": rows, "pay": f"{len(rows) * 32000:,}"})

    return Starlette(
        routes=[
            Route("/", shell),
            Route("/m/main.do", main),
            Route("/m/selectFineList.do", listing, methods=["POST"]),
            served("jquery-4.min.js", "/js/jquery-4.min.js"),
        ]
    )


SITE = Site(
    name="gwataeryo",
    kind="scam",
    title="교통민원 과태료 조회·납부",
    about="Any name, birth date and Korean plate has one or two unpaid penalties; the card is typed on a virtual key pad in a layer.",
    languages=("ko",),
    techniques=(
        "everything in a frame",
        "jquery",
        "agreements with all-box",
        "alert and confirm dialogs",
        "birth date plausibility check",
        "javascript links",
        "layer pop-up",
        "read-only card fields with shuffled key pad",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
