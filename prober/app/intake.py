"""From what a user pastes to the one address to check."""

from __future__ import annotations

from prober.catalog import official_hosts
from prober.errors import SuspectRefused, UsageError
from prober.guard.suspect import Suspect, extract_links, normalise, refuse_suspect


def admit(given: str, *, allow_private: bool = False, pap: str = "CLEAR") -> Suspect:
    """The suspect that a user gave, if it may be probed at all; nothing is sent or written.

    pap: the Permissible Actions Protocol's mark of the case.

    Raises:
        UsageError: the address is malformed.
        SuspectRefused: it is official, private, or marked so that nothing may be sent to it.
    """
    suspect = normalise(given)
    if pap in ("AMBER", "RED"):
        raise SuspectRefused(f"{suspect.host} is marked PAP:{pap}: nothing may be sent to it, so it is not probed.")
    refuse_suspect(suspect, official=_protected(), allow_private=allow_private)
    return suspect


def pick_link(text: str, *, allow_private: bool = False) -> tuple[str, tuple[str, ...]]:
    """The first link of a message that may be probed, and the other links.

    Raises:
        UsageError: there is no link in the text.
        SuspectRefused: every link is official or refused.
    """
    links = extract_links(text)
    if not links:
        raise UsageError("There is no link in this text; paste the whole message, or give the address itself.")
    names = _protected()
    refused: SuspectRefused | None = None
    for link in links:
        try:
            refuse_suspect(link, official=names, allow_private=allow_private)
        except SuspectRefused as error:
            refused = refused or error
            continue
        return link.given, tuple(other.url for other in links if other != link)
    assert refused is not None
    raise refused


def _protected() -> tuple[str, ...]:
    """The hosts that are never probed."""
    official = official_hosts()
    return (*official.suffixes, *official.hosts, *official.payment)
