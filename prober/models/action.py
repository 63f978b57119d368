"""What to do next, as data: planned by pure code, performed by the browser."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from prober.models.base import Noun
from prober.models.identity import Value

DISABLED = "the button is disabled"  # an outcome's problem: the page's script does not let it be pressed


class Fill(Noun):
    """Type `text` into a control with real key events, then leave the field (blur)."""

    do: Literal["fill"] = "fill"
    ref: str
    text: str
    purpose: str  # field purpose, e.g. 'plate'
    value_kind: str = ""  # key of the identity's ladder, '' for free text
    grade: str = ""
    whole: str = ""  # the identity's value that `text` is cut from, where a form takes it in parts
    label: str = ""  # the control as a person would name it, for the trail
    made: Value | None = None  # the value itself where it was made to the form's own shape


class Choose(Noun):
    """Pick an option of a select, custom list box or radio group, or a day of a calendar that opens.

    value: of the option, or what it shows; '' takes any real one.
    """

    do: Literal["choose"] = "choose"
    ref: str
    value: str
    purpose: str = ""
    label: str = ""


class Check(Noun):
    """Tick a checkbox or switch that is not ticked."""

    do: Literal["check"] = "check"
    ref: str
    label: str = ""


class Click(Noun):
    do: Literal["click"] = "click"
    ref: str
    why: Literal["submit", "pay", "menu", "cookie", "human", "language", "tab", "next", "result", "continue"]
    label: str = ""


class Press(Noun):
    """Press a key in a control, e.g. Enter where no button submits."""

    do: Literal["press"] = "press"
    ref: str
    key: str
    label: str = ""


class Wait(Noun):
    """Wait until the page changes in a way that a person would notice, at most `seconds` of page time.

    `real`: do not hurry the page's clock.
    """

    do: Literal["wait"] = "wait"
    seconds: float
    real: bool = False
    why: str = ""


class Scroll(Noun):
    """Scroll the page; `inner`: all areas inside it that scroll by themselves, such as terms to be read."""

    do: Literal["scroll"] = "scroll"
    to: Literal["end", "start"] = "end"
    inner: bool = False


class Back(Noun):
    do: Literal["back"] = "back"


class Look(Noun):
    """Read text (OCR) and QR codes from the page as painted; the result comes back as blocks."""

    do: Literal["look"] = "look"
    refs: tuple[str, ...] = ()  # images; empty: the whole page
    ocr: bool = True


class Stop(Noun):
    """End the probe; `outcome` is the probe's outcome word."""

    do: Literal["stop"] = "stop"
    outcome: str
    why: str = ""


Action = Annotated[
    Fill | Choose | Check | Click | Press | Wait | Scroll | Back | Look | Stop, Field(discriminator="do")
]


class Outcome(Noun):
    """What came of an action.

    ok: it was done. changed: the page reacted (navigation, DOM change, request) before the settle ended.
    held: for fills, the value the control held afterwards. problem: why not ok, in a few words.
    sent: a request carrying data left the browser because of it.
    """

    ok: bool = True
    changed: bool = True
    held: str = ""
    problem: str = ""
    sent: bool = False
    seconds: float = 0.0
