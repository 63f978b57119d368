"""Tests that no text of a page acts anywhere."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from prober.reporting import text

HOSTILE = "\x1b[2J\x1b]0;x\x07 [bold red]x[/] **y** =1+1 \u202etxt.exe <script>alert(1)</script> ![a](http://e.example)"


@given(st.text(max_size=400))
def test_harmless_is_one_line_without_controls(given_text):
    shown = text.harmless(given_text)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in shown)


def test_long_text_is_cut_and_says_so():
    assert text.harmless("x" * 100_000) == "x" * 300 + "…"


def test_defanged_addresses():
    assert text.defang("https://a.b.example/x.y?z=1") == "hXXps://a[.]b[.]example/x.y?z=1"
    assert text.defang("http://штраф.рф/") == "hXXp://штраф[.]рф/"
    assert text.defang("evil.example") == "evil[.]example"
    assert text.defang_inside("see http://a.example/x now") == "see hXXp://a[.]example/x now"
    assert text.defang("http://[::1]:80/") == "hXXp://[::1]:80/"


@pytest.mark.parametrize(
    "url,expected",
    [
        ("https://a.example/p/x7Kq9Zw2", "https://a.example/p/TOKEN"),
        ("https://a.example/pay/index.php?lang=ru&t=8f3a", "https://a.example/pay/index.php?lang=ru&t=TOKEN"),
        ("https://a.example/shtraf/oplata", "https://a.example/shtraf/oplata"),
        ("https://a.example/?+77001234567", "https://a.example/?TOKEN"),
    ],
)
def test_a_victims_token_is_left_out(url, expected):
    assert text.without_token(url) == expected


def test_secrets_and_strangers_numbers_are_masked():
    token = "123456789:" + "A" * 35
    card = "4000 0000 0000 0002"
    shown = text.masked(f"{token} {card} KZ86 125K ZT50 0410 0100 and 961120612736", frozenset({"961120612736"}))
    assert token not in shown and "0000 0002" not in shown and "4100100" not in shown.replace(" ", "")
    assert "961120612736" in shown


@pytest.mark.parametrize(
    "given",
    ["переведите на +7 707 123 45 67", "Kaspi 8 (701) 123-45-67", "на номер 87071234567", "+998 90 123 45 67",
     "USDT TXk8rQSAvPvBBNtqSoY6nKfsXWCSSpTVQF", "0x52908400098527886E0F7030069857D2E4169EE7",
     "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"],
)  # fmt: skip
def test_payees_numbers_are_masked(given):
    shown = text.masked(given)
    assert "…" in shown and not any(
        part in shown for part in ("123 45", "123-45", "1234567", "AvPv", "098527", "srrr7")
    )


@pytest.mark.parametrize(
    "given",
    ["горячая линия 8 800 080 7777", "звоните 1414", "Протокол 489190495333785", "19 660 ₸ до 22.11.2026", "000QVQ94",
     "8 650 ₸", "УИН 18810163200312345678", "Запись 2026-11-22 14:03"],
)  # fmt: skip
def test_other_numbers_stay(given):
    assert text.masked(given) == given


@pytest.mark.parametrize("given", ["По автомобилю 123 ABC 02 найден штраф", "госномер 777KZ17", "ТС А123ВС777"])
def test_a_plate_that_is_not_ours_is_masked(given):
    assert "…" in text.masked(given)
    plate = "".join(char for char in given if char.isdigit() or char.isupper())[-9:]
    assert plate not in text.masked(given).replace(" ", "")


def test_our_own_plate_and_what_cannot_be_one_stay():
    assert text.masked("номер 123 ABC 02", frozenset({"123ABC02"})) == "номер 123 ABC 02"
    for other in ("000ZJV98", "ст. 592 КоАП РК", "15 728 KZT", "до 01 AUG 2026"):
        assert text.masked(other) == other


def test_a_phone_of_ours_stays():
    assert text.masked("+7 709 000 00 00", frozenset({"+77090000000"})) == "+7 709 000 00 00"


def test_a_terminal_shows_markup_as_text():
    console = Console(file=io.StringIO(), force_terminal=True, width=300, markup=True)
    console.print(text.for_terminal(HOSTILE))
    out = console.file.getvalue()
    assert "[bold red]x[/]" in out.replace("\x1b[0m", "").replace("\x1b[1m", "") or "bold red" in out
    assert "\x1b[2J" not in out and "\x1b]0" not in out and "\u202e" not in out


def test_markdown_shows_marks_as_text():
    html = MarkdownIt().render(text.for_markdown(HOSTILE))
    assert "<script" not in html and "<img" not in html and "<strong" not in html and "<a " not in html


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=cmd|x", "%0A=1", "  =1"])
def test_no_cell_is_a_formula(cell):
    out = io.StringIO()
    csv.writer(out).writerow([text.for_cell(cell)])
    assert next(csv.reader(io.StringIO(out.getvalue())))[0][0] == "'"
