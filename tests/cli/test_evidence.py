"""Tests of the commands on stored cases."""

import json

import pytest
from typer.testing import CliRunner

from prober.cli.main import app
from prober.store.keys import load_or_make
from prober.store.seal import seal
from tests.factories_case import fraudulent


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    _, folder = fraudulent(tmp_path / "cases")
    seal(folder.path, load_or_make())
    return folder.path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_verify_names_what_was_changed(case):
    har = case / "network.har"
    har.chmod(0o644)
    har.write_bytes(har.read_bytes() + b" ")
    told = run("verify", case)
    assert told.exit_code == 1 and "NOT INTACT" in told.stdout and "network.har was changed" in told.stdout
    record = json.loads(run("verify", case, "--json").stdout)
    assert record["schema"] == "prober/verification/1"
    assert ("changed", "network.har") in {(fault["kind"], fault["file"]) for fault in record["faults"]}


def test_what_is_no_case_is_told_and_ends_with_2(tmp_path):
    for command in ("verify", "report", "export", "trail"):
        ended = run(command, tmp_path / "nothing")
        assert ended.exit_code == 2, command


def test_a_review_needs_one_decision(case):
    assert run("review", case, "--reviewer", "A").exit_code == 2
    assert run("review", case, "--confirm", "--reject", "--reviewer", "A").exit_code == 2
    assert run("review", case, "--confirm", "--reviewer", "A. Analyst").exit_code == 0
    assert run("report", case).exit_code == 0
    assert "reviewed by A. Analyst" in (case / "report.html").read_text()


def test_the_trail_is_shown_without_acting_on_the_terminal(case):
    assert run("trail", case, "--answered", "a@b.example", "--text", "ok \x1b[2J[bold]").exit_code == 0
    shown = run("trail", case).stdout
    assert "answered" in shown and "\x1b" not in shown and "[bold]" in shown


def test_out_and_in_again(case, tmp_path):
    assert run("export", case, "--zip", tmp_path / "c.zip").exit_code == 0
    ended = run("import", tmp_path / "c.zip", "--output", tmp_path / "in")
    assert ended.exit_code in (0, 2)  # 2: the drawn case's snapshots do not carry its verdict
    assert run("keys").stdout.count("this machine's own key") == 1
