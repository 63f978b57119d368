"""What the browser has on screen, as plain data: the only thing that reading and planning see."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from prober.models.base import Noun


class Box(Noun):
    """Rectangle in CSS pixels of the top page's document (origin: its top left, unaffected by scrolling)."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


class Frame(Noun):
    """A document on the page. Frame 0 is the top document; the others are its iframes at any depth."""

    id: int
    url: str
    parent: int | None = None
    box: Box | None = None
    title: str = ""
    lang: str = ""
    visible: bool = True


TextSource = Literal["dom", "pseudo", "dialog", "toast", "ocr", "qr"]


class TextBlock(Noun):
    """Text that a person reads as one piece: the inline content of one block container.

    `containers` are the node numbers of its ancestor elements, outermost first, its own block last;
    two blocks belong to one card or section when they share a long prefix. Text of a button or link
    has its control's `ref` in `control`; text of a label has the labelled control's in `labels`.
    """

    id: int
    frame: int = 0
    text: str
    box: Box
    tag: str = "div"
    heading: int = 0  # 1-6 for h1-h6 or aria-level, else 0
    font_size: float = 16.0
    bold: bool = False
    visible: bool = True
    hidden_because: str = ""  # e.g. 'display', 'opacity', 'contrast', 'offscreen', 'covered', 'clipped', 'tiny'
    live: bool = False  # role=alert/status, aria-live, or a toast caught before it vanished
    source: TextSource = "dom"
    control: str | None = None
    labels: str | None = None
    containers: tuple[int, ...] = ()


class Option(Noun):
    value: str
    text: str
    selected: bool = False
    disabled: bool = False


Side = Literal["left", "above", "right", "below", "inside"]


class NearText(Noun):
    """Text beside a control: where it stands as seen from the control, and how far (CSS px, edge to edge)."""

    side: Side
    distance: float
    text: str


ControlKind = Literal[
    "text", "select", "checkbox", "radio", "button", "link", "editable", "file", "range", "tab", "option"
]


class Control(Noun):
    """Anything a person could fill, choose or press.

    `ref` is the browser's handle, opaque to everyone else. `kind` 'text' covers input and textarea
    of every textual type; 'editable' is contenteditable, role=textbox or a script-driven fake input;
    'button' includes elements that only behave as one; one of type 'slide' is dragged along its track.
    'select' includes list boxes drawn by the page: their options are known where the page already holds them.
    A 'text' that is `read_only` and empty is filled by what opens when it is pressed: a calendar, a list, a key pad.
    """

    ref: str
    order: int  # document order over all frames
    frame: int = 0
    kind: ControlKind
    tag: str
    type: str = ""
    name: str = ""
    id: str = ""
    classes: str = ""
    autocomplete: str = ""
    input_mode: str = ""
    placeholder: str = ""
    title: str = ""
    aria_label: str = ""
    pattern: str = ""
    max_length: int | None = None
    data: dict[str, str] = Field(default_factory=dict)  # data-*, mask and similar attributes that hint at meaning
    label: str = ""  # label for=, wrapping label, aria-labelledby, legend of its fieldset appended
    near: tuple[NearText, ...] = ()  # nearest first
    text: str = ""  # own visible text; for icons the alt, title or aria-label inside
    value: str = ""
    checked: bool = False
    options: tuple[Option, ...] = ()
    required: bool = False
    disabled: bool = False
    read_only: bool = False
    expanded: bool | None = None  # whether what it opens is open; None where it opens nothing or does not say so
    popup: str = ""  # what it opens, as aria-haspopup says: listbox, menu, dialog, grid, tree, true
    invalid: bool = False  # aria-invalid or :invalid after input
    href: str = ""  # absolute, for links
    form: int | None = None  # node number of the form element
    form_action: str = ""  # absolute
    form_method: str = ""
    containers: tuple[int, ...] = ()
    box: Box
    visible: bool = True
    hidden_because: str = ""
    in_viewport: bool = True


class Image(Noun):
    """A picture or drawing surface; `kind` tells what could hold text that the DOM does not."""

    ref: str
    frame: int = 0
    kind: Literal["img", "svg", "canvas", "background", "video"]
    src: str = ""  # absolute; data: URLs cut to 200 characters
    alt: str = ""
    box: Box
    visible: bool = True
    containers: tuple[int, ...] = ()


class DialogSeen(Noun):
    """A JavaScript dialog that opened; it was answered at once (prompt: empty; beforeunload: leave)."""

    kind: Literal["alert", "confirm", "prompt", "beforeunload"]
    message: str


class Request(Noun):
    """One request of the page as the browser layer saw it."""

    method: str
    url: str
    kind: str = ""  # document, xhr, fetch, script, image, websocket, ...
    frame_url: str = ""
    status: int | None = None
    failed: str = ""
    posted: str = ""  # body, at most 20,000 characters
    answered: str = ""  # text answers to xhr/fetch/document, at most 20,000 characters; '' where none
    mime: str = ""
    redirected_to: str = ""
    seconds: float | None = None


class Download(Noun):
    """A file the site wanted to hand over; it was refused."""

    url: str
    name: str
    first_bytes_sha256: str = ""


class Withheld(Noun):
    """A value on its way out that prober must not send: a card number, or one that somebody could bear.

    masked: what may be shown of it. stopped: False where it was seen only after it had left (sockets).
    """

    kind: Literal["card", "personal_id"]
    masked: str
    where: Literal["address", "body", "socket"]
    host: str
    stopped: bool = True


class Exit(Noun):
    """The walk would have left for a host that prober refuses to visit."""

    url: str
    host: str
    why: Literal["official", "payment", "private", "scheme"]
    kind: Literal["navigation", "post", "frame", "subresource"]


class Snapshot(Noun):
    """Everything a person would see and use at one moment, plus what happened since the last snapshot."""

    url: str
    title: str = ""
    lang: str = ""
    status: int | None = None  # HTTP status of the top document
    failure: str = ""  # e.g. 'dns', 'refused', 'timeout', 'tls', 'crashed', 'proxy', 'policy'; '' when a page is shown
    frames: tuple[Frame, ...] = ()
    blocks: tuple[TextBlock, ...] = ()  # in reading order
    controls: tuple[Control, ...] = ()  # in document order
    images: tuple[Image, ...] = ()
    viewport: Box = Box(x=0, y=0, width=412, height=915)  # what part of the document is on screen
    page_height: float = 0.0
    dialogs: tuple[DialogSeen, ...] = ()
    requests: tuple[Request, ...] = ()
    websockets: tuple[str, ...] = ()  # addresses of sockets opened since the last snapshot
    pushed: int = 0  # messages that arrived over WebSocket or EventSource since the last snapshot
    downloads: tuple[Download, ...] = ()
    exits: tuple[Exit, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    popups: int = 0  # pages opened since the last snapshot; the newest is the one observed
    unread: int = 0  # inner areas with text that were not scrolled to their end yet
    truncated: str = ""  # what had to be left out, e.g. 'nodes'
    settled: bool = True  # False: still changing or loading when the patience of one wait ran out
    virtual_seconds: float = 0.0  # page time granted beyond real time since the last snapshot

    def control(self, ref: str) -> Control | None:
        return next((c for c in self.controls if c.ref == ref), None)
