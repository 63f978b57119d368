"""Users see their own and their team's cases; knowing an address of another's is of no use."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from prober.errors import UsageError
from prober.models.people import Role
from prober.store.keys import load_or_make
from prober.store.seal import seal
from prober.web.access import principal_of
from prober.web.app import make_app, make_site
from prober.web.roles import least_of
from tests.factories_case import fraudulent
from tests.web.conftest import PASSWORD, csrf_of, no_browser, signed_in
from tests.web.test_access import all_routes

URL = "https://suspect.example/pay"


@pytest.fixture
def ann(site):
    return signed_in(site, "ann", team="cert")


@pytest.fixture
def eve(site):
    """Of another team, with the same role."""
    return signed_in(site, "eve", team="other")


@pytest.fixture
def submission(site, ann):
    """What Ann asked for, with its case done."""
    id = submit(ann)
    case, folder = fraudulent(site.options.output)
    seal(folder.path, load_or_make())
    site.submissions.change(id, state="running", case_id=case.id)
    return site.submissions.change(id, state="done", verdict="fraudulent")


def submit(client: TestClient, url: str = URL, **form: str) -> str:
    told = client.post("/submissions", data={"csrf": csrf_of(client), "text": url, **form})
    assert told.status_code == 303, told.text
    return str(told.headers["location"]).rpartition("/")[2]


def test_every_route_hides_what_is_anothers(site, submission, ann, eve):
    run = _run(site, ann)
    csrf, tried = csrf_of(eve), 0
    for route in all_routes(make_app(site).router):
        if "{id}" not in route.path or not isinstance(least_of(route.endpoint), Role):
            continue
        for method, path in _addresses(route, submission, run):
            headers = {"X-CSRF-Token": csrf} if method == "POST" else {}
            sent = {"headers": headers, "data": {"decision": "note", "text": "x"} if headers else None}
            hers = eve.request(method, path, **sent)
            none = eve.request(method, path.replace(submission.case_id, "nothing"), **sent)
            assert hers.status_code == 404, (method, path)
            assert none.status_code == 404 and _plain(hers.text) == _plain(none.text), "tells that there is one"
            tried += 1
            if method == "GET" and not path.endswith(("/events", "/stream")):
                assert ann.get(path).status_code in (200, 303, 404, 409), path
    assert tried > 25
    assert not list((site.options.output / submission.case_id / "reviews").glob("*"))


def _run(site, client) -> str:
    listed = site.desk.add_list(b"https://a.example/\n", "list.txt", "", _principal(site, "ann"))
    return site.desk.start(listed, "auto", _principal(site, "ann")).id


def _principal(site, name):
    return principal_of(site.access.people.find(name))


def _addresses(route: APIRoute, submission, run):
    what = submission.case_id if "/cases/" in route.path else run if "/runs/" in route.path else submission.id
    if "/lists/" in route.path:
        what = "x" * 22
    path = route.path.replace("{id}", what).replace("{exhibit}", "E01").replace("{step}", "1")
    path = path.replace("{detail}", "all").replace("{form}", "stix").replace("{case}", submission.case_id)
    path = re.sub(r"{name}", "results.jsonl", path)
    for method in route.methods:
        yield method, path


def _plain(text: str) -> str:
    return re.sub(r'href="[^"]*"|value="[^"]*"', "", text)


def test_lists_counts_and_history_leave_out_what_is_anothers(site, submission, ann, eve):
    mate, boss = signed_in(site, "mate", Role.VIEWER, "cert"), signed_in(site, "boss", Role.ADMIN)
    for client, sees in ((ann, True), (mate, True), (boss, True), (eve, False)):
        found = client.get("/api/v1/cases").json()
        assert (found["total"], sum(found["counts"].values())) == ((1, 1) if sees else (0, 0))
        for path in ("/", "/cases", "/api/v1/submissions"):
            told = client.get(path, follow_redirects=True)
            assert (submission.case_id in told.text) is sees or (
                path == "/api/v1/submissions" and (submission.id in told.text) is sees
            )
    other, folder = fraudulent(site.options.output)  # the same host, held by nobody
    seal(folder.path, load_or_make())
    assert other.id not in ann.get(f"/cases/{submission.case_id}").text
    assert ann.get(f"/cases/{other.id}").status_code == 404, "what nobody holds is for administrators"
    assert boss.get(f"/cases/{other.id}").status_code == 200


def test_joining_a_suspect_in_work_shows_the_case_to_both(site, ann, eve):
    text = f"Dear A. Private, your fine: {URL} and https://also.example/x"
    id = submit(ann, text)
    assert eve.get(f"/submissions/{id}").status_code == 404
    assert submit(eve) == id, "the second submission of a suspect in work joins the first"
    assert eve.get(f"/submissions/{id}").status_code == 200
    case, folder = fraudulent(site.options.output)
    seal(folder.path, load_or_make())
    site.submissions.change(id, state="running", case_id=case.id)
    assert eve.get(f"/cases/{case.id}").status_code == ann.get(f"/cases/{case.id}").status_code == 200
    site.submissions.change(id, state="failed", message="x")
    assert "A. Private" in ann.get(f"/submissions/{id}").text
    hers = eve.get(f"/submissions/{id}")
    assert hers.status_code == 200 and "A. Private" not in hers.text and "also" not in hers.text
    assert eve.get(f"/api/v1/submissions/{id}").json()["others"] == []
    assert {deed.who for deed in site.deeds.read(what="joined", subject=id)[0]} == {"eve"}


def test_joining_late_shows_the_case_in_work(site, ann, eve):
    id = submit(ann)
    case, _ = fraudulent(site.options.output)
    site.submissions.change(id, state="running", case_id=case.id)
    assert eve.get(f"/cases/{case.id}/shots/E01").status_code == 404
    assert submit(eve) == id
    assert eve.get(f"/cases/{case.id}/shots/E01").status_code == 200


def test_probing_again_is_a_case_of_its_own(site, ann, eve):
    first, second = submit(ann), submit(eve, again="1")
    assert first != second
    assert ann.get(f"/submissions/{second}").status_code == eve.get(f"/submissions/{first}").status_code == 404
    assert site.submissions.get(first).place == site.submissions.get(second).place, "one after the other all the same"


def test_nobody_ends_a_check_that_others_wait_for(site, ann, eve):
    id = submit(ann)
    submit(eve)

    def cancelled(client):
        return client.post(f"/submissions/{id}/cancel", data={"csrf": csrf_of(client)}).status_code

    assert cancelled(eve) == cancelled(ann) == 403 and site.submissions.get(id).state == "waiting"
    assert "cancel" not in eve.get(f"/submissions/{id}").text
    alone = submit(ann, "https://alone.example")
    assert ann.post(f"/submissions/{alone}/cancel", data={"csrf": csrf_of(ann)}).status_code == 303
    assert site.submissions.get(alone).state == "cancelled"
    assert cancelled(signed_in(site, "boss", Role.ADMIN)) == 303


def test_an_idempotency_key_is_its_users_own(site, ann, eve):
    def post(client):
        headers = {"Idempotency-Key": "k", "X-CSRF-Token": csrf_of(client)}
        return client.post("/api/v1/submissions", json={"url": URL, "again": True}, headers=headers).json()["id"]

    assert post(ann) == post(ann) != post(eve)


def test_the_budget_of_a_host_binds_all_users_together(site, ann, eve):
    site.options = replace(site.options, host_cases=3)
    submit(ann, "https://host.example/1")
    submit(ann, "https://www.host.example/2")
    submit(eve, "https://host.example/3")
    told = eve.post("/submissions", data={"csrf": csrf_of(eve), "text": "https://host.example/4"})
    assert told.status_code == 429
    submit(eve, "https://elsewhere.example/4")


def test_official_hosts_and_private_addresses_are_refused_to_every_role(site):
    for role in (Role.ANALYST, Role.ADMIN):
        client = signed_in(site, role.value, role)
        for url in ("https://egov.kz/", "http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/"):
            told = client.post("/submissions", data={"csrf": csrf_of(client), "text": url, "allow_private": "1"})
            assert told.status_code == 422, url


def test_who_sees_what_outlives_a_restart_and_a_lost_index(site, submission):
    for file in site.options.output.glob("index.sqlite*"):
        file.unlink()
    later = make_site(site.options, no_browser)
    later.cases._index.rebuild()
    user = later.access.people.find("ann")
    assert later.cases.held(submission.case_id, user.holders)
    assert not later.cases.held(submission.case_id, frozenset({"team:other"}))


def test_a_review_bears_its_users_name(site, submission, ann):
    form = {"csrf": csrf_of(ann), "decision": "confirmed", "reviewer": "Somebody Else", "text": "seen"}
    assert ann.post(f"/cases/{submission.case_id}/reviews", data=form).status_code == 303
    (file,) = (site.options.output / submission.case_id / "reviews").glob("*.json")
    assert json.loads(file.read_text())["reviewer"] == "ann"
    (deed,) = site.deeds.read(what="reviewed:confirmed")[0]
    assert (deed.who, deed.subject) == ("ann", submission.case_id)
    mate = signed_in(site, "mate", Role.VIEWER, "cert")
    page = mate.get(f"/cases/{submission.case_id}").text
    assert "/reviews" not in page and 'action="/submissions"' not in page, "who may only read has no forms"


async def test_no_two_cases_meet_at_a_host_whoever_asked(site, monkeypatch):
    people, begun, go = site.access.people, asyncio.Queue(), asyncio.Event()
    ann, eve = (principal_of(people.add(name, PASSWORD, Role.ANALYST, name)) for name in ("ann", "eve"))

    async def held(one, turn):
        begun.put_nowait(one.id)
        await go.wait()
        raise UsageError("enough")

    async def next_begun():
        return await asyncio.wait_for(begun.get(), 20)

    monkeypatch.setattr(site.worker, "_attempts", held)
    first = site.submit("https://a.example/1", "auto", ann)
    second = site.submit("https://www.a.example/2", "auto", eve, again=True)
    third = site.submit("https://b.example/", "auto", eve)
    running = asyncio.create_task(site.worker.run())
    assert [await next_begun(), await next_begun()] == [first.id, third.id]
    assert site.submissions.get(second.id).state == "waiting"
    go.set()
    assert await next_begun() == second.id
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
