"""Campaigns in the index: cases of one kit on several hosts, found once and kept together."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from prober.app import kits as kits_room
from prober.app.kits import find_kits, marks_of, traits_from
from prober.cli.main import app
from prober.reporting.likeness import Traits
from prober.store.index.index import CaseIndex, Filter
from prober.store.index.kits import Kits
from tests.factories_case import fraudulent, rejecting


@pytest.fixture
def index(tmp_path):
    index = CaseIndex(tmp_path)
    yield index
    index.close()


def add(index, host=""):
    """A case of the one kit that the factory draws, on a host."""
    case, folder = fraudulent(index.folder)
    if host:
        case = case.model_copy(update={"url": f"https://{host}/", "final_url": f"https://{host}/pay"})
        folder.write_case(case)
    index.put((case, folder.path.name))
    return case.id


def test_copies_on_several_hosts_are_a_campaign(index):
    first, second = add(index), add(index, "shtraf-2.example")
    case, folder = rejecting(index.folder)
    index.put((case, folder.path.name))
    assert find_kits(index) == 2 and find_kits(index) == 0
    (one,) = Kits(index).all()
    assert (one.name, one.cases, one.hosts, one.fraudulent) == ("elik-shtraf.example", 2, 2, 2)
    assert {row["id"] for row in index.find(Filter(campaign=one.id))} == {first, second}
    assert "shape" in Kits(index).shared(one.id) or "wording" in Kits(index).shared(one.id)
    third = add(index, "shtraf-3.example")
    find_kits(index)
    assert Kits(index).of(third) == one.id and Kits(index).all()[0].cases == 3
    assert Kits(index).of(case.id) == ""


def test_one_host_seen_again_is_no_campaign(index):
    add(index), add(index)
    find_kits(index)
    assert Kits(index).all() == ()


def test_only_what_one_may_see_is_counted(index):
    first = add(index)
    add(index, "b.example")
    find_kits(index)
    index.hold(first, frozenset({"user:1"}))
    assert Kits(index).all(frozenset({"user:1"})) == ()  # one host is all that they know of
    assert len(Kits(index).all(None)) == 1


def test_two_campaigns_with_a_link_become_one(index, monkeypatch):
    traits = {
        "a1": {"shape": "s", "wording": "w"}, "a2": {"shape": "s", "wording": "w"},
        "b1": {"favicon": "f", "wording": "x"}, "b2": {"favicon": "f", "wording": "x"},
        "link": {"shape": "s", "wording": "w", "favicon": "f", "targets": frozenset({"go.php"})},
    }  # fmt: skip
    traits["b2"]["targets"] = frozenset({"go.php"})
    by_case = {}
    monkeypatch.setattr(kits_room, "traits_of", lambda dossier: by_case[dossier.case.id])
    ids = {}
    for name, found in traits.items():
        ids[name] = add(index, f"{name}.example")
        by_case[ids[name]] = Traits(ids[name], f"{name}.example", **found)
    find_kits(index, most=4)
    assert len(Kits(index).all()) == 2
    find_kits(index)
    assert len(Kits(index).all()) == 1 and Kits(index).all()[0].cases == 5


def test_traits_come_back_out_of_the_index():
    traits = Traits(
        "c", "h", scripts=frozenset({"a.js", "b.js"}), targets=frozenset({"go"}), shape="s", wording="w", favicon="f",
        picture=2**63, assets=frozenset({"0" * 64}), collector=frozenset({"x.example"}),
    )  # fmt: skip
    assert traits_from("c", "h", frozenset(marks_of(traits))) == traits
    assert traits_from("c", "h", frozenset()) == Traits("c", "h")


def test_a_case_that_is_not_here_is_passed_over(index):
    id = add(index)
    shutil.rmtree(index.folder / id)
    assert find_kits(index) == 0 and len(Kits(index).waiting()) == 1


def test_the_command_lists_campaigns_and_their_cases(index):
    add(index), add(index, "b.example")
    words = ["cases", "--output", str(index.folder)]
    (one,) = json.loads(CliRunner().invoke(app, [*words, "campaigns", "--json"]).stdout)
    assert one["hosts"] == 2 and one["shared"]
    listed = json.loads(CliRunner().invoke(app, [*words, "--campaign", one["id"], "--json"]).stdout)
    assert len(listed) == 2
    assert one["id"] in CliRunner().invoke(app, [*words, "campaigns"]).stdout
    assert not [row for row in index.seen("elik-shtraf.example") if row["kind"].startswith("kit")]
