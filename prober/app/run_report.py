"""The report of a whole run: its campaigns by name, a report of each bad case with its siblings, letters per campaign."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from prober.app.dossiers import ReportOptions, make_report, open_dossier, write_room
from prober.app.surroundings import look_up_case
from prober.errors import ProberError, UsageError
from prober.models.surroundings import Contact
from prober.reporting.campaign_letters import campaign_letters
from prober.reporting.campaign_page import is_bad, render_campaigns
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.letters import Kind
from prober.reporting.likeness import Campaign, campaigns, traits_of
from prober.reporting.messages import Words
from prober.store.folder import write_whole
from prober.store.trail import add_entry, load_trail, told

log = logging.getLogger(__name__)
PAGE = "campaigns.html"


def is_run(path: Path) -> bool:
    """Whether a folder holds cases instead of being one."""
    return path.is_dir() and not (path / "case.json").exists() and any(path.glob("*/case.json"))


async def make_run_report(
    path: Path, options: ReportOptions, *, letters: bool, live: bool = False, kind: Kind = "report"
) -> tuple[Path, ...]:
    """Write `campaigns.html` into the run's folder, and reports (and letters) of what is bad in it.

    Raises:
        UsageError: there is no case in the folder.
    """
    if options.look_up:
        await asyncio.to_thread(_look_up, path)
    dossiers = await asyncio.to_thread(lambda: tuple(_readable(path)))
    if not dossiers:
        raise UsageError(f"{path} holds no case that reads.")
    groups = await asyncio.to_thread(lambda: campaigns(map(traits_of, dossiers)))

    def manner(dossier: Dossier) -> Manner:
        return Manner(Words(options.lang), options.edition, options.include_secrets, dossier.ours)

    page = render_campaigns(dossiers, groups, Words(options.lang), manner)
    await asyncio.to_thread(write_whole, path / PAGE, page.encode())
    made = [path / PAGE]
    quick = ReportOptions(
        options.lang, options.edition, options.include_secrets, options.pdf, options.browser, options.sandbox
    )
    for dossier in filter(is_bad, dossiers):
        made += await make_report(path / dossier.case.id, quick, siblings=_siblings(dossier, groups))
    if letters:
        for group in _with_singles(dossiers, groups):
            made += await asyncio.to_thread(_letters, path, group, manner, live, kind)
    return tuple(made)


def _look_up(path: Path) -> None:
    for dossier in _readable(path):
        if is_bad(dossier):
            look_up_case(path / dossier.case.id)


def _readable(path: Path) -> Iterator[Dossier]:
    for file in sorted(path.glob("*/case.json")):
        try:
            yield open_dossier(file.parent)
        except ProberError as problem:
            log.warning("%s is left out: %s", file.parent, problem.message)


def _siblings(dossier: Dossier, groups: tuple[Campaign, ...]) -> tuple[str, ...]:
    own = dossier.case.id
    group = next((group for group in groups if own in group.cases), None)
    pairs = zip(group.cases, group.hosts, strict=True) if group else ()
    return tuple(f"{host} ({case})" for case, host in pairs if case != own)


def _with_singles(dossiers: tuple[Dossier, ...], groups: tuple[Campaign, ...]) -> Iterator[tuple[Dossier, ...]]:
    grouped = {case for group in groups for case in group.cases}
    for group in groups:
        members = tuple(d for d in dossiers if d.case.id in group.cases and is_bad(d))
        if members:
            yield members
    yield from ((d,) for d in dossiers if d.case.id not in grouped and is_bad(d))


def _letters(
    path: Path, group: tuple[Dossier, ...], manner: Callable[[Dossier], Manner], live: bool, kind: Kind
) -> tuple[Path, ...]:
    """Draft one letter per desk beside the first case of the group; every case's trail says so."""
    trails = {d.case.id: told(load_trail(path / d.case.id)) for d in group}

    def before(dossier: Dossier, contact: Contact) -> datetime | None:
        entry = trails[dossier.case.id].get(contact.address)
        return entry.at if entry else None

    def pdf(dossier: Dossier) -> bytes:
        file = path / dossier.case.id / "report.pdf"
        return file.read_bytes() if file.exists() else b""

    drafts = campaign_letters(group, manner, datetime.now(UTC), before, live, pdf, kind)
    home = path / group[0].case.id
    made = write_room(home, "letters", {letter.file: letter.data for letter, _ in drafts})
    for letter, cases in drafts:
        for case in cases:
            where = f"letters/{letter.file}" if len(cases) == 1 else f"{home.name}/letters/{letter.file}"
            add_entry(path / case, "drafted", recipient=letter.desk, address=letter.address, file=where, text=kind)
    return made
