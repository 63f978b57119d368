"""What a practice site is: its name, what it practises, which verdicts are right, and how its server is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.types import ASGIApp

Kind = Literal["scam", "honest", "obstacle", "hostile"]


@dataclass(frozen=True)
class Site:
    """One practice site.

    Attributes:
        name: a DNS label without ``--``; the site answers at ``NAME.localhost`` and ``NAME--ANY.localhost``.
        kind: what its owner is after.
        title: what a visitor takes it for.
        about: one or two sentences for the analyst: what it does with an impossible input.
        languages: BCP 47 codes of the languages on its pages.
        techniques: what it practises, in short lower-case phrases.
        expect: the acceptable verdict words, the best first.
        build: makes the site's application with fresh state; called once per server.
        scenario: the scenario to probe it with, or ``auto`` where prober is to choose one by the page's words.
        entry: path and query of the link a victim gets.
        stateful: what a visitor is told depends on earlier visits, so that only a fresh server gives a fair test.
    """

    name: str
    kind: Kind
    title: str
    about: str
    languages: tuple[str, ...]
    techniques: tuple[str, ...]
    expect: tuple[str, ...]
    build: Callable[[], ASGIApp]
    scenario: str = "kz-fines"
    entry: str = "/"
    stateful: bool = False
