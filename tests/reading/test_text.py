"""One comparable form for every way of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.reading.lexicon import Lexicon
from prober.reading.text import LONGEST, clean, fold, has_mixed_word, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ШТРАФ", "штраф"),
        ("штpaф", "штраф"),  # Latin p, a
        ("штра\u200bф\u00adы", "штрафы"),
        ("ш т р а ф", "штраф"),
        ("Айыппұл төлеу", "айыппул толеу"),
        ("tóleý teńge", "toley tenge"),
        ("ｆｉｎｅ", "fine"),
        ("fіne", "fine"),  # Cyrillic і
        ("раy now with card", "pay now with card"),  # Cyrillic р, а
        ("опл@та", "оплата"),
        ("0платить", "оплатить"),
        ("Bußgeld", "bussgeld"),
        ("१५०", "150"),
        ("ό ΠΡΌΣΤΙΜΟ", "ο προστιμο"),
        ("غرامة", "غرامه"),
        ("oʻzbek so‘m", "ozbek som"),
        ("Штрафов HET", "штрафов нет"),
        ("15\u202f728\u00a0₸", "15 728 ₸"),
        ("ё", "е"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("plate", ["123abc02", "000qqq99", "a123abc", "f123402", "kz123", "h1234"])
def test_identifiers_keep_their_digits(plate: str) -> None:
    assert fold(plate.upper()) == plate


def test_words_mark_ends_of_sentences_but_not_abbreviations() -> None:
    assert words(fold("Гос. номер верен. Оплатить?")) == ("гос", "номер", "верен", ".", "оплатить", "?")


def test_a_mixed_word_is_noticed() -> None:
    assert has_mixed_word("Оплaтa") and not has_mixed_word("Оплата Kaspi")


def test_stems_gaps_and_numbers_match() -> None:
    lexicon = Lexicon([("fine", "штраф*"), ("found", "у вас .. штраф*"), ("long", "<n> цифр"), ("one", "нет")])
    assert "found" in lexicon.find("У вас есть неоплаченные штрафы")
    assert "found" not in lexicon.find("Проверьте, у вас. Потом ещё штрафы")
    assert "long" in lexicon.find("ИИН: 12 цифр")
    assert "one" not in lexicon.find("нетто")


@given(st.text(max_size=400))
def test_folding_never_fails_and_settles(text: str) -> None:
    once = fold(text)
    assert len(once) <= LONGEST * 4
    words(once)
    clean(text)


def test_long_texts_are_cut() -> None:
    assert len(fold("штраф " * 100_000)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Exρiration Date", "expiration date"),
        ("Ρhone number", "phone number"),
        ("Please ΡΑΥ now", "please pay now"),
        ("Αριθμός κάρτας", "αριθμοσ καρτασ"),
        ("Κάρτα Visa", "καρτα visa"),
    ],
)
def test_greek_letters_in_latin_words_are_latin_in_disguise(text: str, meant: str) -> None:
    assert fold(text) == meant
