"""A server without its worker: what is tested here needs no browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from prober.app.check import CheckOptions
from prober.models.people import Role
from prober.store.access import passwords
from prober.web.app import make_app, make_site
from prober.web.settings import ServeOptions
from prober.web.site import Site
from tests.web.browsing import served, visitor

__all__ = ["served", "visitor"]
TOKEN = "a-token-for-tests"
PASSWORD = "seven green lamps at noon"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def no_browser():
    raise AssertionError("no test here may start a browser")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    check = CheckOptions(output=tmp_path / "cases")
    return make_site(ServeOptions(check=check, token=TOKEN), no_browser)


@pytest.fixture
def stranger(site: Site) -> TestClient:
    """Somebody without a session."""
    return TestClient(make_app(site), "http://localhost", raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def person(site: Site, stranger: TestClient) -> TestClient:
    """Somebody who has used the link."""
    assert stranger.get("/enter", params={"key": site.access.new_link()}).status_code == 303
    return stranger


@pytest.fixture
def program(stranger: TestClient) -> TestClient:
    """Somebody with the token."""
    stranger.headers.update(BEARER)
    return stranger


def csrf_of(client: TestClient) -> str:
    """The token that stands in the form."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/account").text)
    assert found
    return found[1]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are not guessed here, so that their hashes need not be slow."""
    quick = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: quick)


def signed_in(site: Site, name: str, role: Role = Role.ANALYST, team: str = "") -> TestClient:
    """A new user in a browser of their own."""
    site.access.people.add(name, PASSWORD, role, team)
    client = TestClient(make_app(site), "http://localhost", raise_server_exceptions=False, follow_redirects=False)
    assert sign_in(client, name).status_code == 303
    return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **form: str) -> Response:
    """Send the log-in form."""
    found = re.search(r'name="token" value="([^"]+)"', client.get("/login").text)
    assert found
    return client.post("/login", data={"name": name, "password": password, "token": found[1], **form})
