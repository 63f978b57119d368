"""Values in the form that a group of fields asks for: the identity's own where they fit, else made to the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from prober.identities.fitted import Variant, fitted
from prober.models.action import Fill
from prober.models.identity import Identity, Proof, Value
from prober.models.page import Control
from prober.models.reading import FieldReading, Reading
from prober.models.shape import Shape, compact
from prober.plan.dates import wants_date
from prober.plan.forms import Group
from prober.plan.objections import PLATE_FAMILY, kinds_named, new_words
from prober.plan.turns import Trail, name_of
from prober.plan.values import Attempt, choose
from prober.reading.shapes import part_shape, row_shape, same, shape_held, shapes_in_words, shapes_of, wants_digits

SHAPED = frozenset(
    {"plate", "personal_id", "vehicle_certificate", "document_number", "driver_license", "protocol", "account", "phone"}
)
MOST_SHAPES = 4
VARIANTS: tuple[Variant, ...] = (1, 2, 3)
_PART = 4  # characters of a box that takes a part of a plate


@dataclass(frozen=True)
class Fitting:
    """What to type where: control -> (text, the value that it is or is cut from)."""

    answers: dict[str, tuple[str, Value]] = field(default_factory=dict)

    def region(self, menu: Control) -> str:
        """The option of a region menu that goes with the plate, '' where it names none."""
        region = next((v.parts.get("region", "") for _, v in self.answers.values() if v.kind == "plate"), "")
        options = (o.value for o in menu.options if region and (o.value == region or o.text.strip().startswith(region)))
        return next(options, "")


def fit(group: Group, reading: Reading, trail: Trail, attempt: Attempt, row: str) -> Fitting:
    """The group's answers that follow from the form of its fields; fields that say nothing are left out.

    row: what a row of one-character boxes wants, '' where there is none.
    """
    found: dict[str, tuple[str, Value]] = {}
    typed = [(f, c) for f, c in group.fields if c.kind in {"text", "editable"} and not wants_date(c)]
    menu = _region_menu(group)
    for parts, kind in _rows(typed, row):
        found |= _cut(parts, kind, reading, trail, attempt)
    for f, control in typed:
        kind = _kind(f, control, group)
        if control.ref in found or not kind or f.part is not None:
            continue
        shapes = _shapes(control, kind, reading, trail)
        regions = menu if kind == "plate" else None
        if kind == "phone" and (control.value or not shapes):  # what stands there is the code of the country
            continue
        options = tuple(_options(trail.identity, kind, shapes, reading.language, regions))
        if wants_digits(control):  # what has letters would not even be held
            options = tuple(o for o in options if not any(char.isalpha() for char in o.text))
        if not shapes or not options:
            continue
        values = list({option.value.text: option.value for option in options}.values())
        value = choose(values, trail.identity, kind, attempt, shapes)
        texts = [option.text for option in options if option.value.text == value.text]
        text = next((t for shape in shapes for t in texts if shape.fits(t)), texts[0] if texts else value.text)
        found[control.ref] = (_within(text, control), value)
    return Fitting(found)


class _Option(NamedTuple):
    value: Value
    text: str  # what the box gets of it


def _options(
    identity: Identity, kind: str, shapes: tuple[Shape, ...], language: str, regions: Control | None
) -> Iterator[_Option]:
    """Values from the best fitting to the rest of the identity's own ladder, each once."""
    own = [_Option(value, value.text) for value in identity.ladder.get(kind, ())]
    if kind == "phone":
        own += [_Option(o.value, o.value.parts["national"]) for o in own if o.value.parts.get("national")]
    if regions is not None:
        own = [option for value in identity.ladder.get(kind, ()) for option in _beside_menu(value, regions)] + own
    ordered: list[_Option] = []
    for shape in shapes[:MOST_SHAPES]:
        fitting = _own_that_fit(own, shape)
        made = [] if fitting else [fitted(kind, shape, identity, variant=v, language=language) for v in VARIANTS]
        ordered += fitting or [_Option(value, value.text) for value in made if value is not None]
    seen: list[_Option] = []
    for option in (*ordered, *own):
        if option not in seen:
            seen.append(option)
    yield from seen


def _own_that_fit(own: list[_Option], shape: Shape) -> list[_Option]:
    """The identity's values of that form, or of that form without the country before it ('KZ 123 ABC 02')."""
    proven = [option for option in own if option.value.proof is not Proof.NONE]
    fitting = [option for option in proven if shape.fits(option.text)]
    country, _, rest = shape.example.partition(" ")
    if fitting or not (country.isalpha() and len(country) in (2, 3) and rest):
        return fitting
    bare = Shape(cells=shape.cells[len(country) + 1 :], example=rest)
    return [option for option in proven if bare.fits(option.text)]


def _beside_menu(value: Value, regions: Control) -> Iterator[_Option]:
    """A plate of a region that the menu offers, without it: the menu says the rest."""
    region = value.parts.get("region", "")
    offered = region and any(o.value == region or o.text.strip().startswith(region) for o in regions.options)
    if offered and value.text.startswith(region):
        yield _Option(value, value.text[len(region) :])
    elif offered and value.text.endswith(region):
        yield _Option(value, value.text[: -len(region)])


def _region_menu(group: Group) -> Control | None:
    return next((c for f, c in group.fields if f.purpose in {"plate_region", "region"} and c.kind == "select"), None)


def _kind(f: FieldReading, control: Control, group: Group) -> str:
    """The kind of value that a field takes; a number that nothing names is some account's, beside what identifies."""
    if f.purpose == "plate" and wants_digits(control) and _has_other_plate(control, group):
        return "personal_id"
    if f.purpose in SHAPED:
        return f.purpose
    if f.purpose == "unknown" and group.asks_identity and (control.required or _speaks(control)):
        return "account"
    return ""


def _has_other_plate(control: Control, group: Group) -> bool:
    return any(f.purpose == "plate" and c.ref != control.ref and not wants_digits(c) for f, c in group.fields)


def _speaks(control: Control) -> bool:
    return bool(shapes_of(control)) and wants_digits(control)


def _shapes(control: Control, kind: str, reading: Reading, trail: Trail) -> tuple[Shape, ...]:
    """Every form heard of for a field: what the page objected to, what the field says, what its mask made of a value."""
    digits = wants_digits(control)
    told, held = list(_objections(kind, digits, reading, trail)), list(_masks(control, trail))
    own = list(shapes_of(control))
    if digits:
        own = [s for s in own if s.digits_only or s.source == "pattern"]
    if kind == "plate" and not digits:  # a length alone is no form of a plate
        told = [s for s in told if not s.digits_only]
    if told or len(own) > 1 or kind == "phone":  # a length says little beside anything else, and of a phone nothing
        own = [s for s in own if s.source != "length"]
    fitting: list[Shape] = []
    for shape in (*told, *own, *held):
        room = control.max_length is None or len(shape.solid) <= control.max_length
        if room and not any(same(shape, other) for other in fitting):
            fitting.append(shape)
    return tuple(fitting)


def _objections(kind: str, digits: bool, reading: Reading, trail: Trail) -> Iterator[Shape]:
    for text in new_words(trail):
        named = kinds_named(text, reading.language)
        if named and kind not in named:
            continue
        for shape in shapes_in_words(text, digits):
            if named or shape.digits_only == (digits or kind in {"personal_id", "account"}):
                yield shape


def _masks(control: Control, trail: Trail) -> Iterator[Shape]:
    """What the field made of values typed into it before."""
    for turn in reversed(trail.turns):
        for action, outcome in zip(turn.actions, turn.outcomes, strict=False):
            if isinstance(action, Fill) and (action.ref == control.ref or action.label == name_of(control)):
                shape = shape_held(action.text, outcome.held)
                if shape is not None:
                    yield shape


def _within(text: str, control: Control) -> str:
    """The text, without its separators where it would not go in with them."""
    if control.max_length is not None and len(text) > control.max_length:
        return "".join(char for char in text if char.isalnum())
    return text


# -- values in parts ----------------------------------------------------------------

_Parts = list[tuple[FieldReading, Control]]


def _rows(typed: _Parts, row: str) -> Iterator[tuple[_Parts, str]]:
    """Fields that take one value together: one-character boxes, a plate in parts, a number in two halves."""
    boxes = [(f, c) for f, c in typed if f.part is not None and (c.max_length or 9) <= 2]
    if row and boxes:
        yield boxes, row
        return
    yield from ((parts, "plate") for parts in _runs(typed))
    yield from ((parts, "personal_id") for parts in _halves(typed))


def _runs(typed: _Parts) -> Iterator[_Parts]:
    """Neighbours that take a plate in parts: those named so, with the short boxes beside them that nothing names."""
    run: _Parts = []
    for f, control in typed:
        joins = _part_of_plate(f, control)
        again = any(_is_whole(*member) for member in run) and _is_whole(f, control)
        if not joins or again or (run and run[-1][1].form != control.form):
            yield from _named_run(run)
            run = []
        if joins:
            run.append((f, control))
    yield from _named_run(run)


def _named_run(run: _Parts) -> Iterator[_Parts]:
    """The run without the unnamed boxes that stand in another row than the plate's, where a plate is in it."""
    rows = [c for f, c in run if f.purpose in PLATE_FAMILY]
    kept = [(f, c) for f, c in run if f.purpose in PLATE_FAMILY | {"region"} or c.placeholder or _in_row(c, rows)]
    if rows and len(kept) > 1:
        yield kept


def _in_row(control: Control, others: list[Control]) -> bool:
    return any(abs(control.box.centre[1] - c.box.centre[1]) <= max(c.box.height, 10) * 0.6 for c in others)


def _part_of_plate(f: FieldReading, control: Control) -> bool:
    if f.purpose in PLATE_FAMILY - {"plate"}:
        return True
    shape = part_shape(control)
    if shape is None:
        return False
    return f.purpose == "plate" or (f.purpose in {"region", "unknown"} and len(shape.solid) <= _PART)


def _is_whole(f: FieldReading, control: Control) -> bool:
    """A box that could take a plate alone."""
    shape = part_shape(control)
    return f.purpose == "plate" and (shape is None or len(shape.solid) > _PART)


def _halves(typed: _Parts) -> Iterator[_Parts]:
    """A number of a person cut after its date: six digits, and the rest or its first digit."""
    for first, second in pairwise(typed):
        one, two = first[1], second[1]
        beside = abs(one.box.centre[1] - two.box.centre[1]) <= one.box.height * 0.6
        cut = one.max_length == 6 and two.max_length in (1, 7)
        if cut and beside and one.form == two.form and first[0].purpose in {"personal_id", "birth_date"}:
            yield [first, second]


def _cut(parts: _Parts, kind: str, reading: Reading, trail: Trail, attempt: Attempt) -> dict[str, tuple[str, Value]]:
    """One value for all the parts, each with its piece; nothing where a part does not say what it takes."""
    if all((c.max_length or 9) <= 2 for _, c in parts) and len(parts) > 4:
        whole, sizes = row_shape([c for _, c in parts]), [1] * len(parts)
    else:
        shapes = [_digits_of(c) or part_shape(c) for _, c in parts]
        if any(shape is None for shape in shapes):
            return {}
        known = [shape for shape in shapes if shape is not None]
        sizes = [len(shape.solid) for shape in known]
        example = "".join(compact(s.example) for s in known) if all(s.example for s in known) else ""
        cells = tuple(cell for shape in known for cell in ("= ", *shape.solid))[1:]
        whole = Shape(cells=cells, example=example, source="boxes")
    options = tuple(_options(trail.identity, kind, (whole,), reading.language, None))
    fitting = [option.value for option in options if whole.fits(option.value.text)]
    if not fitting:
        return {}
    value = choose(fitting, trail.identity, kind, attempt, (whole,))
    return dict(zip((c.ref for _, c in parts), ((piece, value) for piece in _pieces(value.text, sizes)), strict=True))


def _digits_of(control: Control) -> Shape | None:
    """Digits by length, where the example is no letter: '000000' for six of them."""
    if control.max_length is not None and control.max_length <= 7 and wants_digits(control):
        example = compact(control.placeholder)
        size = len(example) if example.isdecimal() and len(example) <= control.max_length else control.max_length
        return Shape(cells=("9",) * size, source="length", example=example if example.isdecimal() else "")
    return None


def _pieces(text: str, sizes: Iterable[int]) -> Iterator[str]:
    plain, at = compact(text), 0
    for size in sizes:
        yield plain[at : at + size]
        at += size
