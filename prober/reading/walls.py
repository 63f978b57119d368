"""What stands between the visitor and an answer: a log-in, a captcha, a block, an error page, a parked domain."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from prober.models.reading import Wall
from prober.reading.view import Line, View

_Kind = Literal[
    "login", "captcha", "blocked", "maintenance", "error_page", "parked", "gone", "rate_limit", "geo", "empty"
]
_CAPTCHA_HOST = re.compile(
    r"recaptcha|hcaptcha\.com|challenges\.cloudflare\.com|smartcaptcha|captcha-api\.yandex|arkoselabs|funcaptcha|"
    r"geetest|captcha-delivery\.com|mtcaptcha|friendlycaptcha|px-captcha|awswaf|captcha",
    re.IGNORECASE,
)
_INVISIBLE_BADGE = re.compile(r"size=invisible|/aframe|/bframe", re.IGNORECASE)
_CAPTCHA_NAME = re.compile(
    r"captcha|kaptcha|kapcha|capcha|secur(?:ity)?_?code|verif(?:y|ication)_?code_?img|captha", re.IGNORECASE
)
_SHORT_PAGE = 120  # words: a page with more says something else


def find_walls(view: View) -> tuple[Wall, ...]:
    """Walls in the order of `_RULES`, each kind once."""
    return tuple(wall for rule in _RULES if (wall := rule(view)))


def _wall(kind: _Kind, line: Line | None, text: str = "") -> Wall:
    return Wall(kind=kind, quote=line.quote if line else text, blocks=(line.id,) if line else ())


def _inputs(view: View) -> int:
    return sum(c.kind in ("text", "select", "editable") and not c.disabled for c in view.controls)


def _status(view: View) -> int:
    return view.snapshot.status or 0


def _says(view: View, category: str, longest: int = 40, heading_only: bool = False) -> Line | None:
    """The line that says it plainly; not a link and not in running text."""
    for line in view.lines_with(category):
        prominent = line.block.heading > 0 or line.block.font_size >= 22 or len(view.lines) <= 6
        if not line.is_action and len(line.marks.words) <= longest and (prominent or not heading_only):
            return line
    return None


def _short(view: View) -> bool:
    return view.word_count <= _SHORT_PAGE


def _rate_limit(view: View) -> Wall | None:
    if _status(view) == 429:
        return _wall("rate_limit", _says(view, "rate_limit"), "HTTP status 429")
    line = _says(view, "rate_limit")
    return _wall("rate_limit", line) if line and (_short(view) or line.block.live) else None


def _captcha(view: View) -> Wall | None:
    for frame in view.snapshot.frames:
        if frame.parent is not None and frame.visible and _CAPTCHA_HOST.search(frame.url):
            big_enough = frame.box is None or frame.box.area >= 2000
            if big_enough and not _INVISIBLE_BADGE.search(frame.url):
                return _wall("captcha", _says(view, "captcha"), f"frame of {frame.url.split('?')[0]}")
    for control in view.controls:
        told = " ".join((control.name, control.id, control.classes))
        if control.kind in ("text", "checkbox") and _CAPTCHA_NAME.search(told):
            return _wall("captcha", _says(view, "captcha"), control.label or control.placeholder or control.name)
    for image in view.snapshot.images:
        if (
            image.visible
            and _CAPTCHA_NAME.search(f"{image.src[:300]} {image.alt}")
            and "logo" not in image.src.casefold()
        ):
            return _wall("captcha", _says(view, "captcha"), image.alt or "a captcha picture")
    line = _says(view, "captcha")
    return _wall("captcha", line) if line and (_short(view) or _picture_code(view)) else None


def _picture_code(view: View) -> bool:
    """A field that asks for the characters of a picture."""
    return any(
        "captcha" in view.lexicon.find(f"{c.label} {c.placeholder} {c.aria_label}")
        for c in view.controls
        if c.kind == "text"
    )


def _geo(view: View) -> Wall | None:
    line = _says(view, "geo")
    blocking = _status(view) in (403, 451) or (_short(view) and not _inputs(view))
    return _wall("geo", line) if line and blocking else None


def _blocked(view: View) -> Wall | None:
    line = _says(view, "blocked")
    if _status(view) in (401, 403, 405, 406, 451):
        return _wall("blocked", line, f"HTTP status {_status(view)}")
    if line and not _inputs(view) and (_short(view) or "blocked" in view.title):
        return _wall("blocked", line)
    return _wall("blocked", None, view.snapshot.title) if "blocked" in view.title and not _inputs(view) else None


def _gone(view: View) -> Wall | None:
    line = _says(view, "gone")
    if _status(view) == 410:
        return _wall("gone", line, "HTTP status 410")
    return _wall("gone", line) if line and _short(view) and not _inputs(view) else None


def _maintenance(view: View) -> Wall | None:
    line = _says(view, "maintenance")
    return _wall("maintenance", line) if line and not _inputs(view) and view.word_count <= 2 * _SHORT_PAGE else None


def _error_page(view: View) -> Wall | None:
    line = _says(view, "error_page", heading_only=_status(view) < 400)
    if _status(view) >= 400 and not _inputs(view):
        return _wall("error_page", line, f"HTTP status {_status(view)}")
    titled = "error_page" in view.title
    if not _inputs(view) and view.word_count <= 2 * _SHORT_PAGE and (titled or line):
        return _wall("error_page", line, view.snapshot.title)
    return None


def _parked(view: View) -> Wall | None:
    line = _says(view, "parked", longest=60)
    if line is None and "parked" not in view.title:
        return None
    return _wall("parked", line, view.snapshot.title) if _inputs(view) <= 1 else None


def _login(view: View) -> Wall | None:
    """A password field, or a page that offers nothing but signing in."""
    password = next((c for c in view.controls if c.type == "password" and not _is_code(c.autocomplete)), None)
    if password:
        return _wall("login", _says(view, "login"), password.label or password.placeholder or "a password field")
    line = _says(view, "login")
    if line is None and not any("login" in view.lexicon.find(c.text) for c in view.controls if c.text):
        return None
    others = [c for c in view.controls if c.kind in ("text", "select", "editable")]
    asked = [c for c in view.controls if c.kind in ("button", "link") and "login" in view.lexicon.find(c.text)]
    headed = line is not None and (line.block.heading > 0 or _short(view))
    if not others and headed and asked and _short(view):
        return _wall("login", line)
    return None


def _is_code(autocomplete: str) -> bool:
    return autocomplete in ("one-time-code", "cc-csc", "cc-number")


def _empty(view: View) -> Wall | None:
    if view.snapshot.failure or view.word_count or view.controls:
        return None
    pictures = any(i.visible and i.box.area > 20_000 for i in view.snapshot.images)
    framed = any(f.parent is not None and f.visible for f in view.snapshot.frames)
    return None if pictures or framed else _wall("empty", None, "the page shows nothing")


_RULES: tuple[Callable[[View], Wall | None], ...] = (
    _rate_limit, _captcha, _geo, _blocked, _gone, _maintenance, _error_page, _parked, _login, _empty,
)  # fmt: skip
