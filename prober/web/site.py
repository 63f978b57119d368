"""Everything that the routes share, and what they may do with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from fastapi import Request

from prober.app.intake import pick_link
from prober.app.plan_of_run import place_of
from prober.catalog import load_scenario, official_hosts, scenario_names
from prober.errors import UsageError
from prober.guard.suspect import normalise, refuse_suspect
from prober.web.access import Access
from prober.web.cases import Cases
from prober.web.problems import Refused
from prober.web.settings import ServeOptions
from prober.web.shell import Tally
from prober.web.submissions import Submission, Submissions
from prober.web.worker import Worker

TEXT_LIMIT = 8000  # characters of what is pasted


@dataclass
class Site:
    """One running server."""

    options: ServeOptions
    access: Access
    submissions: Submissions
    worker: Worker
    cases: Cases
    tally: Tally

    def submit(self, text: str, scenario: str, *, who: str, again: bool = False, key: str = "") -> Submission:
        """Take in an address or a message; a suspect in work is joined unless asked for again.

        Raises:
            UsageError: no address in it, or one that must not be probed.
            Refused: too many are waiting.
        """
        text = text.strip()
        if not text or len(text) > TEXT_LIMIT:
            raise UsageError(f"Paste an address or a message of at most {TEXT_LIMIT} characters.")
        if scenario != "auto":
            if scenario not in scenario_names():  # a name only: never a file of the caller's choice
                raise UsageError(f"There is no scenario '{scenario[:60]}'.")
            load_scenario(scenario)
        key = f"{who}\n{key}" if key else ""
        if known := self.submissions.with_key(key):
            return known
        url, place, others = self._link(text)
        if not again and (working := self.submissions.in_work(url, scenario)):
            self._audit(who, "joined", working)
            return working
        if len(self.submissions.active()) >= self.options.waiting:
            raise Refused(503, "full", "Too many checks are waiting; try again in a while.", retry_after=30)
        made = self.submissions.add(url, text, scenario, place, others, key)
        self._audit(who, "submitted", made)
        self.worker.wake()
        return made

    def cancel(self, submission: Submission, who: str) -> None:
        """Give up a submission."""
        self._audit(who, "cancelled", submission)
        self.worker.cancel(submission.id)

    def _link(self, text: str) -> tuple[str, str, tuple[str, ...]]:
        """(URL, place, other links) of an address or a whole message."""
        private = self.options.check.allow_private
        given, others = text, tuple[str, ...]()
        if any(char.isspace() for char in text):
            given, others = pick_link(text, allow_private=private)
        suspect = normalise(given)
        official = official_hosts()
        names = (*official.suffixes, *official.hosts, *official.payment)
        refuse_suspect(suspect, official=names, allow_private=private)
        return suspect.url, place_of(suspect.host), others[:20]

    def _audit(self, who: str, what: str, one: Submission) -> None:
        line = {"at": datetime.now(UTC).isoformat(), "who": who, "what": what, "id": one.id, "url": one.url}
        with (self.submissions.folder / "audit.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def site_of(request: Request) -> Site:
    """The server that answers a request."""
    return cast(Site, request.app.state.site)
