"""Users: coming in, going out, roles, and what they did."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from prober.models.people import Role
from prober.web.app import make_app, make_site
from prober.web.roles import least_of
from tests.web.conftest import BEARER, PASSWORD, csrf_of, no_browser, sign_in, signed_in
from tests.web.test_access import all_routes, calls


@pytest.fixture
def ann(site):
    return signed_in(site, "ann", team="cert")


def test_with_users_the_link_and_a_drawn_token_open_nothing(site, stranger):
    drawn = make_site(replace(site.options, token=""), no_browser)
    client = TestClient(make_app(drawn), "http://localhost", follow_redirects=False)
    program = {"Authorization": f"Bearer {drawn.access.token}"}
    assert client.get("/enter", params={"key": drawn.access.new_link()}).headers["location"] == "/"
    key = drawn.access.new_link()
    assert client.get("/").status_code == client.get("/api/v1/cases", headers=program).status_code == 200
    drawn.access.people.add("ann", PASSWORD, Role.VIEWER)
    assert client.get("/api/v1/cases", headers=program).status_code == 401
    assert client.get("/").headers["location"] == "/login", "the session of the link has ended"
    client.cookies.clear()
    assert client.get("/enter", params={"key": key}).headers["location"] == "/login"
    assert stranger.get("/api/v1/cases", headers=BEARER).status_code == 200, "a token given at the start does"


def test_without_users_there_is_no_log_in(stranger):
    assert stranger.get("/login").status_code == 401
    assert stranger.post("/login", data={"name": "a", "password": "b"}).status_code == 403


def test_signing_in_and_out(site, stranger, ann):
    told = stranger.get("/cases", params={"q": "a b"})
    assert told.status_code == 303 and told.headers["location"] == "/login?next=%2Fcases%3Fq%3Da%2Bb"
    inside = sign_in(stranger, "Ann", next="/cases?q=a+b")
    cookie = inside.headers["set-cookie"].lower()
    assert inside.headers["location"] == "/cases?q=a+b"
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    assert stranger.get("/account").status_code == 200
    kept = dict(stranger.cookies)
    assert stranger.post("/leave", data={"csrf": csrf_of(stranger)}).status_code == 200
    stranger.cookies.update(kept)
    assert stranger.get("/account").status_code == 303, "the cookie is worth nothing after leaving"
    assert ann.get("/account").status_code == 200, "the other browser's session goes on"
    assert {deed.what for deed in site.deeds.read(who="ann")[0]} == {"signed in", "signed out"}


def test_over_tls_the_cookie_is_for_tls_alone(site, ann):
    site.options = replace(site.options, public="https://prober.example")
    client = TestClient(make_app(site), "https://prober.example", follow_redirects=False)
    told = sign_in(client, "ann")
    cookie = next(line for line in told.headers.get_list("set-cookie") if "session" in line)
    assert cookie.startswith("__Host-prober_session=") and "Secure" in cookie and "Path=/" in cookie
    assert "Domain" not in cookie and told.headers["strict-transport-security"]
    plain = cookie.partition(";")[0].removeprefix("__Host-")
    client.cookies.clear()
    assert client.get("/account", headers={"Cookie": plain}).status_code == 303
    assert client.get("/account", headers={"Cookie": f"__Host-{plain}"}).status_code == 200
    assert client.get("/account", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=y", "javascript:1", ""]
)
def test_after_the_log_in_nobody_is_sent_elsewhere(stranger, ann, onward):
    told = sign_in(stranger, "ann", next=onward)
    assert told.headers["location"] == "/" and "x=y" not in str(told.headers.get_list("set-cookie"))


def test_the_log_in_form_cannot_be_sent_from_elsewhere(stranger, ann):
    form = {"name": "ann", "password": PASSWORD}
    stranger.get("/login")
    assert stranger.post("/login", data=form).status_code == 403
    assert stranger.post("/login", data={**form, "token": "guess"}).status_code == 403
    token = re.search(r'name="token" value="([^"]+)"', stranger.get("/login").text)[1]
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert stranger.post("/login", data={**form, "token": token}, headers=header).status_code == 403
    assert stranger.get("/account").status_code == 303


def test_guessing_passwords_is_slowed_and_noted(site, stranger, ann):
    statuses = [sign_in(stranger, "ann", f"guess {n}").status_code for n in range(12)]
    assert statuses[0] == 401 and statuses[-1] == 429 and 303 not in statuses
    assert site.deeds.read(what="sign-in failed", who="ann")[1] >= 5
    typed_wrong = "a password in the wrong field"
    site.access.entries._buckets.clear()
    assert sign_in(stranger, typed_wrong, "x").status_code == 401
    assert all(typed_wrong not in line.model_dump_json() for line in site.deeds.read(limit=1000)[0])


def test_no_difference_between_a_wrong_password_and_no_user(stranger, ann):
    one, other = sign_in(stranger, "ann", "wrong"), sign_in(stranger, "abc", "wrong")
    assert one.status_code == other.status_code == 401
    unmarked = [re.sub(r'value="[^"]*"', "", told.text) for told in (one, other)]
    assert unmarked[0] == unmarked[1]


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.ANALYST, Role.ADMIN])
def test_every_route_is_refused_to_a_lesser_role(site, role):
    routes = [route for route in all_routes(make_app(site).router) if isinstance(least_of(route.endpoint), Role)]
    client = TestClient(make_app(site), "http://localhost", raise_server_exceptions=False, follow_redirects=False)
    if role:
        user = site.access.people.add("ann", PASSWORD, role)
        _, secret = site.access.people.make_token(user.name, "", 1)
        client.headers["Authorization"] = f"Bearer {secret}"
    refused = 0
    for route in routes:
        least = least_of(route.endpoint)
        for method, path, body in calls([route]):
            if path.endswith(("/events", "/stream")) and role:
                continue
            status = client.request(method, path, **body).status_code
            if role is None:
                assert status == 401, (method, path)
            elif not role.covers(least):
                assert status == 403, (method, path, role)
                refused += 1
            else:
                assert status not in (401, 403, 500) or path == "/account/password", (method, path, role, status)
    assert refused > (8 if role is Role.VIEWER else 0 if role is Role.ANALYST else -1)


def test_a_role_taken_away_counts_at_once(site, ann):
    token = csrf_of(ann)
    site.access.people.change("ann", role=Role.VIEWER)
    assert ann.post("/submissions", data={"csrf": token, "text": "https://a.example"}).status_code == 401
    sign_in(ann, "ann")
    assert ann.get("/").headers["location"] == "/cases", "who may only read has no form"
    assert ann.post("/submissions", data={"csrf": csrf_of(ann), "text": "https://a.example"}).status_code == 403


def test_the_password_is_changed_by_whoever_knows_it(site, ann):
    other = TestClient(make_app(site), "http://localhost", follow_redirects=False)
    sign_in(other, "ann")
    new = "another fine sentence"

    def change(**form):
        sent = {"csrf": csrf_of(ann), "old": PASSWORD, "new": new, "again": new, **form}
        return ann.post("/account/password", data=sent).status_code

    assert change(old="wrong") == change(again="x") == change(new="short", again="short") == 422
    assert change(csrf="") == 403
    assert change() == 303
    assert ann.get("/account").status_code == 200 and other.get("/account").status_code == 303
    assert site.access.people.sign_in("ann", new) and not site.access.people.sign_in("ann", PASSWORD)


def test_limits_bind_the_user_over_sessions_and_tokens(site, ann):
    _, secret = site.access.people.make_token("ann", "", 1)
    token = csrf_of(ann)
    for number in range(30):
        ann.post("/submissions", data={"csrf": token, "text": f"https://s{number}.example"})
    program = TestClient(make_app(site), "http://localhost", headers={"Authorization": f"Bearer {secret}"})
    assert program.post("/api/v1/submissions", json={"url": "https://one-more.example"}).status_code == 429
    bob = signed_in(site, "bob")
    told = bob.post("/submissions", data={"csrf": csrf_of(bob), "text": "https://one-more.example"})
    assert told.status_code == 303


def test_the_log_is_for_administrators_and_inert(site, ann):
    site.deeds.note("ann", "submitted", "x", "<img src=x onerror=alert(1)>\r\nSet-Cookie: a=b\u202e")
    assert ann.get("/audit").status_code == 403
    boss = signed_in(site, "boss", Role.ADMIN)
    told = boss.get("/audit", params={"who": "ann", "what": "submitted", "page": "-1"})
    assert told.status_code == 200 and "&lt;img src=x" in told.text
    assert "<img" not in told.text and "\u202e" not in told.text
    assert boss.get("/audit", params={"page": "999"}).status_code == 200
