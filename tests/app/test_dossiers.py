"""Tests of reports, letters and withdrawals on a folder, from seal to verification."""

import asyncio
import subprocess

import pytest

from prober.app import dossiers
from prober.app.dossiers import ReportOptions
from prober.errors import SuspectRefused, UsageError
from prober.models.custody import Matter
from prober.store.keys import load_or_make
from prober.store.reviews import add_review
from prober.store.seal import seal
from prober.store.trail import add_entry, load_trail
from tests.factories_case import fraudulent


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    matter = Matter(organisation="CERT of Examples", contact="desk@cert.example")
    _, folder = fraudulent(tmp_path / "cases", matter=matter)
    seal(folder.path, load_or_make())
    return folder.path


def report(case, **options):
    return asyncio.run(dossiers.make_report(case, ReportOptions(**options)))


def test_everything_made_later_leaves_the_seal_alone(case):
    report(case, lang="kk")
    dossiers.make_letters(case, ReportOptions())
    dossiers.write_exports(case)
    add_review(case, "confirmed", "A. Analyst", load_or_make())
    result = dossiers.verify_case(case)
    assert {fault.kind for fault in result.faults} <= {"verdict"}  # the drawn case's snapshots hold no text
    assert result.signer_name
    for room, sums in ((case, "report.sha256"), (case / "letters", "SHA256SUMS"), (case / "exports", "SHA256SUMS")):
        assert subprocess.run(["sha256sum", "-c", sums], cwd=room, capture_output=True).returncode == 0


def test_a_report_shows_the_seal_and_the_review(case):
    add_review(case, "confirmed", "A. Analyst", load_or_make())
    html = report(case)[0].read_text()
    assert dossiers.manifest_digest(case) in html and "reviewed by A. Analyst" in html


def test_an_older_pdf_does_not_stay(case):
    (case / "report.pdf").write_bytes(b"%PDF old")
    report(case)
    assert not (case / "report.pdf").exists()


def test_drafts_stand_in_the_trail_and_a_told_desk_is_not_told_again(case):
    first = dossiers.make_letters(case, ReportOptions())
    assert [entry.what for entry in load_trail(case)] == ["drafted"] * (len(first) - 1)
    desks = next(file for file in first if file.name == "desks.txt").read_text()
    assert "KZ-CERT: info@kz-cert.kz (general knowledge, not checked)" in desks
    assert (
        "Google Safe Browsing: https://" in desks
        and desks.count("Anyone can check") == 1
        and "https://elik-shtraf.example/pay/card" in desks
    )
    add_entry(case, "sent", address="info@kz-cert.kz")
    second = {file.name for file in dossiers.make_letters(case, ReportOptions())}
    assert second == {file.name for file in first} - {"cert-info-kz-cert-kz.eml"}


def test_a_withdrawal_reaches_who_was_told_and_clears_the_lists(case):
    dossiers.write_exports(case)
    add_entry(case, "sent", address="info@kz-cert.kz")
    made = dossiers.withdraw_case(case, "A. Analyst", "a training page", ReportOptions())
    assert next(file.name for file in made if file.suffix == ".eml").startswith("cert-")
    assert (case / "exports/blocklist.txt").read_text().count("\n") == 1
    assert load_trail(case)[-1].what == "withdrawn"
    with pytest.raises(UsageError):
        dossiers.make_letters(case, ReportOptions())


@pytest.mark.parametrize("pap", ["AMBER", "RED"])
async def test_a_suspect_that_must_not_be_touched_is_refused_before_anything(tmp_path, pap):
    from prober.app.check import CheckOptions, check

    options = CheckOptions(output=tmp_path / "out", matter=Matter(pap=pap))
    with pytest.raises(SuspectRefused, match="PAP"):
        await check("https://elik-shtraf.example/", options, browser=None)
    assert not (tmp_path / "out").exists()


def test_a_report_names_its_siblings(case):
    _, other = fraudulent(case.parent)
    assert dossiers.siblings_of(case) == (f"elik-shtraf.example ({other.path.name})",)
    assert other.path.name in report(case, siblings=True)[0].read_text()
    assert other.path.name not in report(case)[0].read_text()
