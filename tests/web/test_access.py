"""Nobody gets in but by the link or the token, and nothing is changed from another site."""

import re

from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from prober.models.people import Role
from prober.web.access import Limiter
from prober.web.app import make_app
from prober.web.roles import least_of
from tests.web.conftest import BEARER, csrf_of

URL = {"text": "https://suspect.example/pay"}


def test_every_route_declares_who_may_use_it(site):
    routes = list(all_routes(make_app(site).router))
    assert [route.path for route in routes if least_of(route.endpoint) is None] == []
    open_to_all = {route.path for route in routes if least_of(route.endpoint) == "public"}
    assert open_to_all == {"/enter", "/login", "/healthz", "/static/{name}"}


def test_every_route_is_denied_unless_it_says_otherwise(stranger):
    routes = [route for route in all_routes(stranger.app.router) if isinstance(least_of(route.endpoint), Role)]
    assert len(routes) > 20
    for method, path, body in calls(routes):
        assert stranger.request(method, path, **body).status_code == 401, (method, path)


def test_a_route_that_declares_nothing_is_open_to_nobody(site):
    app = make_app(site)

    @app.get("/forgotten")
    async def forgotten():
        return "secret"

    client = TestClient(app, "http://localhost")
    told = client.get("/forgotten", headers=BEARER)
    assert told.status_code == 403 and "secret" not in told.text


def calls(routes):
    """A well-formed call of each route: (method, path, body)."""
    for route in routes:
        path = route.path.replace("{step}", "1").replace("{detail}", "all").replace("{form}", "stix")
        path = re.sub(r"{\w+}", "x", path.replace("{exhibit}", "E01"))
        for method in route.methods:
            json = method == "POST" and path.startswith("/api")
            yield method, path, {"json": {"url": "https://a.example"}} if json else {}


def all_routes(router):
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif inner := getattr(route, "original_router", None):
            yield from all_routes(inner)


def test_the_link_opens_once_and_its_cookie_is_out_of_reach(stranger, site):
    key = site.access.new_link()
    opened = stranger.get("/enter", params={"key": key})
    cookie = opened.headers["set-cookie"].lower()
    assert opened.status_code == 303 and "httponly" in cookie and "samesite=lax" in cookie
    assert stranger.get("/").status_code == 200
    stranger.cookies.clear()
    assert stranger.get("/enter", params={"key": key}).status_code == 401
    assert stranger.get("/", headers={"Cookie": "prober_session=guess"}).status_code == 401


def test_guessing_links_is_slowed(stranger):
    statuses = [stranger.get("/enter", params={"key": str(n)}).status_code for n in range(14)]
    assert statuses[0] == 401 and statuses[-1] == 429


def test_a_form_needs_the_sessions_token(person, site):
    assert person.post("/submissions", data=URL).status_code == 403
    assert person.post("/submissions", data={**URL, "csrf": "wrong"}).status_code == 403
    token = csrf_of(person)
    foreign = person.post("/submissions", data={**URL, "csrf": token}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert person.post("/api/v1/submissions", json={"url": URL["text"]}).status_code == 403
    assert not site.submissions.active()
    assert person.post("/submissions", data={**URL, "csrf": token}).status_code == 303
    assert len(site.submissions.active()) == 1


def test_leaving_ends_the_session(person):
    token = csrf_of(person)
    cookies = dict(person.cookies)
    assert person.post("/leave", data={"csrf": token}).status_code == 200
    person.cookies.update(cookies)
    assert person.get("/").status_code == 401


def test_the_token_opens_the_api_without_a_form(program):
    assert program.get("/api/v1/cases").status_code == 200
    program.headers["Authorization"] = "Bearer wrong"
    assert program.get("/api/v1/cases").status_code == 401


def test_another_name_for_this_machine_is_not_answered(program):
    assert program.get("/cases", headers={"Host": "rebound.example"}).status_code == 421


def test_too_many_requests_wait():
    limiter = Limiter(size=3, per_second=1)
    assert [limiter.take("a") > 0 for _ in range(4)] == [False, False, False, True]
    assert limiter.take("b") == 0


def test_submissions_are_limited_per_client(program):
    statuses = [
        program.post("/api/v1/submissions", json={"url": f"https://s{n}.example/"}).status_code for n in range(40)
    ]
    assert statuses[:30] == [202] * 30 and statuses[-1] == 429
