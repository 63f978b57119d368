"""Collects, for one control, everything that hints at what it wants, each hint with its weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from prober.models.page import Control, NearText
from prober.reading.cues import CueBook, Sight, cue_book

# How much a cue counts by where it stands. What a visitor sees outweighs what the page's author wrote for machines:
# all hidden hints together (`HIDDEN_CAP`) cannot outvote one clear label.
WEIGHTS = {
    "label": 3.5, "inside": 2.8, "aria-label": 2.6, "placeholder": 2.5, "near": 2.6, "legend": 1.2, "title": 1.2,
    "autocomplete": 2.6, "name": 1.6, "id": 1.4, "data": 0.9, "class": 0.4,
}  # fmt: skip
HIDDEN_CAP = 2.9
HIDDEN = frozenset({"autocomplete", "name", "id", "data", "class"})
_WEAK = 0.4
_FAR = 140.0  # CSS px: a text farther away than this belongs to something else
_HINT_DATA = re.compile(
    r"(?i)(?:^|[-_])(?:format|mask|label|field|name|purpose|type|role|title|hint)|inputmask|placeholder|"
    r"stripe|braintree|recurly|encrypt|checkout|formcontrol|ng-model|v-model"
)
_HEAD = 24.0  # CSS px: a text so close above a box is its label
_JUNK = re.compile(r"^(?:[0-9a-f]{8,}|[\d\W_]+)$", re.I)


class Hint(NamedTuple):
    """`reason` is for the report, e.g. 'label="Номер карты"'."""

    purpose: str
    weight: float
    reason: str
    cue: str
    source: str


def hints(control: Control, languages: frozenset[str], around: Surroundings | None = None) -> list[Hint]:
    """All hints of one control, in no particular order; hidden ones already capped."""
    book = cue_book()
    found = [*_visible(control, book, languages, around), *_typed(control, book), *_options(control)]
    hidden = [*_attributes(control, book)]
    total: dict[str, float] = {}
    for hint in hidden:
        total[hint.purpose] = total.get(hint.purpose, 0.0) + hint.weight
    for hint in hidden:
        scale = min(1.0, HIDDEN_CAP / total[hint.purpose]) if total[hint.purpose] else 1.0
        found.append(hint._replace(weight=hint.weight * scale))
    return found


class Surroundings:
    """Which text belongs to which field: a text that names another field, or stands nearer to it, is not this one's."""

    def __init__(self, controls: Iterable[Control]) -> None:
        self._labelled: dict[tuple[int, str], set[str]] = {}
        self._nearest: dict[tuple[int, str], float] = {}
        self._heads: dict[tuple[int, str], set[str]] = {}
        for control in controls:
            own = own_label(control)
            if own:
                self._labelled.setdefault((control.frame, own), set()).add(control.ref)
            for near in control.near:
                key = (control.frame, near.text.strip())
                distance = _estrangement(near)
                if distance < self._nearest.get(key, 1e9):
                    self._nearest[key] = distance
                if near.side == "above" and near.distance <= _HEAD:
                    self._heads.setdefault(key, set()).add(control.ref)

    def share(self, control: Control, near: NearText) -> float:
        """How much of a text beside a field is about that field, 0 to 1."""
        key = (control.frame, near.text.strip())
        owners = self._labelled.get(key)
        if owners and control.ref not in owners:
            return 0.0
        heads = self._heads.get(key, set()) - {control.ref}
        if heads and near.side != "above" and not (near.side == "left" and not self._headed(control)):
            return 0.3  # it stands right above another box, as labels do
        return 1.0 if _estrangement(near) <= self._nearest.get(key, 0.0) + 12 else 0.3

    @staticmethod
    def _headed(control: Control) -> bool:
        return any(n.side == "above" and n.distance <= _HEAD for n in control.near)


def own_label(control: Control) -> str:
    """The label without the legend of its group, which the browser appends after ' / '."""
    return control.label.split(" / ")[0].strip()


def visible_texts(control: Control, around: Surroundings | None = None) -> Iterator[tuple[str, str, float]]:
    """(source, text, weight) of what a person sees at the control, best first."""
    own, *legends = [part.strip() for part in control.label.split(" / ")]
    if own:  # several labels of one field: its id is used twice, and they may be others'
        yield "label", own, WEIGHTS["label"] * (1.0 if len(legends) < 3 else 0.3)
    for near in control.near:
        if near.side == "inside":
            yield "inside", near.text, WEIGHTS["inside"]
    if control.aria_label.strip():
        yield "aria-label", control.aria_label, WEIGHTS["aria-label"]
    if control.placeholder.strip():
        yield "placeholder", control.placeholder, WEIGHTS["placeholder"]
    yield from _near_texts(control, own, around)
    for legend in legends[:2]:
        yield "legend", legend, WEIGHTS["legend"]
    if control.title.strip() and "server type:" not in control.title:  # an autofill debugger's note is no page's word
        yield "title", control.title, WEIGHTS["title"]


def _near_texts(control: Control, own: str, around: Surroundings | None) -> Iterator[tuple[str, str, float]]:
    beside = [n for n in control.near if n.side != "inside" and n.distance <= _FAR and n.text.strip() != own]
    beside.sort(key=_estrangement)
    for place, near in enumerate(beside[:4]):
        share = around.share(control, near) if around else 1.0
        if share:
            yield "near", near.text, WEIGHTS["near"] * (1.0, 0.45, 0.25, 0.15)[place] * _side(near) * share


def _estrangement(near: NearText) -> float:
    """Labels stand left of or above their box; what follows it usually explains or belongs to the next."""
    return near.distance + {"left": 0.0, "above": 4.0, "right": 28.0, "below": 32.0, "inside": -50.0}[near.side]


def _side(near: NearText) -> float:
    distance = near.distance if near.side != "left" else near.distance * 0.4
    closeness = (
        1.15 if distance <= 12 else 1.0 if distance <= 25 else 0.8 if distance <= 45 else 0.5 if distance <= 80 else 0.3
    )
    return closeness * (1.0 if near.side in {"left", "above"} else 0.5)


def _visible(control: Control, book: CueBook, languages: frozenset[str], around: Surroundings | None) -> Iterator[Hint]:
    told = False
    seen: set[str] = set()
    for source, text, weight in visible_texts(control, around):
        if told and source in {"near", "legend"}:
            weight *= 0.3
        if _bare(text) in seen:
            weight *= 0.3  # the same words as label and as placeholder are one word, not two
        seen.add(_bare(text))
        sights = [s for s in book.in_text(text, languages) if _possible(s.cue.purpose, control)]
        yield from _as_hints(source, text, weight * _length_factor(text), sights)
        if any(not s.cue.weak for s in sights) and source not in {"near", "legend"}:
            told = True
        for purpose, shape_weight in book.in_shape(text) if source not in {"near", "legend"} else ():
            if _possible(purpose, control):
                yield Hint(purpose, shape_weight, f"{source}={text.strip()[:60]!r}", "shape", source)
                told = told or shape_weight >= 2


def _bare(text: str) -> str:
    return text.strip(" *:.").casefold()


def _as_hints(source: str, text: str, weight: float, sights: list[Sight]) -> Iterator[Hint]:
    for place, sight in enumerate(sights[:3]):
        share = (1.0, 0.3, 0.15)[place] * (_WEAK if sight.cue.weak else 1.0) * (0.75 + 0.25 * sight.covers)
        shown = " ".join(text.split())[:60]
        yield Hint(sight.cue.purpose, weight * share, f"{source}={shown!r}", sight.cue.name, source)


def _length_factor(text: str) -> float:
    """A sentence mentions many things; a label names one."""
    size = len(text)
    return 1.0 if size <= 40 else 0.7 if size <= 80 else 0.4 if size <= 160 else 0.15


def _attributes(control: Control, book: CueBook) -> Iterator[Hint]:
    for token in control.autocomplete.lower().split():
        purpose = book.autocomplete.get(token)
        if purpose and _possible(purpose, control):
            yield Hint(purpose, WEIGHTS["autocomplete"], f"autocomplete={token}", "autocomplete", "autocomplete")
            break
    else:
        yield from _named("autocomplete", control.autocomplete, 0.8, control, book)
    yield from _named("name", control.name, WEIGHTS["name"], control, book)
    if control.id != control.name:
        yield from _named("id", control.id, WEIGHTS["id"], control, book)
    for key, value in control.data.items():
        if _HINT_DATA.search(key) and value:
            yield from _named("data", value[:80], WEIGHTS["data"], control, book)
            for purpose, weight in book.in_shape(value.replace("9", "0").replace("_", "0")):
                if _possible(purpose, control):
                    yield Hint(purpose, weight * 0.6, f"{key}={value[:40]}", "shape", "data")
    for name in control.classes.split()[:12]:
        yield from _named("class", name, WEIGHTS["class"], control, book)


def _named(source: str, name: str, weight: float, control: Control, book: CueBook) -> Iterator[Hint]:
    if not name or _JUNK.match(name) or name.lower() in {"on", "off", "nope", "false", "disabled"}:
        return
    sights = [s for s in book.in_name(name) if _possible(s.cue.purpose, control)]
    for place, sight in enumerate(sights[:2]):
        share = (1.0, 0.25)[place] * (_WEAK if sight.cue.weak else 1.0) * (0.7 + 0.3 * sight.covers)
        yield Hint(sight.cue.purpose, weight * share, f"{source}={name[:60]}", sight.cue.name, source)


_BY_TYPE = {
    "email": ("email", 3.0), "tel": ("phone", 0.5), "password": ("password", 1.3), "search": ("search", 3.0),
    "month": ("card_expiry", 1.5), "date": ("birth_date", 0.5),
}  # fmt: skip


def _typed(control: Control, book: CueBook) -> Iterator[Hint]:
    if control.type in _BY_TYPE:
        purpose, weight = _BY_TYPE[control.type]
        yield Hint(purpose, weight, f"type={control.type}", "type", "type")
    if control.input_mode == "email":
        yield Hint("email", 1.5, "inputmode=email", "type", "type")
    if control.tag == "textarea":
        yield Hint("comment", 1.0, "textarea", "type", "type")
    if (
        control.kind == "text"
        and control.max_length in (3, 4)
        and control.type in {"password", "tel", "text", "number"}
    ):
        yield Hint("card_code", 0.2, f"maxlength={control.max_length}", "length", "length")
    if control.kind == "text" and control.max_length in (16, 19):
        yield Hint("card_number", 0.5, f"maxlength={control.max_length}", "length", "length")
    if control.kind == "text" and control.max_length == 12 and _digits_only(control):
        yield Hint("personal_id", 0.6, "maxlength=12", "length", "length")


def _digits_only(control: Control) -> bool:
    return control.input_mode in {"numeric", "decimal"} or bool(re.search(r"\\d|0-9", control.pattern))


_MONTH_NAME = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|июн|июл|авг|сен|окт|ноя|дек|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел)"
)
_BRANDS = re.compile(
    r"(?i)\bvisa\b|master ?card|maestro|american express|amex|\bмир\b|unionpay|diners|discover|\bjcb\b"
)


def _options(control: Control) -> Iterator[Hint]:
    if control.kind != "select" or not control.options:
        return
    first = control.options[0].text.strip()
    for sight in cue_book().in_text(first, frozenset())[:1] if len(first) <= 20 else ():
        if sight.cue.name in {"month_bare", "year_bare", "day_bare"}:  # 'MM' heads the list as a placeholder would
            yield Hint(
                sight.cue.purpose, WEIGHTS["placeholder"] * _WEAK, f"option={first!r}", sight.cue.name, "options"
            )
    texts = [o.text.strip() for o in control.options if o.text.strip()]
    numbers = [int(t) for t in (re.sub(r"\D", "", t) for t in texts) if t and len(t) <= 4]
    brands = sum(bool(_BRANDS.search(t)) for t in texts)
    if brands >= 2:
        yield Hint("card_type", 2.5, f"options={', '.join(texts[:3])}", "options", "options")
    elif 11 <= len(texts) <= 14 and (
        numbers[-12:] == list(range(1, 13)) or sum(bool(_MONTH_NAME.search(t)) for t in texts) >= 6
    ):
        yield Hint("birth_month", 1.2, "options=months", "months", "options")
    elif {1, 15, 30, 31} <= set(numbers) and len(texts) <= 33 and max(numbers) == 31:
        yield Hint("birth_day", 1.2, "options=days", "days", "options")
    elif (years := years_of(texts)) is not None:
        card = min(years) >= 2000 and len(years) <= 31 and years[0] < years[-1]
        yield Hint("card_year" if card else "birth_year", 1.4, f"options={years[0]}-{years[-1]}", "years", "options")
    elif sum(bool(re.search(r"\+\d{1,3}\b", t)) for t in texts) >= max(2, len(texts) // 2):
        yield Hint("phone", 2.5, f"options={texts[0][:20]}", "dial codes", "options")
    elif len(texts) >= 150:
        yield Hint("country", 1.0, f"{len(texts)} options", "options", "options")


def years_of(texts: list[str]) -> list[int] | None:
    """The years that a list of options names (two-digit ones as 20xx), None when it is no list of years."""
    years = [int(t) if len(t) == 4 else 2000 + int(t) for t in texts if re.fullmatch(r"(?:19|20)\d\d|[2-5]\d", t)]
    if len(years) < 4 or len(years) < len(texts) - 2:
        return None
    steps = {b - a for a, b in pairwise(years)}
    return years if steps <= {1} or steps <= {-1} else None


_SELECTABLE = frozenset({
    "country", "region", "city", "card_month", "card_year", "card_expiry", "card_type", "birth_day", "birth_month",
    "birth_year", "plate_region", "plate_series", "amount", "quantity", "phone", "unknown", "document_series", "account",
    "address", "birth_date", "document_date",
})  # fmt: skip
_NEVER_LONG = frozenset({"card_number", "card_code", "card_expiry", "card_pin", "otp", "captcha", "password"})


def _possible(purpose: str, control: Control) -> bool:
    """Could a control of this build take such a value at all?"""
    if control.kind == "select":
        return purpose in _SELECTABLE
    if control.kind in {"checkbox", "radio"}:
        return purpose in {"consent", "card_type", "unknown"}
    if control.tag == "textarea":
        return purpose not in _NEVER_LONG
    if purpose == "consent":
        return False
    if control.max_length is not None and control.max_length > 0 and not _fits(purpose, control.max_length):
        return False
    if control.type == "email":
        return purpose in {"email", "username"}
    if control.type in {"number", "date", "month", "range"}:
        return not (purpose.startswith("name") or purpose in {"email", "plate", "username", "card_holder"})
    return True


def _fits(purpose: str, length: int) -> bool:
    if purpose in {"card_holder", "email", "name", "address", "username"}:
        return length > 5
    if purpose in {"plate", "personal_id", "tracking", "vin", "iban"}:
        return length > 2
    return True
