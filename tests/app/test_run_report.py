"""The report of a run: campaigns by name, siblings in each report, one letter per desk."""

from __future__ import annotations

import asyncio
import email
import email.policy

import pytest

from prober.app.dossiers import ReportOptions, note_sent, withdraw_case
from prober.app.run_report import PAGE, is_run, make_run_report
from prober.errors import UsageError
from prober.models.custody import Matter
from prober.store.keys import load_or_make
from prober.store.seal import seal
from prober.store.trail import load_trail
from tests.factories_case import fraudulent, rejecting

MATTER = Matter(organisation="CERT of Examples", contact="desk@cert.example")


@pytest.fixture
def run(tmp_path):
    first, _ = fraudulent(tmp_path, matter=MATTER)
    second, two = fraudulent(tmp_path, matter=MATTER)
    moved = second.model_copy(update={"url": "https://shtraf-2.example/", "final_url": "https://shtraf-2.example/card"})
    two.write_case(moved)
    rejecting(tmp_path)
    return tmp_path, first, moved


def made(path, **more):
    return asyncio.run(make_run_report(path, ReportOptions(), letters=True, **more))


def test_a_campaign_is_named_with_its_hosts_and_honest_cases_are_not(run):
    path, first, second = run
    files = made(path)
    page = (path / PAGE).read_text()
    assert is_run(path) and not is_run(path / first.id)
    assert "2 cases, hosts: 2" in page and "shared: " in page and "kolik" not in page
    assert "elik-shtraf[.]example" in page and "shtraf-2[.]example" in page and "2 of 3 cases" in page
    report = (path / first.id / "report.html").read_text()
    assert "Same kit seen at" in report and second.id[-8:] in report
    assert not any("kolik" in str(file) for file in files)


def test_one_desk_gets_one_letter_with_a_list(run):
    path, first, second = run
    files = [file for file in made(path) if file.suffix == ".eml" and file.name.startswith("cert-")]
    assert len(files) == 1 and files[0].parent.parent.name == first.id
    message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    text = message.get_body(("plain",)).get_content()
    assert "hXXps://shtraf-2[.]example/card" in text and "Anyone can check this in a minute" in text
    names = [part.get_filename() for part in message.iter_attachments()]
    assert {f"{first.id}-xarf.json", f"{second.id}-xarf.json"} <= set(names)
    for case in (first, second):
        assert any(entry.recipient == "cert" for entry in load_trail(path / case.id))


def test_a_folder_without_cases_is_told(tmp_path):
    with pytest.raises(UsageError, match="no case"):
        made(tmp_path)


def test_a_campaigns_letter_carries_a_report_and_is_noted_once_for_all(run, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path_factory.mktemp("keys")))
    path, first, second = run
    made(path)  # the reports
    (path / first.id / "report.pdf").write_bytes(b"%PDF-1.4 report")
    monkeypatch.setattr("prober.app.run_report.make_report", _nothing)
    file = next(file for file in made(path) if file.name.startswith("cert-"))
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert f"{first.id}.pdf" in [part.get_filename() for part in message.iter_attachments()]
    assert "and 1 more" in message["Subject"]
    noted = note_sent(path / second.id, "info@kz-cert.kz")
    assert {place.name for place in noted} == {first.id, second.id}
    assert not any(file.name.startswith("cert-") for file in made(path)), "told twice"
    again = next(file for file in made(path, kind="again") if file.name.startswith("cert-"))
    text = email.message_from_bytes(again.read_bytes(), policy=email.policy.default).get_body(("plain",)).get_content()
    assert "We first told you on" in text and "shtraf-2[.]example" in text
    seal(path / second.id, load_or_make())
    letters = withdraw_case(path / second.id, "A. Analyst", "a mistake", ReportOptions())
    assert [letter.name.split("-2")[0] for letter in letters] == ["cert-info-kz-cert-kz-withdraw"]


def test_a_whole_run_is_noted_by_address(run):
    path, *_ = run
    made(path)
    assert len(note_sent(path, "info@kz-cert.kz")) == 2
    with pytest.raises(UsageError, match="No case"):
        note_sent(path, "nobody@example.com")


async def _nothing(*_, **__):
    return ()
