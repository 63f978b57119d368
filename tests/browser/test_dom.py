"""Conversion of recorded and made-up DOMSnapshots, without a browser."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prober.browser import dom
from prober.browser.fill import agrees, nearness, ways
from prober.browser.tree import STYLES, Part, build
from prober.browser.visibility import contrast, parse_colour
from prober.browser.watch import understand

PLAIN = {
    "display": "block",
    "visibility": "visible",
    "opacity": "1",
    "color": "rgb(0, 0, 0)",
    "background-color": "rgba(0, 0, 0, 0)",
    "background-image": "none",
    "font-size": "16px",
    "font-weight": "400",
    "position": "static",
    "cursor": "auto",
    "overflow-x": "visible",
    "overflow-y": "visible",
    "clip": "auto",
    "clip-path": "none",
    "white-space-collapse": "collapse",
    "direction": "ltr",
    "unicode-bidi": "normal",
    "text-shadow": "none",
    "pointer-events": "auto",
    "float": "none",
    "background-clip": "border-box",
    "-webkit-text-fill-color": "",
    "-webkit-text-security": "none",
    "border-top-width": "0px",
}


class Made:
    """Builds the browser's answer node by node."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.nodes: dict[str, list[Any]] = {
            k: [] for k in ("parentIndex", "nodeType", "nodeName", "nodeValue", "backendNodeId", "attributes")
        }
        self.layout: dict[str, list[Any]] = {k: [] for k in ("nodeIndex", "styles", "bounds", "text", "paintOrders")}
        self.add(-1, 9, "#document")

    def word(self, text: str | None) -> int:
        if text is None:
            return -1
        if text not in self.strings:
            self.strings.append(text)
        return self.strings.index(text)

    def add(
        self,
        parent: int,
        kind: int,
        name: str,
        box: tuple[float, ...] | None = None,
        text: str | None = None,
        attrs: dict[str, str] | None = None,
        order: int = 1,
        **style: str,
    ) -> int:
        index = len(self.nodes["parentIndex"])
        pairs = [self.word(part) for pair in (attrs or {}).items() for part in pair]
        for key, value in zip(
            self.nodes, (parent, kind, self.word(name), self.word(text), index + 1, pairs), strict=True
        ):
            self.nodes[key].append(value)
        if box is not None:
            css = PLAIN | {k.replace("_", "-"): v for k, v in style.items()}
            shown = self.word(text) if kind == 3 else -1
            styles = [self.word(css.get(name, "")) for name in STYLES]
            for key, value in zip(self.layout, (index, styles, list(box), shown, order), strict=True):
                self.layout[key].append(value)
        return index

    def raw(self) -> dict[str, Any]:
        document = {
            "documentURL": self.word("http://a.example/"),
            "title": self.word("Т"),
            "baseURL": self.word("http://a.example/"),
            "contentLanguage": -1,
            "frameId": self.word("F"),
            "contentWidth": 400,
            "contentHeight": 800,
            "nodes": self.nodes,
            "layout": self.layout,
            "textBoxes": {"layoutIndex": [], "bounds": []},
        }
        return {"documents": [document], "strings": self.strings}


def body(made: Made, **style: str) -> int:
    html = made.add(0, 1, "HTML", (0, 0, 400, 800), attrs={"lang": "ru"})
    return made.add(html, 1, "BODY", (0, 0, 400, 800), **style)


def test_spans_join_without_spaces_that_nobody_sees() -> None:
    made = Made()
    p = made.add(body(made), 1, "P", (0, 0, 400, 20))
    for place, text in enumerate(("1", "9", "6", "60")):
        span = made.add(p, 1, "SPAN", (place * 8, 0, 8, 16), display="inline")
        made.add(span, 3, "#text", (place * 8, 0, 8, 16), text)
    page = dom.read([Part(made.raw())], 400, 800)
    assert [b.text for b in page.blocks] == ["19660"]
    assert page.lang == "ru"


def test_a_gap_is_read_as_a_space() -> None:
    made = Made()
    p = made.add(body(made), 1, "P", (0, 0, 400, 20))
    for x, text in ((0, "10"), (24, "000")):
        span = made.add(p, 1, "SPAN", (x, 0, 16, 16), display="inline")
        made.add(span, 3, "#text", (x, 0, 16, 16), text)
    assert [b.text for b in dom.read([Part(made.raw())], 400, 800).blocks] == ["10 000"]


def test_text_in_the_colour_of_its_ground_is_not_seen() -> None:
    made = Made()
    p = made.add(body(made, background_color="rgb(250, 250, 250)"), 1, "P", (0, 0, 400, 20))
    made.add(p, 3, "#text", (0, 0, 90, 16), "Тайна", color="rgb(255, 255, 255)")
    block = dom.read([Part(made.raw())], 400, 800).blocks[0]
    assert (block.visible, block.hidden_because) == (False, "contrast")


def test_a_drawing_as_background_hides_nothing_and_a_photograph_does() -> None:
    for image, hidden in (("load.svg", ""), ("sky.jpg", "covered")):
        made = Made()
        parent = body(made)
        p = made.add(parent, 1, "P", (0, 0, 400, 20))
        made.add(p, 3, "#text", (0, 0, 90, 16), "Штраф", order=2)
        made.add(parent, 1, "DIV", (0, 0, 400, 800), order=9, position="absolute", background_image=f'url("{image}")')
        assert dom.read([Part(made.raw())], 400, 800).blocks[0].hidden_because == hidden


def test_a_cap_on_nodes_is_told() -> None:
    made = Made()
    parent = body(made)
    for number in range(50):
        made.add(made.add(parent, 1, "P", (0, number * 20, 90, 20)), 3, "#text", (0, number * 20, 90, 16), f"т{number}")
    page = dom.read([Part(made.raw())], 400, 800, cap=30)
    assert page.truncated == "nodes"
    assert 0 < len(page.blocks) < 50


def test_filler_does_not_put_a_form_out_of_sight() -> None:
    made = Made()
    parent = body(made)
    for number in range(200):
        made.add(made.add(parent, 1, "P", (0, number * 20, 90, 20)), 3, "#text", (0, number * 20, 90, 16), f"т{number}")
    row = made.add(parent, 1, "DIV", (0, 4000, 400, 20))
    label = made.add(row, 1, "SPAN", (0, 4000, 90, 20), display="inline")
    made.add(label, 3, "#text", (0, 4000, 90, 16), "Номер карты")
    made.add(row, 1, "INPUT", (100, 4000, 90, 20), display="inline-block")
    page = dom.read([Part(made.raw())], 400, 8000, cap=80)
    assert page.truncated == "nodes"
    assert [(c.tag, c.near[0].text) for c in page.controls] == [("input", "Номер карты")]
    assert page.blocks[0].text == "т0"


def test_nothing_is_no_page() -> None:
    assert dom.read([Part({"documents": [], "strings": []})], 400, 800).blocks == ()
    assert build([]).documents == []


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_colours_contrast_with_black_and_white(red: int, green: int, blue: int) -> None:
    colour = parse_colour(f"rgb({red}, {green}, {blue})")
    assert colour == (red, green, blue, 1.0)
    product = contrast(colour, (0, 0, 0, 1)) * contrast(colour, (255, 255, 255, 1))
    assert abs(product - 21) < 0.01


@given(st.text(max_size=40))
def test_a_colour_is_always_understood(text: str) -> None:
    assert len(parse_colour(text)) == 4


@given(st.text(max_size=60))
def test_a_notice_is_never_trusted(payload: str) -> None:
    notice = understand(payload)
    assert notice is None or notice.kind in ("stir", "text")


@given(st.text(alphabet="0123456789ABCXYZ", min_size=1, max_size=14))
def test_what_was_typed_agrees_with_itself_under_a_mask(text: str) -> None:
    masked = " ".join(text)
    assert agrees(masked.lower(), text)
    assert nearness(masked, text) == 1.0
    assert text not in ways(text, "")


def test_other_digits_do_not_agree() -> None:
    assert not agrees("770000000", "70000000000")
    assert not agrees("", "000QQQ99")
    assert not agrees("111111111111", "000000000000")
    assert agrees("+7 (000) 000-00-00", "+70000000000")
    assert ways("+70000000000", "+7 (")[0] == "0000000000"
