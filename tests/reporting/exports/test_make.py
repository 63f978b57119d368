"""Tests of the machine forms, with the tools that will read them."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from importlib import resources

import pytest
import xarf as xarf_tool

from prober.errors import UsageError
from prober.models.case import Host
from prober.models.custody import Matter, Review
from prober.reporting.exports.make import FORMS, make_exports
from prober.reporting.exports.subject import blockable, subject_of
from prober.reporting.exports.xarf import xarf
from tests.factories_case import AT, dossier_of, fraudulent, rejecting

MATTER = Matter(
    organisation="CERT of Examples", contact="desk@cert.example", operator="Aigerim Q.", tlp="AMBER", pap="GREEN"
)
REVIEW = Review(number=1, decision="confirmed", reviewer="A", at=AT, seal="0")


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return dossier_of(*fraudulent(tmp_path_factory.mktemp("case"), matter=MATTER))


@pytest.fixture(scope="module")
def made(dossier):
    return make_exports(dossier)


def test_every_form_is_made_and_a_second_export_updates(dossier, made):
    assert set(made) == {
        "xarf.json",
        "xarf-fraud.json",
        "indicators.csv",
        "blocklist.txt",
        "stix.json",
        "misp.json",
        "intelmq.jsonl",
        "thehive.json",
    }
    assert make_exports(dossier) == made
    assert not any(b"Aigerim" in data for data in made.values())
    with pytest.raises(UsageError, match="choose from"):
        make_exports(dossier, ("pdf",))
    assert len(FORMS) == 7


@pytest.mark.parametrize("kind", ["phishing", "fraud"])
def test_xarf_is_valid_by_its_schema(dossier, kind):
    report = xarf(subject_of(dossier), MATTER, (), kind)
    parsed = xarf_tool.parse(json.dumps(report), strict=False)
    assert parsed.errors == [] and parsed.report is not None
    assert report["url"] == "https://elik-shtraf.example/pay/card"


def test_the_form_for_hosts_names_whom_the_page_poses_as(dossier, made):
    report = json.loads(made["xarf-fraud.json"])
    assert xarf_tool.parse(json.dumps(report)).errors == []
    assert (report["type"], report["fraud_type"]) == ("fraud", "government_impersonation")
    assert report["claimed_entity"] == "eGov.kz" and report["report_id"] != json.loads(made["xarf.json"])["report_id"]
    company = replace(subject_of(dossier), body_is_state=False)
    assert xarf(company, MATTER, (), "fraud")["fraud_type"] == "other"


def test_xarf_carries_the_pictures_and_needs_a_sender(dossier, made):
    report = json.loads(made["xarf.json"])
    assert xarf_tool.parse(json.dumps(report)).errors == []
    assert [item["description"][:3] for item in report["evidence"]] == ["E02", "E03"]
    case = dossier.case.model_copy(update={"matter": Matter()})
    assert "xarf.json" not in make_exports(replace(dossier, case=case))


def test_stix_is_valid(made):
    validator = pytest.importorskip("stix2validator")
    result = validator.validate_string(
        made["stix.json"].decode(), validator.ValidationOptions(version="2.1", strict=False)
    )
    assert result.is_valid, [str(error) for error in result.errors]
    kinds = {part["type"] for part in json.loads(made["stix.json"])["objects"]}
    assert {"indicator", "report", "url", "identity", "observed-data", "marking-definition"} <= kinds


def test_misp_is_loaded_by_its_own_library(made):
    pymisp = pytest.importorskip("pymisp")
    event = pymisp.MISPEvent()
    event.from_dict(**json.loads(made["misp.json"])["Event"])
    phishing = event.get_objects_by_name("phishing")[0]
    assert phishing.get_attributes_by_relation("url")[0].value == "https://elik-shtraf.example/pay/card"
    assert {tag.name for tag in event.tags} >= {"tlp:amber", "PAP:GREEN"}
    again = pymisp.MISPEvent()
    again.from_dict(**json.loads(made["misp.json"])["Event"])
    assert again.uuid == event.uuid


def test_indicators_are_a_table(made):
    rows = list(csv.DictReader(io.StringIO(made["indicators.csv"].decode())))
    assert [(row["type"], row["block"]) for row in rows] == [("url", "yes"), ("domain", "yes"), ("ip", "no")]
    assert rows[0]["first_seen"] == "2026-11-22T14:03:06Z" and rows[0]["expires"] == "2026-12-22T14:03:17Z"
    assert made["blocklist.txt"].decode().splitlines()[1:] == ["elik-shtraf.example"]


def test_nobody_else_is_blocked(dossier):
    scenario = dossier.scenario
    for host in (
        "egov.kz",
        "pay.egov.kz",
        "api.telegram.org",
        "www.google.com",
        "cdnjs.cloudflare.com",
        "t.me",
        "192.0.2.1",
        "localhost",
        "",
    ):
        assert not blockable(host, scenario), host
    assert blockable("elik-shtraf.example", scenario) and blockable("notgoogle.com", scenario)


def test_a_rejected_or_harmless_case_blocks_nothing(tmp_path):
    for dossier in (
        dossier_of(*rejecting(tmp_path)),
        dossier_of(*fraudulent(tmp_path, matter=MATTER), reviews=(REVIEW.model_copy(update={"decision": "rejected"}),)),
    ):
        made = make_exports(dossier)
        assert made["blocklist.txt"].decode().count("\n") == 1 and made["intelmq.jsonl"] == b""
        signs = [part for part in json.loads(made["stix.json"])["objects"] if part["type"] == "indicator"]
        assert [part["revoked"] for part in signs] == ([True] if dossier.reviews else []) and "xarf.json" not in made
        assert '"to_ids": true' not in made["misp.json"].decode()
        assert not any(one["ioc"] for one in json.loads(made["thehive.json"])["observables"])


def test_the_desks_tools_get_their_fields(made):
    alert, event = json.loads(made["thehive.json"]), json.loads(made["intelmq.jsonl"])
    assert alert["sourceRef"].startswith("20261122T") and (alert["tlp"], alert["pap"]) == (2, 1)
    assert event["classification.type"] == "phishing" and event["source.ip"] == "192.0.2.17"


def test_a_withdrawal_replaces_what_was_taken_in_before(dossier, made):
    review = REVIEW.model_copy(update={"decision": "rejected", "at": AT + timedelta(days=2)})
    after = make_exports(replace(dossier, reviews=(review,)))
    validator, pymisp = pytest.importorskip("stix2validator"), pytest.importorskip("pymisp")
    text = after["stix.json"].decode()
    assert validator.validate_string(text, validator.ValidationOptions(version="2.1")).is_valid
    old, new = ({o["id"]: o for o in json.loads(one["stix.json"])["objects"]} for one in (made, after))
    sign = next(id for id in old if id.startswith("indicator--"))
    assert new[sign]["revoked"] and new[sign]["modified"] > old[sign]["modified"]
    events = [pymisp.MISPEvent(), pymisp.MISPEvent()]
    for event, one in zip(events, (made, after), strict=True):
        event.from_dict(**json.loads(one["misp.json"])["Event"])
    assert events[0].uuid == events[1].uuid and events[1].timestamp > events[0].timestamp


def test_the_footing_reaches_the_exports_and_the_operator_does_not(tmp_path):
    matter = MATTER.model_copy(update={"number": "EX-7", "legal_basis": "Article 5"})
    made = make_exports(dossier_of(*fraudulent(tmp_path, matter=matter)))
    for name in ("stix.json", "misp.json", "thehive.json", "intelmq.jsonl"):
        text = made[name].decode().replace("\\", "")
        assert "EX-7" in text and "Article 5" in text and "Aigerim" not in text, name
    assert "EX-7" in made["indicators.csv"].decode()
    assert {"tlp:amber", "pap:green"} <= set(json.loads(made["xarf.json"])["tags"])
    assert xarf_tool.parse(made["xarf.json"].decode()).errors == []


def test_a_victims_token_leaves_only_when_asked_for(tmp_path):
    case, folder = fraudulent(tmp_path, matter=MATTER)
    case = case.model_copy(update={"final_url": "https://elik-shtraf.example/pay/x7Kq9Zw2?lang=ru"})
    short, whole = (make_exports(dossier_of(case, folder), whole_addresses=asked) for asked in (False, True))
    assert not any(b"x7Kq9Zw2" in data for data in short.values())
    assert json.loads(short["xarf.json"])["url"] == "https://elik-shtraf.example/pay/"
    assert json.loads(whole["xarf.json"])["url"] == case.final_url


def test_intelmq_takes_the_event_by_its_own_rules(made):
    message = pytest.importorskip("intelmq.lib.message")
    rules = json.loads(resources.files("intelmq").joinpath("etc/harmonization.conf").read_text())
    line = json.loads(made["intelmq.jsonl"])
    event = message.Event(line, harmonization=rules)  # raises for a name or a value that it does not know
    assert event["source.url"] == "https://elik-shtraf.example/pay/card" and event["tlp"] == "AMBER"
    with pytest.raises(Exception, match="source"):
        message.Event({**line, "source.web": "x"}, harmonization=rules)


def test_thehives_own_client_knows_every_field(made):
    types = pytest.importorskip("thehive4py.types.alert").InputAlert
    observable = pytest.importorskip("thehive4py.types.observable").InputObservable
    alert = json.loads(made["thehive.json"])
    assert types.__required_keys__ <= set(alert) <= types.__required_keys__ | types.__optional_keys__
    for one in alert["observables"]:
        assert observable.__required_keys__ <= set(one) <= observable.__required_keys__ | observable.__optional_keys__


def test_a_hacked_site_is_blocked_by_page_only(tmp_path):
    case, folder = fraudulent(tmp_path)
    url = "https://bakery.example/wp/x/pay"
    steps = {probe.name: tuple(s.model_copy(update={"url": url}) for s in probe.steps) for probe in case.probes}
    probes = tuple(probe.model_copy(update={"steps": steps[probe.name]}) for probe in case.probes)
    host = Host(name="bakery.example", port=443, addresses=("192.0.2.9",))
    made = make_exports(
        dossier_of(case.model_copy(update={"final_url": url, "probes": probes, "hosts": (host,)}), folder)
    )
    assert made["blocklist.txt"].decode().splitlines()[1:] == [url]
