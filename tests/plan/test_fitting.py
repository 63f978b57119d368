"""The identity's values in the form that a page asks for."""

from __future__ import annotations

from prober.models.action import DISABLED, Choose, Fill, Outcome
from prober.models.page import Control
from prober.models.reading import FieldReading, Reading, Refusal
from prober.plan.turns import Trail, Turn
from tests.plan.pages import IDENTITY, SCENARIO, after, control, options, page, plan

SUBMIT = (control("go", "button", y=400, text="Send"), "@submit")


def typed(turn: Turn, trail: Trail | None = None) -> list[str]:
    return [action.text for action in plan(turn, trail) if isinstance(action, Fill)]


def letters(text: str) -> str:
    return "".join("9" if c.isdigit() else "A" if c.isalpha() else c for c in text)


def test_an_example_that_the_own_value_fits_changes_nothing() -> None:
    plate = (control("p", placeholder="123 ABC 02"), "plate")
    assert typed(page(plate, SUBMIT)) == [IDENTITY.ladder["plate"][0].text]


def test_a_country_before_the_example_is_no_part_of_it() -> None:
    plate = (control("p", placeholder="KZ 123 ABC 02"), "plate")
    assert typed(page(plate, SUBMIT)) == [IDENTITY.ladder["plate"][0].text]


def test_a_foreign_plate_is_made_to_the_example_and_recorded_whole() -> None:
    (fill, _) = plan(page((control("p", placeholder="ABC1D23"), "plate"), SUBMIT))
    assert isinstance(fill, Fill) and letters(fill.text) == "AAA9A99" and fill.made and fill.made.text == fill.whole
    assert {c for c in fill.text if c.isdigit()} == {"0"}
    kept = IDENTITY.having([fill.made])
    assert kept.origin("plate", fill.made.grade, fill.text) == fill.made and kept.having([fill.made]) == kept


def test_a_foreign_number_has_the_length_that_the_form_asks_for() -> None:
    number = (control("n", placeholder="000000000", input_mode="numeric", max_length=9), "personal_id")
    (text,) = typed(page(number, SUBMIT))
    assert len(text) == 9 and text.startswith("0000")


def test_what_the_page_objects_to_shapes_the_next_value_and_nothing_is_typed_twice() -> None:
    plate = (control("p"), "plate")
    said = "Invalid plate. Use ABC1234"
    no = page(plate, SUBMIT, text=said, refusals=(Refusal(kind="invalid", quote=said, ref="p"),))
    trail = after(page(plate, SUBMIT), sent=False)
    texts = [trail.turns[0].fills[0].text]
    for _ in range(4):
        trail = after(no, trail, sent=False)
        texts.append(trail.turns[-1].fills[0].text)
    assert texts[0] == IDENTITY.ladder["plate"][0].text and letters(texts[1]) == "AAA9999"
    assert len(set(texts)) == len(texts)


def test_what_a_mask_made_of_a_value_shapes_the_next_one() -> None:
    first = page((control("p"), "plate"), SUBMIT)
    actions = plan(first)
    outcomes = (Outcome(held="000 ZJ_", changed=True), Outcome(ok=False, problem=DISABLED))
    trail = Trail(IDENTITY, SCENARIO, (Turn(first.snapshot, first.reading, actions, outcomes),))
    (text,) = typed(first, trail)
    assert letters(text)[:6] == "999 AA" and text != actions[0].text


def test_only_the_value_that_the_page_names_is_changed() -> None:
    plate = (control("p", y=10), "plate")
    number = (control("n", y=60), "personal_id")
    before = page(plate, number, SUBMIT)
    no = page(
        plate,
        number,
        SUBMIT,
        text="Некорректный ИИН",
        refusals=(Refusal(kind="invalid", quote="Некорректный ИИН"),),
        language="ru",
    )
    trail = after(before, sent=False)
    assert typed(no, trail) == [IDENTITY.ladder["plate"][0].text, IDENTITY.ladder["personal_id"][1].text]


def test_a_plate_in_parts_of_another_country_is_one_plate() -> None:
    a = (control("a", y=10, placeholder="B", max_length=2), "unknown")
    b = (control("b", y=10, placeholder="1234", max_length=4, input_mode="numeric"), "plate")
    c = (control("c", y=10, placeholder="XYZ", max_length=3), "plate")
    fills = [f for f in plan(page(a, b, c, SUBMIT)) if isinstance(f, Fill)]
    assert [letters(f.text) for f in fills] == ["A", "9999", "AAA"]
    assert len({f.whole for f in fills}) == 1 and fills[0].whole.split() == [f.text for f in fills]


def test_a_box_beside_a_region_menu_takes_the_plate_without_the_region() -> None:
    region = IDENTITY.ladder["plate"][0].parts["region"]
    menu = (control("r", "select", y=60, options=options("", "01", region)), "plate_region")
    actions = plan(page((control("p", placeholder="123 ABC"), "plate"), menu, SUBMIT))
    (fill,) = [a for a in actions if isinstance(a, Fill)]
    (choice,) = [a for a in actions if isinstance(a, Choose)]
    assert fill.whole == IDENTITY.ladder["plate"][0].text == fill.text + region and choice.value == region


def row(*modes: str) -> Turn:
    boxes = [
        (
            control(f"b{n}", max_length=1, input_mode=mode),
            FieldReading(
                ref=f"b{n}", purpose="plate" if len(set(modes)) > 1 else "otp", confidence=0.7, group="boxes", part=n
            ),
        )
        for n, mode in enumerate(modes)
    ]
    made = page(*((box, "otp") for box, _ in boxes), SUBMIT)
    reading = Reading(fields=tuple(field for _, field in boxes), buttons=made.reading.buttons)
    return Turn(made.snapshot, reading)


def test_boxes_say_by_their_keyboards_that_they_take_a_plate() -> None:
    modes = ["numeric"] * 3 + ["text"] * 3 + ["numeric"] * 2
    assert "".join(typed(row(*modes))) == IDENTITY.ladder["plate"][0].text
    shorter = typed(row("text", "text", "numeric", "numeric", "numeric", "text"))
    assert letters("".join(shorter)) == "AA999A"


def test_a_code_of_six_digits_is_no_plate() -> None:
    assert typed(row(*["numeric"] * 6)) == []


def test_a_number_that_nothing_names_is_filled_beside_a_plate_only() -> None:
    number: tuple[Control, str] = (control("n", placeholder="00000000000", input_mode="numeric"), "unknown")
    plate = (control("p", y=10, placeholder="ABC1D23"), "plate")
    assert [letters(t) for t in typed(page(plate, number, SUBMIT))] == ["AAA9A99", "9" * 11]


def test_a_phone_is_typed_as_far_as_the_form_asks_for_it() -> None:
    def phone(**more: object) -> str:
        trail = after(page((control("p"), "plate"), SUBMIT))
        return typed(page((control("t", type="tel", **more), "phone"), SUBMIT, url="https://suspect.example/2"), trail)[
            0
        ]

    own = IDENTITY.ladder["phone"][0]
    assert phone() == phone(placeholder="+7 (___) ___-__-__") == own.text
    assert phone(placeholder="(___) ___-__-__") == own.parts["national"]
    assert phone(placeholder="0XX-XXX-XXX").startswith("000")


def test_what_a_server_asks_for_shapes_the_next_value_too() -> None:
    plate = (control("p"), "plate")
    said = "La targa non è valida: il formato è AA 000 AA"
    no = page(plate, SUBMIT, text=said, refusals=(Refusal(kind="invalid", quote=said),))
    (text,) = typed(no, after(page(plate, SUBMIT)))
    assert letters(text) == "AA 999 AA"
