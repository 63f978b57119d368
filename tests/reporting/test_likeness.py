"""Tests of likeness between cases."""

import io

from PIL import Image

from prober.reporting.likeness import Traits, campaigns, dhash, shared, traits_of
from tests.factories_case import dossier_of, fraudulent, png, rejecting

KIT = {
    "shape": "s",
    "wording": "у вас имеется неоплаченный штраф 0",
    "targets": frozenset({"api/search"}),
    "picture": 0b1111,
}


def test_two_cases_of_one_page_share_their_traits(tmp_path):
    one, two = (
        traits_of(dossier_of(*fraudulent(tmp_path, sums=sums))) for sums in (("19 660 ₸",) * 2, ("8 650 ₸",) * 2)
    )
    assert set(shared(one, two)) >= {"wording", "targets", "picture", "scripts"} - {"scripts"}
    other = traits_of(dossier_of(*rejecting(tmp_path)))
    assert other.wording == "" and "targets" not in shared(one, other)


def test_likeness_is_handed_on_from_copy_to_copy():
    first = Traits("A", "a.example", **KIT)
    second = Traits("B", "b.example", **{**KIT, "wording": ""})
    third = Traits("C", "c.example", shape="s", targets=frozenset({"api/search"}))
    stranger = Traits("D", "d.example", picture=0b1111)
    (found,) = campaigns([first, stranger, third, second])
    assert set(found.cases) == {"A", "B", "C"} and set(found.hosts) == {"a.example", "b.example", "c.example"}
    assert "targets" in found.shared


def test_a_common_look_alone_makes_no_kin():
    assert campaigns([Traits("A", "a.example", picture=1), Traits("B", "b.example", picture=1)]) == ()
    assert campaigns([Traits("A", "a.example"), Traits("B", "b.example")]) == ()


def test_one_collector_is_enough():
    hosts = frozenset({"panel.kit.example"})
    (found,) = campaigns([Traits("A", "a.example", collector=hosts), Traits("B", "b.example", collector=hosts)])
    assert found.shared == ("collector",)


def test_a_picture_is_known_again_when_scaled():
    data = png("Проверка штрафов", ("Введите ИИН",), ("ИИН",), "Проверить")
    small = io.BytesIO()
    Image.open(io.BytesIO(data)).resize((300, 666)).save(small, "PNG")
    blank = io.BytesIO()
    Image.linear_gradient("L").save(blank, "PNG")
    assert (dhash(data) ^ dhash(small.getvalue())).bit_count() <= 4
    assert (dhash(data) ^ dhash(blank.getvalue())).bit_count() > 9
