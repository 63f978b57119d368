"""A claim that repeats what was typed speaks of the visitor; a counter at nought denies."""

from __future__ import annotations

import pytest

from prober.reading.read import read
from tests.factories import page

TYPED = ("000ZJZ99", "831223522930")


@pytest.mark.parametrize(
    "blocks",
    [
        [
            "831223522930: дело МС-64512068. Нарушение срока регистрации, ст. 517 КоАП РК. Штраф: 64.875,00 тг",
            "[Оплатить]",
        ],
        ["# Vozidlo 000 ZJZ 99: nezaplacené vjezdy", "Dlužná částka celkem: 770,00 Kč"],
        [
            [
                "# 1 unpaid passages",
                "000ZJZ99 · Passenger car",
                "Toll",
                "KZT 1,000.00",
                "Penalty / Штраф ст. 572-1",
                "KZT 8,650.00",
                "Amount due",
                "KZT 9,650.00",
                "[PAY NOW]",
            ]
        ],
        [
            [
                "# Берешек туралы мәліметтер",
                "ЖСН: 8312••••2930",
                "ЖҚЕ бұзу, ӘҚБтК 592-бап",
                "21 625 ₸",
                "Әкімшілік айыппұл, 596-бап",
                "43 250 ₸",
                "Атқарушылық алымы",
                "4 625 ₸",
                "Жиыны: 69 500 ₸",
                "[Таңдалғанын төлеу]",
            ]
        ],
        ["Vehiculul 000ZJZ99 figurează cu contravenție. Amendă: 750,00 lei", "[Achită]"],
    ],
)
def test_a_debt_of_what_was_typed_is_claimed(blocks: list[str]) -> None:
    assert read(page(blocks), None, TYPED).accusations


@pytest.mark.parametrize(
    "blocks",
    [
        ["# Договор ОСАГО", "Автомобиль 000ZJZ99", "Страховая премия 12 975 ₸", "[Оплатить полис]"],
        ["Автомобиль 000ZJZ99", "Парковочная сессия: 2 ч", "К оплате: 400 ₸", "[Оплатить сессию]"],
        ["Отчёт по автомобилю 000ZJZ99: штрафы, ДТП, залоги — 1 990 ₸", "[Купить отчёт]"],
        ["Отчёт по 000ZJZ99", "Штрафы, ДТП, залоги, ограничения", "Стоимость отчёта 1 990 ₸", "[Купить]"],
        ["Консультация по номеру 000ZJZ99: оспорим штраф", "Стоимость 5 000 ₸", "[Оплатить]"],
        ["Такого госномера не бывает", "Запрос: 000ZJZ99", "12 минут назад оплачен штраф 8 650 ₸, ***KZA 01"],
        ["Шины для 000ZJZ99", "Комплект 84 000 ₸", "[Оплатить]"],
        ["По номеру 000ZJZ99 штрафов не найдено", "Штраф за превышение: 21 625 ₸"],
    ],
)
def test_a_price_or_a_denial_for_what_was_typed_is_not(blocks: list[str]) -> None:
    assert not read(page(blocks), None, TYPED).accusations


def test_a_counter_at_nought_denies_and_a_subscription_beside_it_is_no_debt() -> None:
    reading = read(page(["Неоплаченные штрафы", "0", "Сумма к оплате", "0 ₸", "990 ₸ / месяц", "[Оформить подписку]"]))
    assert [r.kind for r in reading.refusals][:1] == ["not_found"]
    assert not reading.accusations
