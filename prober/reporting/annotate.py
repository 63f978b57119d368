"""Pictures for a report: a second picture around the screenshot, framed and marked; the original is never touched."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from prober.models.case import Mark
from prober.models.page import Box

PIXEL_LIMIT = 60_000_000  # of a screenshot; more is no picture of ours
WIDTH = 860  # pixels of a finished picture at full size
EDGE = 2
RED, AMBER, INK, PALE, LINE = "#b3261e", "#9a5b00", "#1b2430", "#eef1f4", "#c3cad2"
COLOURS = {"fine": RED, "amount": RED, "card": AMBER, "pose": "#3b4a5c", "refusal": "#3b4a5c", "form": "#3b4a5c"}


@dataclass(frozen=True)
class Caption:
    """What the frame says, already harmless and in the reader's language.

    tags: words for the kinds of marks, e.g. {'fine': 'fine', 'card': 'card details'}.
    """

    address: str
    line: str
    exhibit: str
    tags: dict[str, str]


def shown_part(note: str) -> Box | None:
    """Which part of the document a screenshot shows, from its exhibit's note ('shows 0,0 412x915')."""
    found = re.match(r"shows (-?\d+),(-?\d+) (\d+)x(\d+)", note)
    if not found:
        return None
    x, y, width, height = map(float, found.groups())
    return Box(x=x, y=y, width=width, height=height)


def framed(
    png: bytes | Image.Image,
    caption: Caption,
    marks: tuple[Mark, ...] = (),
    shown: Box | None = None,
    ratio: float | None = None,
    width: int = WIDTH,
    blurred: tuple[Box, ...] = (),
    focus: Box | None = None,
) -> bytes:
    """A JPEG of the screenshot with boxes around what matters, in a frame that names address, time and exhibit.

    shown: the part of the document in the screenshot, so that marks find their place.
    ratio: height over width of the part to show around the marks (a detail); None shows all of it.
    width: pixels of the finished picture. blurred: parts of the document made unreadable.
    focus: the part of the document to show in a detail without marks.

    Raises:
        ValueError: the bytes are no picture, or one too large to be ours.
    """
    picture = png if isinstance(png, Image.Image) else opened(png)
    scale = picture.width / shown.width if shown and shown.width else 1.0
    origin = (shown.x, shown.y) if shown else (0.0, 0.0)
    places: list[tuple[str, Edges]] = [(mark.what, _pixels(mark.box, origin, scale)) for mark in marks]
    places = [(what, box) for what, box in places if _overlaps(box, picture.size)]
    if blurred:
        picture = picture.copy()
    for box in (_pixels(blur, origin, scale) for blur in blurred):
        _blur(picture, box)
    if ratio is not None:
        about = [box for _, box in places] or ([_pixels(focus, origin, scale)] if focus else [])
        picture, places = _detail(picture, places, about, ratio)
    edge = round(EDGE * width / WIDTH)
    factor = (width - 2 * edge) / picture.width
    size = (width - 2 * edge, max(1, round(picture.height * factor)))
    small = width < WIDTH // 2  # a thumbnail needs no sharp letters and colours
    way, gap = (Image.Resampling.BILINEAR, 1.1) if small else (Image.Resampling.BICUBIC, 2.0)
    picture = picture.resize(size, way, reducing_gap=gap)
    unit = width / WIDTH
    scaled: list[tuple[str, Edges]] = [(what, tuple(side * factor for side in box)) for what, box in places]
    _draw_marks(picture, scaled, caption.tags, unit)
    out = io.BytesIO()
    made = _in_frame(picture, caption, unit, edge)
    made.save(out, "JPEG", quality=70 if small else 76, subsampling=2 if small else 0, optimize=True)
    return out.getvalue()


def opened(png: bytes) -> Image.Image:
    """A screenshot decoded, for framing it more than once. Raises ValueError like `framed`."""
    try:
        picture = Image.open(io.BytesIO(png), formats=("PNG", "JPEG"))
        if picture.width * picture.height > PIXEL_LIMIT:
            raise ValueError(f"picture of {picture.width} x {picture.height} pixels is too large")
        picture.load()
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise ValueError(f"not a readable picture: {problem}") from problem


Edges = tuple[float, ...]  # left, top, right, bottom in pixels


def _pixels(box: Box, origin: tuple[float, float], scale: float) -> Edges:
    left, top = (box.x - origin[0]) * scale, (box.y - origin[1]) * scale
    return (left, top, left + box.width * scale, top + box.height * scale)


def _overlaps(box: Edges, size: tuple[int, int]) -> bool:
    left, top, right, bottom = box
    return right > 0 and bottom > 0 and left < size[0] and top < size[1] and right - left > 1 and bottom - top > 1


def _blur(picture: Image.Image, box: Edges) -> None:
    """Nothing of the letters is left: a few grey tiles."""
    edges = (
        max(round(box[0]), 0),
        max(round(box[1]), 0),
        min(round(box[2]), picture.width),
        min(round(box[3]), picture.height),
    )
    if edges[2] - edges[0] < 2 or edges[3] - edges[1] < 2:
        return
    part = picture.crop(edges)
    picture.paste(part.resize((8, 2), Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST), edges[:2])


def _detail(
    picture: Image.Image, places: list[tuple[str, Edges]], about: list[Edges], ratio: float
) -> tuple[Image.Image, list[tuple[str, Edges]]]:
    """The full width, and as much height as the ratio allows, around what the picture is about."""
    height = min(picture.height, round(picture.width * ratio))
    top = 0.0
    if about:
        first = min(box[1] for box in about)
        last = max(box[3] for box in about)
        top = (first + last) / 2 - height / 2 if last - first < height else first - height * 0.08
    top = max(0.0, min(top, picture.height - height))
    cut = picture.crop((0, round(top), picture.width, round(top) + height))
    return cut, [(what, (box[0], box[1] - top, box[2], box[3] - top)) for what, box in places]


def _draw_marks(picture: Image.Image, places: list[tuple[str, Edges]], tags: dict[str, str], unit: float) -> None:
    """Boxes, the largest first, then one tag for each kind. `unit` scales lines and letters."""
    draw, gap, line = ImageDraw.Draw(picture), 6 * unit, max(2, round(4 * unit))
    for what, box in sorted(places, key=lambda place: _size(place[1]), reverse=True):
        left, top = max(box[0] - gap, line / 2), max(box[1] - gap, line / 2)
        right, bottom = min(box[2] + gap, picture.width - line), min(box[3] + gap, picture.height - line)
        if right <= left or bottom <= top:
            continue
        draw.rounded_rectangle((left, top, right, bottom), radius=8 * unit, outline="white", width=2 * line)
        draw.rounded_rectangle((left, top, right, bottom), radius=8 * unit, outline=COLOURS.get(what, INK), width=line)
    named: set[str] = set()
    for what, box in places:
        if what not in named and what in tags:
            named.add(what)
            _tag(draw, picture, box, tags[what], COLOURS.get(what, INK), unit)


def _size(box: Edges) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _tag(draw: ImageDraw.ImageDraw, picture: Image.Image, box: Edges, text: str, colour: str, unit: float) -> None:
    face = font(max(9, round(22 * unit)), bold=True)
    width, height = face.getlength(text) + 20 * unit, max(13, 32 * unit)
    # At the right end and above the line: letters of the page mostly begin at the left.
    left = min(max(box[2] + 6 * unit - width, 4), picture.width - width - 4)
    top = max(box[1] - 6 * unit - height * 0.9, 2)
    draw.rounded_rectangle((left, top, left + width, top + height), radius=6 * unit, fill=colour)
    draw.text((left + 10 * unit, top + height / 2), text, font=face, fill="white", anchor="lm")


def _in_frame(picture: Image.Image, caption: Caption, unit: float, edge: int) -> Image.Image:
    """Address bar above, time and exhibit below; all outside the screenshot's own pixels."""
    letters = max(9, round(22 * unit))
    head, foot, gap = round(max(58 * unit, 2.2 * letters)), round(max(50 * unit, 1.9 * letters)), 18 * unit
    whole = Image.new("RGB", (picture.width + 2 * edge, picture.height + head + foot), PALE)
    draw = ImageDraw.Draw(whole)
    bar = (0.6 * gap, 0.16 * head, whole.width - 0.6 * gap, 0.84 * head)
    draw.rounded_rectangle(bar, radius=0.34 * head, fill="white", outline=LINE, width=max(1, edge))
    address = _fitted(caption.address, whole.width - 3.5 * gap, letters)
    draw.text((1.75 * gap, head / 2), address, font=font(letters), fill=INK, anchor="lm")
    whole.paste(picture, (edge, head))
    middle = head + picture.height + foot / 2
    exhibit = font(letters, bold=True)
    draw.text((whole.width - gap, middle), caption.exhibit, font=exhibit, fill=INK, anchor="rm")
    room = whole.width - 3 * gap - exhibit.getlength(caption.exhibit)
    draw.text((gap, middle), _fitted(caption.line, room, letters - 1), font=font(letters - 1), fill=INK, anchor="lm")
    draw.rectangle((0, 0, whole.width - 1, whole.height - 1), outline=LINE, width=max(1, edge))
    return whole


def _fitted(text: str, width: float, size: int) -> str:
    """The text, its middle left out where it would not fit: the host and the end both tell something."""
    face = font(size)
    if face.getlength(text) <= width:
        return text
    keep = len(text)
    while keep > 8 and face.getlength(_shortened(text, keep)) > width:
        keep -= 1
    return _shortened(text, keep)


def _shortened(text: str, keep: int) -> str:
    tail = keep // 4
    return f"{text[: keep - tail]}…{text[len(text) - tail :]}"


@lru_cache(maxsize=16)
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Noto Sans as shipped with prober, so that Kazakh letters and ₸ are there on every machine."""
    name = "NotoSans-Bold.woff2" if bold else "NotoSans-Regular.woff2"
    data = resources.files("prober.reporting").joinpath("assets", name).read_bytes()
    # The basic layout is several times faster than the one for Indic and Arabic letters, which captions do not have.
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
