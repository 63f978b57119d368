"""Reading what is only painted: text by OCR where it is installed, and QR codes."""

from __future__ import annotations

import asyncio
import io
import logging
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from prober.models.page import Box, TextBlock

log = logging.getLogger(__name__)

LANGUAGES = ("rus", "kaz", "eng")
SCALE = 2.0  # picture pixels per CSS px: Tesseract reads letters of about 30 px best, screens show 14 to 18
CONFIDENCE = 45  # per cent; lines below are noise
WHERE = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")


@lru_cache(maxsize=1)
def tessdata() -> tuple[str, str]:
    """(folder of language data, languages joined by '+'); empty where OCR cannot be used."""
    try:
        import tesserocr  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        return "", ""
    for folder in (os.environ.get("TESSDATA_PREFIX", ""), *WHERE):
        if folder and Path(folder).is_dir():
            have = [name for name in LANGUAGES if (Path(folder) / f"{name}.traineddata").is_file()]
            if have:
                return folder, "+".join(have)
    return "", ""


def has_ocr() -> bool:
    """Whether text in pictures can be read here."""
    return bool(tessdata()[0])


async def read(png: bytes, box: Box, ocr: bool = True) -> list[TextBlock]:
    """Blocks for the lines and QR codes in a picture of `box`; runs beside the event loop."""
    if not png:
        return []
    return await asyncio.to_thread(_read, png, box, ocr)


def _read(png: bytes, box: Box, ocr: bool) -> list[TextBlock]:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    scale = picture.width / box.width if box.width else 1.0
    blocks = _codes(picture, box, scale)
    if ocr and has_ocr():
        blocks.extend(_lines(picture, box, scale))
    return blocks


def _block(text: str, box: Box, source: Any) -> TextBlock:
    return TextBlock(id=0, text=text, box=box, source=source)


def _codes(picture: Image.Image, box: Box, scale: float) -> list[TextBlock]:
    import zxingcpp

    blocks = []
    for code in zxingcpp.read_barcodes(picture):
        if code.text:
            p = code.position
            xs = [q.x for q in (p.top_left, p.top_right, p.bottom_left, p.bottom_right)]
            ys = [q.y for q in (p.top_left, p.top_right, p.bottom_left, p.bottom_right)]
            blocks.append(_block(code.text, _place(min(xs), min(ys), max(xs), max(ys), box, scale), "qr"))
    return blocks


def _lines(picture: Image.Image, box: Box, scale: float) -> list[TextBlock]:
    import tesserocr

    folder, languages = tessdata()
    blocks: list[TextBlock] = []
    with tesserocr.PyTessBaseAPI(path=folder, lang=languages, psm=tesserocr.PSM.SPARSE_TEXT) as reader:
        reader.SetImage(picture)
        reader.SetSourceResolution(int(96 * scale))
        reader.Recognize()
        level = tesserocr.RIL.TEXTLINE
        for line in tesserocr.iterate_level(reader.GetIterator(), level):
            try:
                text, sure = line.GetUTF8Text(level), line.Confidence(level)
            except RuntimeError:
                continue
            text = " ".join((text or "").split())
            if len(text) < 2 or sure < CONFIDENCE:
                continue
            left, top, right, bottom = line.BoundingBox(level)
            blocks.append(_block(text, _place(left, top, right, bottom, box, scale), "ocr"))
    return blocks


def _place(left: float, top: float, right: float, bottom: float, box: Box, scale: float) -> Box:
    return Box(
        x=round(box.x + left / scale, 1),
        y=round(box.y + top / scale, 1),
        width=round((right - left) / scale, 1),
        height=round((bottom - top) / scale, 1),
    )
