"""The API: what it takes in, what it refuses and how it says so."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from prober.web.app import make_app, make_site
from prober.web.problems import MEDIA
from tests.web.conftest import BEARER, no_browser


def submit(client, **ask):
    return client.post("/api/v1/submissions", json=ask, headers=ask.pop("headers", {}))


def test_a_message_is_understood_and_its_other_links_named(program):
    text = "1414: штраф 19 660 тг. Оплатите: hxxps://elik-pay[.]example/s/8Fq2 или https://other.example/x"
    told = submit(program, text=text)
    assert told.status_code == 202 and told.headers["location"].endswith(told.json()["id"])
    assert told.json()["url"] == "https://elik-pay.example/s/8Fq2"
    assert told.json()["others"] == ["https://other.example/x"]
    assert told.json()["state"] == "waiting"


@pytest.mark.parametrize(
    "ask",
    [
        {"url": "no address at all"}, {"url": ""}, {"url": "https://egov.kz/"}, {"url": "http://127.0.0.1:8000/"},
        {"url": "http://169.254.169.254/latest/meta-data/"}, {"url": "http://lab.localhost/"}, {"url": "file:///etc/passwd"},
        {"url": "https://a.example/", "scenario": "/etc/passwd"}, {"url": "https://a.example/", "allow_private": True},
        {"url": "https://a.example/", "scenario": "../kz-fines"}, {"url": "x" * 9000},
    ],
)  # fmt: skip
def test_what_must_not_be_probed_is_refused_as_a_problem(program, site, ask):
    told = submit(program, **ask)
    assert told.status_code == 422 and told.headers["content-type"] == MEDIA
    assert told.json()["status"] == 422 and told.json()["detail"] and told.json()["code"]
    assert not site.submissions.active()


def test_a_suspect_in_work_is_joined_unless_asked_for_again(program):
    first = submit(program, url="https://a.example/").json()["id"]
    assert submit(program, url="hxxps://a[.]example").json()["id"] == first
    assert submit(program, url="https://a.example/", again=True).json()["id"] != first


def test_an_idempotency_key_gives_the_same_submission(program):
    headers = {"Idempotency-Key": "k1"}
    ids = {
        program.post("/api/v1/submissions", json={"url": "https://a.example/", "again": True}, headers=headers).json()[
            "id"
        ]
        for _ in range(3)
    }
    assert len(ids) == 1


def test_what_waited_at_the_end_waits_at_the_next_start(program, site):
    id = submit(program, url="https://a.example/").json()["id"]
    site.submissions.tell(id, "case_opened", {})
    site.submissions.change(id, state="running", case_id="x")
    later = make_site(site.options, no_browser)
    found = later.submissions.get(id)
    assert found.state == "waiting" and found.case_id == "" and not later.submissions.events(id)


def test_giving_up_what_waits(program):
    id = submit(program, url="https://a.example/").json()["id"]
    program.post(f"/api/v1/submissions/{id}/cancel")
    assert program.get(f"/api/v1/submissions/{id}").json()["state"] == "cancelled"


def test_events_resume_after_the_last_one_seen(program, site):
    id = submit(program, url="https://a.example/").json()["id"]
    for n in range(3):
        site.submissions.tell(id, "notice", {"text": f"n{n}"})
    site.worker.cancel(id)
    whole = program.get(f"/api/v1/submissions/{id}/events")
    assert whole.headers["content-type"].startswith("text/event-stream")
    assert [line for line in whole.text.split("\n") if line.startswith("id")] == ["id: 1", "id: 2", "id: 3", "id: 4"]
    rest = program.get(f"/api/v1/submissions/{id}/events", headers={"Last-Event-ID": "2"}).text
    assert "n2" in rest and "n1" not in rest and "event: ended" in rest


def test_too_large_a_request_is_refused_before_it_is_read(program):
    told = program.post("/api/v1/submissions", content=b"x" * 100_000)
    assert told.status_code == 413 and told.headers["content-type"] == MEDIA

    def pieces():
        for _ in range(100):
            yield b"x" * 1000

    assert program.post("/api/v1/submissions", content=pieces()).status_code == 413


def test_what_is_not_there(program):
    for path in ("submissions/x", "cases/x", "cases/x/verdict", "cases/x/exhibits", "cases/x/exhibits/E01", "nothing"):
        told = program.get(f"/api/v1/{path}")
        assert told.status_code == 404 and told.headers["content-type"] == MEDIA, path


def test_the_description_names_every_route_and_its_refusals(program):
    described = program.get("/api/v1/openapi.json").json()
    assert "/api/v1/submissions" in described["paths"] and "Problem" in described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            assert "401" in told["responses"], (path, method)


def test_health_and_metrics(program, stranger):
    assert program.get("/healthz").json() == {"status": "ok"}
    text = program.get("/metrics").text
    assert "prober_submissions_waiting 0" in text and 'prober_http_seconds_bucket{le="+Inf"}' in text


def test_many_at_once_are_held_or_refused_but_never_lost(program, site):
    with ThreadPoolExecutor(20) as many:
        told = list(many.map(lambda n: submit(program, url=f"https://s{n}.example/"), range(200)))
    taken = [one.json()["id"] for one in told if one.status_code == 202]
    assert {one.status_code for one in told} == {202, 429} and len(taken) == len(set(taken)) >= 30
    assert {one.id for one in site.submissions.active()} == set(taken)
    assert all("retry-after" in one.headers for one in told if one.status_code == 429)


def test_a_full_queue_says_so(program, site):
    site.options = replace(site.options, waiting=2)
    statuses = [submit(program, url=f"https://s{n}.example/").status_code for n in range(3)]
    assert statuses == [202, 202, 503]


async def test_a_slow_sender_is_let_go(site, monkeypatch):
    monkeypatch.setattr("prober.web.shell.BODY_SECONDS", 0.05)
    sent = []

    async def send(message):
        sent.append(message)

    async def never():
        await asyncio.Event().wait()

    headers = [(b"host", b"127.0.0.1"), (b"authorization", BEARER["Authorization"].encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/v1/submissions", "headers": headers, "query_string": b""}
    await make_app(site)(scope | {"http_version": "1.1", "raw_path": b"", "scheme": "http"}, never, send)
    assert sent[0]["status"] == 408
