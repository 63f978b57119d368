"""Flows by plain HTTP: (method, path, posted fields or JSON, what the answer contains), step by step."""

from __future__ import annotations

from typing import Any

from tests.lab.more_walks import FAR
from tests.lab.walks import IIN, PLATE

Step = tuple[str, str, Any, str]

FLOWS: dict[str, tuple[Step, ...]] = {
    "gai-tablo": (
        ("POST", "/send.php", {"gn": "1"}, "Заполните все клетки"),
        ("POST", "/send.php", {"gn": PLATE}, "Не оплачен"),
        ("GET", f"/index.php?page=post&gn={PLATE}", None, "page=bank"),
        ("GET", f"/index.php?page=bank&gn={PLATE}", None, "Выберите ваш банк"),
        ("GET", f"/index.php?page=card&gn={PLATE}&b=1", None, "CVC2"),
        ("POST", "/send.php", {"pan": ""}, "обрабатывается"),
    ),
    "oryndau-bot": (
        ("JSON", "/say", {"step": "start", "text": ""}, "ЖСН бойынша"),
        ("JSON", "/say", {"step": "kind", "text": "ЖСН бойынша"}, "ЖСН нөміріңізді"),
        ("JSON", "/say", {"step": "iin", "text": IIN}, "атқарушылық іс қозғалған"),
        ("JSON", "/say", {"step": "debt", "text": "💳"}, "Карта нөмірін"),
    ),
    "shtraf-mini": (("JSON", "/app/search", {"n": PLATE}, "Превышение скорости"),),
    "povestka": (
        ("POST", "/check", {"uin": IIN}, "u041f\\u0412-"),
        ("GET", "/widget", None, "/fields"),
        ("GET", "/fields", None, "<input"),
    ),
    "jarima-uz": (
        ("GET", f"/api/tekshir?callback=cb&raqam={PLATE}", None, 'cb({"qaror"'),
        ("GET", "/tolov?s=1", None, "<form"),
        ("POST", "/tolov", {}, "SMS"),
    ),
    "su-qaryz": (
        ("POST", "/qaryz", {"jsn": IIN}, "Sýyq sý"),
        ("GET", "/tolem?t=16325", None, "16325 teńge"),
        ("GET", "/tolem?t=16325&way=card", None, "CVV"),
        ("POST", "/tolem", {}, "óńdelýde"),
    ),
    "gumruk-tj": (
        ("POST", "/", {"q1": PLATE}, "сомонӣ"),
        ("GET", "/pardokht?s=1", None, "CVV"),
        ("POST", "/", {"korti": ""}, "мунтазир"),
    ),
    "cerime-az": (("GET", "/", None, "Texpasport"), ("GET", "/odenis?s=1", None, "CVV2")),
    "jarima-ge": (("GET", f"/sheet?n={PLATE}&p={IIN}", None, PLATE), ("GET", "/pay", None, "<input")),
    "tuganq-am": (("JSON", "/graphql", {"plate": PLATE}, '"total"'),),
    "rovinieta-ro": (
        ("POST", "/wp-json/contact-form-7/v1/contact-forms/118/feedback", {}, "validation_failed"),
        (
            "POST",
            "/wp-json/contact-form-7/v1/contact-forms/118/feedback",
            {"nr-auto": PLATE, "serie-talon": "ZZ"},
            "mail_sent",
        ),
        ("GET", "/asociere-card/?s=125", None, "CVC"),
    ),
    "emise-cz": (
        ("GET", "/", None, "<form"),
        ("POST", "/poplatky", {"rz": PLATE}, "15. 6. 2026"),
        ("GET", "/platba", None, "<input"),
    ),
    "bollo-it": (
        ("POST", "/", {"tipo": "T", "valore": "1"}, "Compilare"),
        ("POST", "/", {"tipo": "T", "valore": PLATE}, PLATE),
        ("GET", "/pagamento?imp=1", None, "<input"),
    ),
    "trangsel-se": (
        ("GET", f"/?regnr={PLATE}", None, "Delbetala"),
        ("GET", "/betala?belopp=411", None, "CVC"),
        ("POST", "/betala?belopp=411", {}, "Vänta"),
    ),
    "etilang-id": (
        ("GET", "/surat?a=B&b=0000&c=QQQ", None, "B 0000 QQQ"),
        ("GET", "/bayar?n=250.000", None, "250.000"),
    ),
    "phatnguoi-vn": (("POST", "/tra-cuu", {"bien": PLATE}, "4.000.000"), ("GET", "/nop-phat?t=1", None, "CVV")),
    "arest-scheta": (
        ("GET", f"/status?c={IIN}", None, "Наложен арест"),
        ("GET", "/link", None, "CVV/CVC"),
        ("POST", "/link", {}, "Секунду"),
    ),
    "migracia": (
        ("POST", "/", {"step": "1", "kind": "iin"}, "ИИН / IIN"),
        ("POST", "/", {"step": "2", "doc": "1"}, "Проверьте номер"),
        ("POST", "/", {"step": "2", "doc": IIN}, "ст. 517 КоАП"),
        ("POST", "/", {"step": "3", "part": "1"}, "Номер карты"),
        ("POST", "/", {"step": "4"}, "Ожидайте"),
    ),
    "registrator-shop": (
        ("GET", f"/podbor?gosnomer={PLATE}", None, "не найден"),
        ("GET", "/cart?i=0", None, "Итого за товары"),
        ("POST", "/cart?i=0", {}, "Заказ принят"),
    ),
    "notarius": (("POST", "/gotovnost", {"iin": IIN}, "не сходится контрольный"), ("GET", "/oplata", None, "<form")),
    "avtosprav": (
        ("JSON", "/api/fines", {"kind": "iin", "value": IIN}, "контрольной суммы"),
        ("JSON", "/api/fines", {"kind": "plate", "value": PLATE}, '"count":0'),
    ),
    "coin-parking": (("POST", "/search", {"number": PLATE}, '"unpaid":0'),),
    "shtrafstoyanka": (("POST", "/poisk", {"nomer": PLATE}, PLATE), ("GET", "/zakaz", None, "<form")),
    "routes-solidaires": (("POST", "/recu", {"immat": PLATE}, "Aucun don"), ("POST", "/", {}, "Merci")),
    "bibliotheek": (("POST", "/boetes", {"pas": "1"}, "geen openstaande boetes"),),
    "kredit-banka": (("POST", "/api/precheck", {"iin": IIN}, "некорректно"),),
    "kolik-jugu": (("POST", "/jazylu", {"bag": "2", "nomir": PLATE}, "Жазылу расталды"),),
    "eds-vhod": (("POST", "/", {"gn": PLATE}, PLATE),),
    "bank-application": (("POST", "/", {"iin": IIN}, "не найден"),),
    "demo-mode": (("POST", "/", {"plate": PLATE}, "найден штраф"),),
    "duty-pay": (
        ("POST", "/", {"iin": IIN, "sum": "100"}, "указан неверно"),
        ("POST", "/", {"iin": FAR, "sum": "100"}, 'name="n"'),
    ),
    "es-tributos": (("POST", "/", {"mat": PLATE}, "No constan"),),
    "history-report": (
        ("POST", "/report", {"q": PLATE}, "Полный отчёт"),
        ("GET", "/pay", None, 'name="n"'),
    ),
    "paid-check": (
        ("POST", "/", {"plate": PLATE}, "Стоимость проверки"),
        ("GET", "/pay", None, 'name="n"'),
    ),
    "parking-session": (
        ("POST", "/session", {"plate": PLATE}, "К оплате"),
        ("GET", "/card", None, 'name="n"'),
    ),
    "parts-shop": (
        ("POST", "/", {"plate": PLATE}, "Колодки"),
        ("GET", "/cart", None, "Итого"),
    ),
    "pass-login": (("POST", "/", {"login": IIN, "password": "x"}, "Неверный"),),
    "picture-code": (("POST", "/", {"plate": PLATE, "captcha": "AAA"}, "введён неверно"),),
    "pl-nothing": (("POST", "/", {"rej": PLATE}, "Nie znaleziono"),),
    "plate-market": (
        ("GET", f"/?nomer={PLATE}", None, "не найден"),
        ("GET", "/buy", None, "Чтобы купить"),
    ),
    "pose-nothing": (("POST", "/", {"iin": IIN}, "не найдены"),),
    "rules-quiz": (("POST", "/", {"a": "2"}, "Верно"),),
    "vignette-shop": (
        ("POST", "/basket", {"reg": PLATE, "reg2": PLATE, "term": "1 day"}, "Total"),
        ("GET", "/checkout", None, 'name="n"'),
    ),
    "zero-subscription": (
        ("POST", "/", {"iin": IIN}, "Сумма к оплате"),
        ("GET", "/sub", None, 'name="n"'),
    ),
}
