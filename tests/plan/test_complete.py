"""A form that was pressed in vain is completed before another value is tried."""

from __future__ import annotations

from prober.models.action import Action, Check, Choose, Click, Fill, Outcome, Scroll, Wait
from prober.models.page import Control, Option
from prober.plan.turns import Trail, Turn
from tests.plan.pages import IDENTITY, SCENARIO, after, control, options, page, plan

PLATE = (control("plate", y=100, tag="input", containers=(1, 2, 10)), "plate")
SUBMIT = (control("go", "button", y=420, text="Проверить"), "@submit")
FIRST = IDENTITY.value("plate").text  # type: ignore[union-attr]


def tile(ref: str, text: str, **more: object) -> tuple[Control, str]:
    return control(
        ref, "button", y=300, tag="div", text=text, containers=(1, 2, 5, sum(map(ord, ref))), **more
    ), "@unknown"


def done(actions: tuple[Action, ...], what: type) -> list[str]:
    return [a.ref for a in actions if isinstance(a, what)]


def waited(turn: Turn, trail: Trail) -> Trail:
    """The trail once the wait for an answer was in vain."""
    assert isinstance(plan(turn, trail)[0], Wait)
    return after(turn, trail, sent=False)


def test_at_first_only_what_identifies_and_what_is_plainly_open() -> None:
    born = (control("born", y=150, read_only=True), "birth_date")
    kind = (control("kind", "select", y=200, tag="span", value="Выберите ▾"), "unknown")
    news = (control("news", "checkbox", y=250, label="Новостная рассылка"), "unknown")
    note = (control("note", y=350, label="Примечание"), "unknown")
    actions = plan(page(PLATE, born, kind, news, note, SUBMIT))
    assert done(actions, Fill) == ["plate"] and done(actions, Choose) == ["born", "kind"] and not done(actions, Check)


def test_then_everything_else_with_the_same_value() -> None:
    box = (control("box", "checkbox", y=250, label="Сохранить данные"), "unknown")
    news = (control("news", "checkbox", y=260, label="Новостная рассылка"), "unknown")
    kind = (control("kind", "select", y=200, tag="span", value="Легковой"), "unknown")
    note = (control("note", y=350, label="Примечание", max_length=5), "unknown")
    cars = (tile("t1", "Легковой"), tile("t2", "Грузовой"))
    turn = page(PLATE, kind, box, news, *cars, note, SUBMIT)
    snapshot = turn.snapshot.model_copy(update={"unread": 1})
    turn = Turn(snapshot, turn.reading)
    trail = waited(turn, after(turn, sent=False))
    actions = plan(turn, trail)
    assert isinstance(actions[0], Scroll) and actions[0].inner
    assert [a.text for a in actions if isinstance(a, Fill) and a.ref == "plate"] == [FIRST]
    assert done(actions, Choose) == ["kind"] and done(actions, Check) == ["box", "t1"]
    assert [len(a.text) for a in actions if isinstance(a, Fill) and a.ref == "note"] == [5]
    again = plan(
        turn, waited(turn, trail.then(Turn(snapshot, turn.reading, actions, tuple(Outcome() for _ in actions))))
    )
    assert [a.text for a in again if isinstance(a, Fill)] == [IDENTITY.ladder["plate"][1].text]
    assert not done(again, Check) and not done(again, Choose)


def test_a_chosen_tile_and_a_chosen_list_stay() -> None:
    cars = (tile("t1", "Легковой", classes="tile"), tile("t2", "Грузовой", classes="tile chosen"))
    turn = page(PLATE, *cars, SUBMIT)
    assert done(plan(turn, waited(turn, after(turn, sent=False))), Check) == []
    taken = (Option(value="1", text="Астана", selected=True), Option(value="2", text="Алматы"))
    lists = (control("r", "select", y=200, tag="span", value="Астана", options=taken), "region")
    assert done(plan(page(PLATE, lists, SUBMIT)), Choose) == []


def test_a_drawn_list_takes_the_option_that_the_identity_has() -> None:
    region = IDENTITY.value("plate").parts["region"]  # type: ignore[union-attr]
    lists = (control("r", "select", y=200, tag="span", options=options("", "01", region)), "plate_region")
    assert [a.value for a in plan(page(PLATE, lists, SUBMIT)) if isinstance(a, Choose)] == [region]


def test_terms_are_scrolled_where_they_keep_a_box_asleep() -> None:
    box = (control("ok", "checkbox", y=100, disabled=True), "consent")
    turn = page(box, (control("go", "button", y=200, text="Далее", disabled=True), "@next"))
    turn = Turn(turn.snapshot.model_copy(update={"unread": 1}), turn.reading)
    (scroll,) = plan(turn)
    assert isinstance(scroll, Scroll) and scroll.inner


def test_what_is_open_is_not_pressed_again() -> None:
    head = control("head", "button", y=10, text="Проверка штрафов")
    assert isinstance(plan(page((head, "@menu")))[0], Click)
    opened = head.model_copy(update={"expanded": True})
    assert not [a for a in plan(page((opened, "@menu"))) if isinstance(a, Click)]


def test_keys_of_a_pad_send_nothing() -> None:
    keys = tuple((control(f"k{n}", "button", y=200 + n, text=str(n)), "@submit") for n in range(10))
    actions = plan(page((control("n", y=100, read_only=True), "plate"), *keys, SUBMIT))
    assert done(actions, Fill) == ["n"] and done(actions, Click) == ["go"]


def test_something_over_the_button_is_closed_first() -> None:
    close = (control("x", "button", y=5, text="×"), "@close")
    turn = page(PLATE, SUBMIT, close)
    actions = plan(turn)
    covered = (Outcome(), Outcome(ok=False, changed=False, problem="covered"))
    assert done(
        plan(turn, Trail(IDENTITY, SCENARIO, (Turn(turn.snapshot, turn.reading, actions, covered),))), Click
    ) == ["x"]
