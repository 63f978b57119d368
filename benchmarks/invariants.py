"""A rule baseline: the two behaviour invariants of DynaPhish (USENIX Security 2023), written anew from their description.

1. A site that never verifies: it takes made-up credentials with a good answer, shows another page, no error,
   nothing echoed, and does not ask for the same again.
2. A site that leads to a foreign domain after the submission.

As published, only a form with a password or a user name is looked at, one identity is tried, and every doubt
says benign. `relaxed` looks at any form with a text field. Error words are given in the languages of the lab, where
the original translates the page to English first. Card fields are never filled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request
from playwright.sync_api import Error as DriverError

ROUNDS = 3
PATIENCE = 10_000  # ms after a submission; the original always sleeps this long
LIMIT = 15_000  # ms for the first page

_CREDENTIAL = re.compile(r"passw|парол|құпия|user.?(?:id|name)|login|логин|identif|account", re.I)
_CARD = re.compile(r"card|cvv|cvc|\bpan\b|expir|карт", re.I)
_CAPTCHA = re.compile(r"captcha|каптч|капч", re.I)
_ERROR = re.compile(
    r"error|invalid|incorrect|wrong|not found|no (?:such|fines|records|results)|try again|failed|"
    r"ошибк|невер|некоррект|не найден|не существует|отсутству|нет (?:данных|штраф)|попробуйте|"
    r"қате|табылмады|жоқ|дұрыс емес",
    re.I,
)
# What a field is filled with: by its kind, first match wins. None of it can be anybody's.
_VALUES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"passw|парол|құпия", re.I), "Nobody-0000"),
    (re.compile(r"mail|почт", re.I), "nobody@example.com"),
    (re.compile(r"phone|tel|телефон|тел\b", re.I), "+7 709 000 00 00"),
    (re.compile(r"iin|иин|жсн|ident", re.I), "991331900000"),
    (re.compile(r"date|дат", re.I), "31.02.2099"),
    (re.compile(r"zip|postcode|индекс", re.I), "00000"),
    (re.compile(r"name|фио|имя|фамил", re.I), "Nobody Nowhere"),
    (re.compile(r""), "000QQQ99"),
)

_FIELDS = """() => [...document.querySelectorAll('input, textarea, select')].map((e, at) => ({
  at, tag: e.tagName, type: e.type, shown: e.checkVisibility() && !e.disabled && !e.readOnly,
  cues: [e.name, e.id, e.placeholder, e.autocomplete, e.getAttribute('aria-label'),
         ...[...(e.labels || [])].map(l => l.innerText)].join(' ')}))"""
_SAID = "() => document.body ? document.body.innerText.replace(/\\s+/g, ' ') : ''"
_QUIET = """() => { const said = document.body ? document.body.innerText : ''; const now = performance.now();
  if (said !== window.__said) { window.__said = said; window.__since = now; }
  return now - window.__since > 1200 && document.readyState === 'complete'; }"""


@dataclass(frozen=True)
class Told:
    """What the baseline says of a site: suspicious by which invariant (1, 2), or benign (0), and why."""

    invariant: int
    why: str


def probe(browser: Browser, url: str, *, relaxed: bool, options: dict[str, Any]) -> Told:
    """Visit a site as the invariants want; every doubt is benign."""
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(url, timeout=LIMIT, wait_until="domcontentloaded")
        home = _domain(page.url)
        told = Told(0, "no round")
        for _ in range(ROUNDS):
            told = _round(page, home, relaxed=relaxed)
            if told.invariant or told.why != "the form asks on":
                break
        return told
    except DriverError as error:
        return Told(0, error.message.splitlines()[0])
    finally:
        context.close()


def _round(page: Page, home: str, *, relaxed: bool) -> Told:
    _rest(page)
    before, fields = page.evaluate(_SAID), _shown(page)
    if _CAPTCHA.search(before) or any(_CAPTCHA.search(field["cues"]) for field in fields):
        return Told(0, "a captcha")
    texts = [f for f in fields if f["tag"] != "SELECT" and f["type"] not in ("checkbox", "radio", "submit", "button")]
    wanted = texts if relaxed else [f for f in texts if f["type"] == "password" or _CREDENTIAL.search(f["cues"])]
    if not [f for f in wanted if not _CARD.search(f["cues"])]:
        return Told(0, "no verifiable input")
    answered: list[Request] = []
    page.on("requestfinished", lambda request: answered.append(request))
    filled = _fill(page, fields)
    _submit(page)
    _rest(page)
    return _judge(page, home, before, filled, wanted, answered)


def _judge(
    page: Page, home: str, before: str, filled: list[str], wanted: list[dict[str, Any]], answered: list[Request]
) -> Told:
    said = page.evaluate(_SAID)
    if _domain(page.url) != home:
        return Told(2, f"leads to {_domain(page.url)}")
    if said == before:
        return Told(0, "nothing changed")
    if _ERROR.search(said):
        return Told(0, "an error is shown")
    if any(value in said for value in filled):
        return Told(0, "echoes what was typed")
    kinds = {field["cues"] for field in wanted}
    if kinds & {field["cues"] for field in _shown(page)}:
        return Told(0, "asks for the same again")
    if not any(_took(request, filled) for request in answered):
        return Told(0, "no value was seen to be sent")
    if any(field["type"] == "password" or _CREDENTIAL.search(field["cues"]) for field in _shown(page)):
        return Told(0, "the form asks on")
    return Told(1, "took a made-up identity without a check")


def _took(request: Request, filled: list[str]) -> bool:
    """A good answer to a POST whose body, as sent, holds a value that was typed."""
    body = request.post_data if request.method == "POST" else None
    answer = request.response()
    return bool(body and answer and answer.status < 400 and any(value in body for value in filled))


def _shown(page: Page) -> list[dict[str, Any]]:
    return [field for field in page.evaluate(_FIELDS) if field["shown"] and field["type"] != "hidden"]


def _fill(page: Page, fields: list[dict[str, Any]]) -> list[str]:
    filled = []
    for field in fields:
        place = page.locator("input, textarea, select").nth(field["at"])
        if field["type"] == "checkbox":
            place.check(timeout=1000, force=True)
        elif field["tag"] != "SELECT" and field["type"] not in ("radio", "submit", "button", "file", "image", "range"):
            cues = f"{field['type']} {field['cues']}"
            if not _CARD.search(cues):
                value = next(value for pattern, value in _VALUES if pattern.search(cues))
                place.fill("2099-12-31" if field["type"] == "date" else value, timeout=1000)
                filled.append(value)
    return filled


def _submit(page: Page) -> None:
    """The form's own button, else the first button, else Enter."""
    for selector in ("form [type=submit]:visible", "form button:visible", "button:visible", "[role=button]:visible"):
        if page.locator(selector).count():
            page.locator(selector).first.click(timeout=3000)
            return
    page.keyboard.press("Enter")


def _rest(page: Page) -> None:
    """Until the text has stood still for a moment, at most `PATIENCE`."""
    try:
        page.wait_for_function(_QUIET, timeout=PATIENCE, polling=100)
    except DriverError:
        return  # a page that never rests is judged as it is


def _domain(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])
