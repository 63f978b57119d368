"""Report and network record read by tools that are not ours."""

from __future__ import annotations

import json

import pytest

from prober.reporting.campaign_page import render_campaigns
from prober.reporting.dossier import Manner
from prober.reporting.likeness import campaigns, traits_of
from prober.reporting.messages import LANGUAGES, Words
from prober.reporting.report import render
from tests.factories_case import dossier_of, fraudulent, rejecting
from tests.reporting.test_report import HOSTILE

html5lib = pytest.importorskip("html5lib")


def valid(html: str) -> None:
    """Parse by the HTML standard; any parse error fails, with its place."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    assert parser.errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("hostile", ["", HOSTILE])
def test_a_report_is_valid_html_whatever_the_page_says(tmp_path, lang, hostile):
    valid(render(dossier_of(*fraudulent(tmp_path, hostile=hostile)), lang))


def test_other_pages_are_valid_too(tmp_path):
    dossiers = (dossier_of(*fraudulent(tmp_path)), dossier_of(*rejecting(tmp_path)))
    valid(render(dossiers[1]))
    valid(render_campaigns(dossiers, (), Words("en"), lambda d: Manner(Words("en"), ours=d.ours)))


def test_a_hostile_campaign_is_text_on_its_page(tmp_path):
    dossiers = tuple(dossier_of(*fraudulent(tmp_path, hostile=HOSTILE)) for _ in range(2))
    html = render_campaigns(dossiers, campaigns(map(traits_of, dossiers)), Words("en"), lambda d: Manner(Words("en")))
    valid(html)
    assert "<script" not in html and "<a " not in html and "\u202e" not in html and "2 cases" in html


def test_the_validator_finds_what_is_wrong():
    with pytest.raises(AssertionError):
        valid("<!doctype html><title>x</title><p><div></p></b>")


def test_the_network_record_is_read_by_a_har_reader(tmp_path):
    haralyzer = pytest.importorskip("haralyzer")
    _, folder = fraudulent(tmp_path)
    har = haralyzer.HarParser(json.loads((folder.path / "network.har").read_text("utf-8")))
    (page,) = har.pages
    assert [entry.request.url for entry in page.entries] == ["https://elik-shtraf.example/pay/"]
    assert page.entries[0].response.status == 200 and har.creator["name"] == "prober"
