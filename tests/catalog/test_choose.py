"""Which scenario fits a suspect."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prober.catalog import all_scenarios, choose, load_suite, scenarios_for
from prober.models.suite import Suite

SCENARIOS = all_scenarios()


@pytest.mark.parametrize(
    ("url", "lang", "text", "name"),
    [
        ("http://localhost:8000/", "", "", "kz-fines"),
        ("http://a.top/", "ru", "Введите номер автомобиля", "kz-fines"),
        ("http://a.top/", "en", "Check your fine", "kz-fines"),
        ("http://a.top/", "ru", "Проверка штрафов. ИИН или ГРНЗ. Оплата 15 728 ₸", "kz-fines"),
        ("http://a.top/", "kk", "Айыппұлды тексеру", "kz-fines"),
        ("http://egov-kz.top/", "ru", "Штрафы", "kz-fines"),
        ("http://a.top/", "ru", "Штрафы ГИБДД. Госномер и СТС. 500 ₽", "ru-gibdd"),
        ("http://gibdd-shtrafy.top/", "ru", "Штрафы", "ru-gibdd"),
        ("http://a.ru/", "ru", "Проверка штрафов", "ru-gibdd"),
        ("https://e-zpassqhr.top/", "en", "", "us-toll"),
        ("http://a.top/", "en-US", "You have an unpaid toll. Enter your license plate and ZIP code", "us-toll"),
        ("http://a.top/", "en", "Penalty Charge Notice: enter PCN and vehicle registration", "uk-pcn"),
        ("http://pcn-pay.top/", "en", "", "uk-pcn"),
        ("http://a.top/", "ru", "Ваша посылка задержана. Отслеживание, доставка", "parcel-fee"),
        ("http://a.top/", "en", "Your parcel needs a customs fee. Tracking number", "parcel-fee"),
        ("http://a.kz/", "ru", "Kazpost: посылка, отслеживание и доставка", "parcel-fee"),
        ("http://a.top/", "en", "Проверка штрафов ГИБДД по номеру автомобиля и СТС. Сумма 500 руб", "ru-gibdd"),
        ("http://a.top/", "ru", "Ваша посылка прибыла в Алматы. Доставка 590 тг. Номер отправления", "parcel-fee"),
        ("http://a.top/", "uz", "Jarimani tekshirish. Avtomobil davlat raqami", "uz-jarima"),
        ("http://a.top/", "", "Введите номер. Штраф 2 000 сом, Бишкек, Кыргызстан", "kg-fines"),
        ("http://a.top/", "uk", "Перевірка штрафів. Сплатити 340 грн", "ua-fines"),
        ("http://a.top/", "en", "Pay your e-challan, vehicle number, ₹590", "in-echallan"),
        ("http://a.top/", "fr", "Payez votre amende. Plaque d'immatriculation", "fr-amende"),
        ("http://a.top/", "es", "Consulte su multa de tráfico con su matrícula", "es-dgt"),
        ("http://a.top/", "en", "Traffic fine check in Kazakhstan: IIN or plate. 15 728 ₸", "kz-fines"),
        ("not a url [", "zz", "\x00", "kz-fines"),
    ],
)
def test_choice(url: str, lang: str, text: str, name: str) -> None:
    assert choose(SCENARIOS, url=url, lang=lang, text=text) == name


def test_no_scenarios_at_all() -> None:
    assert choose((), url="http://a.kz/") == "kz-fines"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=8), st.text(max_size=200))
def test_anything_chooses_something(url: str, lang: str, text: str) -> None:
    assert choose(SCENARIOS, url=url, lang=lang, text=text) in {scenario.name for scenario in SCENARIOS}


@pytest.mark.parametrize(
    ("url", "lang", "first"),
    [
        ("https://x.egov-kz.top/a", "", "kz-fines"),
        ("https://a.com.kz/", "", "kz-fines"),
        ("https://ezpass-pay.vip", "", "us-toll"),
        ("https://kazpost-pay.kz", "", "parcel-fee"),
        ("https://a.ru", "", "ru-gibdd"),
    ],
)
def test_rules_of_a_suite(url: str, lang: str, first: str) -> None:
    assert scenarios_for(load_suite("all"), url=url, lang=lang) == (first,)


def test_without_a_rule_the_landing_page_decides() -> None:
    suite = load_suite("all")
    assert scenarios_for(suite, url="https://a.top/") == suite.scenarios


def test_a_suite_can_run_all_or_ask_the_language() -> None:
    both = Suite.model_validate(
        {"schema": "prober/suite/1", "name": "x", "title": {}, "mode": "all", "scenarios": ["kz-fines", "ru-gibdd"]}
    )
    assert scenarios_for(both, url="https://a.top/") == ("kz-fines", "ru-gibdd")
    by_language = both.model_copy(
        update={
            "mode": "choose",
            "rules": (load_suite("all").rules[0].model_copy(update={"tokens": (), "languages": ("kk",)}),),
        }
    )
    assert scenarios_for(by_language, url="https://a.top/", lang="kk-KZ") == ("parcel-fee",)
