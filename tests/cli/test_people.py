"""`prober users`, `tokens` and `audit` as programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prober.cli.main import app
from prober.store.access.people import People
from prober.store.access.place import access_of
from prober.store.index.index import CaseIndex
from prober.store.index.light import index_case
from tests.factories_case import rejecting

PASSWORD = "seven green lamps at noon"


@pytest.fixture
def call(tmp_path: Path):
    def called(*arguments: str, stdin: str = "", status: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, "--output", str(tmp_path)], input=stdin)
        assert result.exit_code == status, result.output
        return result.output

    return called


def test_a_user_is_made_changed_disabled_and_each_is_noted(call, tmp_path):
    call(
        "users",
        "add",
        "Aigerim",
        "--role",
        "viewer",
        "--team",
        "CERT",
        "--full-name",
        "A. Analyst",
        stdin=f"{PASSWORD}\n",
    )
    people = People(access_of(tmp_path))
    assert people.sign_in("aigerim", PASSWORD)
    call("users", "change", "aigerim", "--role", "admin")
    call("users", "password", "aigerim", stdin="another fine sentence\n")
    assert people.sign_in("aigerim", PASSWORD) is None
    call("users", "disable", "aigerim")
    assert people.sign_in("aigerim", "another fine sentence") is None
    call("users", "enable", "aigerim")
    assert json.loads(call("users", "list", "--json"))[0]["role"] == "admin"
    log = [json.loads(line) for line in call("audit", "--json").splitlines()]
    assert [line["what"] for line in log] == [
        "user enabled",
        "user disabled",
        "password changed",
        "user changed",
        "user added",
    ]
    assert {line["subject"] for line in log} == {"aigerim"} and log[0]["who"].startswith("terminal")
    assert PASSWORD not in json.dumps(log)


@pytest.mark.parametrize(
    "arguments, stdin",
    [
        (("users", "add", "a b"), PASSWORD), (("users", "add", "ann"), "short"), (("users", "add", "ann"), "a" * 20),
        (("users", "add", "ann", "--role", "king"), PASSWORD), (("users", "add", "ann", "--team", "../x"), PASSWORD),
        (("users", "change", "nobody"), ""), (("tokens", "add", "nobody"), ""), (("tokens", "revoke", "x"), ""),
        (("users", "share", "x"), ""),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(call, arguments, stdin):
    assert "prober: " in call(*arguments, stdin=stdin, status=2)


def test_a_drawn_password_is_shown_once_and_fits(call, tmp_path):
    password = call("users", "add", "ann", "--generate").splitlines()[0]
    assert People(access_of(tmp_path)).sign_in("ann", password)


def test_a_token_is_shown_once_and_revoked(call, tmp_path):
    call("users", "add", "ann", "--generate")
    secret = next(
        line for line in call("tokens", "add", "ann", "--label", "feed").splitlines() if line.startswith("prober_")
    )
    people = People(access_of(tmp_path))
    assert people.bearer(secret).name == "ann"
    shown = call("tokens", "list", "--json")
    assert secret not in shown and secret.encode() not in access_of(tmp_path).read_bytes()
    call("tokens", "revoke", json.loads(shown)[0]["id"])
    assert people.bearer(secret) is None


def test_a_case_from_a_terminal_is_shared_and_its_end_noted(call, tmp_path):
    case, kept = rejecting(tmp_path)
    index_case(tmp_path, case, kept.path)
    call("users", "add", "ann", "--team", "cert", "--generate")
    call("users", "share", case.id[-8:], "--team", "cert")
    index = CaseIndex(tmp_path)
    assert index.holders(case.id) == {"team:cert"}
    index.rebuild()
    assert index.holders(case.id) == {"team:cert"}
    assert index.purge(datetime.now(UTC), "old") == [case.id] and not index.holders(case.id)


def test_purging_is_noted(call, tmp_path):
    case, kept = rejecting(tmp_path)
    index_case(tmp_path, case, kept.path)
    call("users", "add", "ann", "--generate")
    call("purge", "--older-than", "0d", "--reason", "retention", "--yes")
    line = json.loads(call("audit", "--what", "purged", "--json"))
    assert (line["subject"], line["detail"]) == (case.id, "retention")
