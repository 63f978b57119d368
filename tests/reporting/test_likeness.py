"""Tests of likeness between cases."""

import base64
import hashlib
import io
from dataclasses import replace

from PIL import Image

from prober.reporting.likeness import Traits, campaigns, dhash, shared, traits_of
from prober.reporting.technical import assets
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


def test_the_same_files_make_kin_with_anything_else_and_not_alone(tmp_path):
    files = {"one": b"a" * 100, "two": b"b" * 100}

    def har(host, **more):
        entries = [
            {"request": {"url": f"https://{host}/{name}.js"}, "_resourceType": "script",
             "response": {"content": {"text": base64.b64encode(data).decode(), "encoding": "base64"}}}
            for name, data in (files | more).items()
        ]  # fmt: skip
        return {"entries": entries}

    case, folder = fraudulent(tmp_path)
    dossier = dossier_of(case, folder)
    found = assets(replace(dossier, har=lambda: har("elik-shtraf.example", tiny=b"x")))
    assert sorted(found.values()) == sorted(hashlib.sha256(data).hexdigest() for data in files.values())
    assert assets(replace(dossier, har=lambda: har("cdn.example"))) == {}
    hashes = frozenset(found.values())
    alone = [Traits(name, f"{name}.example", assets=hashes) for name in "AB"]
    assert campaigns(alone) == ()
    (kin,) = campaigns([Traits(name, f"{name}.example", assets=hashes, shape="s") for name in "AB"])
    assert kin.shared == ("assets", "shape")


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
