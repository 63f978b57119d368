"""Tests of the report."""

import re
from html.parser import HTMLParser

import pytest

from prober.errors import BrokenCase, UsageError
from prober.models.case import Verdict, VerdictClass
from prober.models.custody import Matter, Review
from prober.reporting.report import render
from tests.factories_case import AT, dossier_of, fraudulent, rejecting

HOSTILE = (
    "\u202egnp.exe \x1b[31m {{ 7*7 }} {% raw %} ' \" & </style></p></main><script>fetch('http://127.0.0.1:9/x')</script>"
    "<img src=http://127.0.0.1:9/y onerror=alert(1)>End of report. " + "Ш" * 100_000
)
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Collects text and tags, and fails where tags do not nest."""

    def __init__(self, html):
        super().__init__()
        self.open, self.text, self.tags, self.sources = [], [], [], []
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        attributes = dict(attrs)
        self.sources += [
            value for name, value in attributes.items() if name in ("src", "href", "srcset", "action", "data")
        ]
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)

    @property
    def words(self):
        return re.sub(r"\s+", " ", " ".join(self.text))


def page(case, folder, lang="en", **more):
    edition = more.pop("edition", "recipient")
    return Page(render(dossier_of(case, folder, **more), lang, edition))


def test_page_one_says_the_fact_first(tmp_path):
    words = page(*fraudulent(tmp_path)).words
    headline = "On 22 Nov 2026, 14:03 UTC (19:03 Astana) the page hXXps://elik-shtraf[.]example/pay/card showed a fine of 19 660 ₸"
    assert headline.replace(" 660", " 660") in words.replace("\u00a0", " ")
    order = ["NOT REVIEWED", "On 22 Nov 2026", "Fraudulent", "E02: what the page showed", "What was typed", "961120612736",
             "Whose name", "Request to the reader", "See it yourself", "Last seen live", "Records what was shown"]  # fmt: skip
    places = [words.index(text) for text in order]
    assert places == sorted(places)
    assert "its last digit is 6" in words and "Sum 209 = 19 × 11 + 0" in words
    assert "decisive" not in words[: words.index("Records what was shown")]


@pytest.mark.parametrize("lang,word", [("ru", "НЕ ПРОВЕРЕНО"), ("kk", "ТЕКСЕРІЛМЕГЕН")])
def test_other_languages(tmp_path, lang, word):
    told = page(*fraudulent(tmp_path), lang)
    assert word in told.words and "NOT REVIEWED" not in told.words
    with pytest.raises(UsageError):
        render(dossier_of(*fraudulent(tmp_path)), "fr")


def test_it_loads_nothing_and_runs_nothing(tmp_path):
    html = render(dossier_of(*fraudulent(tmp_path)))
    told = Page(html)
    assert not {"script", "iframe", "object", "embed", "link", "a", "form", "base"} & set(told.tags)
    assert told.sources and all(source.startswith("data:image/jpeg;base64,") for source in told.sources)
    assert "default-src 'none'" in html and "@import" not in html
    assert not re.search(r"url\((?!data:font/woff2)", html)
    assert len(html) < 3_000_000


def test_a_hostile_page_stays_text(tmp_path):
    case, folder = fraudulent(tmp_path, hostile=HOSTILE)
    told = page(case, folder)
    assert (
        "script" not in told.tags and "‹U+202E›" in told.words and "‹ESC›" in told.words and "{{ 7*7 }}" in told.words
    )
    assert "\u202e" not in told.words and "Ш" * 400 not in told.words


def test_a_reviewer_is_named_and_a_rejected_case_asks_nothing(tmp_path):
    case, folder = fraudulent(tmp_path)
    review = Review(number=1, decision="confirmed", reviewer="A. Analyst", at=AT, seal="0")
    assert "reviewed by A. Analyst, 22 Nov 2026" in page(case, folder, reviews=(review,)).words
    rejected = page(case, folder, reviews=(review.model_copy(update={"decision": "rejected"}),)).words
    assert "REJECTED by A. Analyst" in rejected and "Nothing is requested" in rejected


def test_the_recipients_edition_leaves_out_what_is_ours_and_the_victims(tmp_path):
    matter = Matter(operator="Aigerim Q.", role="Analyst")
    case, folder = fraudulent(tmp_path, matter=matter)
    world = case.environment.model_copy(update={"proxy": "http://10.9.8.7:3128"})
    url = "https://elik-shtraf.example/p/Zx81kQ9w?u=77012223344"
    case = case.model_copy(update={"environment": world, "seed": 424242, "url": url})
    outside, inside = page(case, folder).words, page(case, folder, edition="internal").words
    for secret in ("Aigerim", "10[.]9[.]8[.]7", "424242", "Zx81kQ9w", "77012223344"):
        assert secret not in outside, secret
        assert secret in inside, secret
    assert "Analyst" in outside and "TOKEN stands for" in outside


def test_other_verdicts_are_grey_and_no_clearance(tmp_path):
    case, folder = rejecting(tmp_path)
    html = render(dossier_of(case, folder))
    assert '<main class="no_fraud_found">' in html and "This is not a clearance" in html
    assert "green" not in html.split("</style>")[0]
    assert "Nothing is requested" in Page(html).words


def test_a_case_that_was_changed_is_not_reported(tmp_path):
    case, folder = fraudulent(tmp_path)
    (folder.path / case.exhibits[1].file).write_bytes(b"x")
    with pytest.raises(BrokenCase, match="E02"):
        render(dossier_of(case, folder))


def test_only_what_was_found_is_claimed(tmp_path):
    case, folder = rejecting(tmp_path)
    words = page(case, folder).words
    assert "No impersonation established." in words and "uses the name of" not in words


def test_what_was_in_the_way_is_named(tmp_path):
    case, folder = rejecting(tmp_path)
    verdict = Verdict(verdict=VerdictClass.INCONCLUSIVE, reason="r", obstacle="captcha")
    words = page(case.model_copy(update={"verdict": verdict}), folder).words
    assert "Could not tell" in words and "In the way: captcha." in words


def test_every_obstacle_of_the_rules_has_words():
    from prober.reporting.messages import LANGUAGES, Words
    from prober.verdicts.judge import OBSTACLES

    for lang in LANGUAGES:
        assert [name for name in OBSTACLES if not Words(lang).has("outcomes", name)] == []
