"""Stored cases made into reports and checked against their seals: plugs the store into reporting."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from prober.app.judging import judge_folder
from prober.app.surroundings import look_up_case, surroundings_of
from prober.browser.pdf import print_pdf
from prober.catalog import load_scenario
from prober.errors import ProberError, StoreError, UsageError
from prober.models.case import Case, Verdict
from prober.models.custody import Verification
from prober.models.surroundings import Contact
from prober.reporting.dossier import Dossier, Manner, Surroundings
from prober.reporting.exports.make import FORMS, file_names, make_exports
from prober.reporting.letters import Kind, letters
from prober.reporting.likeness import Campaign, campaigns, traits_of
from prober.reporting.messages import Words
from prober.reporting.paste import paste_text
from prober.reporting.report import render
from prober.store.folder import CASE, write_whole
from prober.store.keys import fingerprint, known_signers, load_or_make
from prober.store.parcel import unpack
from prober.store.reading import exhibit_bytes, load_case, load_har, load_snapshot
from prober.store.reviews import add_review, load_reviews
from prober.store.seal import SIGNER, SUMS, TOKEN, list_hashes
from prober.store.stamp import check as check_stamp
from prober.store.trail import add_entry, load_trail, told
from prober.store.verify import manifest_digest, verify

log = logging.getLogger(__name__)

COMPARED = 200  # of the newest cases beside one are compared with it


@dataclass(frozen=True)
class ReportOptions:
    """How a report is wanted. browser, sandbox: for the PDF alone. siblings: compare with the cases beside it.

    look_up: ask the public registries about the domain and the address first.
    """

    lang: str = "en"
    edition: Literal["recipient", "internal"] = "recipient"
    include_secrets: bool = False
    pdf: bool = False
    browser: str = ""
    sandbox: bool = True
    siblings: bool = False
    look_up: bool = False


def open_dossier(path: Path, surroundings: Surroundings | None = None, siblings: tuple[str, ...] = ()) -> Dossier:
    """A stored case with ports to its evidence, its seal and its reviews.

    Raises:
        StoreError, BrokenCase: the folder is no case or does not read.
        ScenarioError: the case's scenario is not installed.
    """
    folder = _folder(path)
    case = load_case(folder)
    signer, token = folder / SIGNER, folder / TOKEN
    return Dossier(
        case,
        load_scenario(case.scenario),
        exhibit=lambda exhibit: exhibit_bytes(folder, exhibit),
        snapshot=lambda sha: load_snapshot(folder, sha),
        har=lambda: load_har(folder),
        manifest=manifest_digest(folder),
        signer=fingerprint(signer.read_bytes()) if signer.exists() else "",
        stamped_at=check_stamp(folder, SUMS, TOKEN, "tsa-chain.pem").at if token.exists() else None,
        reviews=load_reviews(folder),
        surroundings=surroundings or surroundings_of(folder),
        siblings=siblings,
    )


def campaigns_in(folders: Iterable[Path]) -> tuple[Campaign, ...]:
    """The kits seen more than once among stored cases; a case that does not read is passed over."""
    found = []
    for folder in folders:
        try:
            found.append(traits_of(open_dossier(folder)))
        except ProberError as problem:
            log.warning("%s is left out of the comparison: %s", folder, problem.message)
    return campaigns(found)


def siblings_of(path: Path) -> tuple[str, ...]:
    """'host (case id)' of the cases beside this one that come from the same kit."""
    folder = _folder(path).resolve()
    beside = sorted(file.parent for file in folder.parent.glob("*/case.json"))[-COMPARED:]
    for campaign in campaigns_in({*beside, folder}):
        if folder.name in campaign.cases:
            pairs = zip(campaign.cases, campaign.hosts, strict=False)
            return tuple(f"{host} ({case})" for case, host in pairs if case != folder.name)
    return ()


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


async def make_report(path: Path, options: ReportOptions, siblings: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Write `report.html` (and `report.pdf`) beside the sealed part of a case, with a hash list of their own.

    siblings: cases of the same kit where they are known already.
    """
    if options.look_up:
        await asyncio.to_thread(look_up_case, _folder(path))
    if options.siblings:
        siblings = await asyncio.to_thread(siblings_of, path)
    folder, dossier = await asyncio.to_thread(lambda: (_folder(path), open_dossier(path, siblings=siblings)))
    html = await asyncio.to_thread(render, dossier, options.lang, options.edition, options.include_secrets)
    made = [folder / "report.html"]
    await asyncio.to_thread(write_whole, made[0], html.encode())
    (folder / "report.pdf").unlink(missing_ok=True)  # an older one would tell another state of review
    if options.pdf:
        made.append(folder / "report.pdf")
        pdf = await print_pdf(html, browser=options.browser, sandbox=options.sandbox)
        await asyncio.to_thread(write_whole, made[1], pdf)
    await asyncio.to_thread(list_hashes, folder, tuple(file.name for file in made), "report.sha256")
    return tuple(made)


def verify_case(path: Path) -> Verification:
    """Check a case against its seal, and recompute its verdict from the stored snapshots."""
    return verify(path, known_signers(), judge=_judge)


def import_parcel(parcel: Path, output: Path) -> tuple[Path, Verification]:
    """Take in a zipped case after checking it. Raises BrokenCase when anything in it is wrong."""
    return unpack(parcel, output, known_signers(), _judge)


def _judge(path: Path, case: Case) -> Verdict:
    return judge_folder(path, reread=True)[1]


def make_letters(path: Path, options: ReportOptions, kind: Kind = "report", *, live: bool = False) -> tuple[Path, ...]:
    """Draft the letters of a case into `letters/`, and note each draft in the trail. Nothing is sent.

    A PDF that was made before is attached. 'again' and 'withdraw' go to the desks that the trail says were told.
    """
    folder = _folder(path)
    dossier = open_dossier(folder)
    trail = told(load_trail(folder))
    manner = Manner(Words(options.lang), options.edition, options.include_secrets, dossier.ours)
    pdf = folder / "report.pdf"
    drafts = letters(
        dossier,
        manner,
        datetime.now(UTC),
        pdf=pdf.read_bytes() if pdf.exists() and kind != "withdraw" else b"",
        kind=kind,
        told=lambda contact: trail[contact.address].at if contact.address in trail else None,
        live=live,
        known=tuple(Contact(entry.recipient or "other", "", address) for address, entry in trail.items()),
    )
    files = {draft.file: draft.data for draft in drafts}
    if kind == "report":
        files["desks.txt"] = paste_text(dossier, manner).encode()
    made = write_room(folder, "letters", files)
    for draft in drafts:
        add_entry(
            folder, "drafted", recipient=draft.desk, address=draft.address, file=f"letters/{draft.file}", text=kind
        )
    return made


def write_exports(path: Path, forms: tuple[str, ...] = FORMS, whole_addresses: bool = False) -> tuple[Path, ...]:
    """Write the machine forms of a case into `exports/`; one that is not made any more is taken away.

    whole_addresses: with a victim's token where the address has one.
    """
    folder = _folder(path)
    made = make_exports(open_dossier(folder), forms, whole_addresses)
    for name in file_names(forms) - set(made):
        (folder / "exports" / name).unlink(missing_ok=True)
    return write_room(folder, "exports", made)


def note_sent(path: Path, address: str, text: str = "") -> tuple[Path, ...]:
    """Note in the trail that the letter to an address was sent; a campaign's letter, in the trail of each of its cases.

    path: a case, or a folder of cases: then all whose letter to the address was drafted.

    Raises:
        UsageError: no letter to that address was drafted in a folder of cases.
    """
    folder = _folder(path)
    if (folder / CASE).exists():
        own = _draft_to(folder, address)
        shared = own is not None and own.shared
        others = (p for p in _cases_in(folder.resolve().parent) if shared and _draft_to(p, address) == own)
        places = list(dict.fromkeys((folder.resolve(), *others)))
    else:
        places = [p for p in _cases_in(folder) if _draft_to(p, address) is not None]
        if not places:
            raise UsageError(f"No case in {path} has a letter to {address}; make it first with report --letters.")
    for place in places:
        draft = _draft_to(place, address)
        add_entry(place, "sent", address=address, recipient=draft.desk if draft else "", text=text)
    return tuple(places)


def _cases_in(folder: Path) -> list[Path]:
    return [file.parent for file in sorted(folder.glob(f"*/{CASE}"))]


@dataclass(frozen=True)
class _Draft:
    desk: str
    file: str

    @property
    def shared(self) -> bool:
        """Whether it is for several cases: then its file is named with the case that it lies beside."""
        return not self.file.startswith("letters/")


def _draft_to(folder: Path, address: str) -> _Draft | None:
    drafted = [entry for entry in load_trail(folder) if entry.what == "drafted" and entry.address == address]
    return _Draft(drafted[-1].recipient, drafted[-1].file) if drafted else None


def withdraw_case(path: Path, reviewer: str, text: str, options: ReportOptions) -> tuple[Path, ...]:
    """Reject a case that was reported: drafts a correction to every desk told, and empties the block exports."""
    folder = _folder(path)
    if (review := open_dossier(folder).review) is None or review.decision != "rejected":
        add_review(folder, "rejected", reviewer, load_or_make(), text=text)
    made = make_letters(folder, options, "withdraw")
    if (folder / "exports").is_dir():
        made += write_exports(folder)
    add_entry(folder, "withdrawn", text=text)
    return made


def write_room(folder: Path, room: str, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder beside the sealed part, with a hash list of all it holds."""
    place = folder / room
    try:
        place.mkdir(exist_ok=True)
    except OSError as problem:
        raise StoreError(f"Could not make {place}: {problem.strerror}.") from problem
    for name, data in files.items():
        write_whole(place / name, data)
    list_hashes(place, tuple(file.name for file in place.iterdir() if file.name != SUMS), SUMS)
    return tuple(place / name for name in files)
