"""Fields are recognised by whatever tells a person what they want, in any language, against lying attributes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.models.page import Box, Control, NearText, Option, Snapshot
from prober.models.reading import PURPOSES, FieldReading
from prober.reading.arithmetic import read_arithmetic, solve
from prober.reading.card import NUMBER_ALONE, card_demands
from prober.reading.cues import cue_book, name_words
from prober.reading.fields import read_fields


def box(place: int, **given: object) -> Control:
    """A text box; every one stands below the one before it."""
    values: dict[str, object] = {"kind": "text", "tag": "input", "type": "text", **given}
    shape = values.pop("box", Box(x=10, y=50.0 * place, width=200, height=30))
    return Control(ref=f"r{place}", order=place, box=shape, **values)  # type: ignore[arg-type]


def page(*given: dict[str, object], lang: str = "", buttons: tuple[str, ...] = ()) -> Snapshot:
    controls = [box(i, **values) for i, values in enumerate(given)]
    for text in buttons:
        controls.append(box(len(controls), kind="button", tag="button", type="submit", text=text))
    return Snapshot(url="http://suspect.test/", lang=lang, controls=tuple(controls))


def purposes(*given: dict[str, object], lang: str = "") -> list[str]:
    return [f.purpose for f in read_fields(page(*given, lang=lang))]


LABELS = [
    ("plate", "ru", "Государственный регистрационный знак"), ("plate", "ru", "Госномер ТС"), ("plate", "ru", "ГРНЗ"),
    ("plate", "kk", "Көліктің мемлекеттік нөмірі"), ("plate", "kk", "Колик номири"), ("plate", "kk", "Kólik nómiri"),
    ("plate", "kk", "Kölik nömırı"), ("plate", "kk", "Ko'lik no'miri"), ("plate", "uz", "Davlat raqami"),
    ("plate", "uz", "Давлат рақами"), ("plate", "ky", "Унаанын мамлекеттик номери"), ("plate", "uk", "Державний номер"),
    ("plate", "en", "Vehicle registration (VRM)"), ("plate", "de", "Kfz-Kennzeichen"), ("plate", "fr", "Plaque d’immatriculation"),
    ("plate", "es", "Matrícula del vehículo"), ("plate", "it", "Targa"), ("plate", "tr", "Araç plakası"),
    ("plate", "pl", "Numer rejestracyjny pojazdu"), ("plate", "az", "Dövlət nömrə nişanı"), ("plate", "hi", "वाहन संख्या"),
    ("plate", "zh", "车牌号码"), ("plate", "ja", "ナンバープレート"), ("plate", "ar", "رقم اللوحة"), ("plate", "he", "מספר רכב"),
    ("plate", "ka", "სახელმწიფო ნომერი"), ("plate", "hy", "Հաշվառման համարանիշ"), ("plate", "th", "ทะเบียนรถ"),
    ("personal_id", "en", "Social security number"),
    ("personal_id", "ru", "ИИН"), ("personal_id", "kk", "ЖСН енгізіңіз"), ("personal_id", "uz", "JSHSHIR (PINFL)"),
    ("personal_id", "es", "DNI / NIE"), ("personal_id", "tr", "T.C. Kimlik No"), ("personal_id", "hi", "आधार संख्या"),
    ("protocol", "ru", "Номер постановления или УИН"), ("protocol", "en", "PCN number"), ("protocol", "en", "Challan number"),
    ("protocol", "uz", "Qaror raqami"), ("protocol", "fr", "Numéro de l'avis de contravention"),
    ("vehicle_certificate", "ru", "Серия и номер СТС"), ("vehicle_certificate", "kk", "Техпаспорт нөмірі"),
    ("tracking", "ru", "Трек-номер"), ("tracking", "en", "Tracking number"), ("tracking", "de", "Sendungsnummer"),
    ("card_number", "kk", "Карта нөмірі"), ("card_number", "ru", "Номер банковской карты"), ("card_number", "de", "Kreditkartennummer"),
    ("card_number", "ja", "クレジットカード番号"), ("card_number", "ar", "رقم البطاقة"), ("card_number", "el", "Αριθμός κάρτας"),
    ("card_expiry", "kk", "Мерзімі (АА/ЖЖ)"), ("card_expiry", "it", "Data di scadenza"), ("card_expiry", "hu", "Lejárati dátum"),
    ("card_code", "ru", "Код CVV/CVC"), ("card_holder", "kk", "Карта иесінің аты"), ("card_holder", "fr", "Titulaire de la carte"),
    ("gift_card", "en", "Gift card number"), ("gift_card", "ru", "Номер подарочной карты"), ("loyalty_card", "ru", "Номер бонусной карты"),
    ("account", "ru", "Номер карты Оңай"), ("account", "en", "SIM card number"), ("iban", "en", "IBAN"),
    ("unknown", "en", "Last 4 digits of your card"), ("document_number", "en", "Insurance card number"),
    ("phone", "kk", "Ұялы телефон"), ("email", "ru", "Адрес электронной почты"), ("otp", "ru", "Код из СМС"),
    ("captcha", "ru", "Введите символы с картинки"), ("name_family", "uz", "Familiya"), ("birth_date", "kk", "Туған күні"),
    ("address", "en", "Street name"), ("postcode", "pt", "CEP"),
]  # fmt: skip


@pytest.mark.parametrize(("purpose", "language", "label"), LABELS)
def test_a_label_names_the_field(purpose: str, language: str, label: str) -> None:
    assert purposes({"label": label}, lang=language) == [purpose]


@pytest.mark.parametrize(
    ("purpose", "given"),
    [
        ("card_number", {"placeholder": "0000 0000 0000 0000"}),
        ("card_number", {"name": "txtCardNumber"}),
        ("card_number", {"id": "nomerKarty"}),
        ("card_expiry", {"placeholder": "ММ/ГГ"}),
        ("card_expiry", {"placeholder": "ΜΜ / ΕΕ"}),
        ("plate", {"placeholder": "123 ABC 02"}),
        ("plate", {"name": "gos_nomer"}),
        ("personal_id", {"name": "userIin"}),
        ("phone", {"placeholder": "+7 (___) ___-__-__"}),
        ("email", {"type": "email"}),
        ("email", {"name": "user_email"}),
        ("search", {"type": "search"}),
        ("password", {"type": "password"}),
        ("birth_date", {"placeholder": "DD/MM/YYYY"}),
        ("unknown", {"name": "a81b7f22c0"}),
        ("unknown", {}),
    ],
)
def test_formats_and_names_tell_where_labels_are_missing(purpose: str, given: dict[str, object]) -> None:
    assert purposes(given) == [purpose]


def test_what_is_seen_outvotes_names_that_lie() -> None:
    lying = {"name": "email", "id": "email", "autocomplete": "email"}
    reading = read_fields(page({"label": "Номер карты", **lying}))[0]
    assert reading.purpose == "card_number"
    assert reading.reasons[0] == "label='Номер карты'"
    assert any(r.startswith("against:") for r in reading.reasons)


def test_a_text_that_labels_another_field_is_not_this_ones() -> None:
    near = (NearText(side="above", distance=8, text="E-mail"),)
    assert purposes({"label": "E-mail"}, {"near": near, "name": "plate"}) == ["email", "plate"]


def test_months_and_years_belong_to_the_card_they_stand_beside() -> None:
    months = tuple(Option(value=str(m), text=f"{m:02}") for m in range(1, 13))
    years = tuple(Option(value=str(y), text=str(y)) for y in range(2026, 2037))
    old = tuple(Option(value=str(y), text=str(y)) for y in range(2010, 1930, -1))
    days = tuple(Option(value=str(d), text=str(d)) for d in range(1, 32))
    select = {"kind": "select", "tag": "select", "type": ""}
    assert purposes({"label": "Card number"}, {**select, "options": months}, {**select, "options": years}) == [
        "card_number",
        "card_month",
        "card_year",
    ]
    assert purposes({**select, "options": days}, {**select, "options": months}, {**select, "options": old}) == [
        "birth_day",
        "birth_month",
        "birth_year",
    ]


def row(count: int, length: int, **first: object) -> list[dict[str, object]]:
    boxes = [Box(x=10 + 60.0 * i, y=10, width=50, height=30) for i in range(count)]
    return [{"max_length": length, "box": b, **(first if i == 0 else {})} for i, b in enumerate(boxes)]


@pytest.mark.parametrize(
    ("purpose", "boxes"),
    [("card_number", row(4, 4, label="Номер карты")), ("otp", row(6, 1)), ("personal_id", row(12, 1))],
)
def test_boxes_that_take_one_value_share_a_group(purpose: str, boxes: list[dict[str, object]]) -> None:
    readings = read_fields(page(*boxes))
    assert {r.purpose for r in readings} == {purpose}
    assert len({r.group for r in readings}) == 1 and readings[0].group
    assert [r.part for r in readings] == list(range(len(boxes)))


def demands(*given: dict[str, object], buttons: tuple[str, ...] = ()) -> list[tuple[str, bool]]:
    snapshot = page(*given, buttons=buttons)
    found = card_demands(snapshot, read_fields(snapshot))
    return [(d.kind, NUMBER_ALONE in d.reasons) for d in found]


NUMBER, EXPIRY, CODE = {"label": "Card number"}, {"placeholder": "MM/YY"}, {"label": "CVC"}


@pytest.mark.parametrize(
    "fields",
    [
        (NUMBER, EXPIRY, CODE),
        (NUMBER, EXPIRY),
        (NUMBER, CODE),
        ({**NUMBER, "frame": 1}, {**EXPIRY, "frame": 2}, {**CODE, "frame": 3}),
        ({}, EXPIRY, {"max_length": 3}),
    ],
)
def test_number_with_expiry_or_code_is_a_demand(fields: tuple[dict[str, object], ...]) -> None:
    assert demands(*fields) == [("card", False)]


@pytest.mark.parametrize(
    "fields",
    [
        (EXPIRY, CODE),
        ({**NUMBER, "visible": False}, EXPIRY, CODE),
        ({**NUMBER, "disabled": True}, EXPIRY, CODE),
        ({"label": "Gift card number"}, {"label": "PIN"}),
        ({"label": "IBAN"}, {"label": "Account holder"}),
        ({"label": "Card number", "value": "•••• •••• •••• 4242"}, {"label": "CVC"}),
        ({"label": "Номер карты Оңай"}, {"label": "Сумма"}),
        (NUMBER,),
    ],
)
def test_no_demand_without_a_number_that_can_be_typed(fields: tuple[dict[str, object], ...]) -> None:
    assert demands(*fields) == []


def test_a_number_alone_on_a_paying_page_is_told_apart() -> None:
    assert demands(NUMBER, buttons=("Pay now",)) == [("card", True)]
    assert demands(NUMBER, buttons=("Save",)) == []


def test_a_demand_names_its_fields_and_their_frame() -> None:
    snapshot = page(NUMBER, EXPIRY, CODE, {"label": "Email"})
    (demand,) = card_demands(snapshot, read_fields(snapshot))
    assert demand.refs == ("r0", "r1", "r2")
    assert demand.frame_url == "http://suspect.test/"
    assert demand.quote == "Card number · MM/YY · CVC"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("7 + 5 =", 12),
        ("Сколько будет три плюс два?", 5),
        ("What is 8 minus 3?", 5),
        ("5 x 3 = ?", 15),
        ("Бес қосу екі =", 7),
        ("12 / 4 = ?", 3),
        ("2 + 3 * 4 = ?", 14),
        ("7 / 2 = ?", None),
        ("12.10.2025", None),
        ("+7 709 000 00 00", None),
        ("7-9 дней", None),
        ("Штраф 5 + 5 МРП", None),
        ("24/7", None),
        ("", None),
    ],
)
def test_sums(text: str, answer: int | None) -> None:
    assert solve(text) == answer


def test_a_sum_is_bound_to_its_box() -> None:
    snapshot = page({"label": "Госномер"}, {"label": "3 + 4 = ?", "name": "captcha"})
    fields = read_fields(snapshot)
    assert [f.purpose for f in fields] == ["plate", "arithmetic"]
    assert [(a.ref, a.answer) for a in read_arithmetic(snapshot, fields)] == [("r1", "7")]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ctl00$main$txtCardNumber", "main card number"),
        ("cardNumber2", "card number 2"),
        ("gos_nomer", "gos nomer"),
        ("shippingAddress.firstName", "shipping address first name"),
        ("IIN", "iin"),
    ],
)
def test_names_are_cut_into_words(name: str, words: str) -> None:
    assert name_words(name) == words


def test_every_cue_leads_to_a_known_purpose() -> None:
    book = cue_book()
    named = {c.purpose for c in book.cues} | set(book.autocomplete.values()) | {s.purpose for s in book.shapes}
    assert named <= set(PURPOSES)
    assert len({c.name for c in book.cues}) == len(book.cues)


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40), st.integers(-1, 30) | st.none())
def test_no_text_of_a_site_breaks_the_reading(label: str, name: str, placeholder: str, length: int | None) -> None:
    snapshot = page({"label": label, "name": name, "placeholder": placeholder, "max_length": length}, NUMBER)
    fields = read_fields(snapshot)
    assert len(fields) == 2 and all(isinstance(f, FieldReading) and f.purpose in PURPOSES for f in fields)
    card_demands(snapshot, fields)
    read_arithmetic(snapshot, fields)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("email", {"label": "Email or phone number"}),
        ("email", {"label": "E-mail (your login)", "name": "login"}),
        ("username", {"label": "Email or phone", "name": "user_login"}),
        ("username", {"label": "Username or email"}),
        ("name", {"label": "Imię i nazwisko lub nazwa firmy"}),
        ("name", {"label": "Name of the bank account holder"}),
    ],
)
def test_a_label_that_offers_a_choice_is_settled_by_the_name(wanted: str, given: dict[str, object]) -> None:
    assert purposes(given, lang="pl") == [wanted]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("personal_id", {"label": "NIF", "name": "vat_id"}),
        ("personal_id", {"label": "Tax identification number"}),
        ("unknown", {"label": "Tax number (in the case of company)"}),
        ("unknown", {"label": "Steuernummer", "name": "companyTaxNumber"}),
        ("unknown", {"label": "Введите номер НДС"}),
        ("personal_id", {"placeholder": "xxx-xx-xxxx"}),
    ],
)
def test_a_tax_number_is_a_persons_unless_a_firm_is_named(wanted: str, given: dict[str, object]) -> None:
    assert purposes(given, lang="de") == [wanted]


def test_a_text_right_above_another_box_is_that_ones_label() -> None:
    def above(text: str) -> NearText:
        return NearText(side="above", distance=1, text=text)

    month: dict[str, object] = {"kind": "select", "tag": "select", "name": "month", "near": (above("Expiration date"),)}
    code: dict[str, object] = {
        "name": "x",
        "near": (above("CVV"), NearText(side="left", distance=2, text="Expiration date")),
    }
    assert purposes({"label": "Card number"}, month, code)[2] == "card_code"


def test_parts_of_a_phone_number_belong_together() -> None:
    def at(x: float) -> Box:
        return Box(x=x, y=100, width=60, height=20)

    def part(x: float, **given: object) -> dict[str, object]:
        return {"type": "tel", "box": at(x), **given}

    assert purposes(part(0, value="+971"), part(80, label="Mobile"), part(160)) == ["phone"] * 3


def test_a_name_right_before_the_only_password_is_the_one_to_log_in_with() -> None:
    assert purposes({"label": "Name"}, {"type": "password"}) == ["username", "password"]
    assert purposes({"label": "Name"}, {"label": "Email"}, {"type": "password"})[0] == "name"


def test_a_number_with_the_code_that_the_bank_sends_is_told_apart_too() -> None:
    asked = page({"label": "Номер карты"}, {"label": "Код из СМС"}, lang="ru", buttons=("Далее",))
    (demand,) = card_demands(asked, read_fields(asked))
    assert NUMBER_ALONE in demand.reasons and any("one-time code" in r for r in demand.reasons)


def test_boxes_of_four_one_under_the_other_are_one_number() -> None:
    def part(y: float, **given: object) -> dict[str, object]:
        return {"max_length": 4, "placeholder": "0000", "box": Box(x=20, y=y, width=100, height=20), **given}

    boxes = (part(100, label="Card number"), part(121), part(142), part(163))
    assert purposes(*boxes, {"label": "Expiration date"}, {"label": "CVC"})[:4] == ["card_number"] * 4


def test_two_lists_side_by_side_after_a_number_are_month_and_year() -> None:
    def chosen(x: float, first: str, **given: object) -> dict[str, object]:
        options = (Option(text=first, value=""),)
        place = Box(x=x, y=200, width=60, height=20)
        return {"kind": "select", "tag": "select", "options": options, "box": place, **given}

    lists = (chosen(20, "MM", label="Expiry date"), chosen(90, "YYYY"))
    assert purposes({"label": "Card number"}, *lists, {"label": "CVV"})[1:3] == ["card_month", "card_year"]
