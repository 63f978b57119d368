"""Letters to the desks that can act, on the case page: drafted, taken along, and noted as sent and answered."""

from __future__ import annotations

import asyncio
import logging
import threading
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from prober.app.dossiers import ReportOptions, make_letters, make_report
from prober.errors import BrowserError, UsageError
from prober.models.case import VerdictClass
from prober.models.custody import TrailEntry
from prober.models.people import Role
from prober.reporting.letters import Kind
from prober.reporting.messages import Words
from prober.reporting.text import harmless
from prober.store.reading import load_case
from prober.store.reviews import load_reviews
from prober.store.trail import add_entry, load_trail
from prober.web.api import CaseId
from prober.web.files import PRINTING, attached
from prober.web.problems import not_found
from prober.web.roles import least
from prober.web.site import asker, site_of
from prober.web.words import language

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
ROOM = "letters"
_writing = threading.Lock()  # each line of a trail holds the hash of the one before


@router.post("/cases/{id}/letters")
@least(Role.ANALYST)
async def draft(request: Request, id: CaseId) -> Response:
    """Draft a letter for each desk, with the report attached. Nothing is sent."""
    site, who = site_of(request), asker(request)
    folder = site.case(id, who, finished=True)
    form = await request.form(max_files=0, max_fields=20)
    kind = str(form.get("kind", "report"))
    if kind not in ("report", "again", "withdraw"):
        raise UsageError("Letters are drafted to report, to remind or to correct.")
    options = ReportOptions(language(request), pdf=True, browser=site.options.browser, sandbox=site.options.sandbox)
    if kind != "withdraw":
        await _report(folder, options)
    made = await asyncio.to_thread(_drafts, folder, options, kind)  # type: ignore[arg-type]
    site.note(who, f"letters:{kind}", id, f"{len([file for file in made if file.suffix == '.eml'])} drafts")
    return RedirectResponse(f"/cases/{id}#letters", 303)


async def _report(folder: Path, options: ReportOptions) -> None:
    """The report that goes with the letters; without a browser they go without it."""
    try:
        async with PRINTING:
            await make_report(folder, options)
    except BrowserError as error:
        log.warning("letters of %s have no PDF: %s", folder.name, error.message)


def _drafts(folder: Path, options: ReportOptions, kind: Kind) -> tuple[Path, ...]:
    with _writing:
        return make_letters(folder, options, kind)


@router.get("/cases/{id}/letters/{name}")
@least(Role.VIEWER)
async def letter(request: Request, id: CaseId, name: str) -> Response:
    """A draft to open in one's own mail program."""
    folder = site_of(request).case(id, asker(request), finished=True)
    if name not in _files(folder):
        raise not_found("letter")
    data = await asyncio.to_thread((folder / ROOM / name).read_bytes)
    return attached(data, f"{id}-{name}", "message/rfc822" if name.endswith(".eml") else "text/plain; charset=utf-8")


@router.post("/cases/{id}/trail")
@least(Role.ANALYST)
async def note(request: Request, id: CaseId) -> Response:
    """Note that a letter was sent, or that its desk answered."""
    site, who = site_of(request), asker(request)
    folder = site.case(id, who, finished=True)
    form = await request.form(max_files=0, max_fields=20)
    what, name, address, text = (str(form.get(field, "")).strip() for field in ("what", "file", "address", "text"))
    known = {entry["file"]: entry for entry in await asyncio.to_thread(drafted, folder, "en")}
    if what not in ("sent", "answered") or name not in known:
        raise UsageError("Only a letter that was drafted can be noted as sent or answered.")
    address = known[name]["address"] or address
    if not address or len(address) > 254 or "@" not in address or not address.isprintable() or len(text) > 2000:
        raise UsageError("Say to which e-mail address the letter went; a remark has at most 2000 characters.")
    await asyncio.to_thread(_note, folder, what, address, known[name]["kind"], text)  # type: ignore[arg-type]
    site.note(who, f"letter {what}", id, address)
    return RedirectResponse(f"/cases/{id}#letters", 303)


def _note(folder: Path, what: Literal["sent", "answered"], address: str, desk: str, text: str) -> None:
    with _writing:
        add_entry(folder, what, address=address, recipient=desk, text=text)


def letters_view(folder: Path, lang: str) -> dict[str, Any]:
    """What the case page says of letters. Raises StoreError, BrokenCase.

    kinds: which may be drafted now; a rejected case is only corrected, where somebody was told.
    """
    case, found = load_case(folder), drafted(folder, lang)
    verdict = case.verdict.verdict if case.verdict else VerdictClass.INCONCLUSIVE
    decided = [one.decision for one in load_reviews(folder) if one.decision != "note"]
    told = any(one["sent"] for one in found)
    kinds: tuple[str, ...] = ()
    if decided[-1:] == ["rejected"]:
        kinds = ("withdraw",) if told else ()
    elif verdict in (VerdictClass.FRAUDULENT, VerdictClass.SUSPICIOUS):
        kinds = ("report", "again") if told else ("report",)
    paste = "desks.txt" if "desks.txt" in _files(folder) else ""
    return {"drafts": found, "kinds": kinds, "paste": paste, "reviewed": bool(decided)}


def drafted(folder: Path, lang: str) -> list[dict[str, Any]]:
    """The drafts of a case, each with what became of it."""
    trail, words, files = load_trail(folder), Words(lang), _files(folder)
    found: dict[str, dict[str, Any]] = {}
    for entry in trail:
        if entry.what == "drafted":
            file = entry.file.removeprefix(f"{ROOM}/")
            found[file] = {
                "file": file, "there": file in files, "kind": entry.recipient, "desk": words.one("letter.desks", entry.recipient),
                "address": entry.address, "shown": harmless(entry.address, 120), "at": f"{entry.at:%Y-%m-%d %H:%M}",
                "sent": "", "answered": "", "answer": "",
            }  # fmt: skip
        elif entry.what in ("sent", "answered"):
            _mark(found, entry)
    return list(found.values())


def _mark(found: dict[str, dict[str, Any]], entry: TrailEntry) -> None:
    """The newest draft to that address, or for that desk where it had no address yet."""
    for one in reversed(found.values()):
        if entry.address == one["address"] or (not one["address"] and entry.recipient == one["kind"]):
            one[entry.what] = f"{entry.at:%Y-%m-%d %H:%M}"
            one["shown"] = one["shown"] or harmless(entry.address, 120)
            if entry.what == "answered":
                one["answer"] = harmless(entry.text, 400)
            return


def _files(folder: Path) -> frozenset[str]:
    """The letters that lie beside the case."""
    place = folder / ROOM
    wanted = (file for file in place.iterdir() if file.suffix in (".eml", ".txt")) if place.is_dir() else ()
    return frozenset(file.name for file in wanted if file.is_file() and not file.is_symlink())
