"""Pages as no person would write them: tags, styles and words at random, nested wrongly and left open."""

from __future__ import annotations

from random import Random

_TAGS = tuple(
    [
        "div",
        "p",
        "span",
        "a",
        "b",
        "h1",
        "h2",
        "ul",
        "li",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "form",
        "label",
        "input",
        "button",
        "select",
        "option",
        "textarea",
        "fieldset",
        "legend",
        "iframe",
        "img",
        "svg",
        "path",
        "canvas",
        "video",
        "details",
        "summary",
        "dialog",
        "template",
        "slot",
        "math",
        "mi",
        "object",
        "embed",
        "meter",
        "progress",
        "map",
        "area",
        "frameset",
        "frame",
        "marquee",
        "ruby",
        "rt",
        "pre",
        "code",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "main",
        "nav",
        "section",
        "article",
        "custom-element",
    ]
)
_WORDS = (
    "Штраф", "23 400 ₸", "Оплатить", "Гос. номер", "ИИН", "не найдено", "Номер карты", "CVV", "Найти", "айыппұл", "төлеу",
    "\u202e403 32", "\u200bштра\u200bф", "\ufeff", "𝟚𝟛𝟜", "e\u0301", "0" * 40, "<", "&amp;", "&#0;", "&#x1F4A9;", "\x0b", "١٢٣", "#" * 80,
)  # fmt: skip
_STYLES = (
    "display:none", "visibility:hidden", "opacity:0", "position:fixed;top:0;left:0;width:100%;height:100%", "float:right",
    "transform:rotate(180deg)", "width:0", "font-size:0", "position:absolute;left:-9999px", "z-index:2147483647", "zoom:99",
    "clip-path:circle(0)", "direction:rtl", "writing-mode:vertical-rl", "display:contents", "columns:9", "height:9e9px",
    "content-visibility:hidden", "color:transparent", "background:url(data:,)", "display:table-cell", "margin:-5000px",
)  # fmt: skip
_ATTRIBUTES = (
    'type="tel"', 'type="file"', 'type="hidden"', 'type="checkbox"', 'type="radio"', 'type="date"', 'type="☃"', "disabled",
    "required", 'maxlength="-1"', 'maxlength="99999999999999999999"', 'pattern="("', 'name="card"', 'name="grnz"',
    'href="javascript:void(0)"', 'href="http://[::1"', 'href="//"', 'action="\\\\x"', 'for="x"', 'id="x"', 'id=""', "hidden",
    'role="alert"', 'role="button"', 'aria-labelledby="x x y"', "contenteditable", 'tabindex="99999999999"', "popover",
    'srcdoc="&lt;p&gt;Штраф&lt;iframe srcdoc=x&gt;"', 'aria-hidden="true"', 'lang="zz-☃"', 'dir="auto"', 'colspan="9999"',
    'shadowrootmode="closed"', 'autocomplete="cc-number"', 'src="data:image/png;base64,AAAA"', 'list="x"', 'value="\x00"', "open",
)  # fmt: skip


def page(rng: Random) -> str:
    """One page; the same for the same seed."""
    parts = [rng.choice(("<!doctype html>", "", "<html lang=ru>", "<?xml version='1.0'?>", "<html><head><title>Штраф"))]
    opened: list[str] = []
    for _ in range(rng.randrange(1, 120)):
        roll = rng.random()
        if roll < 0.5:
            tag = rng.choice(_TAGS)
            attributes = " ".join(rng.choice(_ATTRIBUTES) for _ in range(rng.randrange(3)))
            style = (
                f' style="{";".join(rng.choice(_STYLES) for _ in range(rng.randrange(3)))}"'
                if rng.random() < 0.4
                else ""
            )
            parts.append(f"<{tag} {attributes}{style}>")
            opened.append(tag)
        elif roll < 0.75:
            parts.append(" ".join(rng.choice(_WORDS) for _ in range(rng.randrange(1, 6))))
        elif roll < 0.97 and opened:
            parts.append(f"</{opened.pop(rng.randrange(len(opened)) if rng.random() < 0.3 else -1)}>")
        else:
            parts.append(
                rng.choice(("<!--", "<![CDATA[", "</", "<style>*{all:unset}</style>", "<", "<plaintext>", "\x00"))
            )
    return "".join(parts)
