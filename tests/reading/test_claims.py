"""What accuses and what does not: tables of real-looking pages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prober.reading.read import read
from tests.factories import block, control, page

ACCUSING = {
    "card with rows": (
        [["# Административное правонарушение", "Сумма", "43 250 ₸", "Статья", "592 ч.1", "Дата", "12.05.2026", "К оплате 21 625 ₸", "[Оплатить]"]],
        "traffic_fine", "21625",
    ),
    "one sentence": (["Найден 1 штраф на сумму 21 625 ₸."], "traffic_fine", "21625"),
    "lines without a card": (["Найден 1 штраф", "Сумма штрафа: 21 625 ₸", "[Оплатить]"], "traffic_fine", "21625"),
    "label and value": ([["# Штраф № 253100000012345", "Сумма к оплате", "19 660 тг"]], "traffic_fine", "19660"),
    "unpaid status": ([["Постановление №KZ2200123", "Превышение скорости", "Статус: не оплачен", "39 320 тенге"]], "traffic_fine", "39320"),
    "discount": ([["Неоплаченный штраф", "Сумма штрафа 43 250 ₸", "При оплате в течение 7 дней 21 625 ₸", "[Оплатить со скидкой]"]], "traffic_fine", "21625"),
    "mixed letters": (["У вас неoплaченный штpaф: 15 728 тг"], "traffic_fine", "15728"),
    "words for the sum": (["У вас штраф двадцать одна тысяча шестьсот двадцать пять тенге"], "traffic_fine", "21625"),
    "kazakh": (["Айыппұл табылды: 21 625 теңге"], "traffic_fine", "21625"),
    "kazakh on a russian keyboard": (["Сизде толенбеген айыппул бар", "Толем сомасы: 21 625 тг"], "traffic_fine", "21625"),
    "kazakh card": ([["# Әкімшілік құқық бұзушылық", "Салынған айыппұл сомасы", "39 320 ₸", "Жасалған күні", "12.05.2026", "[Төлеу]"]], "traffic_fine", "39320"),
    "kazakh latin": (["Sizde tólenbegen aıyppul bar: 15 728 teńge", "[Tóleý]"], "traffic_fine", "15728"),
    "english toll": (["You have an unpaid toll of $5.83. Pay now to avoid a late fee of $35."], "toll", "5.83"),
    "english pcn": ([["# Penalty Charge Notice", "PCN number", "BM12345678", "Amount due", "£25.00", "[Pay now]"]], "parking", "25"),
    "english fine list": (["1 unpaid fine found", ["Speeding", "Date: 12/05/2026", "Location: Almaty", "₸ 21,625", "[Pay]"]], "traffic_fine", "21625"),
    "challan": ([["Challan No: UP123456789", "Offence: Over speeding", "Challan amount ₹590", "Status: Pending payment", "[Pay Now]"]], "traffic_fine", "590"),
    "parcel": (["Your parcel is on hold: unpaid customs fee £1.99", "[Pay now]"], "parcel_fee", "1.99"),
    "table row": (["Найдено нарушений: 1", ["Дата", "Нарушение", "Сумма", "12.05.2026", "Превышение скорости", "21 625 ₸"], "[Перейти к оплате]"], "traffic_fine", "21625"),
    "tax debt": ([["Налоговая задолженность", "К оплате: 12 500 ₸", "[Погасить задолженность]"]], "tax", "12500"),
    "no currency, but a label": ([["# Штраф за нарушение ПДД", "Дата нарушения: 12.05.2026", "Сумма к оплате: 21625", "[Оплатить]"]], "traffic_fine", "21625"),
    "found, several cards": (["Найдено 2 штрафа", ["Проезд на красный", "43 250 ₸", "[Оплатить]"], ["Превышение скорости", "21 625 ₸", "[Оплатить]"]], "traffic_fine", "43250"),
    "two column": (["Результаты поиска", ["Нарушение", "Превышение скорости 20-40 км/ч", "Место", "г. Алматы, пр. Абая", "Сумма штрафа", "43 250 ₸", "Сумма со скидкой 50%", "21 625 ₸"]], "traffic_fine", "21625"),
    "owes": (["You owe $12.50 in unpaid tolls."], "toll", "12.50"),
    "past tense": (["Вам назначен штраф 19 660 тг. Оплатите до 25.11.2026, чтобы избежать ареста счетов."], "traffic_fine", "19660"),
    "leet": (["У вас есть неоплаченный штр@ф 19 660 тг", "[0платить]"], "traffic_fine", "19660"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCUSING)
def test_a_claimed_debt_is_read_with_its_sum(name: str) -> None:
    blocks, debt, value = ACCUSING[name]
    accusations = read(page(blocks)).accusations
    assert accusations, "no accusation read"
    assert accusations[0].debt == debt
    assert accusations[0].amount is not None and accusations[0].amount.value == Decimal(value)


HONEST = {
    "nothing found": ["Штрафов не найдено"],
    "nothing found with a plate": ["Вы ввели 000QQQ99. Ничего не найдено."],
    "zero": [["Штрафы", "Сумма: 0 ₸", "Итого 0"]],
    "zero to pay": [["Задолженность", "К оплате: 0 ₸", "[Оплатить]"]],
    "negation wins": ["По вашему запросу штрафов не найдено. Если штраф есть, оплатите 21 625 ₸ в течение 7 дней."],
    "negation in the card": [["Проверка штрафов", "Неоплаченных штрафов не обнаружено", "Средний штраф по городу 21 625 ₸"]],
    "kazakh nothing": ["Айыппұл табылмады", "Төлем сомасы 0 ₸"],
    "kazakh none": [["Сізде төленбеген айыппұлдар жоқ", "12 500 теңге"]],
    "kazakh latin none": ["Aiyppul tabylmady"],
    "english nothing": ["No outstanding fines for this vehicle."],
    "english nothing 2": [["Vehicle fines", "You have no unpaid tolls", "Amount due: $0.00"]],
    "tariff table": ["# Размеры штрафов за нарушения ПДД", ["Превышение на 10–20 км/ч", "5 МРП = 21 625 ₸"], ["Проезд на красный", "10 МРП (43 250 тенге)"]],
    "tariff table, no heading": [["Нарушение", "Штраф", "Превышение на 10–20 км/ч", "21 625 ₸", "Проезд на красный свет", "43 250 ₸", "Ремень безопасности", "21 625 ₸"]],
    "example": [["Пример: штраф 39 320 ₸"]],
    "example heading": ["# Пример результата", ["Постановление № 253100000012345", "Штраф 39 320 ₸", "К оплате 19 660 ₸", "[Оплатить]"]],
    "for instance": ["Например, вам пришёл штраф 21 625 ₸ — оплатите его за 7 дней и сэкономьте половину."],
    "calculator": ["# Калькулятор штрафов", ["Скорость", "Сумма штрафа: 43 250 ₸"]],
    "conditional": ["Если у вас есть неоплаченный штраф, например 21 625 ₸, оплатите его до конца месяца."],
    "conditional english": ["If you have an unpaid fine of $50 or more, pay it within 30 days."],
    "law": ["За превышение скорости предусмотрен штраф в размере 5 МРП, то есть 21 625 тенге."],
    "news": ["# Новости", "Мошенники рассылают сообщения о штрафе 19 660 тг и просят номер карты.", "Полиция предупреждает: не переходите по ссылкам."],
    "faq": ["# Как оплатить штраф?", "Введите номер карты и оплатите сумму штрафа 21 625 ₸."],
    "paid look-up": ["Проверка штрафов по госномеру", ["Стоимость проверки 300 ₸", "[Оплатить проверку]"]],
    "paid report": ["Проверка авто и штрафов", ["Полный отчёт об автомобиле", "499 ₸", "[Купить отчёт]"]],
    "insurance": [["Страховая премия ОГПО", "К оплате 18 350 ₸", "[Оплатить полис]"]],
    "parking prepaid": [["Оплата парковки", "1 час — 200 ₸", "[Оплатить парковку]"]],
    "top up": [["Пополнить баланс", "Введите сумму", "[Оплатить 5 000 ₸]"]],
    "donation": [["Поддержите проект", "Пожертвовать 1 000 ₸", "[Оплатить]"]],
    "delivery price": [["Доставка", "Стоимость доставки 1 500 ₸", "[Оплатить заказ]"]],
    "refund pretext": [["Вам положен возврат штрафа", "Сумма возврата 15 000 ₸", "[Получить]"]],
    "verification pretext": ["Подтвердите карту для доступа к сервису", "Будет списано и возвращено 1 ₸"],
    "invitation": ["# Проверка и оплата штрафов", "Введите госномер, чтобы узнать о штрафах. Скидка 50% в первые 7 дней.", "[Проверить]"],
    "menu": ["<Штрафы>", "<Оплата штрафов>", "<Пополнение от 100 ₸>"],
    "service fee": ["Проверка штрафов бесплатно. Комиссия за оплату 100 ₸."],
    "paid fines": [["Штраф 21 625 ₸", "Оплачен 12.05.2026"]],
    "english schedule": ["# Schedule of fines", ["Speeding up to 20 km/h over", "$100"], ["Red light", "$250"]],
    "english news": ["Police said drivers receive text messages about an unpaid toll of $5.83. It is a scam."],
    "english insurance": [["Your quote", "Third party liability premium", "$120.00", "[Pay now]"]],
    "english adjective": ["That's fine! Your total is $20.00", "[Checkout]"],
    "italian end": ["Fine della pagina. Il prezzo totale è 20 €"],
    "event tickets": [["Concert ticket", "Total $45.00", "[Pay now]"]],
    "fine print": ["Read the fine print. Subscription $9.99 per month. [Pay]"],
    "penalty threat in law text": ["Drivers who do not pay are liable to a penalty of up to £1,000."],
    "invoice of a shop": [["Order summary", "Subtotal $20", "Delivery charge $5", "Total $25", "[Pay now]"]],
    "no data toast": [block("Нет данных по введённому номеру", live=True)],
    "statistics": ["В 2025 году выписано 1 200 000 штрафов на сумму 15 000 000 000 тенге."],
    "how much": ["Сколько составляет штраф за превышение? 21 625 ₸ при первом нарушении."],
    "court": ["Госпошлина за рассмотрение составляет 3 932 ₸"],
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_what_claims_no_debt_accuses_nobody(name: str) -> None:
    found = read(page(HONEST[name])).accusations
    assert found == (), found


def test_hidden_text_counts_for_nothing() -> None:
    lines = [block("Найден 1 штраф на сумму 21 625 ₸", visible=False, hidden_because="display"), "Штрафов нет"]
    assert read(page(lines)).accusations == ()


def test_an_alert_accuses_like_the_page() -> None:
    found = read(page(["Проверка штрафов"], dialogs=["Найден штраф 21 625 тг. Оплатите сейчас!"])).accusations
    assert found[0].amount is not None and found[0].amount.value == 21625


def test_a_dialog_that_finds_nothing_refuses() -> None:
    reading = read(page(["Проверка штрафов"], dialogs=["Штрафов не найдено"]))
    assert reading.accusations == () and reading.refusals[0].kind == "not_found"


def test_the_case_number_is_read() -> None:
    card = ["# Постановление № 253100000012345", "Дата 12.05.2026", "К оплате 21 625 ₸"]
    assert read(page([card])).accusations[0].case_number == "253100000012345"


def test_two_cards_are_two_accusations_with_their_own_sums() -> None:
    reading = read(page(ACCUSING["found, several cards"][0]))
    assert {a.amount.value for a in reading.accusations if a.amount} == {Decimal(43250), Decimal(21625)}


def test_a_claim_without_a_sum_needs_an_order_to_pay() -> None:
    assert read(page(["У вас есть неоплаченный штраф."])).accusations == ()
    assert read(page(["У вас есть неоплаченный штраф.", "[Оплатить]"])).accusations[0].amount is None


def test_one_tab_without_fines_does_not_clear_another_with() -> None:
    cards = [["ГАИ", "Штрафов не найдено"], ["Сергек", "Найден штраф", "К оплате 21 625 ₸", "[Оплатить]"]]
    assert len(read(page(cards)).accusations) == 1


def test_a_form_with_a_debt_word_is_no_accusation() -> None:
    field = control("c0", placeholder="123 ABC 02", form=5)
    assert read(page(["# Оплата штрафов", "Госномер", "[Проверить]"], [field])).accusations == ()


def test_a_fine_about_insurance_or_parking_is_no_offer() -> None:
    insured = [
        ["Задолженность найдена", "Штраф за управление без страхового полиса", "К оплате 19 660 ₸", "[Оплатить]"]
    ]
    parked = [
        "Счёт № Q7X2M9",
        "Неоплаченная стоянка 4 ч 20 мин, штраф за просрочку оплаты включён.",
        "К оплате: 3 600 ₸",
        "[Оплатить]",
    ]
    assert read(page(insured)).accusations and read(page([parked])).accusations


def test_a_claim_quoted_by_a_warning_accuses_nobody() -> None:
    article = [
        "# Мошенники рассылают фальшивые штрафы",
        "Приходят SMS: «У вас штраф 19 660 тг. Оплатите по ссылке».",
        "Не вводите данные карты.",
    ]
    assert read(page(article)).accusations == ()


def test_the_price_of_a_report_on_fines_is_no_fine() -> None:
    teaser = [
        ["Найдено 3 штрафа по автомобилю", "Чтобы увидеть детали, купите полный отчёт за 499 ₸", "[Купить отчёт]"]
    ]
    assert read(page(teaser)).accusations == ()
