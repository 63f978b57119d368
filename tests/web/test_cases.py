"""The list of cases is the same out of the folders and out of the index."""

import shutil
import time

import pytest

from prober.web.cases import CaseQuery, FolderCases
from prober.web.indexed import IndexedCases
from tests.factories_case import fraudulent, rejecting


@pytest.fixture
def output(tmp_path):
    for make in (fraudulent, rejecting, fraudulent):
        make(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", [FolderCases, IndexedCases])
def test_search_filter_sort_and_page(output, kind):
    cases = kind(output)
    everything = cases.search(CaseQuery())
    assert everything.total == 3 and everything.counts == {"fraudulent": 2, "no_fraud_found": 1}
    assert cases.search(CaseQuery(text="ELIK-shtraf")).total == 2
    assert cases.search(CaseQuery(text="100%_")).total == 0
    for words in ("shtraf pay", "PAY  lik-s", "SHTRAF 19", "egov", '"', "AND", "shtraf OR kolik", "lik-shtraf.exam"):
        every = {
            line.id
            for line in everything.cases
            if all(word.lower() in f"{line.url} {line.id} {line.reason}".lower() for word in words.split())
        }
        assert {line.id for line in cases.search(CaseQuery(text=words)).cases} == every, words
    assert cases.search(CaseQuery(verdict="no_fraud_found")).counts == everything.counts
    assert {line.host for line in cases.search(CaseQuery(host="kolik.example")).cases} == {"kolik.example"}
    assert [line.verdict for line in cases.search(CaseQuery(sort="verdict")).cases][-1] == "no_fraud_found"
    second = cases.search(CaseQuery(page=2, size=2))
    assert (len(second.cases), second.page, second.pages) == (1, 2, 2)
    assert cases.search(CaseQuery(page=99, size=2)).page == 2
    assert everything.cases[0].claim or everything.cases[1].claim == "19 660 ₸"
    for name in ("..", "../x", "index.sqlite", "nothing", ".web", ""):
        assert cases.folder(name) is None
    assert cases.folder(everything.cases[0].id).is_dir()


def test_both_tell_the_same(output):
    one, other = (kind(output).search(CaseQuery(sort="host")) for kind in (FolderCases, IndexedCases))
    assert [line.id for line in one.cases].sort() == [line.id for line in other.cases].sort()
    assert {line.id: line.model_dump() for line in one.cases} == {line.id: line.model_dump() for line in other.cases}


def test_cases_of_runs_are_found_through_the_index(output):
    cases = IndexedCases(output)
    cases.search(CaseQuery())
    shutil.rmtree(next(output.glob("*kolik*")))  # the same id as the one below
    run = output / "run-1"
    run.mkdir()
    case, folder = rejecting(run)
    cases._index.put((case, f"run-1/{folder.path.name}"))
    assert cases.folder(folder.path.name) == folder.path


def test_a_slow_count_serves_on_while_it_is_made_anew(output, monkeypatch):
    monkeypatch.setattr("prober.web.indexed.SLOW", -1.0)
    monkeypatch.setattr("prober.web.indexed.COUNT_SERVES", 0.0)
    cases = IndexedCases(output)
    assert cases.search(CaseQuery()).total == 3
    case, folder = rejecting(output)
    cases._index.put((case, folder.path.name))
    cases.search(CaseQuery())
    end = time.monotonic() + 20
    while cases.search(CaseQuery()).total != 4:
        assert time.monotonic() < end, "the new count never came"


@pytest.mark.parametrize("kind", [FolderCases, IndexedCases])
@pytest.mark.parametrize("few", [0, 3000])
def test_who_holds_some_sees_those(output, kind, few, monkeypatch):
    monkeypatch.setattr("prober.web.indexed.FEW", few)
    cases = kind(output)
    ids = [line.id for line in cases.search(CaseQuery()).cases]
    cases.hold(ids[0], frozenset({"user:a", "team:x"}))
    cases.hold(ids[0], frozenset({"team:x"}))
    cases.hold(ids[1], frozenset({"user:b"}))
    for by, sees in (({"user:a"}, ids[:1]), ({"user:b", "team:x"}, ids[:2]), ({"user:c"}, []), (set(), [])):
        page = cases.search(CaseQuery(by=frozenset(by)))
        assert [line.id for line in page.cases] == sees and page.total == sum(page.counts.values()) == len(sees)
        assert [cases.held(id, frozenset(by)) for id in ids] == [id in sees for id in ids]
    assert cases.held(ids[2], None) and cases.search(CaseQuery(by=None)).total == 3
