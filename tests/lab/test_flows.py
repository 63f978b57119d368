"""Every site serves its whole flow when it is walked by plain HTTP, as far as the server drives it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from prober.lab.catalogue import all_sites
from prober.lab.server import Lab
from tests.lab.walks import IIN, PLATE, STRICT_IIN

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
PLATE_TOO = "000XXX90"

# (method, path, posted fields or JSON, what the answer contains)
Step = tuple[str, str, Any, str]

FLOWS: dict[str, tuple[Step, ...]] = {
    "fine-by-plate": (
        ("POST", "/search.php", {"grnz": ""}, "Заполните"),
        ("POST", "/search.php", {"grnz": PLATE}, "19 660 ₸"),
        ("POST", "/pay.php", {"case": "1"}, "card_cvv"),
        ("POST", "/process.php", {}, "другую карту"),
        ("GET", "/?lang=kk", None, "Мемлекеттік нөмір бойынша"),
        ("POST", "/search.php", {"grnz": PLATE}, "төленбеген айыппұл табылды"),
    ),
    "iin-strict": (
        ("GET", f"/result?iin={STRICT_IIN}", None, "21 625 ₸"),
        ("GET", "/checkout?p=1", None, "CVC2"),
        ("POST", "/checkout", {}, "другую карту"),
    ),
    "iin-random": (
        ("POST", "/ajax/check.php", {"iin": IIN}, "КоАП"),
        ("POST", "/ajax/pay.php", {}, "другой карты"),
    ),
    "kk-derived": (
        ("POST", "/tekseru", {"nomir": PLATE}, "төленбеген айыппұл табылды"),
        ("POST", "/tolem", {"soma": "17300"}, "17 300 теңге"),
        ("POST", "/rastau", {}, "SMS кодты"),
    ),
    "tabs-police": (
        ("GET", "/?lang=kk", None, "Көлік нөмірі"),
        ("POST", "/find", {"q1": "", "q2": ""}, "По госномеру"),
        ("POST", "/find", {"q2": IIN}, "43 250 ₸"),
        ("POST", "/find?lang=kk", {"q1": PLATE}, "айыппұл салынған"),
        ("GET", "/bill/257730018240055", None, "CVV"),
        ("POST", "/bill/done", {}, "обрабатывается"),
    ),
    "split-plate": (
        ("JSON", "/api/v2/fines", {"digits": "000", "letters": "QQQ", "region": "20"}, "17 300"),
        ("JSON", "/api/v2/charge", {"card": ""}, "другую карту"),
    ),
    "deep-menu": (
        ("GET", "/transport?lang=kk", None, "Айыппұлдар мен бұзушылықтар"),
        ("GET", "/transport/fines", None, "Проверить штрафы онлайн"),
        ("GET", "/health", None, "Раздел обновляется"),
        ("GET", "/transport/fines/check", None, "Номер автомобиля"),
        ("GET", f"/transport/fines/result?gn={PLATE}&agree=on", None, "12 975 ₸"),
        ("GET", "/pay", None, "CVC / CVV"),
        ("POST", "/pay", {}, "отклонена"),
    ),
    "spinner-list": (
        ("GET", f"/report?q={PLATE}", None, "56 225 ₸"),
        ("GET", "/report/263274560", None, "12 975 ₸"),
        ("GET", "/report/263274560/card", None, "Код CVV"),
    ),
    "pay-frame": (
        ("POST", "/debt", {"iin": IIN, "surname": ""}, "40 500 тенге"),
        ("GET", "/pay", None, "http://pay-frame--secure.localhost/form"),
    ),
    "shadow-form": (("GET", f"/q/{PLATE}", None, "17 300 тг"), ("POST", "/c", {}, "другой картой")),
    "div-inputs": (("POST", "/check", {"gos": PLATE}, "21 625 ₸"),),
    "sms-wizard": (
        ("POST", "/step/2", {"iin": IIN}, "найден в базе"),
        ("POST", "/step/3", {"phone": "+77090000000"}, "Код из SMS"),
        ("POST", "/step/4", {"code": "1"}, "8 650 ₸"),
        ("POST", "/step/4", {}, "Введите ИИН"),
        ("POST", "/card", {}, "CVV"),
    ),
    "qr-transfer": (
        ("POST", "/", {"auto": PLATE}, "15 728 тг"),
        ("POST", "/", {"auto": PLATE, "pay": "1"}, "+7 709 000 00 00"),
        ("GET", "/qr.svg", None, "<svg"),
    ),
    "english-fines": (
        ("POST", "/violations", {"vrn": PLATE}, "KZT 21,625.00"),
        ("POST", "/payment", {}, "Card security code"),
        ("POST", "/payment", {"try": "1"}, "declined"),
    ),
    "picture-fine": (
        ("GET", "/i/head.svg", None, "ПРОВЕРКА ШТРАФОВ"),
        ("POST", "/", {"x1": PLATE}, "<canvas"),
        ("POST", "/p", {}, "CVV"),
    ),
    "alert-fine": (("GET", f"/gai.php?n={PLATE}", None, "17 300"),),
    "compensation": (
        ("POST", "/check", {"iin": IIN}, "Вам положен возврат"),
        ("POST", "/card", {}, "CVV"),
        ("POST", "/card", {"again": "1"}, "другую карту"),
    ),
    "verify-tenge": (
        ("PUT", "/session", {"iin": "", "plate": ""}, "Заполните"),
        ("PUT", "/session", {"iin": IIN, "plate": PLATE}, PLATE),
    ),
    "mobile-only": (
        ("POST", "/n", {"v": PLATE}, "9 830 тг"),
        ("POST", "/c", {}, "CVV"),
        ("POST", "/c", {"r": "1"}, "Не удалось"),
    ),
    "quiet-clone": (("GET", f"/?q={PLATE}", None, "айыппұл табылмады"),),
    "lookalike-letters": (("POST", "/", {"f1": PLATE}, "шестьсот шестьдесят тенге"), ("POST", "/k", {}, "f4")),
    "popup-pay": (
        ("GET", "/", None, "url=/kirý"),
        ("GET", "/kirý", None, "memlekettik nómiri"),
        ("POST", "/tekserý", {"nomir": PLATE}, "Tólenbegen aıyppul"),
        ("GET", "/kassa", None, "CVV kody"),
    ),
    "polling-search": (("POST", "/jobs", {"q": PLATE}, '"id":"j1"'), ("GET", "/jobs/j1?wait=1", None, "pending")),
    "rotating-ads": (("GET", f"/?number={PLATE}", None, f"{PLATE}: данных о штрафах нет"),),
    "stray-record": (
        ("POST", "/", {"n": PLATE}, "Найдена 1 запись"),
        ("POST", "/", {"n": PLATE_TOO}, "записей не найдено"),
        ("POST", "/", {"n": PLATE}, "Найдена 1 запись"),
    ),
    "toast-toll": (("GET", f"/passages?plate={PLATE}", None, "2,400.00"),),
    "gibdd-fine": (("POST", "/check", {"regnum": "Ж000ЖЖ", "regreg": "00"}, "750 ₽"), ("POST", "/pay", {}, "CVC")),
    "ez-toll": (
        ("POST", "/invoice", {"plate": "QI0Q0QZ", "zip": "00000"}, "$6.99"),
        ("POST", "/address", {}, "Billing address"),
        ("POST", "/card", {}, "CVV"),
    ),
    "council-pcn": (("POST", "/pcn", {"reg": "QI00QQI"}, "£25.00"), ("GET", "/pay", None, "Security code")),
    "parcel-fee": (("POST", "/track", {"code": "XX000000000XX"}, "€ 1.99"), ("POST", "/pay", {}, "CVV")),
    "pcn-lookup": (("POST", "/", {"reg": "QI00QQI"}, "No parking charge matches"),),
    "parcel-tracking": (("GET", "/?awb=XX0", None, "no information about shipment"),),
    "nothing-found": (
        ("GET", "/?number=", None, "Введите"),
        ("GET", f"/?number={PLATE}", None, "ничего не найдено"),
    ),
    "iin-server-check": (
        ("POST", "/", {"iin": IIN}, "Некорректный ИИН"),
        ("POST", "/?lang=kk", {"iin": STRICT_IIN}, "ЖСН қате"),
    ),
    "tariff-table": (("GET", f"/registry?number={PLATE}", None, "штрафов не обнаружено"),),
    "zero-fines": (("POST", "/", {"nomer": PLATE}, "Айыппұл жоқ"),),
    "echo-answer": (("JSON", "/graphql", {"query": ""}, '"fines":[]'),),
    "toast-nothing": (("GET", f"/v1/fines/{PLATE}", None, "not found"),),
    "iin-own-check": (
        ("POST", "/", {"iin": STRICT_IIN}, "не существует"),
        ("POST", "/", {"iin": IIN}, "не существует"),
    ),
    "iin-closed-door": (("POST", "/list", {"jsn": IIN}, "табылмады"),),
    "insurance-calc": (
        ("POST", "/quote", {"plate": PLATE, "iin": IIN, "city": "Астана"}, "34 110 ₸"),
        ("POST", "/order", {"premium": "34110"}, "Оплата полиса"),
    ),
    "parking-prepay": (("JSON", "/session", {"number": PLATE, "zone": "B2", "hours": 4}, '"price":800'),),
    "vin-report": (
        ("GET", f"/preview?car={PLATE}", None, "1 990 ₸"),
        ("GET", "/preview", None, "Получить отчёт"),
        ("POST", "/buy", {"car": PLATE}, "Оплатить отчёт"),
    ),
    "card-topup": (("POST", "/topup?lang=kk", {"transport": "1", "sum": "2000"}, "2 000 ₸"),),
    "plate-shop": (
        ("GET", "/order?item=plate", None, "5 900 ₸"),
        ("POST", "/order", {"item": "plate", "text": PLATE}, "Оплатить заказ"),
    ),
    "news-article": (("GET", "/search?s=x", None, "ничего не найдено"),),
    "login-wall": (("POST", "/login", {}, "Неверный логин"),),
    "captcha-wall": (("POST", "/", {"number": PLATE, "captcha": "x"}, "Неверный код"),),
    "link-bill": (
        ("POST", "/?bill=Q7X2M9", {"number": PLATE}, "3 600 ₸"),
        ("POST", "/", {"number": PLATE}, "Счёт не найден"),
        ("POST", "/pay", {}, "CVC"),
    ),
    "demo-project": (("GET", "/mock/fines.json", None, "21 625"),),
    "phishing-drill": (("POST", "/view", {"number": PLATE}, "19 660 ₸"), ("POST", "/lesson", {}, "учебная")),
    "broken-search": (("POST", "/api/search", {}, "Internal Server Error"),),
}
STATUS = {"blocked": 403, "maintenance": 503, "region-block": 403, "kezek-zal": 503}


@pytest_asyncio.fixture
async def lab() -> AsyncIterator[Lab]:
    """All sites as one application, without a socket."""
    yield Lab(all_sites())


def visitor(lab: Lab, name: str) -> httpx.AsyncClient:
    """A phone at the site's door."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=lab),
        base_url=f"http://{name}.localhost",
        headers={"user-agent": PHONE, "accept-language": "ru"},
        follow_redirects=True,
    )


def readable(text: str) -> str:
    """The text with every kind of blank as one space."""
    return re.sub(r"\s+", " ", text)


async def send(client: httpx.AsyncClient, method: str, path: str, values: Any) -> httpx.Response:
    """One step of a flow."""
    if method in ("JSON", "PUT"):
        return await client.request("POST" if method == "JSON" else method, path, json=values)
    return await client.request(method, path, data=values)


@pytest.mark.parametrize("name", [site.name for site in all_sites() if site.name != "tarpit"])
async def test_the_entry_answers(name: str, lab: Lab) -> None:
    async with visitor(lab, name) as client:
        answer = await client.get(lab.site(name).entry)
    assert answer.status_code == STATUS.get(name, 200)
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("name", sorted(FLOWS))
async def test_the_flow_is_served(name: str, lab: Lab) -> None:
    async with visitor(lab, name) as client:
        for method, path, values, wanted in FLOWS[name]:
            answer = await send(client, method, path, values)
            assert wanted in readable(answer.text), f"{method} {path}"


async def answer_to(lab: Lab, name: str, method: str, path: str, values: Any) -> str:
    async with visitor(lab, name) as client:
        return (await send(client, method, path, values)).text


async def test_a_fine_by_lot_differs_for_the_same_number(lab: Lab) -> None:
    answers = [await answer_to(lab, "iin-random", "POST", "/ajax/check.php", {"iin": IIN}) for _ in range(4)]
    assert len(set(answers)) > 1


async def test_a_derived_fine_is_the_same_for_the_same_plate_alone(lab: Lab) -> None:
    first, again, other = [
        await answer_to(lab, "kk-derived", "POST", "/tekseru", {"nomir": plate}) for plate in (PLATE, PLATE, PLATE_TOO)
    ]
    assert first == again
    assert re.findall(r"№ \d+", first) != re.findall(r"№ \d+", other)


async def test_the_second_factor_wants_its_sum_right(lab: Lab) -> None:
    async with visitor(lab, "second-factor") as client:
        page = (await client.get("/")).text
        a, b = re.findall(r'name="[ab]" value="(\d+)"', page)
        fields = {"plateNumber": PLATE, "srtsNum": "ZZ00000000", "a": a, "b": b}
        assert "Неверный ответ" in (await client.post("/check", data=fields | {"answer": "0"})).text
        assert "две буквы" in (await client.post("/check", data=fields | {"srtsNum": "1"})).text
        found = await client.post("/check", data=fields | {"answer": str(int(a) + int(b))})
        assert "10 812,50 ₸" in readable(found.text)
        assert "CVV" in (await client.post("/pay")).text


async def test_the_robot_gate_keeps_those_without_its_cookie_out(lab: Lab) -> None:
    async with visitor(lab, "robot-gate") as client:
        assert "Я не робот" in (await client.get("/main")).text
        client.cookies.set("human", "1")
        assert "Задолженность найдена" in (await client.post("/main", data={"ident": IIN})).text


async def test_desktops_do_not_see_the_mobile_page(lab: Lab) -> None:
    async with visitor(lab, "mobile-only") as client:
        assert (
            await client.get("/s/8Fq2", headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64)"})
        ).status_code == 404
