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
    """Who asks. name: unique, for the audit log; shown: for people.

    holders: what a case must be held by for them to see it, None for all cases. csrf: '' for programs' tokens.
    user: the user's id, '' for whoever opened the server's own link or bears its own token.
    """

    name: str
    shown: str
    role: Role
    holders: frozenset[str] | None
    csrf: str = ""
    user: str = ""
    team: str = ""

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
