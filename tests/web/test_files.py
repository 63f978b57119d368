"""What a hostile case holds stays inert on every page and in every file."""

import json
import re
from html.parser import HTMLParser

import pytest

from prober.app.result import as_json
from prober.store.keys import load_or_make
from prober.store.seal import seal
from tests.factories_case import fraudulent
from tests.web.conftest import csrf_of

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\r\nSet-Cookie: a=b\u202e{{7*7}}javascript:alert(3)'


@pytest.fixture
def case(site):
    case, folder = fraudulent(site.options.output, hostile=HOSTILE)
    seal(folder.path, load_or_make())
    return case


def handlers(html):
    """Attributes that would run script, and elements that would."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.extend(name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")[:20])
            if tag == "script" and "src" not in dict(attrs):
                found.append(tag)

    Reader().feed(html)
    return found


def test_pages_show_hostile_text_and_run_none_of_it(person, case):
    for lang in ("en", "ru", "kk"):
        for path in (f"/cases/{case.id}", "/cases", "/", "/about"):
            told = person.get(path, params={"lang": lang})
            assert told.status_code == 200
            assert "<script>alert" not in told.text and "<img src=x" not in told.text, (lang, path)
            assert not handlers(told.text), "an event handler stands in the page"
            assert "\u202e" not in told.text and "style=" not in told.text
            policy = told.headers["content-security-policy"]
            assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
            assert told.headers["x-content-type-options"] == "nosniff"


def test_what_is_searched_for_is_not_run(person, case):
    told = person.get("/cases", params={"q": HOSTILE, "host": "<b>", "sort": "'\"", "page": "-1", "verdict": "<i>"})
    assert (
        told.status_code == 200 and "<script>alert" not in told.text and "<b>" not in told.text.split("filters")[1][:99]
    )


def test_exhibits_are_attachments_in_a_sandbox(program, case):
    for exhibit in program.get(f"/api/v1/cases/{case.id}/exhibits").json():
        told = program.get(f"/api/v1/cases/{case.id}/exhibits/{exhibit['id']}")
        assert told.status_code == 200 and len(told.content) == exhibit["size"]
        assert told.headers["content-security-policy"].startswith("sandbox")
        assert told.headers["content-disposition"].startswith("attachment")
        assert told.headers["x-content-type-options"] == "nosniff"
        assert told.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "name", ["../../keys", "..%2f..%2fcase.json", "E01/../../case.json", "E99", "case.json", "%00"]
)
def test_only_what_the_case_lists_is_served(program, case, name):
    for place in (f"/api/v1/cases/{case.id}/exhibits/{name}", f"/cases/{case.id}/shots/{name}"):
        assert program.get(place).status_code == 404
    for place in (f"/api/v1/cases/{name}", f"/cases/{name}/case.zip", f"/cases/{name}/report.html", f"/static/{name}"):
        assert program.get(place).status_code in (404, 307)


def test_an_exhibit_that_points_outside_is_refused(program, case, site):
    file = site.options.output / case.id / "case.json"
    file.chmod(0o644)
    text = file.read_text().replace(case.exhibits[0].file, "../../keys/signer.pem")
    file.write_text(text)
    assert program.get(f"/api/v1/cases/{case.id}/exhibits/E01").status_code == 409
    assert program.get(f"/cases/{case.id}/shots/E01").status_code == 409


def test_a_changed_exhibit_is_not_shown(program, case, site):
    file = site.options.output / case.id / case.exhibits[0].file
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b" ")
    assert program.get(f"/cases/{case.id}/shots/E01").status_code == 409


def test_downloads_have_names_without_line_breaks(program, case):
    for file in ("report.html", "case.zip", "exports/stix", "exports/blocklist"):
        told = program.get(f"/cases/{case.id}/{file}")
        assert told.status_code == 200, file
        assert told.headers["content-disposition"].startswith("attachment") and "set-cookie" not in told.headers
        assert told.headers["content-security-policy"].startswith("sandbox")


def test_the_verdict_is_the_command_lines(program, case, site):
    told = program.get(f"/api/v1/cases/{case.id}/verdict").json()
    assert told == json.loads(json.dumps(as_json(case, str(site.options.output / case.id))))
    assert program.get(f"/api/v1/cases/{case.id}").json()["schema"] == "prober/case/1"


def test_pictures_are_made_when_looked_at(person, case):
    links = re.findall(r'src="(/cases/[^"]+)"', person.get(f"/cases/{case.id}").text)
    assert links
    told = person.get(links[0])
    assert told.status_code == 200 and told.content.startswith(b"\xff\xd8")
    small = person.get(f"/cases/{case.id}/shots/E01", params={"small": 1})
    assert small.headers["content-type"] == "image/jpeg" and len(small.content) < 200_000


def test_a_wrong_form_is_shown_again_with_its_text(person, case):
    told = person.post("/submissions", data={"csrf": csrf_of(person), "text": "<script>alert(9)</script>"})
    assert told.status_code == 422 and "&lt;script&gt;alert(9)" in told.text and 'role="alert"' in told.text


def test_a_review_is_signed_and_shown_as_text(person, case):
    form = {"csrf": csrf_of(person), "decision": "confirmed", "reviewer": "A. <b>Analyst", "text": HOSTILE}
    assert person.post(f"/cases/{case.id}/reviews", data={**form, "decision": "maybe"}).status_code == 422
    assert person.post(f"/cases/{case.id}/reviews", data={**form, "csrf": ""}).status_code == 403
    assert person.post(f"/cases/{case.id}/reviews", data=form).status_code == 303
    told = person.get(f"/cases/{case.id}")
    assert "A. &lt;b&gt;Analyst" in told.text and not handlers(told.text)
