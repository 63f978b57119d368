"""Users with their sessions and tokens."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from prober.errors import UsageError
from prober.models.people import Role, Token, User
from prober.store.access.database import open_access, told
from prober.store.access.passwords import accepted, fits, hashed, outdated
from prober.store.access.tables import sessions, tokens, users

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
TEAM = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
SESSION = timedelta(days=14)
IDLE = timedelta(days=2)
_SEEN_EVERY = timedelta(minutes=5)  # an open page must not write at every request
PREFIX = "prober_"  # of tokens, so that a scanner of leaked secrets knows them


class People:
    """The users kept at `where`: a file or a `postgresql://` URL. Every method raises StoreError."""

    def __init__(self, where: Path | str) -> None:
        self.where = where
        self.engine = open_access(where)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def any(self) -> bool:
        """Whether there is any user, also one who may not come in: then no link opens the server any more."""
        return self._one(select(users.c.id).limit(1)) is not None

    def all(self) -> tuple[User, ...]:
        """Everybody, by name."""
        with told(self.where), self.engine.connect() as connection:
            return tuple(_user(row) for row in connection.execute(select(users).order_by(users.c.name)).mappings())

    def find(self, name: str) -> User:
        """A user by name. Raises UsageError."""
        row = self._one(select(users).where(users.c.name == name.casefold()))
        if row is None:
            raise UsageError(f"There is no user '{name[:64]}'; prober users list shows them.")
        return _user(row)

    def add(self, name: str, password: str, role: Role, team: str = "", shown: str = "") -> User:
        """A new user. Raises UsageError: the name is taken, or name, team or password cannot be used."""
        name, now = name.casefold(), datetime.now(UTC)
        if not NAME.fullmatch(name):
            raise UsageError(
                "A user's name has 1 to 64 of a-z, 0-9, '.', '_', '-' and '@', and begins with a letter or digit."
            )
        values = {
            "id": secrets.token_hex(8), "name": name, "shown": _shown(shown) or name, "role": role.value,
            "team": _team(team), "password": hashed(accepted(password, name)), "made_at": now,
        }  # fmt: skip
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(users).values(**values))
        except IntegrityError as problem:
            raise UsageError(f"There is a user '{name}' already; prober users change alters one.") from problem
        return self.find(name)

    def change(
        self, name: str, *, role: Role | None = None, team: str | None = None, shown: str | None = None,
        password: str | None = None, disabled: bool | None = None,
    ) -> User:  # fmt: skip
        """Alter a user; whoever is signed in as them must sign in again, their tokens go on with the new role."""
        user, values = self.find(name), dict[str, Any]()
        if role is not None:
            values["role"] = role.value
        if team is not None:
            values["team"] = _team(team)
        if shown is not None:
            values["shown"] = _shown(shown) or user.name
        if password is not None:
            values["password"] = hashed(accepted(password, user.name))
        if disabled is not None:
            values["disabled_at"] = datetime.now(UTC) if disabled else None
        with told(self.where), self.engine.begin() as connection:
            if values:
                connection.execute(update(users).where(users.c.id == user.id).values(**values))
            connection.execute(delete(sessions).where(sessions.c.user_id == user.id))
        return self.find(name)

    def sign_in(self, name: str, password: str) -> User | None:
        """Who has this name and password; None for nobody, after the same time. Slow by intent."""
        row = self._one(select(users).where(users.c.name == name.casefold()[:64]))
        fit = fits(row["password"] if row is not None else "", password[:MOST_TYPED])
        if row is None or not fit or row["disabled_at"] is not None:
            return None
        if outdated(row["password"]):
            with told(self.where), self.engine.begin() as connection:
                renewed = update(users).where(users.c.id == row["id"]).values(password=hashed(password))
                connection.execute(renewed)
        return _user(row)

    def open_session(self, user: User) -> str:
        """The cookie of a new session; old ones of everybody are swept."""
        cookie, now = secrets.token_urlsafe(32), datetime.now(UTC)
        values = {"digest": digest(cookie), "user_id": user.id, "csrf": secrets.token_urlsafe(24)}
        with told(self.where), self.engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.opened_at < now - SESSION))
            connection.execute(insert(sessions).values(**values, opened_at=now, seen_at=now))
        return cookie

    def session(self, cookie: str) -> tuple[User, str] | None:
        """Whose session it is, and the token of its forms; None when it ended or its user was disabled."""
        joined = select(users, sessions.c.csrf, sessions.c.opened_at, sessions.c.seen_at).join(
            sessions, sessions.c.user_id == users.c.id
        )
        row = self._one(joined.where(sessions.c.digest == digest(cookie), users.c.disabled_at.is_(None)))
        now = datetime.now(UTC)
        if row is None or now - row["opened_at"] > SESSION or now - row["seen_at"] > IDLE:
            return None
        if now - row["seen_at"] > _SEEN_EVERY:
            with told(self.where), self.engine.begin() as connection:
                here = sessions.c.digest == digest(cookie)
                connection.execute(update(sessions).where(here).values(seen_at=now))
        return _user(row), str(row["csrf"])

    def close_session(self, cookie: str) -> None:
        """End one session."""
        with told(self.where), self.engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(cookie)))

    def make_token(self, name: str, label: str, days: int) -> tuple[Token, str]:
        """A program's token for a user, and its secret, which is never shown again. days: 0 for no end."""
        user, secret, now = self.find(name), PREFIX + secrets.token_urlsafe(32), datetime.now(UTC)
        made = Token(
            id=secrets.token_hex(4), user=user.name, label=_shown(label), made_at=now,
            expires_at=now + timedelta(days=days) if days else None,
        )  # fmt: skip
        values = {**made.model_dump(exclude={"user"}), "user_id": user.id, "digest": digest(secret)}
        with told(self.where), self.engine.begin() as connection:
            connection.execute(insert(tokens).values(**values))
        return made, secret

    def bearer(self, secret: str) -> User | None:
        """Whose token it is; None when it is nobody's, ended, or its user was disabled."""
        now = datetime.now(UTC)
        joined = select(users, tokens.c.id.label("token"), tokens.c.expires_at, tokens.c.used_at).join(
            tokens, tokens.c.user_id == users.c.id
        )
        row = self._one(joined.where(tokens.c.digest == digest(secret), users.c.disabled_at.is_(None)))
        if row is None or (row["expires_at"] is not None and row["expires_at"] <= now):
            return None
        if row["used_at"] is None or now - row["used_at"] > _SEEN_EVERY:
            with told(self.where), self.engine.begin() as connection:
                connection.execute(update(tokens).where(tokens.c.id == row["token"]).values(used_at=now))
        return _user(row)

    def tokens(self, name: str = "") -> tuple[Token, ...]:
        """All tokens, or those of one user."""
        columns = (tokens.c.id, users.c.name.label("user"), tokens.c.label, tokens.c.made_at, tokens.c.expires_at)
        query = select(*columns, tokens.c.used_at).join(users, tokens.c.user_id == users.c.id)
        if name:
            query = query.where(users.c.id == self.find(name).id)
        with told(self.where), self.engine.connect() as connection:
            found = connection.execute(query.order_by(users.c.name, tokens.c.made_at)).mappings()
            return tuple(Token.model_validate(dict(row)) for row in found)

    def revoke(self, id: str) -> Token:
        """End a token. Raises UsageError."""
        found = next((token for token in self.tokens() if token.id == id), None)
        if found is None:
            raise UsageError(f"There is no token '{id[:16]}'; prober tokens list shows them.")
        with told(self.where), self.engine.begin() as connection:
            connection.execute(delete(tokens).where(tokens.c.id == id))
        return found

    def _one(self, query: Any) -> Any:
        with told(self.where), self.engine.connect() as connection:
            return connection.execute(query).mappings().first()


MOST_TYPED = 1024  # characters of a password that are looked at; longer ones are nobody's


def digest(secret: str) -> str:
    """What is kept of a cookie or a token."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _user(row: Any) -> User:
    return User.model_validate({name: row[name] for name in User.model_fields})


def _team(team: str) -> str:
    if team and not TEAM.fullmatch(team.casefold()):
        raise UsageError("A team's name has 1 to 40 of a-z, 0-9, '.', '_' and '-'.")
    return team.casefold()


def _shown(text: str) -> str:
    """A name for people: one line of printable characters."""
    text = " ".join(text.split())
    if len(text) > 80 or not text.isprintable():
        raise UsageError("A name or label for people has at most 80 printable characters.")
    return text
