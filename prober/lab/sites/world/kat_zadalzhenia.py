"""Bulgaria: traffic police debts by personal number; old windows-1251 pages with a session, a waiting page and nondescript card fields."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from prober.lab.inline import between, text
from prober.lab.site import Site

TOP = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><meta name="viewport" content="width=device-width, initial-scale=1">{{ refresh|safe }}<title>Проверка на задължения - Пътна полиция</title>
<style>body{margin:0;font:15px Arial,Helvetica,sans-serif;background:#e9edf2}#h{background:#10386b;color:#fff;padding:14px}#h b{font-size:18px}#n{background:#d9b44a;padding:8px 14px;font-size:13px}#n a{color:#10386b;margin-right:14px}
#b{background:#fff;margin:10px;padding:14px;border:1px solid #c3ccd6}td{padding:6px 4px;font-size:14px}.in{width:100%;padding:8px;font-size:16px;border:1px solid #8a98a8}.bt{background:#10386b;color:#fff;border:0;padding:11px 22px;font-size:16px}.l td{border-bottom:1px solid #ccd}.er{color:#b00;font-weight:bold}#f{font-size:11px;color:#667;padding:10px 14px}</style></head>
<body><div id="h"><b>Пътна полиция</b><br>Електронни справки за задължения</div><div id="n"><a href="/">Справка</a><a href="/help.php">Въпроси</a><a href="/contact.php">Контакти</a></div><div id="b">"""
END = """</div><div id="f">Съгласно Наредба № Iз-2539 наказателните постановления и електронните фишове подлежат на доброволно плащане. &copy; 2026</div></body></html>"""
FORM = """<h3>Проверка на задължения по фишове и наказателни постановления</h3>{% if e %}<p class="er">{{ e }}</p>{% endif %}
<form method="post" action="/spravka.php" name="f1"><table width="100%"><tr><td>Вид справка:</td></tr><tr><td><input type="radio" name="t" value="1" checked> физическо лице (ЕГН/ЛНЧ)<br><input type="radio" name="t" value="2"> юридическо лице (ЕИК)</td></tr>
<tr><td>ЕГН / ЛНЧ / ЕИК:<br><input class="in" name="id" maxlength="13"></td></tr><tr><td>№ на СУМПС (шофьорска книжка) или рег. № на МПС:<br><input class="in" name="nd" maxlength="12"></td></tr>
<tr><td><input type="checkbox" name="gdpr" value="1"> Съгласен съм личните ми данни да бъдат обработени за целите на справката</td></tr></table><input class="bt" type="submit" value="Провери"></form>"""
WAIT = """<h3>Моля, изчакайте...</h3><p>Извършва се справка в АИС АНД. Не затваряйте страницата.</p><p><progress></progress></p>"""
LIST = """<h3>Резултат от справката</h3><p>За <b>{{ id }}</b> са намерени <b class="er">2</b> невръчени/неплатени задължения:</p><table width="100%" class="l" cellspacing="0"><tr><td><b>Документ</b></td><td><b>Дата</b></td><td align="right"><b>Сума</b></td></tr>
<tr><td>Електронен фиш серия К № {{ n1 }}<br><small>чл. 182, ал. 2, т. 2 ЗДвП</small></td><td>04.11.2026</td><td align="right">51,13 &euro;<br><small>(100,00 лв.)</small></td></tr>
<tr><td>Фиш серия GT № {{ n2 }}<br><small>чл. 183, ал. 2 ЗДвП</small></td><td>27.10.2026</td><td align="right">10,23 &euro;<br><small>(20,00 лв.)</small></td></tr><tr><td colspan="2"><b>Всичко с 30% отстъпка за плащане днес</b></td><td align="right"><b>42,95 &euro;</b></td></tr></table>
<p class="er">При неплащане в срок до 23:59 ч. днес сумата се предава на НАП за принудително събиране.</p><form method="post" action="/danni.php"><input class="bt" type="submit" value="Плати с карта"></form>"""
WHO = """<h3>Данни на платеца</h3>{% if e %}<p class="er">{{ e }}</p>{% endif %}<form method="post" action="/plati.php"><table width="100%"><tr><td>Три имена:<br><input class="in" name="nm"></td></tr><tr><td>Телефон:<br><input class="in" name="ph"></td></tr><tr><td>Адрес:<br><input class="in" name="ad"></td></tr></table><input class="bt" type="submit" value="Продължи"></form>"""
CARD = """<h3>Плащане на 42,95 &euro;</h3><form method="post" action="/ok.php"><table width="100%"><tr><td>Номер на картата:<br><input class="in" name="f1" maxlength="19"></td></tr><tr><td>Валидна до: <select name="f2">{% for m in range(1, 13) %}<option>{{ '%02d' % m }}</option>{% endfor %}</select> / <select name="f3">{% for y in range(26, 37) %}<option>{{ y }}</option>{% endfor %}</select></td></tr><tr><td>CVC2/CVV2 код:<br><input name="f4" size="4" maxlength="3"></td></tr></table><input class="bt" type="submit" value="Плати 42,95 EUR"></form>"""


def build() -> Starlette:
    sessions: dict[str, dict[str, str]] = {}

    def out(body: str, refresh: str = "", **context: object) -> Response:
        return Response(
            text(TOP + body + END, refresh=refresh, **context).encode("cp1251", "xmlcharrefreplace"),
            headers={"content-type": "text/html"},
        )

    async def posted(request: Request) -> dict[str, str]:
        return {
            k: v[0].strip() for k, v in parse_qs((await request.body()).decode("latin-1"), encoding="cp1251").items()
        }

    def session(request: Request) -> dict[str, str] | None:
        return sessions.get(request.cookies.get("PHPSESSID", ""))

    async def index(request: Request) -> Response:
        key = request.cookies.get("PHPSESSID") or secrets.token_hex(13)
        data = sessions.setdefault(key, {})
        answer = out(FORM, e=data.pop("e", ""))
        answer.set_cookie("PHPSESSID", key)
        return answer

    async def ask(request: Request) -> Response:
        data = session(request)
        if data is None:
            return RedirectResponse("/", 302)
        got = await posted(request)
        if not got.get("gdpr"):
            data["e"] = "Необходимо е да дадете съгласие за обработка на личните данни."
            return RedirectResponse("/", 302)
        if len(got.get("id", "")) < 9 or not got["id"].isdigit():
            data["e"] = "Моля, въведете коректно ЕГН (10 цифри)."
            return RedirectResponse("/", 302)
        data["id"] = got["id"]
        return RedirectResponse("/izchakaite.php", 302)

    async def wait(request: Request) -> Response:
        return (
            out(WAIT, refresh='<meta http-equiv="refresh" content="2;url=/rezultat.php">')
            if session(request)
            else RedirectResponse("/", 302)
        )

    async def result(request: Request) -> Response:
        data = session(request)
        if not data or "id" not in data:
            return RedirectResponse("/", 302)
        return out(
            LIST, id=data["id"], n1=between(data["id"], 4000000, 9999999), n2=between(data["id"] + "x", 100000, 999999)
        )

    async def who(request: Request) -> Response:
        return out(WHO, e="")

    async def pay(request: Request) -> Response:
        got = await posted(request)
        if not got.get("nm") or not got.get("ph"):
            return out(WHO, e="Моля, попълнете всички полета.")
        return out(CARD)

    async def help_(_: Request) -> Response:
        return out(
            "<h3>Често задавани въпроси</h3><p><b>Как да платя фиш?</b><br>Направете справка по ЕГН и изберете плащане с банкова карта.</p>"
        )

    async def contact(_: Request) -> Response:
        return out("<h3>Контакти</h3><p>Работно време: 8:30 - 17:00 ч.</p>")

    async def ok(_: Request) -> Response:
        return out("<p class='er'>Плащането е отказано от банката издател. Опитайте с друга карта.</p>" + CARD)

    posts = ["POST", "GET"]
    return Starlette(
        routes=[
            Route("/", index),
            Route("/spravka.php", ask, methods=["POST"]),
            Route("/izchakaite.php", wait),
            Route("/rezultat.php", result),
            Route("/danni.php", who, methods=posts),
            Route("/plati.php", pay, methods=["POST"]),
            Route("/ok.php", ok, methods=["POST"]),
            Route("/help.php", help_),
            Route("/contact.php", contact),
        ]
    )


SITE = Site(
    name="kat-zadalzhenia",
    kind="scam",
    title="Проверка на задължения - Пътна полиция",
    about="Any Bulgarian personal number owes the same two traffic fines in euro; payer's data, then a card form.",
    languages=("bg",),
    techniques=(
        "windows-1251 pages and posts",
        "consent box",
        "session and redirects",
        "meta-refresh waiting page",
        "list of two debts in two currencies",
        "payer step",
        "nondescript field names",
        "constant sum",
    ),
    expect=("fraudulent",),
    build=build,
    scenario="auto",
)
