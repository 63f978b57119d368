"""Users, sessions and tokens: who is let in, for how long, and what is kept of secrets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, update

from prober.errors import StoreError, UsageError
from prober.models.people import Role
from prober.store.access import passwords
from prober.store.access.people import IDLE, SESSION, People
from prober.store.access.tables import metadata, sessions, tokens

PASSWORD = "seven green lamps at noon"


@pytest.fixture
def people(tmp_path):
    return People(tmp_path / ".web" / "access.sqlite")


@pytest.fixture
def ann(people):
    return people.add("ann", PASSWORD, Role.ANALYST, "cert", "Ann Analyst")


def test_the_migrations_make_the_schema(people):
    found = inspect(people.engine)
    assert {*found.get_table_names()} == {*metadata.tables, "access_version"}
    for name, table in metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == {*table.columns.keys()}


def test_only_the_owner_reads_the_file_and_no_secret_is_in_it(people, ann):
    cookie, (_, secret) = people.open_session(ann), people.make_token("ann", "", 1)
    people.close()
    assert people.where.stat().st_mode & 0o077 == 0
    kept = people.where.read_bytes()
    assert b"$argon2id$" in kept
    for text in (PASSWORD, cookie, secret):
        assert text.encode() not in kept


def test_a_password_lets_in_whom_it_belongs_to(people, ann):
    assert people.sign_in("Ann", PASSWORD) == ann
    for name, password in (("ann", PASSWORD + "x"), ("ann", ""), ("bob", PASSWORD), ("", ""), ("ann", "x" * 5000)):
        assert people.sign_in(name, password) is None
    people.change("ann", disabled=True)
    assert people.sign_in("ann", PASSWORD) is None


def test_a_name_is_taken_once_whatever_its_case(people, ann):
    with pytest.raises(UsageError, match="already"):
        people.add("ANN", PASSWORD, Role.VIEWER)


def test_weak_passwords_are_refused():
    for password in ("short", "aaaaaaaaaaaaaaaa", "abababababababab", "annabel is my name", "x" * 300):
        with pytest.raises(UsageError):
            passwords.accepted(password, "annabel")
    assert passwords.accepted(PASSWORD, "ann") == PASSWORD


def test_an_old_hash_is_renewed_at_the_next_log_in(people, ann, monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", lambda: passwords.PasswordHasher(time_cost=4))
    assert people.sign_in("ann", PASSWORD) and people.sign_in("ann", PASSWORD)
    people.close()
    assert b"t=4" in people.where.read_bytes()


def test_a_session_ends_by_age_by_rest_and_with_its_user(people, ann):
    def aged(**values):
        cookie = people.open_session(ann)
        with people.engine.begin() as connection:
            connection.execute(update(sessions).values(**values))
        return people.session(cookie)

    now = datetime.now(UTC)
    assert aged(seen_at=now)[0] == ann
    assert aged(opened_at=now - SESSION - timedelta(seconds=1)) is None
    assert aged(seen_at=now - IDLE - timedelta(seconds=1)) is None
    cookie = people.open_session(ann)
    people.change("ann", role=Role.VIEWER)
    assert people.session(cookie) is None, "a new role is taken up at a new log-in only"
    cookie = people.open_session(ann)
    people.close_session(cookie)
    assert people.session(cookie) is None and people.session("guess") is None


def test_a_token_ends_by_age_and_with_its_user(people, ann):
    made, secret = people.make_token("ann", "feed", 30)
    assert people.bearer(secret) == ann and people.tokens("ann")[0].used_at
    with people.engine.begin() as connection:
        connection.execute(update(tokens).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert people.bearer(secret) is None
    _, endless = people.make_token("ann", "", 0)
    people.change("ann", disabled=True)
    assert people.bearer(endless) is None
    assert people.revoke(made.id).label == "feed"


def test_a_damaged_database_lets_nobody_in(tmp_path):
    file = tmp_path / "access.sqlite"
    file.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="nobody is let in"):
        People(file)
