"""A suite: which scenarios to use for which suspect of a list."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from prober.models.base import Noun


class SuiteRule(Noun):
    """Use these scenarios where one of the conditions holds.

    tlds: endings of the suspect's host, e.g. 'kz', 'com.kz'.
    hosts: host names, with all their subdomains.
    tokens: parts of the host name, e.g. 'shtraf'.
    languages: languages of the landing page or given with the list.
    """

    use: tuple[str, ...] = Field(min_length=1)
    tlds: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Suite(Noun):
    """One YAML file under `scenarios/suites`.

    mode: 'choose' takes the first rule that holds, else lets the landing page decide among `scenarios`;
        'all' runs every scenario on every suspect.
    """

    schema_: Literal["prober/suite/1"] = Field(alias="schema")
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: dict[str, str]
    mode: Literal["choose", "all"] = "choose"
    scenarios: tuple[str, ...] = Field(min_length=1)
    rules: tuple[SuiteRule, ...] = ()

    model_config = Noun.model_config | {"populate_by_name": True}
