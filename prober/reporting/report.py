"""The report: one self-contained HTML file without script, from which the same browser prints the PDF."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from prober.reporting.chapters import chapters
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.messages import Words
from prober.reporting.page_one import page_one, reviewed
from prober.reporting.pictures import Gallery


def render(
    dossier: Dossier,
    lang: str = "en",
    edition: Literal["recipient", "internal"] = "recipient",
    include_secrets: bool = False,
) -> str:
    """The report as HTML. It loads nothing, runs nothing and links nowhere.

    Raises:
        UsageError: there is no such language.
        BrokenCase: an exhibit is missing or was changed; such a case is not reported on.
    """
    manner = Manner(Words(lang), edition, include_secrets, dossier.ours)
    gallery = Gallery(dossier, manner)
    style = _style(dossier, manner)
    template = _templates().get_template("report.html.j2")
    return template.render(
        words=manner.words,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        case=dossier.case,
        page=page_one(dossier, manner, gallery),
        rest=chapters(dossier, manner, gallery),
    )


def _style(dossier: Dossier, manner: Manner) -> str:
    """The style sheet with fonts inlined and the running foot of printed pages."""
    css = _asset_text("report.css")
    for weight in ("Regular", "Bold"):
        css = css.replace(f"@@{weight}@@", _font(weight))
    review = manner.words("strip.not_reviewed") if dossier.review is None else reviewed(dossier, manner)
    foot = _css_string(f"{dossier.case.id}  ·  {review}")
    return css.replace("@@FOOT@@", foot)


def _css_string(text: str) -> str:
    """A string that cannot leave its quotes, nor the style element."""
    return "".join(char if char.isalnum() or char in " .:·-" else f"\\{ord(char):06x} " for char in text)


@lru_cache(maxsize=2)
def _font(weight: str) -> str:
    data = resources.files("prober.reporting").joinpath("assets", f"NotoSans-{weight}.woff2").read_bytes()
    return base64.b64encode(data).decode()


def _asset_text(name: str) -> str:
    return resources.files("prober.reporting").joinpath("templates", name).read_text("utf-8")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("prober.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
