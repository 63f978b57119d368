"""Sums in every form that pages use, and numbers that are no sums."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.reading.money import amounts, bare_amounts

FORMS = [
    ("15 728 тг", "15728", "KZT"), ("15 728,00 ₸", "15728.00", "KZT"), ("15728тг", "15728", "KZT"),
    ("KZT 15,728.00", "15728.00", "KZT"), ("₸15 728", "15728", "KZT"), ("10 МРП (43 250 тенге)", "43250", "KZT"),
    ("43.250 ₸", "43250", "KZT"), ("6 487,5 тенге", "6487.5", "KZT"), ("Штраф: 15 728 тг", "15728", "KZT"),
    ("8 МРП (31 456 ₸)", "31456", "KZT"), ("12.05.2025 сумма 21 625 тенге", "21625", "KZT"),
    ("15\u202f728\u00a0тнг.", "15728", "KZT"), ("21 625 теңге", "21625", "KZT"), ("21 625 teńge", "21625", "KZT"),
    ("21 625 〒", "21625", "KZT"), ("21 тысяча 625 тенге", "21625", "KZT"), ("21 тыс. тенге", "21000", "KZT"),
    ("двадцать одна тысяча шестьсот двадцать пять тенге", "21625", "KZT"),
    ("жиырма бір мың алты жүз жиырма бес теңге", "21625", "KZT"),
    ("twenty-one thousand six hundred and twenty-five tenge", "21625", "KZT"),
    ("пятнадцать тысяч семьсот двадцать восемь тг", "15728", "KZT"),
    ("1,5 млн тг", "1500000", "KZT"), ("$5.83", "5.83", "USD"), ("£25", "25", "GBP"), ("₹590", "590", "INR"),
    ("Rs. 590", "590", "INR"), ("1,23,456.00 INR", "123456", "INR"), ("1.234,56 €", "1234.56", "EUR"),
    ("35€", "35", "EUR"), ("CHF 1'234.50", "1234.50", "CHF"), ("CHF 1’234.50", "1234.50", "CHF"),
    ("500 р.", "500", "RUB"), ("500 рублей", "500", "RUB"), ("500 ₽", "500", "RUB"), ("250 000 so‘m", "250000", "UZS"),
    ("1500 сом", "1500", "KGS"), ("340 грн", "340", "UAH"), ("AED 500", "500", "AED"), ("1.500 KWD", "1.500", "KWD"),
    ("₩50,000", "50000", "KRW"), ("9,000円", "9000", "JPY"), ("50 000₫", "50000", "VND"), ("Rp 50.000", "50000", "IDR"),
    ("R$ 130,16", "130.16", "BRL"), ("130,16 zł", "130.16", "PLN"), ("S$20", "20", "SGD"), ("500 kr", "500", "SEK"),
    ("١٥٠ درهم", "150", "AED"), ("30 000 Ft", "30000", "HUF"), ("500 Kč", "500", "CZK"), ("50 лв.", "50", "BGN"),
    ("५०० रुपये", "500", "INR"), ("रु. 1,500", "1500", "INR"), ("₹2 lakh", "200000", "INR"), ("1.5 लाख रुपये", "150000", "INR"),
    ("Rp 1,5 juta", "1500000", "IDR"), ("Rp50rb", "50000", "IDR"), ("800 nghìn đồng", "800000", "VND"),
    ("5万円", "50000", "JPY"), ("3.5万元", "35000", "CNY"), ("罚款200元整", "200", "CNY"), ("5만원", "50000", "KRW"),
    ("40,000원입니다", "40000", "KRW"), ("๕๐๐ บาทถ้วน", "500", "THB"), ("២០០០០ រៀល", "20000", "KHR"),
    ("၅၀၀၀ ကျပ်", "5000", "MMK"), ("50.000 ກີບ", "50000", "LAK"), ("50 000 ₮", "50000", "MNT"),
    ("10 000 төгрөг", "10000", "MNT"), ("1,500 ብር", "1500", "ETB"), ("රු. 2,500.00", "2500", "LKR"),
    ("500 ரூபாய்", "500", "INR"), ("రూ. 1,000", "1000", "INR"), ("રૂ. ૫૦૦", "500", "INR"), ("৳ ৫০০", "500", "BDT"),
    ("৫০০ টাকা", "500", "BDT"), ("रू. ५००", "500", "NPR"), ("Ksh. 5,000", "5000", "KES"), ("₦5,000.00", "5000", "NGN"),
    ("5 mil pesos", "5000", "MXN"), ("1 500 денари", "1500", "MKD"), ("FCFA 5 000", "5000", "XOF"),
    ("100 bin TL", "100000", "TRY"), ("20 000 krónur", "20000", "ISK"), ("30 ezer Ft", "30000", "HUF"),
    ("250 ₪", "250", "ILS"), ("0 ₸", "0", "KZT"), ("0,00 тг", "0", "KZT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "currency"), FORMS)
def test_a_sum_is_read(text: str, value: str, currency: str) -> None:
    found = amounts(text)
    assert [(f.amount.value, f.amount.currency) for f in found] == [(Decimal(value), currency)]


@pytest.mark.parametrize(
    "text",
    [
        "5 МРП", "123 ABC 02", "000QQQ99", "ст. 592 ч. 1", "594-1", "+7 701 234 56 78", "1414", "12.05.2025", "14:35",
        "№ 253100000012345 тг", "ИИН 991231500007", "50%", "60 км/ч", "12 цифр", "в течение 7 дней", "2 штрафа",
        "шаг 2 из 3", "253100000012345", "2026 год", "12 ks", "br. 5", "5 km", "Постановление № 1000 мың",
    ],
)  # fmt: skip
def test_what_is_no_sum(text: str) -> None:
    assert amounts(text) == ()


@pytest.mark.parametrize(
    "text", ["ст. 592", "+7 701 234 56 78", "12.05.2025", "50%", "5 МРП", "12 цифр", "№ 123456", "A123ABC"]
)
def test_numbers_that_no_label_makes_a_sum(text: str) -> None:
    assert bare_amounts(text) == ()


def test_the_scenario_settles_shared_signs() -> None:
    assert amounts("$20", ("AUD",))[0].amount.currency == "AUD"
    assert amounts("500 kr", ("NOK",))[0].amount.currency == "NOK"
    assert amounts("19 660 Т", ("KZT",))[0].amount.currency == "KZT"
    assert amounts("19 660 Т") == ()
    assert amounts("R 1 500.00", ("ZAR",))[0].amount.value == 1500
    assert amounts("R 1 500.00") == ()
    assert amounts("50 000 ₮", ("KZT",))[0].amount.currency == "KZT"


def test_several_sums_in_one_line() -> None:
    assert [f.amount.value for f in amounts("3 450 тг × 5 МРП = 17 250 тг")] == [Decimal(3450), Decimal(17250)]
    assert [f.amount.value for f in amounts("$500 $600")] == [Decimal(500), Decimal(600)]


@given(st.integers(1, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", ",", "."]))
def test_grouped_numbers_keep_their_value(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    assert amounts(f"Итого {written} ₸")[0].amount.value == number


@given(st.text(alphabet="0123456789 .,'₸$тгKZTмлнтысяча-/:", max_size=120))
def test_reading_sums_never_fails(text: str) -> None:
    for found in (*amounts(text), *bare_amounts(text)):
        assert found.amount.value >= 0


@pytest.mark.parametrize("text", ["Заказ iZK2D_ufc", "Token aB3kr9", "ref9USDx"])
def test_a_piece_of_an_identifier_is_no_sum(text: str) -> None:
    assert amounts(text) == ()
