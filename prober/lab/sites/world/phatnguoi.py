"""Vietnam (honest): a volunteer look-up of camera fines: no violation; ticker of others' searches, sample result, voluntary gift by QR."""

from __future__ import annotations

import asyncio
import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.inline import html, served
from prober.lab.kit import form
from prober.lab.site import Site

PAGE = r"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Tra cứu phạt nguội toàn quốc - cộng đồng lái xe</title><script src="/lib/swal.js"></script><script src="/lib/qr.js"></script>
<style>*{box-sizing:border-box}body{margin:0;font:16px/1.5 "Be Vietnam Pro",Roboto,Arial,sans-serif;background:#fafafa;color:#222}header{background:#b71c1c;color:#fff;padding:14px 16px;font-weight:700}.tk{background:#fff3cd;font-size:13px;padding:7px 14px;white-space:nowrap;overflow:hidden}main{padding:14px;max-width:600px;margin:auto}.c{background:#fff;border-radius:12px;padding:16px;margin-bottom:14px;box-shadow:0 1px 6px #0001}input[type=text]{width:100%;padding:12px;font-size:18px;border:1px solid #bbb;border-radius:8px}.rd{display:flex;gap:16px;margin:12px 0}button{background:#b71c1c;color:#fff;border:0;border-radius:8px;padding:12px 20px;font-size:16px}table{width:100%;border-collapse:collapse;font-size:14px}td,th{border-bottom:1px solid #eee;padding:7px 2px;text-align:left}.sm{opacity:.75;border:2px dashed #bbb}#kq{display:none}.ok{color:#2e7d32;font-weight:700}</style></head><body>
<header>Tra Cứu Phạt Nguội · cộng đồng lái xe</header><div class="tk" id="tk">Vừa tra cứu: 51K-•••.12 – không có lỗi</div><main>
<div class="c"><h2 style="margin-top:0">Kiểm tra phạt nguội miễn phí</h2><input type="text" id="bks" placeholder="Biển kiểm soát, VD: 30A12345"><div class="rd"><label><input type="radio" name="l" value="1" checked> Ô tô</label><label><input type="radio" name="l" value="2"> Xe máy</label><label><input type="radio" name="l" value="3"> Xe máy điện</label></div><button id="go">Tra cứu</button><p style="font-size:13px;color:#777">Trang do cộng đồng vận hành, không phải cơ quan nhà nước. Nộp phạt chỉ thực hiện trên Cổng Dịch vụ công hoặc tại Kho bạc.</p></div>
<div class="c" id="kq"></div>
<div class="c sm"><b>KẾT QUẢ MẪU</b> (minh họa)<table><tr><td>Biển kiểm soát</td><td>30A-XXX.XX</td></tr><tr><td>Lỗi vi phạm</td><td>Không chấp hành hiệu lệnh đèn tín hiệu</td></tr><tr><td>Mức phạt</td><td>18.000.000 – 20.000.000đ</td></tr><tr><td>Trạng thái</td><td style="color:#b71c1c">Chưa xử phạt</td></tr></table></div>
<div class="c"><b>Mức phạt theo Nghị định 168</b><table><tr><th>Lỗi</th><th>Ô tô</th><th>Xe máy</th></tr><tr><td>Vượt tốc độ 5–10 km/h</td><td>0,8–1 triệu</td><td>400–600 nghìn</td></tr><tr><td>Vượt đèn đỏ</td><td>18–20 triệu</td><td>4–6 triệu</td></tr><tr><td>Dùng điện thoại</td><td>4–6 triệu</td><td>0,8–1 triệu</td></tr></table></div>
<div class="c"><b>Cảnh báo lừa đảo</b><p>Kẻ gian giả CSGT gọi điện báo “anh/chị có biên bản phạt nguội chưa nộp 7.500.000đ”, yêu cầu chuyển khoản hoặc nhập số thẻ và mã OTP. CSGT không xử phạt qua điện thoại.</p></div>
<div class="c" style="text-align:center"><b>☕ Mời nhóm một ly cà phê</b><p style="font-size:14px">Trang miễn phí và không quảng cáo. Nếu thấy hữu ích, bạn có thể ủng hộ tùy tâm (không bắt buộc).</p><div id="qr" style="width:130px;margin:auto"></div><p style="font-size:13px">Ví điện tử: QUY CONG DONG LAI XE · nội dung: ung ho</p></div></main>
<script>
const q=qrcode(0,'M');q.addData('https://uh.example/cafe');q.make();document.getElementById('qr').innerHTML=q.createSvgTag({scalable:true});
const L=['29A-•••.88 – 1 lỗi, 900.000đ','61C-•••.07 – không có lỗi','43A-•••.45 – 2 lỗi, 5.000.000đ','60B-•••.31 – không có lỗi','15A-•••.90 – 1 lỗi, 19.000.000đ'];let k=0;setInterval(()=>tk.textContent='Vừa tra cứu: '+L[k++%L.length],1700);
go.onclick=async()=>{const b=bks.value.trim();if(!b){Swal.fire({icon:'warning',title:'Thiếu thông tin',text:'Vui lòng nhập biển kiểm soát'});return}
Swal.fire({title:'Đang tra cứu…',allowOutsideClick:false,didOpen:()=>Swal.showLoading()});
const r=await fetch('/api/tra-cuu',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({bks:b,loai:document.querySelector('[name=l]:checked').value})});const d=await r.json();
if(d.status!==1){Swal.fire({icon:'error',title:'Biển số không hợp lệ',text:d.message});kq.style.display='none';return}
Swal.fire({icon:'success',title:'Không tìm thấy vi phạm',text:d.message,timer:2600,showConfirmButton:false});kq.style.display='block';kq.innerHTML='<b>Biển kiểm soát <span></span></b><p class="ok">Không có vi phạm phạt nguội</p><table><tr><td>Tổng số lỗi</td><td>0</td></tr><tr><td>Tổng tiền phạt dự kiến</td><td>0đ</td></tr><tr><td>Cập nhật lúc</td><td>'+d.time+'</td></tr></table>';kq.querySelector('span').textContent=b}
</script></body></html>"""


def build() -> Starlette:
    async def page(_: Request) -> Response:
        return html(PAGE)

    async def look(request: Request) -> Response:
        plate = re.sub(r"[\s.\-]", "", (await form(request)).get("bks", "")).upper()
        await asyncio.sleep(0.8)
        if not re.fullmatch(r"[1-9]\d[A-Z]{1,2}\d{4,6}", plate):
            return JSONResponse({"status": 2, "message": "Biển số phải có dạng 30A12345. Vui lòng kiểm tra lại."})
        return JSONResponse(
            {"status": 1, "message": f"Không tìm thấy vi phạm của biển số {plate}", "time": "22/11/2026 20:15"}
        )

    return Starlette(
        routes=[
            Route("/", page),
            Route("/api/tra-cuu", look, methods=["POST"]),
            served("sweetalert2.all.min.js", "/lib/swal.js"),
            served("qrcode.js", "/lib/qr.js"),
        ]
    )


SITE = Site(
    name="phatnguoi",
    kind="honest",
    title="Tra cứu phạt nguội toàn quốc - cộng đồng lái xe",
    about="Refuses impossible plates or finds nothing (zero sums); others' searches tick by with sums, a sample result, a tariff and a voluntary gift by QR stand on the page.",
    languages=("vi",),
    techniques=(
        "sweetalert2 modals, one vanishing",
        "ticker of others' sums",
        "sample result",
        "zero sums",
        "voluntary gift by qr code",
        "scam warning",
        "tariff",
    ),
    expect=("no_fraud_found", "inconclusive"),
    build=build,
    scenario="auto",
)
