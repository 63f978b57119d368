"""What pressing would do."""

from __future__ import annotations

import pytest

from prober.models.page import Snapshot
from prober.models.reading import ButtonReading
from prober.reading.read import read
from tests.factories import control, page


def best(snapshot: Snapshot, ref: str) -> ButtonReading:
    return next(b for b in read(snapshot).buttons if b.ref == ref)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Проверить", "submit"), ("Найти штрафы", "submit"), ("Тексеру", "submit"), ("Check now", "submit"),
        ("Search", "submit"), ("Оплатить", "pay"), ("Оплатить 21 625 ₸", "pay"), ("Перейти к оплате", "pay"),
        ("Төлеу", "pay"), ("Pay now", "pay"), ("Далее", "next"), ("Продолжить", "next"), ("Әрі қарай", "next"),
        ("Continue", "next"), ("Назад", "back"), ("На главную", "back"), ("Новый поиск", "back"),
        ("Войти", "login"), ("Личный кабинет", "login"), ("Sign in", "login"), ("Закрыть", "close"), ("×", "close"),
        ("Подробнее", "result"), ("Details", "result"), ("Отправить код повторно", "resend"), ("Скачать PDF", "download"),
        ("Очистить", "reset"), ("Я не робот", "human"), ("I'm human", "human"), ("Қазақша", "language"),
        ("EN", "language"), ("Қаз", "language"), ("Поддержка", "help"), ("Скачать приложение", "app"),
    ],
)  # fmt: skip
def test_words_tell_the_role(text: str, role: str) -> None:
    assert best(page([], [control("b", "button", text=text)]), "b").role == role


@pytest.mark.parametrize(
    "text", ["Штрафы", "Оплата штрафов", "Проверить штрафы", "Штрафы ПДД", "Traffic fines", "Айыппұлдар", "Pay a fine"]
)
def test_a_link_with_a_debt_word_leads_to_the_look_up(text: str) -> None:
    snapshot = page([], [control("l", "link", text=text, href="https://suspect.example/fines")])
    assert best(snapshot, "l").role == "menu", read(snapshot).buttons


def test_the_submit_button_of_the_form_wins_over_the_menu() -> None:
    snapshot = page(
        ["Госномер"],
        [
            control("m", "link", 0, text="Штрафы", href="https://suspect.example/f"),
            control("f", "text", 1, form=7),
            control("s", "button", 2, text="Проверить", type="submit", form=7),
            control("r", "button", 3, text="Очистить", type="reset", form=7),
        ],
    )
    assert read(snapshot).with_role("submit")[0].ref == "s"
    assert best(snapshot, "r").role == "reset"


def test_an_icon_button_of_a_form_submits() -> None:
    snapshot = page([], [control("f", "text", 0, form=7), control("s", "button", 1, aria_label="поиск", form=7)])
    assert best(snapshot, "s").role == "submit"
    snapshot = page([], [control("f", "text", 0, form=7), control("s", "button", 1, classes="btn-search", form=7)])
    assert best(snapshot, "s").role == "submit"


def test_a_cookie_notice_is_told_from_consent() -> None:
    snapshot = page([["Мы используем файлы cookie", "[Принять все]"], ["Проверка штрафов", "[Проверить]"]])
    reading = read(snapshot)
    cookie = reading.with_role("cookie")
    assert cookie and cookie[0].score >= 0.85
    assert snapshot.control(cookie[0].ref).text == "Принять все"  # type: ignore[union-attr]


def test_a_button_that_waits_for_input_is_read_and_one_that_nobody_sees_is_not() -> None:
    snapshot = page(
        [],
        [control("a", "button", text="Проверить", disabled=True), control("b", "button", text="Найти", visible=False)],
    )
    assert {button.ref for button in read(snapshot).buttons} == {"a"}
    assert best(snapshot, "a").role == "submit"


def test_a_headline_is_no_button_of_its_words() -> None:
    text = "Как оплатить штраф и что будет, если не заплатить его вовремя: подробная инструкция для водителей"
    snapshot = page([], [control("l", "link", text=text, href="https://suspect.example/news")])
    assert best(snapshot, "l").score < 0.6


def test_a_box_of_the_pages_own_to_say_that_one_is_human_is_pressed_one_in_a_frame_is_not() -> None:
    own = control("a", "button", text="אני לא רובוט", tag="div")
    foreign = control("b", "button", text="אני לא רובוט", tag="div", frame=1)
    snapshot = page(["הזינו את מספר לוחית הרישוי כדי לבדוק אם קיימות נסיעות שלא שולמו"], [own, foreign], lang="he")
    roles = {(button.ref, button.role) for button in read(snapshot).buttons}
    assert ("a", "human") in roles and ("b", "human") not in roles
