"""The index: both ways of writing agree, filters hold, people's words survive, folders rebuild it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prober.errors import StoreError, UsageError
from prober.store.index.database import open_database
from prober.store.index.index import CaseIndex, Filter
from prober.store.index.light import VERSION, index_case, seen_before
from prober.store.index.place import INDEX, index_of
from tests.factories_case import AT, fraudulent, rejecting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for make in (fraudulent, rejecting):
        case, kept = make(tmp_path)
        index_case(tmp_path, case, kept.path)
    return tmp_path


def schema(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {" ".join(row[0].split()) for row in rows}


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as database:
        tables = ("cases", "findings", "probes", "hosts", "traces")
        return {name: sorted(database.execute(f"SELECT * FROM {name}").fetchall()) for name in tables}


def test_the_light_schema_is_that_of_the_migrations(folder: Path, tmp_path: Path) -> None:
    open_database(tmp_path / "migrated.sqlite").dispose()
    assert schema(folder / INDEX) == schema(tmp_path / "migrated.sqlite")
    with sqlite3.connect(tmp_path / "migrated.sqlite") as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(VERSION,)]


def test_rebuilding_gives_the_same_rows(folder: Path) -> None:
    before = everything(folder / INDEX)
    index = CaseIndex(folder)
    assert index.rebuild() == (2, [])
    index.close()
    assert everything(folder / INDEX) == before


def test_filters(folder: Path) -> None:
    index = CaseIndex(folder)

    def hosts(**wanted: object) -> list[str]:
        return [row["host"] for row in index.find(Filter(**wanted))]

    assert hosts(verdict=("fraudulent",)) == ["elik-shtraf.example"]
    assert hosts(host="kolik.example") == ["kolik.example"]
    assert hosts(host="olik.example") == []
    assert hosts(scenario="us-toll") == []
    assert hosts(since=AT + timedelta(seconds=1)) == []
    assert len(hosts(since=AT)) == 2
    assert hosts(until=AT) == []
    row = next(index.find(Filter(verdict=("fraudulent",))))
    assert row["started_at"] == AT
    assert row["amount"] == "19 660 ₸"
    index.close()


def test_seen_before(folder: Path) -> None:
    index = CaseIndex(folder)
    assert [row["kind"] for row in index.seen("192.0.2.17")] == ["address"]
    assert len(index.seen("elik-shtraf.example")) == 1
    assert index.seen("cdn.kit.example") == []
    index.close()
    assert [seen.verdict for seen in seen_before(folder, "https://elik-shtraf.example/other")] == ["fraudulent"]
    assert seen_before(folder, "https://never.example/") == ()


def test_the_same_suspect_again_makes_a_history(folder: Path) -> None:
    case, kept = fraudulent(folder)
    later = case.model_copy(update={"id": case.id + "x", "started_at": AT + timedelta(days=1)})
    index_case(folder, later, kept.path)
    index = CaseIndex(folder)
    assert [row["started_at"].day for row in index.history("elik-shtraf.example")][-1] == 23
    index.close()


def test_tags_and_notes_survive_a_lost_index(folder: Path) -> None:
    index = CaseIndex(folder)
    case_id = next(index.find(Filter(verdict=("fraudulent",))))["id"]
    index.tag(case_id[-8:], "urgent")
    index.tag(case_id, "wrong")
    index.tag(case_id, "wrong", off=True)
    index.note(case_id, "called the registrar")
    index.close()
    for file in folder.glob(f"{INDEX}*"):
        file.unlink()
    index = CaseIndex(folder)
    index.rebuild()
    assert [row["tags"] for row in index.find(Filter(tag="urgent"))] == [["urgent"]]
    assert [note["text"] for note in index.notes(case_id)] == ["called the registrar"]
    with pytest.raises(UsageError, match="no case"):
        index.tag("nothing", "x")
    index.close()


def test_purging_leaves_hash_date_and_reason(folder: Path) -> None:
    index = CaseIndex(folder)
    assert index.purge(AT, "too old") == []
    gone = index.purge(AT + timedelta(seconds=1), "too old")
    assert len(gone) == 2
    assert not list(folder.rglob("case.json"))
    index.rebuild()
    assert list(index.find()) == []
    index.close()
    with sqlite3.connect(folder / INDEX) as database:
        assert sorted(database.execute("SELECT case_id, reason FROM purged")) == sorted((id, "too old") for id in gone)


def test_a_run_is_listed_with_the_folder_around_it(tmp_path: Path) -> None:
    run = tmp_path / "run-20261122T100000Z"
    case, kept = fraudulent(run)
    index_case(run, case, kept.path)
    assert index_of(run) == tmp_path / INDEX
    index = CaseIndex(tmp_path)
    assert next(index.find())["case_dir"] == f"{run.name}/{case.id}"
    index.close()


def test_a_damaged_index_is_told_and_costs_no_case(folder: Path) -> None:
    (folder / INDEX).write_bytes(b"nothing" * 2000)
    for file in folder.glob(f"{INDEX}-*"):
        file.unlink()
    case, kept = rejecting(folder)
    with pytest.raises(StoreError, match="--rebuild"):
        index_case(folder, case, kept.path)
    with pytest.raises(StoreError, match="damaged"):
        CaseIndex(folder)
    assert seen_before(folder, case.url) == ()


def test_times_come_back_in_utc(folder: Path) -> None:
    index = CaseIndex(folder)
    assert {row["started_at"].tzinfo for row in index.find()} == {UTC}
    assert all(isinstance(row["started_at"], datetime) for row in index.find())
    index.close()


def test_a_check_does_not_wait_for_sqlalchemy() -> None:
    command = "import sys, prober.cli.check; sys.exit('sqlalchemy' in sys.modules or 'alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0
