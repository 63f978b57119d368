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


def test_a_box_cuts_no_line_and_takes_the_other_column_of_its_row():
    from prober.models.page import Snapshot, TextBlock
    from prober.reporting.pictures import _whole_lines

    def block(number, x, y, width, height=20, **more):
        return TextBlock(id=number, text="x", box=Box(x=x, y=y, width=width, height=height), **more)

    blocks = (
        block(1, 20, 100, 120),  # the name of a row
        block(2, 160, 100, 200),  # and its value
        block(3, 20, 300, 300),  # far below
        block(4, 0, 0, 412, 900),  # the whole page
        block(5, 20, 96, 390, visible=False),
    )
    grown = _whole_lines(Box(x=20, y=100, width=130, height=60), Snapshot(url="u", blocks=blocks))
    assert (grown.x, grown.y, grown.width, grown.height) == (20, 100, 340, 60)


def test_a_detail_without_marks_shows_what_there_is_to_read():
    picture = Image.new("RGB", (412, 915), "black")
    picture.paste("white", (100, 500, 300, 560))
    shown, focus = Box(x=0, y=0, width=412, height=915), Box(x=100, y=500, width=200, height=60)
    caption = Caption("a", "b", "E01", {})

    def lightest(**more):
        return Image.open(io.BytesIO(framed(picture, caption, (), shown, ratio=0.5, **more))).convert("L").crop((200, 150, 600, 350)).getextrema()[1]  # fmt: skip

    assert lightest() < 60 and lightest(focus=focus) > 200
