"""Each route says the least role that may use it; what says nothing is refused to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from prober.models.people import Role

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_MARK = "_prober_least"


@dataclass(frozen=True)
class Principal:
    """Who asks. name: unique, for the audit log; shown: for people. address: where from.

    holders: what their cases are held by, empty for whoever opened the server's own link or bears its own token.
    csrf: '' for programs' tokens. user: whether they have a name and a password of their own.
    """

    name: str
    shown: str
    role: Role
    holders: frozenset[str] = frozenset()
    csrf: str = ""
    user: bool = False
    address: str = ""

    @property
    def by(self) -> frozenset[str] | None:
        """What a case must be held by for them to see it; None sees all."""
        return None if self.role is Role.ADMIN else self.holders

    def may(self, least: Role) -> bool:
        """Whether they have at least that role."""
        return self.role.covers(least)


def least(role: Role) -> Callable[[Endpoint], Endpoint]:
    """Declares who may use a route: stands below its `@router` line."""

    def marked(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _MARK, role)
        return endpoint

    return marked


def public(endpoint: Endpoint) -> Endpoint:
    """Declares that anybody may use a route."""
    setattr(endpoint, _MARK, "public")
    return endpoint


def least_of(endpoint: object) -> Role | Literal["public"] | None:
    """What a route declares; None: nothing, so nobody may."""
    return getattr(endpoint, _MARK, None)
