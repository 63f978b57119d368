"""Look-ups of a case: kept beside the seal, shown with their age, used by the letters."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prober.app import dossiers
from prober.app.dossiers import ReportOptions
from prober.app.recheck import compared
from prober.app.surroundings import look_up_case, surroundings_of, taken_out
from prober.errors import BrokenCase
from prober.lookups.ask import NoAnswer
from prober.store.keys import load_or_make
from prober.store.seal import seal
from tests.factories_case import fraudulent

ANSWERS = Path(__file__).parents[1] / "lookups" / "answers"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    made, folder = fraudulent(tmp_path / "cases")
    hosts = (made.hosts[0].model_copy(update={"addresses": ("45.77.1.2",)}), *made.hosts[1:])
    folder.write_case(made.model_copy(update={"hosts": hosts}))
    seal(folder.path, load_or_make())
    return folder.path


def looked_up(case, tmp_path):
    asked = []

    def ask(kind, name):
        asked.append((kind, name))
        return json.loads((ANSWERS / f"{kind}.json").read_text())

    look_up_case(case, ask, tmp_path / "cache", lambda: NOW)
    return asked


def test_the_registered_domain_and_the_guards_address_are_asked_about(case, tmp_path):
    assert sorted(looked_up(case, tmp_path)) == [
        ("address", "45.77.1.2"), *((kind, "elik-shtraf.example") for kind in ("certificates", "domain", "names")),
    ]  # fmt: skip
    assert surroundings_of(case).registrar == "Example Names LLC"
    assert not [f for f in dossiers.verify_case(case).faults if f.kind == "added"]


def test_report_and_letters_use_what_was_looked_up(case, tmp_path):
    (page,) = asyncio.run(dossiers.make_report(case, ReportOptions()))
    assert page.read_text().count("not looked up") >= 2
    looked_up(case, tmp_path)
    (page,) = asyncio.run(dossiers.make_report(case, ReportOptions()))
    html = page.read_text()
    assert "Example Names LLC · 2026-11-18" in html and "2026-11-22 20:00:00 UTC" in html
    letters = [file for file in dossiers.make_letters(case, ReportOptions()) if file.suffix == ".eml"]
    to = {file.name: email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["To"] for file in letters}
    assert to["registrar-abuse-names-example.eml"] == "Example Names LLC <abuse@names.example>"
    assert to["network-abuse-hosting-example.eml"] == '"Example Hosting B.V." <abuse@hosting.example>'


def test_a_file_that_does_not_read_is_told(case):
    (case / "lookups.json").write_text("[]")
    with pytest.raises(BrokenCase, match="look up again"):
        surroundings_of(case)


def test_a_domain_on_hold_is_told_by_its_registrys_own_word(tmp_path):
    answers = {"domain": {"status": ["client transfer prohibited", "client hold"]}}

    def ask(kind, name):
        if kind not in answers:
            raise NoAnswer("nobody answers")
        return answers[kind]

    def held(url, cache):
        return taken_out(url, ask, tmp_path / cache, lambda: NOW)

    assert held("https://pay.elik-shtraf.example/x", "1") == "client hold"
    answers["domain"] = {"status": ["active"]}
    assert held("https://elik-shtraf.example/", "2") == ""
    del answers["domain"]
    assert held("https://elik-shtraf.example/", "3") == "" and held("http://site.localhost/", "4") == ""


def test_a_recheck_says_when_the_name_was_taken_away(tmp_path):
    old, _ = fraudulent(tmp_path)
    first = old.probes[0].steps[0]

    def gone(failure):
        probes = tuple(
            p.model_copy(update={"steps": (first.model_copy(update={"failure": failure}),)}) for p in old.probes
        )
        return old.model_copy(update={"probes": probes})

    assert compared(old, "0", lambda url: "client hold", gone("dns")).how == "registrar hold: client hold"
    assert compared(old, "0", lambda url: "", gone("dns")).how == "dns"
    assert compared(old, "0", lambda url: pytest.fail("asked of a page that is up"), old).state == "up"
