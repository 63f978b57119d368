"""The index on SQLite and on PostgreSQL: filters hold, marks are found again, people's words survive, folders rebuild it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from prober.errors import StoreError, UsageError
from prober.store.index.database import open_database
from prober.store.index.index import CaseIndex, Filter
from prober.store.index.rows import rows_of
from prober.store.index.tables import metadata
from tests.factories_case import AT, fraudulent, rejecting

Opened = Callable[[], CaseIndex]


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Opens the index of two cases anew, as another process would."""
    url = request.getfixturevalue("database") if request.param == "postgresql" else ""
    kept: list[CaseIndex] = []

    def open_() -> CaseIndex:
        kept.append(CaseIndex(tmp_path, url))
        return kept[-1]

    index = open_()
    for make in (fraudulent, rejecting):
        case, folder = make(tmp_path)
        index.put((case, index._place(folder.path)))
    yield open_
    for one in kept:
        one.close()


def everything(index: CaseIndex) -> dict[str, list[Any]]:
    with index._engine.connect() as connection:
        tables = ("cases", "findings", "probes", "hosts", "traces")
        return {
            name: sorted(map(tuple, connection.execute(metadata.tables[name].select()).all()), key=repr)
            for name in tables
        }


def test_every_case_has_all_its_rows(opened: Opened, tmp_path: Path) -> None:
    found = everything(opened())
    assert {name: bool(rows) for name, rows in found.items()} == dict.fromkeys(found, True)
    assert len(found["cases"]) == 2


def test_rebuilding_gives_the_same_rows(opened: Opened) -> None:
    index = opened()
    before = everything(index)
    assert index.rebuild() == (2, [])
    assert everything(opened()) == before


def test_putting_a_case_again_replaces_it(opened: Opened, tmp_path: Path) -> None:
    index = opened()
    before = everything(index)
    row = next(index.find(Filter(verdict=("fraudulent",))))
    from prober.store.reading import load_case

    index.put((load_case(tmp_path / row["id"]), row["case_dir"]))
    assert everything(index) == before


def test_filters(opened: Opened) -> None:
    index = opened()

    def hosts(**wanted: object) -> list[str]:
        return [row["host"] for row in index.find(Filter(**wanted))]

    assert hosts(verdict=("fraudulent",)) == ["elik-shtraf.example"]
    assert hosts(host="kolik.example") == ["kolik.example"]
    assert hosts(host="olik.example") == []
    assert hosts(scenario="us-toll") == []
    assert hosts(since=AT + timedelta(seconds=1)) == []
    assert len(hosts(since=AT)) == 2
    assert hosts(until=AT) == []
    assert len(hosts(limit=1)) == 1
    row = next(index.find(Filter(verdict=("fraudulent",))))
    assert row["started_at"] == AT
    assert row["amount"] == "19 660 ₸"


def test_campaigns_choose_cases(opened: Opened) -> None:
    index = opened()
    with index._engine.begin() as connection:
        connection.execute(metadata.tables["campaigns"].insert().values(id="k1", name="blue kit"))
        connection.execute(text("UPDATE cases SET campaign_id = 'k1' WHERE verdict = 'fraudulent'"))
    assert [row["host"] for row in index.find(Filter(campaign="k1"))] == ["elik-shtraf.example"]


def test_seen_before(opened: Opened) -> None:
    index = opened()
    assert [row["kind"] for row in index.seen("192.0.2.17")] == ["address"]
    assert len(index.seen("elik-shtraf.example")) == 1
    assert index.seen("cdn.kit.example") == []
    found = index.seen_before((("host", "elik-shtraf.example"), ("address", "198.51.100.99")))
    assert [(one.kind, one.verdict) for one in found] == [("host", "fraudulent")]
    assert index.seen_before((("host", "elik-shtraf.example"),), but=found[0].case_id) == ()
    assert index.seen_before(()) == ()


def test_the_same_suspect_again_makes_a_history(opened: Opened, tmp_path: Path) -> None:
    index = opened()
    case, folder = fraudulent(tmp_path)
    later = case.model_copy(update={"id": case.id + "x", "started_at": AT + timedelta(days=1)})
    index.put((later, folder.path.name))
    assert [row["started_at"].day for row in index.history("elik-shtraf.example")][-1] == 23


def test_tags_and_notes_survive_a_rebuilt_index(opened: Opened) -> None:
    index = opened()
    case_id = next(index.find(Filter(verdict=("fraudulent",))))["id"]
    index.tag(case_id[-8:], "urgent")
    index.tag(case_id, "urgent")
    index.tag(case_id, "wrong")
    index.tag(case_id, "wrong", off=True)
    index.note(case_id, "called the registrar")
    index.rebuild()
    index = opened()
    assert [row["tags"] for row in index.find(Filter(tag="urgent"))] == [["urgent"]]
    assert [note["text"] for note in index.notes(case_id)] == ["called the registrar"]
    with pytest.raises(UsageError, match="no case"):
        index.tag("nothing", "x")


def test_purging_leaves_hash_date_and_reason(opened: Opened, tmp_path: Path) -> None:
    index = opened()
    assert index.purge(AT, "too old") == []
    gone = index.purge(AT + timedelta(seconds=1), "too old")
    assert len(gone) == 2
    assert not list(tmp_path.rglob("case.json"))
    index.rebuild()
    assert list(index.find()) == []
    with index._engine.connect() as connection:
        kept = connection.execute(metadata.tables["purged"].select()).mappings().all()
    assert {row["case_id"] for row in kept} == set(gone)
    assert {(row["reason"], len(row["manifest"]) in (0, 64)) for row in kept} == {("too old", True)}
    assert all(row["at"].tzinfo is UTC for row in kept)


def test_times_come_back_in_utc(opened: Opened) -> None:
    rows = list(opened().find())
    assert {row["started_at"].tzinfo for row in rows} == {UTC}
    assert all(isinstance(row["started_at"], datetime) for row in rows)


def test_what_hostile_pages_plant_is_storable(opened: Opened, tmp_path: Path) -> None:
    index = opened()
    case, _ = fraudulent(tmp_path)
    assert case.verdict is not None
    reason = "half \ud83d and \0 zero 'quoted'; DROP TABLE cases"
    strange = case.model_copy(
        update={"id": case.id + "z", "verdict": case.verdict.model_copy(update={"reason": reason})}
    )
    assert rows_of(strange, "x").tables["cases"][0]["reason"] == "half ? and  zero 'quoted'; DROP TABLE cases"
    index.put((strange, "x"))
    assert any(row["reason"].startswith("half ?") for row in index.find())


def test_many_write_at_once(opened: Opened, tmp_path: Path) -> None:
    case, _ = fraudulent(tmp_path)

    def write(number: int) -> None:
        index = opened()
        for turn in range(5):
            index.put((case.model_copy(update={"id": f"{case.id}-{number}-{turn}"}), "x"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert sum(1 for _ in opened().find()) == 2 + 20


def test_the_schema_is_what_the_tables_say(opened: Opened) -> None:
    seen = inspect(opened()._engine)
    own = {name for name in seen.get_table_names() if not name.startswith("cases_text")}  # SQLite's own, of the search
    assert own == {*metadata.tables, "alembic_version"}
    for name, table in metadata.tables.items():
        assert {column["name"] for column in seen.get_columns(name)} == set(table.columns.keys())
        assert {index["name"] for index in seen.get_indexes(name)} >= {index.name for index in table.indexes}


def test_two_processes_make_the_tables_together(database: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: open_database(database).dispose(), range(4)))
    engine = open_database(database)
    assert "cases" in inspect(engine).get_table_names()
    engine.dispose()


def test_an_index_out_of_reach_is_one_sentence_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/x.*--rebuild") as told:
        CaseIndex(Path(), "postgresql://user:secret@127.0.0.1:9/x")
    assert "secret" not in told.value.message
    with pytest.raises(UsageError, match="postgresql://"):
        CaseIndex(Path(), "mysql://user@host/x")
