"""How a person walks the sites that plain HTTP cannot show: to the fine and the card form, or to the honest answer.

Each step is (verb, selector, value): fill, check, choose (an index), click, press (a key), type (by keyboard),
see (a text, within the selector if given), wait (for a selector), hear (click until a dialog speaks), said (what a
dialog said), popup (click, then wait for a selector in the new window), goto, url, pause (seconds since the load),
busy (until some time after an answer).
"""

from __future__ import annotations

Step = tuple[str, str, str]

IIN = "991331900007"  # month 13, failing check digit
FAR = "991231500006"  # a date of 2099, for the script that insists on the check digit
PLATE = "000QQQ99"  # series 000, region 99


def ask(fills: dict[str, str], send: str, answer: str, pay: str = "", card: str = "") -> tuple[Step, ...]:
    """The common walk: fill, send, read the answer, follow the pay button, reach the last selector."""
    steps: list[Step] = [("fill", selector, value) for selector, value in fills.items()]
    steps += [("click", send, ""), ("see", "", answer)]
    if pay:
        steps += [("click", pay, ""), ("wait", card, "")]
    return tuple(steps)


B = "button"
ONE = "iframe >> internal:control=enter-frame >> "
FRAME = "iframe >> internal:control=enter-frame >> iframe >> internal:control=enter-frame >> "

WALKS: dict[str, tuple[Step, ...]] = {
    "ae-mukhalafa": ask({"[name=lawha]": PLATE}, B, "قيمة", B, "[name=a1]"),
    "closed-roots": (
        ("press", "body", "Tab"), ("type", "", IIN), ("press", "", "Tab"), ("press", "", "Enter"),
        ("busy", "", "/api/look"), ("press", "", "Tab"), ("press", "", "Enter"), ("url", "", "/pay"),
    ),
    "de-zoll": (
        *ask({"[name=sendung]": "00349999999999999999"}, B, "Ausstehender", B, "[name=plz]"),
        ("fill", "[name=name]", "Test"), ("fill", "[name=plz]", "00000"), ("fill", "[name=ort]", "Nirgendwo"),
        ("click", B, ""), ("wait", "[name=k1]", ""),
    ),
    "decoy-trap": ask({"[name=doc_no]": IIN}, B, "Неоплаченный", B, "[name=pan]"),
    "es-zona": (
        ("click", "text=Consultar denuncias", ""),
        *ask({"[name=matricula]": PLATE}, "#consulta button", "Importe", B, "[name=t1]"),
    ),
    "glyph-soup": ask({"[name=f_8812]": PLATE}, B, PLATE, ".pay", "[name=u71]"),
    "human-check": (
        ("click", ".ck", ""),
        *ask({"[name=num]": IIN, "[name=answer]": "9"}, B, "числится", B, "[name=n]"),
    ),
    "in-challan": ask({"#v": PLATE}, "#b", "Pending", "#k button", "[name=c1]"),
    "ky-salyk": ask({"[name=pin]": "99999999999999"}, B, "Төлөнө турган", "[name=c1]", "[name=c1]"),
    "longpoll-words": ask({"[name=grnz]": PLATE}, B, "Задолженность", ".b", "[name=a1]"),
    "nested-till": (
        ("fill", FRAME + "#d", IIN), ("click", FRAME + "button.go", ""),
        ("see", FRAME + "p >> nth=0", "1 неоплаченный"), ("click", FRAME + "a.go", ""), ("wait", FRAME + "[name=pan]", ""),
    ),
    "owner-kind": (
        ("check", "[value=n]", ""),
        *ask({"[name=id1]": IIN, "[name=vehicle]": PLATE, "#tel": "+77090000000"}, B, "К оплате", ".icon", "[name=cvv]"),
    ),
    "phone-only": (("pause", "", "1.3"), *ask({"#i": IIN}, B, "Найден 1", B, "[name=a]")),
    "phone-transfer": ask({"[name=fio]": "Проба", "[name=iin]": IIN}, B, "Остаток долга", B, ".tel"),
    "pl-etoll": ask({"[name=nr]": PLATE}, "#f button", "Do zapłaty", "#o button", ".dr.o [name=a]"),
    "popup-till": (("fill", "#n", PLATE), ("popup", "#b", "[name=n]"), ("said", "", "Найден штраф")),
    "qr-bill": ask({"[name=nomir]": PLATE}, B, "tabyldy", ".b", "img"),
    "refund-duty": ask({"[name=iin]": IIN, "[name=phone]": "+77090000000"}, B, "положен возврат", B, "[name=cn]"),
    "second-face": (
        *ask({"[name=q]": IIN}, B, "не найдено"), ("goto", "", "/"),
        *ask({"[name=q]": IIN}, B, "найден неоплаченный", B, "[name=cvc]"),
    ),
    "sheet-gate": (
        ("click", "text=Русский", ""), ("click", ".hb", ""), ("click", "[data-a]", ""),
        *ask({".sheet input": IIN}, ".sheet .btn", "неоплаченный", ".sheet .btn", "[name=c]"),
    ),
    "slow-theatre": ask({"#p": PLATE}, "#b", "Обнаружен", "#o button", "[name=a]"),
    "socket-push": (
        ("fill", "#n", IIN), ("press", "#n", "Tab"), *ask({}, "#go", "Найдена", "#out button", "[name=cc]"),
    ),
    "spa-bare": ask(
        {"[placeholder^=Госномер]": PLATE, "[placeholder^=ИИН]": IIN}, ".w3", "не оплачен", ".w3", "[placeholder=CVV]",
    ),
    "spent-link": ask({"[name=plate]": PLATE}, B, "выписан", B, "[name=n]"),
    "sse-reveal": ask({"#g": PLATE}, "#k", "Всего к оплате", "#l button", "[name=x1]"),
    "strict-masks": (
        ("fill", "#p", PLATE), ("fill", "#i", FAR), ("press", "#i", "Tab"), *ask({}, "#b", "34 км/ч", B, "[name=n]"),
    ),
    "swipe-boxes": (
        ("fill", "[name=bin]", IIN), ("check", "[name=c1]", ""), ("check", "[name=c2]", ""),
        *ask({}, ".b", "Начисления", ".sl", "[name=jq]"),
    ),
    "tr-gecis": ask({"[name=plaka]": PLATE, "[name=tckn]": "99999999999"}, B, "Borç tutarı", B, "[name=kn]"),
    "try-again": (*ask({"#p": PLATE}, "#b", "ещё раз"), *ask({}, "#b", "сумма", "dialog button", "[name=c]")),
    "uk-crypto": ask({"[name=znak]": PLATE}, B, "До сплати", B, "code"),
    "uz-jarima": ask({"#r": PLATE, "[name=texpas]": "ZZZ0000000"}, B, "toʻlanmagan", B, "[name=k]"),
    "wizard-steps": (
        ("fill", ".in", PLATE), ("click", B, ""), ("choose", "select", "2"), ("click", B, ""),
        ("fill", "[maxlength='12']", IIN), ("click", B, ""), ("fill", "[type=tel]", "+77090000000"), ("click", B, ""),
        ("fill", "[autocomplete=one-time-code]", "4821"), *ask({}, B, "Обнаружено", "a.n", "[name=number]"),
    ),
    "soft-login": ask({"[name=login]": IIN, "[name=msisdn]": "+77090000000"}, B, "Итого долг", B, "[name=p]"),
    "static-kit": ask({"#n": PLATE, "#i": IIN}, "#g", "неоплаченный штраф", "a.b", "[name=c3]"),
    "srcdoc-post": (
        ("fill", ONE + "input", PLATE),
        ("click", ONE + "button", ""),
        ("see", ONE + "p >> nth=0", "неоплаченный"),
        ("click", ONE + "button", ""),
        ("wait", ONE + "[type=password]", ""),
    ),
    # honest
    "fine-memo": ask({"#p": PLATE}, "#b", "Это расчёт"),
    "appeal-lawyers": ask({"[name=name]": "П", "[name=phone]": "+77090000000"}, B, "Стоимость", B, "[name=n]"),
    "echo-alert": (("fill", "#k", PLATE), ("hear", "#b", ""), ("said", "", "мұндай нөмір жоқ")),
    "news-warning": ask({}, "article a", "Сумма", "[name=n]", "[name=n]"),
    "osago-price": ask({"#p": PLATE, "#i": IIN}, "#b", "Стоимость полиса", "#o button", "[name=n]"),
    "ticker-faq": ask({"[name=plate]": PLATE}, B, "не обнаружено"),
    "tr-nothing": ask({"#p": PLATE}, "#b", "bulunamad"),
    "two-factor-lookup": ask({"[name=gn]": PLATE, "[name=srts]": "ZZ00000000"}, B, "отсутствует"),
    "utility-account": ask({"#n": IIN}, "#b", "не найден"),
    # obstacles
    "bound-bill": ask({"[name=plate]": PLATE}, B, "Задолженность", B, "[name=n]"),
    "hard-refusal": ask({"[name=iin]": IIN}, B, "Некорректный"),
    "region-block": (("see", "", "Access denied"),),
}  # fmt: skip
