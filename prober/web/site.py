"""Everything that the routes share, and what they may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from fastapi import Request

from prober.app.intake import admit, pick_link
from prober.app.plan_of_run import place_of
from prober.catalog import load_scenario, scenario_names
from prober.errors import UsageError
from prober.models.people import Role
from prober.store.access.deeds import Deeds
from prober.store.folder import CASE
from prober.web.access import Access
from prober.web.cases import Cases
from prober.web.problems import Refused, not_found
from prober.web.roles import Principal
from prober.web.run_desk import RunDesk
from prober.web.settings import ServeOptions
from prober.web.shell import Tally
from prober.web.submissions import Submission, Submissions, seen_by
from prober.web.worker import Checker

TEXT_LIMIT = 8000  # characters of what is pasted


@dataclass
class Site:
    """One running server."""

    options: ServeOptions
    access: Access
    submissions: Submissions
    worker: Checker
    cases: Cases
    tally: Tally
    desk: RunDesk
    deeds: Deeds

    def submit(self, text: str, scenario: str, who: Principal, *, again: bool = False, key: str = "") -> Submission:
        """Take in an address or a message; a suspect in work is joined unless asked for again.

        Whoever joins sees the case from then on, as if it were theirs.

        Raises:
            UsageError: no address in it, or one that must not be probed.
            Refused: too many are waiting, or its host was visited too often in the last hour, by whomever.
        """
        text = text.strip()
        if not text or len(text) > TEXT_LIMIT:
            raise UsageError(f"Paste an address or a message of at most {TEXT_LIMIT} characters.")
        if scenario != "auto":
            if scenario not in scenario_names():  # a name only: never a file of the caller's choice
                raise UsageError(f"There is no scenario '{scenario[:60]}'.")
            load_scenario(scenario)
        key = f"{who.name}\n{key}" if key else ""
        if known := self.submissions.with_key(key):
            return known
        url, place, others = self._link(text)
        if not again and (working := self.submissions.in_work(url, scenario)):
            joined = who.holders - set(working.holders)
            if joined or working.by != who.name:
                self.note(who, "joined", working.id, working.url)
            if joined:
                return self.submissions.change(working.id, holders=tuple(sorted({*working.holders, *joined})))
            return working
        if len(self.submissions.active()) >= self.options.waiting:
            raise Refused(503, "full", "Too many checks are waiting; try again in a while.", retry_after=30)
        lately = datetime.now(UTC) - timedelta(hours=1)
        if self.submissions.since(place, lately) >= self.options.host_cases:
            raise Refused(429, "host_budget", f"{place} was checked often enough for an hour.", retry_after=600)
        made = self.submissions.add(url, text, scenario, place, others, key, by=who.name, holders=who.holders)
        self.note(who, "submitted", made.id, made.url)
        self.worker.wake()
        return made

    def cancel(self, submission: Submission, who: Principal) -> None:
        """Give up a submission. Raises Refused (403) where others wait for it too."""
        if not self.may_cancel(submission, who):
            raise Refused(
                403, "others_wait", "Somebody else asked for this check; they or an administrator can end it."
            )
        self.note(who, "cancelled", submission.id, submission.url)
        self.worker.cancel(submission.id)

    def close(self) -> None:
        """End all live streams."""
        self.submissions.close()
        self.desk.runs.close()

    def may_cancel(self, submission: Submission, who: Principal) -> bool:
        """Whoever asked for it, unless others have joined; administrators always."""
        return who.role is Role.ADMIN or (
            submission.by == who.name and who.may(Role.ANALYST) and who.holders.issuperset(submission.holders)
        )

    def submission(self, id: str, who: Principal) -> Submission:
        """A submission that they may see. Raises Refused (404), which does not tell whether there is one."""
        found = self.submissions.get(id)
        if found is None or not seen_by(found, who.by):
            raise not_found("submission")
        return found

    def case(self, id: str, who: Principal, *, finished: bool = False) -> Path:
        """The folder of a case that they may see. Raises Refused (404), which does not tell whether there is one."""
        folder = self.cases.folder(id)
        if folder is None or not self.cases.held(folder.name, who.by) or (finished and not (folder / CASE).is_file()):
            raise not_found("case")
        return folder

    def note(self, who: Principal, what: str, subject: str = "", detail: str = "") -> None:
        """A line of the audit log."""
        self.deeds.note(who.name, what, subject, detail, who.address)

    def _link(self, text: str) -> tuple[str, str, tuple[str, ...]]:
        """(URL, place, other links) of an address or a whole message."""
        private = self.options.check.allow_private
        given, others = text, tuple[str, ...]()
        if any(char.isspace() for char in text):
            given, others = pick_link(text, allow_private=private)
        suspect = admit(given, allow_private=private)
        return suspect.url, place_of(suspect.host), others[:20]


def site_of(request: Request) -> Site:
    """The server that answers a request."""
    return cast(Site, request.app.state.site)


def asker(request: Request) -> Principal:
    """Who asks; the guard has made sure that somebody does."""
    return cast(Principal, request.state.principal)
