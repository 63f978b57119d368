"""Indicators of a case: a CSV for analysts and lines for block lists, with an end date and without bystanders."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from prober.models.scenario import Scenario
from prober.reporting.exports.subject import Subject, blockable
from prober.reporting.text import for_cell

LIFE = timedelta(days=30)  # pages of this kind seldom live longer; a re-check renews
COLUMNS = (
    "type",
    "value",
    "role",
    "block",
    "first_seen",
    "last_seen",
    "expires",
    "verdict",
    "reviewed",
    "tlp",
    "pap",
    "matter",
    "case",
)


@dataclass(frozen=True)
class Indicator:
    """One observable. block: may stand in a block list; addresses never do, since hosting is shared."""

    type: Literal["url", "domain", "ip"]
    value: str
    role: str
    block: bool
    first_seen: datetime
    last_seen: datetime

    @property
    def expires(self) -> datetime:
        """When to forget it unless it was seen again."""
        return self.last_seen + LIFE


def indicators(subject: Subject, scenario: Scenario) -> tuple[Indicator, ...]:
    """Everything worth watching for; nothing is for blocking unless the verdict stands."""
    times = (subject.first_seen, subject.last_seen)
    whole_host = subject.scope in ("domain", "host") and blockable(subject.host, scenario)
    found = [Indicator("url", subject.url, "page", subject.actionable, *times)]
    found.append(Indicator("domain", subject.host, "page", subject.actionable and whole_host, *times))
    found += [Indicator("domain", host, "receives data", False, *times) for host in subject.targets]
    found += [Indicator("ip", address, "serves page", False, *times) for address in subject.addresses]
    return tuple(found)


def as_csv(subject: Subject, found: Iterable[Indicator]) -> str:
    """The indicators as CSV; addresses are live, and no cell is a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in found:
        dates = (f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (one.first_seen, one.last_seen, one.expires))
        cells = (one.type, one.value, one.role, "yes" if one.block else "no", *dates, subject.verdict)
        reviewed = "yes" if subject.reviewed else "no"
        table.writerow(
            [
                for_cell(cell)
                for cell in (*cells, reviewed, subject.tlp, subject.pap, subject.matter.number, subject.case_id)
            ]
        )
    return out.getvalue()


def as_block_list(subject: Subject, found: Iterable[Indicator]) -> str:
    """Plain lines, one host or URL each; empty but for its heading where nothing may be blocked."""
    lines = [f"# prober {subject.case_id}, seen {subject.last_seen:%Y-%m-%dT%H:%M:%SZ}"]
    chosen = [one for one in found if one.block]
    hosts = [one.value for one in chosen if one.type == "domain"]
    lines += hosts or [one.value for one in chosen if one.type == "url"]
    return "\n".join(lines) + "\n"
