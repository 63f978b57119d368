"""Tests of the letters, read back by an e-mail parser."""

import email
import email.policy
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from prober.errors import UsageError
from prober.models.custody import Matter, Review
from prober.models.page import Box, TextBlock
from prober.reporting.desks import address_book, desks
from prober.reporting.dossier import Contact, Manner, Surroundings, act_on
from prober.reporting.letters import letters
from prober.reporting.messages import Words
from prober.reporting.page_one import request
from tests.factories_case import AT, dossier_of, fraudulent, rejecting
from tests.reporting.test_report import HOSTILE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MATTER = Matter(organisation="CERT of Examples", contact="desk@cert.example")
AROUND = Surroundings(
    registrar="Example Names", contacts=(Contact("registrar", "Example Names", "abuse@names.example"),)
)


def drafts(dossier, lang="en", **more):
    manner = Manner(Words(lang), ours=dossier.ours)
    made = letters(dossier, manner, NOW, **more)
    return {
        letter.desk: (letter, email.message_from_bytes(letter.data, policy=email.policy.default)) for letter in made
    }


def body(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_each_desk_gets_its_own_letter_with_the_fact_first(tmp_path):
    made = drafts(dossier_of(*fraudulent(tmp_path, matter=MATTER), surroundings=AROUND), pdf=b"%PDF-1.4")
    assert set(made) == {"registrar", "network", "cert", "bank"}
    _, message = made["registrar"]
    assert (
        message["To"] == "Example Names <abuse@names.example>"
        and message["From"] == "CERT of Examples <desk@cert.example>"
    )
    assert message["Subject"].startswith("Phishing for card data: elik-shtraf[.]example (20261122T")
    text = body(message)
    first = text.split("\n\n")[0]
    assert first.startswith("Anyone can check this in a minute: type IIN 961120612736") and "a fine of 19" in first
    assert "Please suspend elik-shtraf[.]example" in text and "NOT REVIEWED" in text
    assert "https://" not in text and "http://" not in text
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names[1:] == ["E02.jpg", "E03.jpg", "xarf.json"] and names[0].endswith(".pdf")
    xarf = json.loads(list(message.iter_attachments())[-1].get_content())
    assert xarf["url"].startswith("https://elik-shtraf.example/")
    assert made["network"][1]["To"] is None
    assert "xarf-fraud.json" in [part.get_filename() for part in made["network"][1].iter_attachments()]
    assert made["cert"][1]["To"] == "KZ-CERT <info@kz-cert.kz>"


@pytest.mark.parametrize("lang,words", [("ru", "Фишинг данных карт"), ("kk", "Карта деректерінің фишингі")])
def test_other_languages_survive_the_post(tmp_path, lang, words):
    for _, message in drafts(dossier_of(*fraudulent(tmp_path)), lang).values():
        assert words in message["Subject"] and "961120612736" in body(message)


def test_impersonation_is_claimed_only_where_it_was_found(tmp_path):
    case, folder = fraudulent(tmp_path)
    assert "uses the name of eGov.kz" in body(drafts(dossier_of(case, folder))["cert"][1])
    probes = tuple(
        p.model_copy(
            update={
                "steps": tuple(
                    s.model_copy(update={"reading": s.reading.model_copy(update={"poses": ()})}) for s in p.steps
                )
            }
        )
        for p in case.probes
    )
    text = body(drafts(dossier_of(case.model_copy(update={"probes": probes}), folder))["cert"][1])
    assert "uses the name" not in text and "This is phishing for card data." in text


def test_no_letter_without_grounds(tmp_path):
    with pytest.raises(UsageError, match="no fraud"):
        drafts(dossier_of(*rejecting(tmp_path)))
    review = Review(number=1, decision="rejected", reviewer="A", at=AT, seal="0")
    with pytest.raises(UsageError, match="withdraw"):
        drafts(dossier_of(*fraudulent(tmp_path), reviews=(review,)))


def test_no_desk_is_told_twice_and_those_told_hear_of_a_withdrawal(tmp_path):
    dossier = dossier_of(*fraudulent(tmp_path), surroundings=AROUND)

    def told(contact):
        return AT if contact.address == "abuse@names.example" else None

    assert set(drafts(dossier, told=told)) == {"network", "cert", "bank"}
    again = drafts(dossier, told=told, kind="again")
    assert set(again) == {"registrar"} and "first told you on 22 Nov 2026" in body(again["registrar"][1])
    withdrawn = drafts(dossier, told=told, kind="withdraw")
    assert set(withdrawn) == {"registrar"} and "we withdraw that report" in body(withdrawn["registrar"][1])
    assert list(withdrawn["registrar"][1].iter_attachments()) == []


def test_a_hostile_page_adds_no_header_and_no_part(tmp_path):
    hostile = "x\r\nBcc: everyone@example.com\r\n\r\n" + HOSTILE
    around = Surroundings(contacts=(Contact("registrar", "A\r\nBcc: b@example.com", "abuse@names.example"),))
    for _, message in drafts(dossier_of(*fraudulent(tmp_path, hostile=hostile), surroundings=around)).values():
        assert message["Bcc"] is None
        assert "\u202e" not in body(message) and "\x1b" not in body(message)
    bad = Surroundings(contacts=(Contact("registrar", "A", "abuse@names.example\r\nBcc: b@example.com"),))
    with pytest.raises(UsageError, match="no e-mail address"):
        drafts(dossier_of(*fraudulent(tmp_path), surroundings=bad))


def test_a_desk_may_want_live_addresses(tmp_path):
    text = body(drafts(dossier_of(*fraudulent(tmp_path)), live=True)["cert"][1])
    assert "https://elik-shtraf.example/pay/card" in text


def test_a_letter_promises_only_what_it_encloses(tmp_path):
    dossier = dossier_of(*fraudulent(tmp_path))
    bare, whole = body(drafts(dossier)["cert"][1]), body(drafts(dossier, pdf=b"%PDF-1.4")["cert"][1])
    assert "Attached: the pictures E02.jpg and E03.jpg." in bare and "xarf" not in bare
    assert "the report as PDF" in whole and "the report as PDF" not in bare


def test_a_bank_hears_where_the_card_would_have_gone(tmp_path):
    letter, message = drafts(dossier_of(*fraudulent(tmp_path, matter=MATTER)))["bank"]
    text = body(message)
    assert letter.address == "" and "What is typed there is sent to: hXXps://elik-shtraf[.]example/" in text
    assert "treat cards typed there as stolen" in text


def test_a_scheme_is_told_when_the_page_shows_its_name(tmp_path):
    case, folder = fraudulent(tmp_path)
    dossier = dossier_of(case, folder)
    shown = replace(dossier, snapshot=lambda sha: _with_words(dossier.snapshot(sha), "Visa / Mastercard"))
    assert [contact.name for contact in desks(shown) if contact.desk == "bank"] == ["Mastercard", "Visa"]
    assert [contact.name for contact in desks(dossier) if contact.desk == "bank"] == [""]


def _with_words(snapshot, text):
    block = TextBlock(id=9999, text=text, box=Box(x=0, y=0, width=100, height=20), visible=True)
    return snapshot.model_copy(update={"blocks": (*snapshot.blocks, block)})


def test_a_body_without_an_address_still_has_its_slot(tmp_path):
    case, folder = fraudulent(tmp_path)
    dossier = dossier_of(case, folder)
    bodies = tuple(body.model_copy(update={"report_to": ""}) for body in dossier.scenario.bodies)
    told = desks(replace(dossier, scenario=dossier.scenario.model_copy(update={"bodies": bodies})))
    assert [contact.address for contact in told if contact.desk == "body"] == [""]


def test_a_users_own_address_book_replaces_and_joins(tmp_path, monkeypatch):
    book = tmp_path / "contacts.yaml"
    monkeypatch.setenv("PROBER_CONTACTS", str(book))
    book.write_text(
        "KZ:\n- {desk: cert, name: KZ-CERT, address: new@cert.example, checked_on: 2026-11-20}\n"
        "- {desk: registry, name: Registry, address: abuse@registry.example}\n"
    )
    told = {contact.name: contact for contact in address_book("KZ")}
    assert (told["KZ-CERT"].address, told["KZ-CERT"].checked) == ("new@cert.example", "2026-11-20")
    assert told["Registry"].checked == "not checked"
    book.write_text("KZ: [{desk: cert}]")
    with pytest.raises(UsageError, match="not understood"):
        address_book("KZ")


def test_a_desk_of_the_trail_hears_of_a_withdrawal_though_nobody_looks_it_up_any_more(tmp_path):
    dossier = dossier_of(*fraudulent(tmp_path))
    old = Contact("registrar", "", "old@names.example")
    made = drafts(dossier, kind="withdraw", known=(old,), told=lambda c: AT if c.address == old.address else None)
    assert [letter.address for letter, _ in made.values()] == ["old@names.example"]


def test_a_registrar_is_asked_about_a_domain_and_a_new_one_was_registered_for_this(tmp_path):
    case, folder = fraudulent(tmp_path)
    urls = {"url": "https://bakery.example/pay", "final_url": "https://bakery.example/pay"}
    steps = {p.name: tuple(_plain(s) for s in p.steps) for p in case.probes}
    probes = tuple(p.model_copy(update={"steps": steps[p.name]}) for p in case.probes)
    case = case.model_copy(update={**urls, "probes": probes})
    old = body(
        drafts(dossier_of(case, folder, surroundings=replace(AROUND, registered_on="2019-01-01")))["registrar"][1]
    )
    assert "look at the domain bakery[.]example: suspend it if it was registered for this" in old
    around = replace(AROUND, registered_on="2026-11-18")
    new = dossier_of(case, folder, surroundings=around)
    assert act_on(new) == ("domain", "bakery.example", "")
    assert "Please suspend bakery[.]example" in body(drafts(new)["registrar"][1])
    assert "registered on 2026-11-18" in request(new, Manner(Words("en")))


def _plain(step):
    """Without an official name."""
    reading = step.reading.model_copy(update={"poses": ()})
    return step.model_copy(update={"reading": reading, "url": "https://bakery.example/pay"})
