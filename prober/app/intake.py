"""From what a user pastes to the one address to check."""

from __future__ import annotations

from prober.catalog import official_hosts
from prober.errors import SuspectRefused, UsageError
from prober.guard.suspect import extract_links, refuse_suspect


def pick_link(text: str, *, allow_private: bool = False) -> tuple[str, tuple[str, ...]]:
    """The first link of a message that may be probed, and the other links.

    Raises:
        UsageError: there is no link in the text.
        SuspectRefused: every link is official or refused.
    """
    links = extract_links(text)
    if not links:
        raise UsageError("There is no link in this text; paste the whole message, or give the address itself.")
    official = official_hosts()
    names = (*official.suffixes, *official.hosts, *official.payment)
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
