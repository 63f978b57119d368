"""A scenario: how the people of a country are asked about a fine, as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from prober.models.base import Noun

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class CheckDigit(Noun):
    """A published check-digit rule.

    method: 'weighted' (weight rows and a modulus), 'luhn', 'mod97' (ISO 7064 MOD 97-10, two digits),
        'mod11_2', 'mod11_10', 'mod37_36' (ISO 7064).
    modulus, passes: for 'weighted': weight rows, tried in turn while the remainder has no character;
        a row shorter than the value is repeated.
    position: index of the check character in the part that is checked.
    map: remainder -> character, e.g. '0123456789X'; '' for the digit itself (10 and more have none).
    fallback: character where no pass gives one; '' where such a number is never issued.
    span: slice 'a:b' of the text that the rule covers, '' for all of it.
    letters: values of letters, e.g. {'ABC': 1} gives A, B and C the value 1; rules over digits need none.
    """

    method: Literal["weighted", "luhn", "mod97", "mod11_2", "mod11_10", "mod37_36"] = "weighted"
    modulus: int = 11
    passes: tuple[tuple[int, ...], ...] = ()
    position: int = -1
    map: str = ""
    fallback: str = ""
    span: str = ""
    letters: dict[str, int] = Field(default_factory=dict)


class Pattern(Noun):
    """How to make values of one kind and grade.

    shape: characters to draw, e.g. '000[QXYZ]{3}9[0-9]' in the small language of identities.patterns.
    why: one sentence for a layman, with the source; '{text}', '{last}' and '{right}' are replaced by
        the value, its check character and the one that the rule demands.
    check: 'fail' breaks the check digit under every reading of the rule, 'pass' makes it right.
    last_resort: only for values that the site's own script demands after refusing a failing check digit.
    """

    grade: str
    shape: str
    proof: Literal["absolute", "convention", "none"]
    why: str
    check: Literal["fail", "pass", "none"] = "none"
    check_digit: CheckDigit | None = None  # where it differs from that of the kind
    parts: dict[str, str] = Field(default_factory=dict)  # part name -> slice 'a:b' of the text
    last_resort: bool = False


class ValueSpec(Noun):
    """One kind of value, from the most plausible grade to the plainly wrong.

    make: name of a ready ladder of identities.ready; own `patterns` come after its own.
    """

    kind: str
    check_digit: CheckDigit | None = None
    make: str = ""
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
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: str
    title: dict[str, str]
    country: str = Field(pattern=r"^([A-Z]{2})?$")  # ISO 3166-1 alpha-2, '' for none
    languages: tuple[str, ...] = Field(min_length=1)  # lexicons to read with, most likely first
    locale: LanguageTag  # BCP 47
    accept_languages: tuple[LanguageTag, ...] = Field(min_length=1)
    timezone: str = Field(pattern=r"^(UTC|[A-Z][A-Za-z_]+(/[A-Za-z_+-]+){1,2})$")  # IANA
    profile: Literal["phone", "desktop"] = "phone"
    visits: int = Field(default=6, ge=2, le=20)  # loads of the suspect by a fresh context, at most
    debt: str  # what is claimed: 'traffic_fine', 'toll', 'parking', 'parcel_fee', 'tax', ...
    asks: tuple[str, ...] = Field(
        min_length=1
    )  # value kinds in the order in which they say most, e.g. ('plate', 'personal_id')
    currencies: tuple[Currency, ...]  # ISO 4217
    values: tuple[ValueSpec, ...]
    bodies: tuple[Body, ...] = ()
    official: Official = Official()
    words: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)  # language -> category -> words
    choose_when: dict[str, tuple[str, ...]] = Field(
        default_factory=dict
    )  # hints for scenario 'auto': languages, words, tlds


class OfficialFile(Noun):
    """The hosts that no scenario of any country may probe: `scenarios/everywhere/official.yaml`."""

    schema_: Literal["prober/official/1"] = Field(alias="schema")
    official: Official
