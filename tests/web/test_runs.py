"""Lists and runs through API and pages; the probing is played, the rest is real."""

import asyncio
import json
import re
import time
from collections import Counter

import pytest
from starlette.testclient import TestClient

from prober.web.app import make_app, make_site
from prober.web.problems import MEDIA
from prober.web.slots import Slots
from tests.app.stub_run import StubEngine, StubProbe
from tests.web.conftest import BEARER, csrf_of, no_browser

V1 = "/api/v1"
LIST = "".join(f"hxxps://s{n}[.]example/pay\n" for n in range(12)) + "https://s1.example/pay\n\nnot an address\n"


def played(site, probe=None):
    site.desk.worker.opener, site.desk.worker.probe_one = StubEngine(), probe or StubProbe(0.01)
    return TestClient(make_app(site), "http://localhost", headers=BEARER, follow_redirects=False)


@pytest.fixture
def client(site):
    """A program at a server that works."""
    with played(site) as client:
        yield client


class Held:
    """A probe that waits until it is let go."""

    def __init__(self):
        self.begun, self.go = [], asyncio.Event()

    async def __call__(self, work, browser, tell):
        self.begun.append(work.url)
        await self.go.wait()
        return await StubProbe()(work, browser, tell)


def until(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)  # the server works in a thread of its own
    return found


def send(client, text=LIST, **params):
    return client.post(f"{V1}/lists", content=text.encode(), params=params, headers={"Content-Type": "text/plain"})


def start(client, **ask):
    return client.post(f"{V1}/runs", json=ask).json()["id"]


def ended(client, id):
    return until(lambda: (one := client.get(f"{V1}/runs/{id}").json())["state"] not in ("waiting", "running") and one)


def results(client, id):
    return [json.loads(line) for line in client.get(f"{V1}/runs/{id}/results").text.splitlines()]


def test_a_list_is_counted_and_its_faults_named(client):
    told = send(client, name="C:\\mail\\my list.txt")
    assert told.status_code == 201 and told.headers["location"].endswith(told.json()["id"])
    found = told.json()
    assert (found["suspects"], found["duplicates"], found["unusable"]) == (12, 1, 1)
    assert found["bad"][0]["line"] == 15 and found["name"] == "my-list.txt"
    assert client.get(found["links"]["self"]).json() == found


def test_csv_with_a_column_of_ones_own(client):
    table = "seen;adresse\n2026-01-01;https://a.example/\n2026-01-02;b.example\n"
    assert send(client, table, name="feed.csv", column="adresse").json()["suspects"] == 2
    assert send(client, table, name="feed.csv", column="nope").status_code == 422


def test_a_run_to_its_end(client):
    id = start(client, list=send(client).json()["id"], target="kz-fines")
    one = ended(client, id)
    assert (one["state"], one["done"], one["left"], one["counts"]) == ("done", 12, 0, {"no_fraud_found": 12})
    found = results(client, id)
    assert {line["schema"] for line in found} == {"prober/verdict/1"}
    assert Counter(line["url"] for line in found) == Counter(f"https://s{n}.example/pay" for n in range(12))
    summary = client.get(f"{V1}/runs/{id}/summary").json()
    assert summary["schema"] == "prober/run/1" and summary["verdicts"]["no_fraud_found"] == 12
    assert (summary["duplicates"], summary["unusable"], summary["interrupted"]) == (1, 1, False)
    assert id in [run["id"] for run in client.get(f"{V1}/runs").json()]


def test_events_are_numbered_and_resume(client):
    id = start(client, text="https://a.example/ \nhttps://b.example/")
    ended(client, id)
    whole = client.get(f"{V1}/runs/{id}/events").text
    numbers = [int(number) for number in re.findall(r"^id: (\d+)$", whole, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert re.findall(r"^event: (\w+)$", whole, re.M)[:2] == ["run_started", "suspect_started"]
    rest = client.get(f"{V1}/runs/{id}/events", headers={"Last-Event-ID": str(len(numbers) - 1)}).text
    assert re.findall(r"^event: (\w+)$", rest, re.M) == ["ended"]


def test_the_same_key_is_the_same_run(client):
    ask = {"text": "https://a.example/"}
    ids = {client.post(f"{V1}/runs", json=ask, headers={"Idempotency-Key": "k"}).json()["id"] for _ in range(3)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "ask",
    [{}, {"text": "  "}, {"text": "nothing here"}, {"list": "x", "text": "https://a.example/"},
     {"text": "https://a.example/", "target": "/etc/passwd"}, {"text": "https://a.example/", "target": "../kz-fines"},
     {"text": "https://a.example/", "allow_private": True}],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_as_a_problem(client, ask):
    told = client.post(f"{V1}/runs", json=ask)
    assert told.status_code == 422 and told.headers["content-type"] == MEDIA and told.json()["detail"]
    assert client.get(f"{V1}/runs").json() == []


def test_what_is_not_there(client):
    for path in ("lists/x", "runs/x", "runs/x/events", "runs/x/results", "runs/x/summary", "lists/" + "a" * 22):
        told = client.get(f"{V1}/{path}")
        assert told.status_code == 404 and told.headers["content-type"] == MEDIA, path
    assert client.post(f"{V1}/runs", json={"list": "a" * 22}).status_code == 404


def test_too_long_a_list_is_refused(client):
    def pieces():
        for _ in range(900):
            yield b"x" * 10_000

    assert send(client, "x" * 9_000_000).status_code == 413
    told = client.post(f"{V1}/lists", content=pieces())
    assert told.status_code == 413 and told.headers["content-type"] == MEDIA


def test_giving_up_and_going_on(site):
    probe = Held()
    with played(site, probe) as client:
        id = start(client, text=LIST)
        until(lambda: probe.begun)
        assert client.get(f"{V1}/runs/{id}/summary").status_code == 409
        client.post(f"{V1}/runs/{id}/cancel")
        one = ended(client, id)
        assert one["state"] == "cancelled" and one["left"] == 12 and results(client, id) == []
        assert client.get(f"{V1}/runs/{id}/summary").json()["resume"].endswith("/resume")
        client.portal.call(probe.go.set)
        client.post(f"{V1}/runs/{id}/resume")
        assert ended(client, id)["state"] == "done"
        assert Counter(line["url"] for line in results(client, id)).most_common(1)[0][1] == 1


def test_runs_go_one_after_another_and_a_waiting_one_can_be_given_up(site):
    probe = Held()
    with played(site, probe) as client:
        first, second = start(client, text="https://a.example/"), start(client, text="https://b.example/")
        until(lambda: probe.begun)
        assert client.get(f"{V1}/runs/{second}").json()["state"] == "waiting"
        client.post(f"{V1}/runs/{second}/cancel")
        assert client.get(f"{V1}/runs/{second}").json()["state"] == "cancelled"
        client.portal.call(probe.go.set)
        assert ended(client, first)["state"] == "done" and probe.begun == ["https://a.example/"]


def test_a_run_in_work_at_the_end_goes_on_at_the_next_start(site):
    probe = Held()
    with played(site, probe) as client:
        id = start(client, text=LIST)
        until(lambda: probe.begun)
    later = make_site(site.options, no_browser)
    assert later.desk.runs.get(id).state == "waiting"
    with played(later) as client:
        assert ended(client, id)["state"] == "done"
        assert len(results(client, id)) == 12


def test_a_runs_suspect_waits_while_its_host_is_checked_for_somebody_else(site):
    probe = Held()
    probe.go.set()
    site.desk.worker.slots.take("s3.example")
    with played(site, probe) as client:
        id = start(client, text="https://s3.example/ \nhttps://s4.example/")
        until(lambda: client.get(f"{V1}/runs/{id}").json()["done"] == 1 or len(results(client, id)) == 1)
        assert probe.begun == ["https://s4.example/"]
        client.portal.call(site.desk.worker.slots.free, "s3.example")
        assert ended(client, id)["done"] == 2


def test_slots():
    slots = Slots(1)
    assert slots.room() and slots.take("a") and not slots.room() and not slots.take("a")
    slots.free("a")
    assert slots.room() and slots.take("a")


def test_the_form_takes_a_file_or_a_text(site, person):
    site.desk.worker.opener, site.desk.worker.probe_one = StubEngine(), StubProbe()
    token = csrf_of(person)
    wrong = person.post("/runs", data={"csrf": token, "text": "nothing", "target": "auto"}, files={"file": ("", b"")})
    assert wrong.status_code == 422 and "no address" in wrong.text and ">nothing<" in wrong.text
    sent = {"file": ("my.csv", b"url\nhttps://a.example/\nhttps://b.example/<script>\n")}
    assert person.post("/runs", data={"text": ""}, files=sent).status_code == 403
    made = person.post("/runs", data={"csrf": token, "text": "", "target": "kz-fines"}, files=sent)
    assert made.status_code == 303
    page = person.get(made.headers["location"]).text
    assert "waiting" in page and "my.csv" in page and 'http-equiv="refresh"' in page


def test_the_page_of_an_ended_run(site):
    with played(site) as client:
        id = start(client, text=LIST)
        ended(client, id)
        for lang, word in (("en", "None of 12"), ("ru", "проверено: 12"), ("kk", "тексерілгені: 12")):
            page = client.get(f"/runs/{id}", params={"lang": lang}).text
            assert word in page and "hXXps://s3[.]example/pay" in page and "not an address" in page
        assert "s3[.]example" not in client.get(f"/runs/{id}?verdict=fraudulent").text.partition('id="all"')[2]
        csv = client.get(f"/runs/{id}/files/summary.csv")
        assert csv.headers["content-disposition"].startswith("attachment") and "s3[.]example" in csv.text
        assert client.get(f"/runs/{id}/files/run.sqlite").status_code == 422
        assert client.get("/runs").text.count(f"/runs/{id}") == 1
        stream = client.get(f"/runs/{id}/stream").text
        assert stream.endswith("event: ended\ndata: \n\n") and "news" not in stream
        again = client.post(f"/runs/{id}/again")
        assert again.status_code == 303 and ended(client, again.headers["location"].rpartition("/")[2])["done"] == 12
