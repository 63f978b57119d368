"""What a case holds, served so that nothing in it can act: pictures checked, all else as attachments in a sandbox."""

from __future__ import annotations

import asyncio
import io
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response
from PIL import Image
from starlette.background import BackgroundTask

from prober.app.dossiers import open_dossier
from prober.browser.pdf import print_pdf
from prober.errors import BrokenCase
from prober.models.case import Exhibit
from prober.models.people import Role
from prober.reporting.dossier import Manner
from prober.reporting.exports.make import FORMS, make_exports
from prober.reporting.messages import Words
from prober.reporting.pictures import Gallery
from prober.reporting.report import render
from prober.store.parcel import pack
from prober.web.api import MISSING, REFUSALS, V1, CaseId
from prober.web.cases import content_of, exhibit_of
from prober.web.problems import not_found
from prober.web.roles import least
from prober.web.site import asker, site_of
from prober.web.words import language

router = APIRouter()
INERT = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
KEPT = {"Cache-Control": "private, max-age=86400"}  # a sealed case does not change
PNG = b"\x89PNG\r\n\x1a\n"
THUMB = 560  # pixels
PRINTING = asyncio.Semaphore(1)  # a PDF takes a browser of its own
FILES = {200: {"description": "The bytes, as an attachment", "content": {"application/octet-stream": {}}}}


@router.get(f"{V1}/cases/{{id}}/exhibits/{{exhibit}}", responses=FILES | REFUSALS | MISSING, response_class=Response)
@least(Role.VIEWER)
async def exhibit(request: Request, id: CaseId, exhibit: str) -> Response:
    """An exhibit as it was taken, by its number in the case's list."""
    found, data = await asyncio.to_thread(_exhibit, request, id, exhibit)
    return attached(data, f"{id}-{Path(found.file).name}")


@router.get("/cases/{id}/shots/{exhibit}", include_in_schema=False)
@least(Role.VIEWER)
async def shot(request: Request, id: CaseId, exhibit: str, small: bool = False) -> Response:
    """A screenshot to look at, also while the case is being made."""
    found, data = await asyncio.to_thread(_exhibit, request, id, exhibit)
    if found.kind not in ("screenshot", "picture") or not data.startswith(PNG):
        raise not_found("picture")
    if small:
        data = await asyncio.to_thread(_thumb, data)
    kind = "image/jpeg" if small else "image/png"
    return Response(data, media_type=kind, headers=INERT | KEPT | {"Content-Disposition": "inline"})


@router.get("/cases/{id}/pictures/{exhibit}/{step}/{detail}", include_in_schema=False)
@least(Role.VIEWER)
async def picture(
    request: Request, id: CaseId, exhibit: str, step: int, detail: Literal["all", "fine", "card", "landing", "answer"]
) -> Response:
    """A framed and marked copy, as it stands in the report."""
    data = await asyncio.to_thread(_framed, request, id, exhibit, step, detail, language(request))
    return Response(data, media_type="image/jpeg", headers=INERT | KEPT | {"Content-Disposition": "inline"})


@router.get("/cases/{id}/report.html", include_in_schema=False)
@least(Role.VIEWER)
async def report(request: Request, id: CaseId) -> Response:
    """The report in the reader's language."""
    html = await asyncio.to_thread(_report, request, id, language(request))
    return attached(html.encode(), f"{id}.html", "text/html; charset=utf-8")


@router.get("/cases/{id}/report.pdf", include_in_schema=False)
@least(Role.VIEWER)
async def report_pdf(request: Request, id: CaseId) -> Response:
    """The report printed."""
    html = await asyncio.to_thread(_report, request, id, language(request))
    options = site_of(request).options
    async with PRINTING:
        pdf = await print_pdf(html, browser=options.browser, sandbox=options.sandbox)
    return attached(pdf, f"{id}.pdf", "application/pdf")


@router.get("/cases/{id}/case.zip", include_in_schema=False)
@least(Role.VIEWER)
async def parcel(request: Request, id: CaseId) -> Response:
    """The whole sealed case with what stands beside it."""
    folder = _folder(request, id)
    place = tempfile.NamedTemporaryFile(suffix=".zip", delete=False)  # noqa: SIM115, lives as long as the answer
    place.close()
    target = Path(place.name)
    try:
        await asyncio.to_thread(pack, folder, target)
    except Exception:
        await asyncio.to_thread(target.unlink, missing_ok=True)
        raise
    done = BackgroundTask(target.unlink, missing_ok=True)
    return FileResponse(target, filename=f"{id}.zip", media_type="application/zip", headers=INERT, background=done)


@router.get("/cases/{id}/exports/{form}", include_in_schema=False)
@least(Role.VIEWER)
async def export(request: Request, id: CaseId, form: str) -> Response:
    """One machine form of a case, e.g. STIX."""
    if form not in FORMS:
        raise not_found("form")
    folder = _folder(request, id)
    made = await asyncio.to_thread(lambda: make_exports(open_dossier(folder), (form,)))
    name, data = next(iter(made.items()))
    return attached(data, f"{id}-{name}")


def attached(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    """Bytes that a browser saves and never shows. The name comes from a case id or list and is ASCII by their rules."""
    safe = "".join(char for char in name if char.isascii() and (char.isalnum() or char in ".-_"))
    headers = {**INERT, "Content-Disposition": f'attachment; filename="{safe}"'}
    return Response(data, media_type=kind, headers=headers)


def _folder(request: Request, id: str) -> Path:
    return site_of(request).case(id, asker(request))


def _exhibit(request: Request, id: str, number: str) -> tuple[Exhibit, bytes]:
    folder = _folder(request, id)
    found = exhibit_of(folder, number)
    if found is None:
        raise not_found("exhibit")
    return found, content_of(folder, found)


def _thumb(data: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as problem:
        raise BrokenCase("The picture does not read.") from problem
    picture.thumbnail((THUMB, THUMB * 3))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _framed(request: Request, id: str, number: str, step: int, detail: str, lang: str) -> bytes:
    return _made(_folder(request, id), number, step, detail, lang)


@lru_cache(maxsize=256)
def _made(folder: Path, number: str, step: int, detail: str, lang: str) -> bytes:
    dossier = open_dossier(folder)
    found = next((e for e in dossier.case.exhibits if e.id == number), None)
    probe = next((p for p in dossier.case.probes if found and p.name == found.probe), None)
    turn = next((s for s in probe.steps if s.number == step), None) if probe else None
    if probe is None or turn is None:
        raise not_found("picture")
    manner = Manner(Words(lang), "internal", ours=dossier.ours)
    made = Gallery(dossier, manner).of_step(probe, turn, "" if detail == "all" else detail)
    if made is None:
        raise not_found("picture")
    return made.data


def _report(request: Request, id: str, lang: str) -> str:
    return render(open_dossier(_folder(request, id)), lang)
