"""`prober cases` and `prober purge` as programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prober.cli.cases import age, moment
from prober.cli.main import app
from prober.errors import UsageError
from prober.store.index.light import index_case
from tests.factories_case import AT, fraudulent, rejecting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for make in (fraudulent, rejecting):
        case, kept = make(tmp_path)
        index_case(tmp_path, case, kept.path)
    return tmp_path


def call(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout


def test_listing_and_exports(folder: Path) -> None:
    status, out = call("cases", "-o", folder, "--verdict", "fraudulent", "--json")
    assert (status, [row["host"] for row in json.loads(out)]) == (0, ["elik-shtraf.example"])
    _, out = call("cases", "-o", folder, "--export", "jsonl")
    assert len(out.splitlines()) == 2
    _, out = call("cases", "-o", folder, "--export", "csv")
    assert {row["url"] for row in csv.DictReader(io.StringIO(out))} == {
        "hXXps://elik-shtraf[.]example/pay/",
        "hXXps://kolik[.]example/",
    }
    assert "elik-shtraf[.]example" in call("cases", "-o", folder)[1]


def test_seen_tag_note_and_rebuild(folder: Path) -> None:
    assert call("cases", "-o", folder, "seen", "192.0.2.17")[0] == 1
    assert call("cases", "-o", folder, "seen", "192.0.2.99")[0] == 0
    id = json.loads(call("cases", "-o", folder, "--json")[1])[0]["id"]
    assert call("cases", "-o", folder, "tag", id, "urgent")[0] == 0
    assert call("cases", "-o", folder, "note", id, "told the bank")[0] == 0
    assert call("cases", "-o", folder, "notes", id[-8:])[1].endswith("told the bank\n")
    assert json.loads(call("cases", "-o", folder, "notes", id, "--json")[1])[0]["text"] == "told the bank"
    assert call("cases", "-o", folder, "--rebuild")[0] == 0
    assert [row["id"] for row in json.loads(call("cases", "-o", folder, "--tag", "urgent", "--json")[1])] == [id]


def test_a_host_has_a_history(folder: Path) -> None:
    case, kept = fraudulent(folder)
    index_case(folder, case.model_copy(update={"id": case.id + "x", "started_at": AT + timedelta(days=1)}), kept.path)
    rows = json.loads(call("cases", "-o", folder, "history", "elik-shtraf.example", "--json")[1])
    assert [row["started_at"][8:10] for row in rows] == ["22", "23"]
    assert "elik-shtraf[.]example" in call("cases", "-o", folder, "history", "elik-shtraf.example")[1]


def test_an_index_shared_by_machines(folder: Path, database: str) -> None:
    common = ("cases", "-o", folder, "--index", database)
    assert call(*common, "--rebuild")[0] == 0
    rows = json.loads(call(*common, "--json")[1])
    assert [Path(row["case_dir"]).is_absolute() for row in rows] == [True, True]
    assert call(*common, "tag", rows[0]["id"], "urgent")[0] == 0
    assert call(*common, "--rebuild")[0] == 0
    assert [row["id"] for row in json.loads(call(*common, "--tag", "urgent", "--json")[1])] == [rows[0]["id"]]
    assert not (folder / "remarks.jsonl").exists()


def test_purging_asks_first(folder: Path) -> None:
    assert call("purge", "-o", folder, "--older-than", "0d")[0] == 0
    assert len(list(folder.rglob("case.json"))) == 2
    assert call("purge", "-o", folder, "--older-than", "0d", "--yes", "--reason", "done")[0] == 0
    assert len(list(folder.rglob("case.json"))) == 0


def test_wrong_words_are_told(folder: Path) -> None:
    status, out = call("cases", "-o", folder, "--verdict", "bad", "--json")
    assert (status, json.loads(out)["error"]) == (2, "usage")
    assert call("cases", "-o", folder / "none")[0] == 2
    assert age("12w") == timedelta(weeks=12)
    for text in ("soon", "-3d", ""):
        with pytest.raises(UsageError):
            age(text)
    with pytest.raises(UsageError):
        moment("yesterday")
