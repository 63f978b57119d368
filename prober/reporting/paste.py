"""Text for desks that take reports through a page of theirs: ready to paste, with where each address comes from."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml

from prober.reporting.desks import NOT_CHECKED, desks
from prober.reporting.dossier import Contact, Dossier, Manner
from prober.reporting.letters import claims
from prober.reporting.page_one import request, yourself
from prober.reporting.text import harmless


def paste_text(dossier: Dossier, manner: Manner) -> str:
    """All desks with the source and age of their addresses, then the text that fits every form of theirs.

    The address of the page is written as it is: a form takes no other.
    """
    contacts = (*desks(dossier), *web_forms())
    listed = [_line(manner, contact) for contact in contacts]
    url = harmless(dossier.case.final_url or dossier.case.url, 2000)
    steps = [f"{number}. {line}" for number, line in enumerate(yourself(dossier, manner), 1)]
    block = [url, *claims(dossier, manner), "\n".join(steps), request(dossier, manner)]
    title = manner.words("letter.forms")
    return "\n".join([*listed, "", title, "", "\n\n".join(filter(None, block)), ""])


def _line(manner: Manner, contact: Contact) -> str:
    where = contact.address or contact.form or manner.words("statuses.unknown")
    origin = ", ".join(part for part in (contact.source, contact.checked) if part)
    desk = harmless(contact.name, 80) or manner.words.one("letter.desks", contact.desk)
    return f"{desk}: {where}" + (f" ({origin})" if origin else "")


@lru_cache(maxsize=1)
def web_forms() -> tuple[Contact, ...]:
    """The desks everywhere that have a form."""
    rows = yaml.safe_load(resources.files("prober.reporting").joinpath("web_forms.yaml").read_text("utf-8"))
    return tuple(
        Contact("form", row["name"], "", row["form"], row["source"], row["checked_on"] or NOT_CHECKED) for row in rows
    )
