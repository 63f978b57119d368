"""Look-ups for a stored case: asked when the user allows it, kept beside the sealed part."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from publicsuffixlist import PublicSuffixList

from prober.errors import BrokenCase
from prober.lookups.ask import FRESH, Ask, Kept, cache_home
from prober.lookups.look import look_up, out_of_dns, status_of
from prober.lookups.online import Online
from prober.models.surroundings import Contact, Surroundings
from prober.store.folder import write_whole
from prober.store.reading import load_case
from prober.verdicts.facts import host_of

FILE = "lookups.json"
FRESH_STATUS = FRESH / 24  # a hold is news


def look_up_case(
    folder: Path,
    ask: Ask | None = None,
    cache: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Surroundings:
    """Ask about the case's domain and address, and write the answers beside the case.

    Raises:
        StoreError: there is no case, or it cannot be written.
    """
    case = load_case(folder)
    host = host_of(case.final_url or case.url)
    address = next((address for one in case.hosts if one.name == host for address in one.addresses), "")
    found = look_up(_domain(host), address, Kept(cache or cache_home(), now, ask or Online()))
    write_whole(folder / FILE, json.dumps(asdict(found), ensure_ascii=False, indent=1).encode() + b"\n")
    return found


def taken_out(
    url: str,
    ask: Ask | None = None,
    cache: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> str:
    """The status by which registry or registrar took a URL's domain out of the DNS, '' for none or where none is told."""
    domain = _domain(host_of(url))
    kept = Kept(cache or cache_home(), now, ask or Online(), FRESH_STATUS)
    return out_of_dns(status_of(domain, kept)) if domain else ""


def _domain(host: str) -> str:
    """The registered domain of a host, '' where nobody registers such names."""
    domain = PublicSuffixList().privatesuffix(host) or ""
    return "" if domain.endswith("localhost") or "." not in domain else domain


def surroundings_of(folder: Path) -> Surroundings:
    """What was looked up for a case; nothing where nobody did. Raises BrokenCase when the file does not read."""
    file = folder / FILE
    if not file.exists():
        return Surroundings()
    try:
        kept: dict[str, Any] = json.loads(file.read_text("utf-8"))
        contacts = tuple(Contact(**contact) for contact in kept.pop("contacts"))
        lists = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
        return Surroundings(**{**kept, **lists, "contacts": contacts})
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise BrokenCase(f"{file} does not read; delete it, then look up again with report --look-up.") from problem
