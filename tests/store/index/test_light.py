"""The index as a single check writes it: the same as by way of SQLAlchemy, sooner."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from prober.errors import StoreError
from prober.store.index.database import open_database
from prober.store.index.index import CaseIndex
from prober.store.index.light import VERSION, index_case, seen_before
from prober.store.index.place import INDEX, index_of
from tests.factories_case import fraudulent, rejecting


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


def test_seen_before(folder: Path) -> None:
    host = ("host", "elik-shtraf.example")
    assert [seen.verdict for seen in seen_before(folder, (host,))] == ["fraudulent"]
    assert [seen.kind for seen in seen_before(folder, (("address", "192.0.2.17"),))] == ["address"]
    assert seen_before(folder, (("host", "never.example"), ("address", "elik-shtraf.example"))) == ()
    assert seen_before(folder / "other" / "none", (host,)) == ()


def test_people_s_words_survive_a_lost_index(folder: Path) -> None:
    index = CaseIndex(folder)
    case_id = next(index.find())["id"]
    index.tag(case_id, "urgent")
    index.note(case_id, "called the registrar")
    index.close()
    for file in folder.glob(f"{INDEX}*"):
        file.unlink()
    index = CaseIndex(folder)
    index.rebuild()
    assert [row["id"] for row in index.find() if row["tags"] == ["urgent"]] == [case_id]
    assert [note["text"] for note in index.notes(case_id)] == ["called the registrar"]
    index.close()


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
    assert seen_before(folder, (("host", "elik-shtraf.example"),)) == ()


def test_a_locked_index_is_told_and_costs_no_case(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prober.store.index.light.PATIENCE", 0.05)
    holder = sqlite3.connect(folder / INDEX)
    holder.execute("BEGIN EXCLUSIVE")
    case, kept = rejecting(folder)
    with pytest.raises(StoreError, match=r"locked.*--rebuild"):
        index_case(folder, case, kept.path)
    holder.close()
    index_case(folder, case, kept.path)


def test_a_newer_index_is_left_alone(folder: Path) -> None:
    with sqlite3.connect(folder / INDEX) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    case, kept = rejecting(folder)
    with pytest.raises(StoreError, match="newer prober"):
        index_case(folder, case, kept.path)


def test_a_check_does_not_wait_for_sqlalchemy() -> None:
    command = "import sys, prober.cli.check, prober.app.remember; sys.exit('sqlalchemy' in sys.modules or 'alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0
