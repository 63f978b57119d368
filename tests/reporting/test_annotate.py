"""Tests of framed pictures."""

import io

import pytest
from PIL import Image

from prober.models.case import Mark
from prober.models.page import Box
from prober.reporting.annotate import Caption, framed, shown_part

CAPTION = Caption(
    "hXXps://a[.]example/" + "x" * 300, "22 Nov 2026, 14:03 UTC · 192[.]0[.]2[.]1", "E02", {"fine": "Fine"}
)
VIEW = Box(x=0, y=100, width=400, height=800)


def screenshot(width=800, height=1600):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def reds(picture):
    return sum(1 for r, g, b in picture.get_flattened_data() if r > 140 and g < 80 and b < 80)


def test_a_mark_is_drawn_where_the_screenshot_shows_it():
    mark = Mark(what="fine", box=Box(x=50, y=300, width=200, height=100))
    assert reds(opened(framed(screenshot(), CAPTION, (mark,), VIEW))) > 2000
    outside = Mark(what="fine", box=Box(x=50, y=2000, width=200, height=100))
    assert reds(opened(framed(screenshot(), CAPTION, (outside,), VIEW))) == 0


def test_a_detail_has_the_ratio_and_holds_the_mark():
    mark = Mark(what="fine", box=Box(x=50, y=700, width=200, height=60))
    detail = opened(framed(screenshot(), CAPTION, (mark,), VIEW, ratio=0.5))
    assert detail.width == 864 or detail.width == 860
    assert abs((detail.height - 108) / detail.width - 0.5) < 0.02
    assert reds(detail) > 2000


def test_what_is_blurred_cannot_be_read():
    picture = Image.new("RGB", (400, 400), "white")
    for x in range(0, 400, 4):
        picture.paste("black", (x, 100, x + 2, 150))
    out = io.BytesIO()
    picture.save(out, "PNG")
    box = Box(x=0, y=100, width=400, height=50)
    part = opened(framed(out.getvalue(), CAPTION, (), Box(x=0, y=0, width=400, height=400), blurred=(box,)))
    middle = [part.getpixel((x, 58 + 250)) for x in range(50, 800)]
    assert len({pixel for pixel in middle if pixel[0] < 60}) == 0


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", screenshot()[:60]])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ValueError):
        framed(data, CAPTION)


def test_the_note_of_a_screenshot_says_what_it_shows():
    assert shown_part("shows 0,100 400x800") == VIEW
    assert shown_part("anything") is None
