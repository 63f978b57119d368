"""Who can act on a case: what was looked up, the address books, and slots for what nobody has looked up yet."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from prober.errors import UsageError
from prober.reporting.dossier import Contact, Dossier, act_on
from prober.reporting.sentences import capital
from prober.reporting.technical import seen

NOT_CHECKED = "not checked"
EVERYWHERE = "everywhere"  # the part of an address book that counts for every country
MOST_TEXT = 200_000  # characters of a page in which card schemes are looked for


def desks(dossier: Dossier) -> tuple[Contact, ...]:
    """The desks in the order of the reports: platform, registrar, network, CDN, the country's, body, bank or scheme."""
    around, facts = dossier.surroundings, dossier.facts
    scope, _, platform = act_on(dossier)
    wanted = ["platform"] if scope == "host" else []
    wanted += ["registrar", "network"]
    wanted += ["cdn"] if around.cdn else []
    names = {"platform": platform, "registrar": around.registrar, "network": around.network, "cdn": around.cdn}
    found: list[Contact] = []
    for desk in wanted:
        looked_up = [contact for contact in around.contacts if contact.desk == desk]
        if desk == "network" and around.cdn:
            continue  # the address is the CDN's; who hosts behind it is not known
        found += looked_up or [Contact(desk, name=names[desk])]
    found += address_book(dossier.scenario.country)
    if facts.poses:
        body = facts.poses[0][2]
        posed = Contact("body", capital(body.names[0]), body.report_to, "", "scenario" if body.report_to else "")
        found += [posed] if not posed.address or posed.address not in {contact.address for contact in found} else []
    found += _banks(dossier) + [contact for contact in around.contacts if contact.desk in ("bank", "registry")]
    return tuple(found)


def _banks(dossier: Dossier) -> list[Contact]:
    """Where card details were asked for: the schemes whose names the page shows, else one slot."""
    asked = [step for _, answer in dossier.facts.demanded for step, demand in answer.demands if demand.kind == "card"]
    if not asked:
        return []
    where = {step.url for step in asked}
    blocks = (block for page in seen(dossier) if page.url in where for block in page.blocks if block.visible)
    words = set(re.findall(r"\w+", " ".join(block.text for block in blocks)[:MOST_TEXT].casefold()))
    named = [contact for contact in address_book(EVERYWHERE) if contact.name.casefold() in words]
    return named or [Contact("bank")]


def address_book(country: str) -> tuple[Contact, ...]:
    """The desks of a country: the packaged ones, replaced and joined by those of the user's own file.

    Raises UsageError when that file does not read.
    """
    own = _own()
    books = {(contact.desk, contact.name): contact for contact in (*_packaged(country), *own.get(country, ()))}
    return tuple(books.values())


def own_file() -> Path:
    """PROBER_CONTACTS, else `prober/contacts.yaml` in the user's configuration folder; same form as the packaged one."""
    if named := os.environ.get("PROBER_CONTACTS"):
        return Path(named)
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "prober" / "contacts.yaml"


def _own() -> dict[str, tuple[Contact, ...]]:
    file = own_file()
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise UsageError(f"The address book {file} does not read: {problem}.") from problem
    try:
        return _contacts(text)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as problem:
        raise UsageError(
            f"The address book {file} is not understood ({str(problem)[:120]}); each entry needs desk, name and address."
        ) from problem


@lru_cache(maxsize=1)
def _all_packaged() -> dict[str, tuple[Contact, ...]]:
    return _contacts(resources.files("prober.reporting").joinpath("contacts.yaml").read_text("utf-8"))


def _packaged(country: str) -> tuple[Contact, ...]:
    return _all_packaged().get(country, ())


def _contacts(text: str) -> dict[str, tuple[Contact, ...]]:
    return {str(country): tuple(map(_contact, rows)) for country, rows in (yaml.safe_load(text) or {}).items()}


def _contact(row: dict[str, Any]) -> Contact:
    checked = str(row.get("checked_on") or NOT_CHECKED)
    source = str(row.get("source") or "own address book")
    return Contact(row["desk"], str(row["name"]), str(row["address"]), str(row.get("form") or ""), source, checked)
