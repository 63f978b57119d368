"""A scenario: how the people of a country are asked about a fine, as data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from prober.models.base import Noun


class CheckDigit(Noun):
    """A published check-digit rule. `passes` are weight rows tried in turn while the remainder is 10 (modulus 11)."""

    modulus: int
    passes: tuple[tuple[int, ...], ...]
    position: int = -1  # index of the check digit in the digits of the value
    map: str = ""  # remainder -> character where it is not the digit itself, e.g. '10X98765432'


class Pattern(Noun):
    """How to make values of one kind and grade.

    shape: characters to draw, e.g. '000[QXYZ]{3}9[0-9]' in the small language of identities.patterns.
    breaks: impossibilities it carries, each one sentence with its source.
    """

    grade: str
    shape: str
    proof: Literal["absolute", "convention", "none"]
    why: str
    check: Literal["fail", "pass", "none"] = "none"
    parts: dict[str, str] = Field(default_factory=dict)  # part name -> slice 'a:b' of the text
    last_resort: bool = False


class ValueSpec(Noun):
    """One kind of value, from the most plausible grade to the plainly wrong."""

    kind: str
    check_digit: CheckDigit | None = None
    make: str = ""  # name of a built-in maker ('kz_iin', 'kz_plate', 'phone', ...), '' when patterns say all
    patterns: tuple[Pattern, ...] = ()
    source: str = ""


class Body(Noun):
    """An official body that scams pose as."""

    key: str
    names: tuple[str, ...]  # as written on pages, any language; matched after normalisation
    short: tuple[str, ...] = ()  # names too short to convict alone, e.g. 'eGov', '1414'
    hosts: tuple[str, ...]  # registrable domains or exact public suffixes that are really its own
    tokens: tuple[str, ...] = ()  # parts of look-alike host names
    report_to: str = ""


class Official(Noun):
    """Hosts never to probe. `hosts` match themselves and every subdomain; `suffixes` are public suffixes."""

    suffixes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()  # gateways: never followed, posted to or framed; sub-resources allowed
    checked_on: str = ""


class Scenario(Noun):
    """One YAML file. Loaded, checked and located (file, line, field) by the catalog."""

    schema_: Literal["prober/scenario/1"] = Field(alias="schema")
    name: str
    version: str
    title: dict[str, str]
    country: str  # ISO 3166-1 alpha-2, '' for none
    languages: tuple[str, ...]  # lexicons to read with, most likely first
    locale: str  # BCP 47
    accept_languages: tuple[str, ...]
    timezone: str  # IANA
    profile: Literal["phone", "desktop"] = "phone"
    visits: int = 6
    debt: str  # what is claimed: 'traffic_fine', 'toll', 'parking', 'parcel_fee', 'tax', ...
    asks: tuple[str, ...]  # value kinds in the order in which they say most, e.g. ('plate', 'personal_id')
    currencies: tuple[str, ...]  # ISO 4217
    values: tuple[ValueSpec, ...]
    bodies: tuple[Body, ...] = ()
    official: Official = Official()
    words: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)  # language -> category -> words
    choose_when: dict[str, tuple[str, ...]] = Field(
        default_factory=dict
    )  # hints for scenario 'auto': languages, words, tlds
