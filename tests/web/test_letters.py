"""Letters on the case page: drafted, taken along, noted as sent and answered; nothing is sent."""

from __future__ import annotations

import email
import re

import pytest

from prober.errors import BrowserError
from prober.models.people import Role
from prober.store.keys import load_or_make
from prober.store.seal import seal
from prober.store.trail import load_trail
from tests.factories_case import fraudulent, rejecting
from tests.web.conftest import csrf_of, signed_in


@pytest.fixture(autouse=True)
def no_printing(monkeypatch):
    async def refused(*given):
        raise BrowserError("No browser here.")

    monkeypatch.setattr("prober.web.letters.make_report", refused)


@pytest.fixture
def ann(site):
    return signed_in(site, "ann", team="cert")


@pytest.fixture
def case(site, ann):
    case, folder = fraudulent(site.options.output)
    seal(folder.path, load_or_make())
    site.cases.hold(case.id, frozenset({"team:cert"}))
    return case


def post(client, case, to, **form):
    return client.post(f"/cases/{case.id}/{to}", data={"csrf": csrf_of(client), **form})


def test_drafts_are_made_taken_sent_and_answered(site, ann, case):
    page = f"/cases/{case.id}"
    assert "Draft letters" in ann.get(page).text
    assert post(ann, case, "letters").headers["location"] == f"{page}#letters"
    drafts = re.findall(rf'href="({page}/letters/[^"]+\.eml)"', ann.get(page).text)
    assert drafts
    told = ann.get(drafts[0])
    assert told.headers["content-type"] == "message/rfc822" and told.headers["content-security-policy"].startswith(
        "sandbox"
    )
    assert told.headers["content-disposition"].startswith("attachment")
    assert email.message_from_bytes(told.content)["Subject"]
    file = next(draft.rpartition("/")[2] for draft in drafts if "cert" in draft)
    assert post(ann, case, "trail", file=file, what="sent").status_code == 303
    assert "sent 20" in ann.get(page).text and "Draft reminders" in ann.get(page).text
    assert post(ann, case, "trail", file=file, what="answered", text="<b>Gone</b>").status_code == 303
    assert "&lt;b&gt;Gone" in ann.get(page).text
    trail = load_trail(site.options.output / case.id)
    assert [entry.what for entry in trail][-2:] == ["sent", "answered"] and trail[-1].address == trail[-2].address
    assert {deed.what for deed in site.deeds.read(who="ann")[0]} >= {"letters:report", "letter sent", "letter answered"}


def test_a_desk_without_an_address_is_told_where_the_letter_went(site, ann, case):
    post(ann, case, "letters")
    drafted = [entry for entry in load_trail(site.options.output / case.id) if not entry.address]
    assert drafted
    file = drafted[0].file.rpartition("/")[2]
    for address in ("", "no address", "a@b.example\r\nBcc: all@example"):
        assert post(ann, case, "trail", file=file, what="sent", address=address).status_code == 422
    assert post(ann, case, "trail", file=file, what="sent", address="abuse@registrar.example").status_code == 303
    assert "abuse@registrar.example" in ann.get(f"/cases/{case.id}").text


def test_a_rejected_case_is_corrected_where_somebody_was_told(ann, case):
    post(ann, case, "letters")
    page = ann.get(f"/cases/{case.id}").text
    file = re.search(r'name="file" value="(cert[^"]+)"', page)[1]
    post(ann, case, "trail", file=file, what="sent")
    post(ann, case, "reviews", decision="rejected")
    page = ann.get(f"/cases/{case.id}").text
    assert "Draft corrections" in page and "Draft letters" not in page
    assert post(ann, case, "letters", kind="report").status_code == 422
    assert post(ann, case, "letters", kind="withdraw").status_code == 303
    assert "withdraw" in ann.get(f"/cases/{case.id}").text


@pytest.mark.parametrize("name", ["../case.json", "..%2fcase.json", "SHA256SUMS", "x.eml", "%00", ".%2e"])
def test_only_letters_are_handed_out(ann, case, name):
    post(ann, case, "letters")
    assert ann.get(f"/cases/{case.id}/letters/{name}").status_code in (404, 405)


def test_what_found_no_fraud_has_no_letters(site, ann):
    case, folder = rejecting(site.options.output)
    seal(folder.path, load_or_make())
    site.cases.hold(case.id, frozenset({"team:cert"}))
    assert 'id="letters"' not in ann.get(f"/cases/{case.id}").text
    assert post(ann, case, "letters").status_code == 422


def test_who_may_only_read_drafts_nothing(site, ann, case):
    post(ann, case, "letters")
    mate = signed_in(site, "mate", Role.VIEWER, "cert")
    assert post(mate, case, "letters").status_code == post(mate, case, "trail").status_code == 403
    page = mate.get(f"/cases/{case.id}").text
    assert ".eml" in page and "/trail" not in page
