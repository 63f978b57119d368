"""Who uses a server: roles, users, tokens, and what they did."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from prober.models.base import Noun


class Role(StrEnum):
    """What somebody may do; each includes the ones before."""

    VIEWER = "viewer"  # read
    ANALYST = "analyst"  # have addresses checked, review, tell desks
    ADMIN = "admin"  # see everybody's cases and what everybody did

    def covers(self, least: Role) -> bool:
        """Whether this role may do what `least` may."""
        order = list(Role)
        return order.index(self) >= order.index(least)


class User(Noun):
    """A person with a log-in. shown: the name that stands in reviews. team: '' for none."""

    id: str
    name: str
    shown: str
    role: Role
    team: str = ""
    made_at: datetime
    disabled_at: datetime | None = None

    @property
    def holders(self) -> frozenset[str]:
        """What cases are held by for this user to see them."""
        return frozenset({f"user:{self.id}"} | ({f"team:{self.team}"} if self.team else set()))


class Token(Noun):
    """A program's key; it may do what its user may. The key itself is shown once and never stored."""

    id: str
    user: str
    label: str
    made_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None


class Deed(Noun):
    """One line of the audit log: who did what to which submission, case or user."""

    number: int
    at: datetime
    who: str
    what: str
    subject: str = ""
    detail: str = ""
    address: str = ""
