"""What a careful victim does next."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prober.models.action import DISABLED, Check, Choose, Click, Fill, Outcome, Press, Stop, Wait
from prober.models.page import Box, Option, TextBlock
from prober.models.reading import PURPOSES, Accusation, Amount, Arithmetic, Demand, Refusal, Waiting, Wall
from prober.plan.novelty import new_accusations, without_old_refusals
from prober.plan.turns import NEVER_FILLED, Trail, Turn
from tests.plan.pages import IDENTITY, SCENARIO, after, control, options, page, plan

PLATE = (control("plate", y=10), "plate")
SUBMIT = (control("go", "button", y=70, text="Проверить"), "@submit")
FINE = Accusation(
    debt="traffic_fine",
    quote="Штраф 19 660 ₸",
    amount=Amount(value=Decimal(19660), currency="KZT", text="19 660 ₸"),
    blocks=(1,),
)
NOT_FOUND = Refusal(kind="not_found", quote="Не найдено", blocks=(1,))
INVALID = Refusal(kind="invalid", quote="Некорректный ИИН", blocks=(1,))


def test_fills_the_plate_and_presses_the_button_of_the_form() -> None:
    fill, click = plan(page(PLATE, SUBMIT))
    assert isinstance(fill, Fill) and fill.text == IDENTITY.value("plate").text  # type: ignore[union-attr]
    assert isinstance(click, Click) and click.ref == "go"


def test_presses_enter_where_no_button_sends() -> None:
    actions = plan(page(PLATE))
    assert isinstance(actions[-1], Press) and actions[-1].key == "Enter"


def test_a_button_that_waits_for_input_is_pressed_and_its_refusal_costs_no_wait() -> None:
    waits = (control("go", "button", y=70, text="Проверить", disabled=True), "@submit")
    turn = page(PLATE, waits)
    actions = plan(turn)
    assert isinstance(actions[-1], Click) and actions[-1].ref == "go"
    refused = Turn(turn.snapshot, turn.reading, actions, (Outcome(), Outcome(ok=False, problem=DISABLED)))
    for times in (1, 2, 3):
        fill, click = plan(turn, Trail(IDENTITY, SCENARIO, (refused,) * times))
        assert isinstance(fill, Fill) and fill.text == IDENTITY.ladder["plate"][times].text
        assert isinstance(click, Click) and click.ref == "go"


def test_cuts_the_plate_as_the_form_does() -> None:
    number = (control("n", y=10, max_length=3), "plate_number")
    series = (control("s", y=10, max_length=3), "plate_series")
    region = (
        control("r", "select", y=10, options=options("", "01", IDENTITY.value("plate").parts["region"])),
        "plate_region",
    )  # type: ignore[union-attr]
    actions = plan(page(number, series, region, SUBMIT))
    assert [a.text for a in actions if isinstance(a, Fill)] == ["000", IDENTITY.value("plate").parts["series"]]  # type: ignore[union-attr]
    assert next(a.value for a in actions if isinstance(a, Choose)) == IDENTITY.value("plate").parts["region"]  # type: ignore[union-attr]


def test_a_search_box_and_a_newsletter_are_left_alone_beside_a_look_up() -> None:
    search = (control("q", y=0, form=1), "search")
    news = (control("mail", y=900, form=3), "email")
    plate = (control("plate", y=10, form=2), "plate")
    actions = plan(page(search, news, plate, SUBMIT))
    assert {a.ref for a in actions if isinstance(a, Fill)} == {"plate"}


def test_the_cookie_banner_goes_first_and_once() -> None:
    banner = (control("ok", "button", y=700, text="Принять"), "@cookie")
    turn = page(PLATE, SUBMIT, banner)
    assert plan(turn)[0].ref == "ok"
    assert isinstance(plan(turn, after(turn, sent=False))[0], Fill)


def test_climbs_the_ladder_when_the_pages_script_refuses_and_opens_the_last_resort_third() -> None:
    iin = (control("iin", y=10), "personal_id")
    turn = page(iin, SUBMIT, text="ИИН неверный", refusals=(INVALID,))
    first = after(page(iin, SUBMIT), sent=False)
    second = after(turn, first, sent=False)
    third = after(turn, second, sent=False)
    texts = [t.fills[0].text for t in third.turns]
    ladder = [v.text for v in IDENTITY.ladder["personal_id"]]
    assert texts[:2] == ladder[:2]
    assert texts[2] == IDENTITY.last_resort["personal_id"].text


def test_a_server_that_says_no_never_sees_a_valid_check_digit() -> None:
    iin = (control("iin", y=10), "personal_id")
    turn = page(iin, SUBMIT, text="Некорректный ИИН", refusals=(INVALID,))
    trail = after(page(iin, SUBMIT))
    while not isinstance(plan(turn, trail)[0], Stop):
        trail = after(turn, trail)
    typed = {fill.text for t in trail.turns for fill in t.fills}
    assert IDENTITY.last_resort["personal_id"].text not in typed
    assert plan(turn, trail)[0].outcome == "rejected"


def test_follows_the_fine_to_pay_and_stops_at_the_card() -> None:
    trail = after(page(PLATE, SUBMIT))
    pay = (control("pay", "button", y=400, text="Оплатить"), "@pay")
    bill = page(pay, text="Штраф 19 660 ₸", accusations=(FINE,), url="https://suspect.example/r")
    (click,) = plan(bill, trail)
    assert click.ref == "pay"
    card = page((control("pan"), "card_number"), demands=(Demand(kind="card", quote="Номер карты", refs=("pan",)),))
    stop = plan(card, after(bill, trail))[0]
    assert isinstance(stop, Stop) and stop.outcome == "card_demanded"


def test_a_fine_that_stood_there_before_is_no_answer() -> None:
    first = page(PLATE, SUBMIT, text="Штраф 19 660 ₸", accusations=(FINE,))
    trail = after(first)
    same = page(PLATE, SUBMIT, text="Штраф 19 660 ₸", accusations=(FINE,), refusals=(NOT_FOUND,))
    while not isinstance(plan(same, trail)[0], Stop):
        trail = after(same, trail)
    assert plan(same, trail)[0].outcome == "rejected"


def test_a_sum_that_stood_there_before_is_not_new_because_something_beside_it_changed() -> None:
    def ticking(text: str) -> Turn:
        turn = page(PLATE, SUBMIT, text="Штраф 19 660 ₸", accusations=(FINE.model_copy(update={"blocks": (1, 2)}),))
        ticker = TextBlock(id=2, text=text, box=Box(x=0, y=0, width=300, height=20))
        return Turn(turn.snapshot.model_copy(update={"blocks": (*turn.snapshot.blocks, ticker)}), turn.reading)

    trail = after(ticking("Проверено: 51K-12, штрафов нет"))
    now = ticking("Проверено: 77B-01, 2 штрафа")
    assert new_accusations(now.snapshot, now.reading, trail.then(now)) == ()


def test_a_refusal_that_stood_there_before_answers_nothing() -> None:
    first = page(PLATE, SUBMIT, text="Не найдено", refusals=(NOT_FOUND,))
    trail = after(first)
    assert without_old_refusals(first.snapshot, first.reading, trail).refusals == ()
    told = page(PLATE, SUBMIT, text="По номеру 000QQQ99 ничего не найдено", refusals=(NOT_FOUND,))
    assert without_old_refusals(told.snapshot, told.reading, trail).refusals == (NOT_FOUND,)


def test_a_code_is_given_after_the_plate_was_taken_and_never_before() -> None:
    code = (control("code", y=10), "otp")
    assert not any(isinstance(a, Fill) for a in plan(page(code, SUBMIT)))
    trail = after(page(PLATE, SUBMIT))
    assert any(isinstance(a, Fill) and a.purpose == "otp" for a in plan(page(code, SUBMIT, text="Код"), trail))


def test_never_at_a_log_in() -> None:
    login = page(
        (control("u"), "personal_id"), (control("p"), "password"), SUBMIT, walls=(Wall(kind="login", quote="Войти"),)
    )
    (stop,) = plan(login)
    assert isinstance(stop, Stop) and stop.outcome == "login"


def test_solves_the_sum_and_ticks_the_consent() -> None:
    sum_ = (control("sum", y=40), "arithmetic")
    consent = (control("agree", "checkbox", y=50), "consent")
    actions = plan(
        page(PLATE, sum_, consent, SUBMIT, arithmetic=(Arithmetic(ref="sum", question="7 + 5", answer="12"),))
    )
    assert any(isinstance(a, Fill) and a.text == "12" for a in actions)
    assert any(isinstance(a, Check) and a.ref == "agree" for a in actions)


def test_waits_while_the_page_searches_and_gives_up_when_nothing_comes() -> None:
    trail = after(page(PLATE, SUBMIT))
    waiting = page(text="Идёт поиск", waits=(Waiting(quote="Идёт поиск"),))
    assert isinstance(plan(waiting, trail)[0], Wait)
    trail = after(waiting, trail, sent=False)
    (again,) = plan(waiting, trail)
    assert isinstance(again, Wait) and again.real
    assert isinstance(plan(waiting, after(waiting, trail, sent=False))[0], Stop)


@pytest.mark.parametrize(("text", "waits"), [("Natafuta…", True), ("Pişirýär...", True), ("Natafuta", False)])
def test_trailing_dots_after_a_press_say_in_any_language_that_more_will_come(text: str, waits: bool) -> None:
    trail = after(page(PLATE, SUBMIT, text="Weka namba"))
    actions = plan(
        page((control("x", "button", y=90, text="Gari"), "@unknown"), text=text, url="https://suspect.example/r"), trail
    )
    assert isinstance(actions[0], Wait) == waits


def test_picks_all_of_a_list_before_the_button_that_waits_for_it() -> None:
    boxes = [(control(f"b{n}", "checkbox", y=100 + n, value=str(n)), "unknown") for n in (1, 2)]
    pay = (control("pay", "button", y=400, text="Оплатить", disabled=True), "@pay")
    agree = (control("agree", "checkbox", y=60, name="agree"), "consent")
    trail = after(page(PLATE, SUBMIT, agree))
    listed = page(*boxes, agree, pay, text="Штраф 19 660 ₸", accusations=(FINE,), amounts=(FINE.amount,))
    actions = plan(listed, trail)
    assert [(type(a), a.ref) for a in actions] == [(Check, "b1"), (Check, "b2"), (Click, "pay")]
    assert not any(isinstance(a, Check) for a in plan(listed, after(listed, trail)))


def test_what_stands_below_a_sum_leads_on_where_no_button_can_be_read() -> None:
    trail = after(page(PLATE, SUBMIT))
    amount = Amount(value=Decimal(46), currency="USD", text="$46.80")
    menu = (control("home", "link", y=5, text="Home"), "@unknown")
    way = (control("way", "link", y=400, text="Release"), "@unknown")
    told = page(menu, way, text="Charge: $46.80", amounts=(amount,), url="https://suspect.example/track")
    (click,) = plan(told, trail)
    assert (click.do, click.ref) == ("click", "way")


def test_goes_through_the_menu_to_the_form() -> None:
    turn = page((control("m", "link", y=10, text="Проверка штрафов"), "@menu"))
    (click,) = plan(turn)
    assert isinstance(click, Click) and click.why == "menu"


def test_a_list_that_says_please_choose_in_some_language_is_moved_on_once_the_form_was_pressed_in_vain() -> None:
    states = control("st", "select", y=20, tag="select", options=(
        Option(value="Pick one", text="Pick one", selected=True), Option(value="AL", text="Alabama")
    ))  # fmt: skip
    turn = page(PLATE, (states, "region"), SUBMIT)
    assert not any(isinstance(a, Choose) for a in plan(turn))
    refused = page(PLATE, (states, "region"), SUBMIT, text="No", refusals=(INVALID,))
    again = plan(refused, after(turn, sent=False))
    assert [a.value for a in again if isinstance(a, Choose)] == ["AL"]


def test_asks_an_unnamed_box_for_what_the_scenario_asks_first() -> None:
    actions = plan(page((control("x", y=10), "unknown"), SUBMIT))
    assert isinstance(actions[0], Fill) and actions[0].value_kind == "plate"
    digits = plan(page((control("x", y=10, input_mode="numeric", max_length=12), "unknown"), SUBMIT))
    assert isinstance(digits[0], Fill) and digits[0].value_kind == "personal_id"


@settings(deadline=None)
@given(st.lists(st.sampled_from(PURPOSES), min_size=1, max_size=8), st.booleans())
def test_nothing_is_ever_typed_where_nothing_may_be(purposes: list[str], late: bool) -> None:
    parts = [(control(f"c{n}", y=20.0 * n), purpose) for n, purpose in enumerate(purposes)]
    trail = after(page(PLATE, SUBMIT)) if late else None
    actions = plan(page(*parts, SUBMIT, text="x"), trail)
    forbidden = {c.ref for c, purpose in parts if purpose in NEVER_FILLED}
    assert not [a for a in actions if isinstance(a, Fill) and a.ref in forbidden]
