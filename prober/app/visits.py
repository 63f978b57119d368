"""How a case's visits show themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from prober.catalog import official_hosts
from prober.guard.suspect import Suspect
from prober.models.scenario import Scenario
from prober.plan.arms import Arm
from prober.ports import Visit

if TYPE_CHECKING:
    from prober.app.check import CheckOptions

_TOKEN = re.compile(
    r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{4,}$|[A-Za-z0-9_-]{16,}$|(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{5,}$"
)


HAND = 0.15  # seconds between keys of a person on a phone


def strip_token(url: str) -> str:
    """The address without what may name its addressee: the query, and a last path part that looks random."""
    parts = urlsplit(url)
    path = parts.path
    segments = path.split("/")
    if segments and _TOKEN.match(segments[-1]) and "." not in segments[-1]:
        path = "/".join(segments[:-1]) + "/"
        if len(segments) > 2 and len(segments[-2]) == 1:
            path = "/".join(segments[:-2]) + "/"
    return urlunsplit((parts.scheme, parts.netloc, path or "/", "", ""))


def visit_for(scenario: Scenario, arm: Arm, suspect: Suspect, options: CheckOptions, seconds: float) -> Visit:
    """The context of one probe, `seconds` long: device, languages and clock of a victim of this scenario."""
    official = official_hosts()
    languages = scenario.accept_languages
    locale = scenario.locale
    if arm.language:
        languages = (arm.language, *languages)
        locale = arm.language
    return Visit(
        profile=arm.profile,
        locale=locale,
        accept_languages=languages,
        timezone=scenario.timezone,
        referer=options.referer,
        proxy=options.proxy,
        resolve=options.resolve,
        allow_private=options.allow_private,
        suspect_host=suspect.host,
        official=(*official.suffixes, *official.hosts),
        payment=official.payment,
        virtual_time=options.virtual_time and arm.virtual_time and not options.attended,
        keystroke=0.0 if arm.virtual_time else HAND,
        deadline=seconds,
    )
