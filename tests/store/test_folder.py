"""Tests of the case folder."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from prober.errors import BrokenCase, StoreError
from prober.models.case import Case, Environment, Probe, Step
from prober.models.events import ProbeFinished, ProbeStarted, StepTaken
from prober.models.identity import Identity, Proof, Value
from prober.models.page import Snapshot
from prober.models.reading import Reading
from prober.store.folder import CaseFolder
from prober.store.reading import exhibit_bytes, load_case, load_snapshot

AT = datetime(2026, 11, 22, 14, 3, 5, tzinfo=UTC)
URL = "http://штраф.example/pay?t=1"


def head(folder: CaseFolder) -> Case:
    return Case(
        id=folder.id,
        url=URL,
        scenario="kz-fines",
        seed=7,
        started_at=AT,
        environment=Environment(prober="1", profile="phone"),
    )


def step(number: int) -> Step:
    return Step(number=number, at=AT, url=URL, reading=Reading())


IDENTITY = Identity(
    name="A", seed=7, ladder={"plate": (Value(kind="plate", text="000QQQ99", proof=Proof.ABSOLUTE, why="x"),)}
)


def test_exhibits_are_numbered_named_and_hashed(tmp_path):
    folder = CaseFolder.create(tmp_path, URL, AT)
    first = folder.add("screenshot", b"png", suffix="png", probe="P1", step=3, url=URL)
    second = folder.add("dom", b"<html>", suffix=".html")
    assert (first.id, first.file) == ("E01", "exhibits/E01-P1-03-screenshot.png")
    assert second.file == "exhibits/E02-dom.html"
    assert first.sha256 == hashlib.sha256((folder.path / first.file).read_bytes()).hexdigest()
    assert folder.exhibits == (first, second)
    assert exhibit_bytes(folder.path, first) == b"png"


def test_a_changed_exhibit_is_refused(tmp_path):
    folder = CaseFolder.create(tmp_path, URL, AT)
    exhibit = folder.add("text", b"a", suffix="txt")
    (folder.path / exhibit.file).write_bytes(b"b")
    with pytest.raises(BrokenCase, match="E01"):
        exhibit_bytes(folder.path, exhibit)
    with pytest.raises(BrokenCase, match="outside"):
        exhibit_bytes(folder.path, exhibit.model_copy(update={"file": "../../etc/passwd"}))


def test_two_cases_of_one_second_do_not_meet(tmp_path):
    one, two = CaseFolder.create(tmp_path, URL, AT), CaseFolder.create(tmp_path, URL, AT)
    assert one.id != two.id
    assert one.id.startswith("20261122T140305Z-xn--80a5afkq.example-")


def test_a_snapshot_comes_back_by_its_hash(tmp_path):
    folder = CaseFolder.create(tmp_path, URL, AT)
    snapshot = Snapshot(url=URL, title="Штраф ₸ \ud83d")
    sha = folder.keep_snapshot(snapshot)
    assert folder.keep_snapshot(snapshot) == sha
    assert load_snapshot(folder.path, sha).title.startswith("Штраф ₸")
    file = next((folder.path / "exhibits/snapshots").iterdir())
    file.write_bytes(b"\x1f\x8b broken")
    with pytest.raises(BrokenCase):
        load_snapshot(folder.path, sha)
    with pytest.raises(BrokenCase, match="SHA-256"):
        load_snapshot(folder.path, "../../../etc/passwd")


def test_the_har_is_whole_after_every_step(tmp_path):
    folder = CaseFolder.create(tmp_path, URL, AT)
    entry = {"request": {"url": URL}, "response": {"content": {"size": 3, "text": "abc"}}}
    big = {"request": {"url": URL}, "response": {"content": {"size": 9, "text": "x" * 900_000}}}
    folder.keep_har("P1", {"pages": [{"id": "page1", "title": "t"}], "entries": [entry]})
    folder.keep_har("P2", {"pages": [{"id": "page1", "title": "t"}], "entries": [{**entry, "pageref": "page1"}]})
    folder.keep_har("P1", {"pages": [{"id": "page1", "title": "t"}], "entries": [entry, big]})
    folder.keep_har("P1", {"pages": [{"id": "page1", "title": "t"}], "entries": [entry, big]})
    log = json.loads((folder.path / "network.har").read_text())["log"]
    assert [page["id"] for page in log["pages"]] == ["P1-page1", "P2-page1"]
    assert [item["pageref"] for item in log["entries"]] == ["P1", "P2-page1", "P1"]
    assert log["entries"][2]["response"]["content"] == {"size": 9, "comment": "body left out: 900000 characters"}


def test_the_record_replaces_the_journal(tmp_path):
    folder = CaseFolder.create(tmp_path, URL, AT)
    folder.begin(head(folder))
    case = head(folder).model_copy(update={"exhibits": (folder.add("text", b"a", suffix="txt"),), "seconds": 1.5})
    folder.write_case(case)
    assert load_case(folder.path) == case
    assert load_case(folder.path / "case.json") == case
    assert not (folder.path / "journal.jsonl").exists()


def test_a_crash_loses_at_most_the_step_in_hand(tmp_path):
    folder = CaseFolder.create(tmp_path, URL, AT)
    folder.begin(head(folder))
    exhibit = folder.add("text", b"a", suffix="txt")
    done = Probe(name="P1", identity=IDENTITY, profile="phone", started_at=AT, steps=(step(1),), outcome="accused")
    folder.listen(ProbeStarted(case_id=folder.id, probe="P1", arm="identity", values={"plate": "000QQQ99"}))
    folder.listen(ProbeFinished(case_id=folder.id, probe=done))
    folder.listen(ProbeStarted(case_id=folder.id, probe="P2", arm="repeat", values={"plate": "000QQQ99"}))
    folder.listen(StepTaken(case_id=folder.id, probe="P2", step=step(1), sentence="opened"))
    with (folder.path / "journal.jsonl").open("ab") as file:
        file.write(b'{"kind": "step_taken", "record": {"pro')
    case = load_case(folder.path)
    assert case.exhibits == (exhibit,)
    assert [probe.outcome for probe in case.probes] == ["accused", "interrupted"]
    assert case.probes[1].steps == (step(1),)
    assert case.probes[1].identity.value("plate").text == "000QQQ99"


def test_an_unwritable_place_is_told_and_nothing_is_left(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="--output"):
        CaseFolder.create(tmp_path / "file", URL, AT)
    folder = CaseFolder.create(tmp_path / "cases", URL, AT)
    (folder.path / "exhibits/snapshots").rmdir()
    (folder.path / "exhibits").rmdir()
    with pytest.raises(StoreError, match="Could not write"):
        folder.add("text", b"a", suffix="txt")
    assert folder.exhibits == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "prober/case/9"}', '{"schema": "prober/case/1"}'])
def test_a_broken_record_is_told(tmp_path, text):
    (tmp_path / "case.json").write_text(text)
    with pytest.raises(BrokenCase):
        load_case(tmp_path)


def test_no_case_is_told(tmp_path):
    with pytest.raises(StoreError, match=r"case\.json"):
        load_case(tmp_path)
