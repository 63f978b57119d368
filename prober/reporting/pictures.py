"""Which screenshots a report shows, framed and marked, as data URLs."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

from prober.models.case import Exhibit, Mark, Probe, Step
from prober.models.page import Box, Snapshot
from prober.models.reading import Accusation, Demand
from prober.reporting.annotate import Caption, framed, opened, shown_part
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.text import masked
from prober.verdicts.facts import host_of

DETAIL = 0.66  # height over width of a detail
SMALL = 1.55  # of the small pictures of the trail
REACH = 0.5  # how much of a screen's width the blocks of one claim may spread over, from the sum up and down
TALL = 60  # CSS px: a higher block is no line beside a claim
NEXT_COLUMN = 24  # CSS px between two columns of one row
THUMB = 400  # pixels


@dataclass(frozen=True)
class Picture:
    """A framed picture ready for a page."""

    exhibit: str
    data: bytes
    alt: str
    url: str
    at: datetime

    @property
    def src(self) -> str:
        """As a data URL."""
        return "data:image/jpeg;base64," + base64.b64encode(self.data).decode()


class Gallery:
    """Makes each framed picture once."""

    def __init__(self, dossier: Dossier, manner: Manner) -> None:
        self.dossier, self.manner = dossier, manner
        self._exhibits = {exhibit.id: exhibit for exhibit in dossier.case.exhibits}
        self._opened: dict[str, Image.Image] = {}
        self._snapshots: dict[str, Snapshot | None] = {}
        self._made: dict[tuple[str, int, str], Picture | None] = {}
        self._addresses = {host.name: ", ".join(host.addresses[:1]) for host in dossier.case.hosts}

    def taken(self, step: Step) -> bool:
        """Whether a screenshot of this very step is there."""
        kinds = (self._exhibits[id_].kind for id_ in step.exhibits if id_ in self._exhibits)
        return "screenshot" in kinds

    def of_step(self, probe: Probe, step: Step, detail: str = "") -> Picture | None:
        """The screenshot of a step or, where that was not taken, of the next one that shows the same address.

        detail: the kind of mark to show large ('fine', 'card', ...); '' for the small picture with all marks.
        """
        later = (s for s in probe.steps if s.number >= step.number and s.url == step.url)
        for candidate in (step, *later):
            for id_ in candidate.exhibits:
                exhibit = self._exhibits.get(id_)
                if exhibit is not None and exhibit.kind == "screenshot":
                    key = (id_, step.number, detail)
                    if key not in self._made:
                        self._made[key] = self._framed(exhibit, step, detail)
                    return self._made[key]
        return None

    def _framed(self, exhibit: Exhibit, step: Step, detail: str) -> Picture | None:
        words = self.manner.words
        host = host_of(exhibit.url)
        line = words.moment(exhibit.taken_at, seconds=True)
        if address := self._addresses.get(host):
            line += f" · {address}"
        tags = {what: words(f"tags.{what}") for what in ("fine", "card", "refusal", "pose")}
        caption = Caption(self.manner.url(exhibit.url), line, exhibit.id, tags)
        try:
            if exhibit.id not in self._opened:
                self._opened[exhibit.id] = opened(self.dossier.exhibit(exhibit))
            data = framed(
                self._opened[exhibit.id], caption, self._marks(step, detail), shown_part(exhibit.note),
                ratio=DETAIL if detail else SMALL, width=860 if detail else THUMB, blurred=self._strangers(step),
                focus=_content(self._snapshot(step)),
            )  # fmt: skip
        except ValueError:
            return None  # a screenshot that does not read stays in the list of exhibits
        alt = f"{exhibit.id}: {self.manner.say(step.title or exhibit.url, 80)}"
        return Picture(exhibit.id, data, alt, exhibit.url, exhibit.taken_at)

    def _marks(self, step: Step, detail: str) -> tuple[Mark, ...]:
        marks = marks_of(step, self._snapshot(step))
        return tuple(mark for mark in marks if mark.what == detail) or marks

    def _snapshot(self, step: Step) -> Snapshot | None:
        if step.snapshot not in self._snapshots:
            self._snapshots[step.snapshot] = self.dossier.snapshot(step.snapshot) if step.snapshot else None
        return self._snapshots[step.snapshot]

    def _strangers(self, step: Step) -> tuple[Box, ...]:
        """Where the page shows numbers that could be a stranger's, or secrets; for others also what it filled in itself."""
        snapshot = self._snapshot(step)
        if self.manner.include_secrets or snapshot is None:
            return ()
        blocks = snapshot.blocks
        found = [b.box for b in blocks if b.visible and masked(b.text, self.manner.ours) != b.text]
        if self.manner.edition == "recipient":
            ours = {_plain(text) for text in self.manner.ours}
            fields = (c for c in snapshot.controls if c.visible and c.kind in ("text", "editable"))
            found += [c.box for c in fields if len(plain := _plain(c.value)) > 2 and not _part_of(plain, ours)]
        return tuple(found)


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _part_of(plain: str, ours: set[str]) -> bool:
    """Whether a field holds what we typed, or a part of it where a number is split over boxes."""
    return any(plain in one or one in plain for one in ours if one)


def marks_of(step: Step, snapshot: Snapshot | None = None) -> tuple[Mark, ...]:
    """The boxes worth drawing on a step's picture: new claims and demands, else what the page refused."""
    marks: list[Mark] = []
    for accusation in step.new_accusations[:1]:
        fine = _claim(accusation, snapshot)
        marks += [Mark(what="fine", box=fine)] if fine else []
    marks += [Mark(what="card", box=_form(d, snapshot)) for d in step.new_demands if d.box is not None][:1]
    if not marks and snapshot is not None:
        ids = {block for refusal in step.reading.refusals[:1] for block in refusal.blocks}
        marks += [Mark(what="refusal", box=b.box) for b in snapshot.blocks if b.id in ids and b.visible][:1]
    return tuple(mark.model_copy(update={"box": _whole_lines(mark.box, snapshot)}) for mark in marks)


def _content(snapshot: Snapshot | None) -> Box | None:
    """Where on the screen there is anything to read or to fill in."""
    if snapshot is None:
        return None
    view = snapshot.viewport
    shown = [b.box for b in snapshot.blocks if b.visible] + [c.box for c in snapshot.controls if c.visible]
    shown = [box for box in shown if box.area > 0 and view.y <= box.centre[1] <= view.y + view.height]
    return _around(shown) if shown else None


def _form(demand: Demand, snapshot: Snapshot | None) -> Box:
    """The fields of a payment form with their labels."""
    assert demand.box is not None
    labels = [b.box for b in (snapshot.blocks if snapshot else ()) if b.visible and b.labels in demand.refs]
    return _around([demand.box, *(box for box in labels if box.area > 0)])


def _whole_lines(box: Box, snapshot: Snapshot | None) -> Box:
    """The box made so large that its edges cut no line of text; a column of a table comes with its other column."""
    lines = [b.box for b in (snapshot.blocks if snapshot else ()) if b.visible and b.box.area > 0]
    lines = [line for line in lines if line.height <= max(box.height, TALL)]
    for _ in range(3):
        cut = [line for line in lines if _touches(box, line)]
        wider = _around([box, *cut])
        if wider == box:
            break
        box = wider
    return box


def _touches(box: Box, line: Box) -> bool:
    """Whether a line lies partly within, or begins on the right at the same height."""
    across = min(box.y + box.height, line.y + line.height) - max(box.y, line.y)
    beside = line.x < box.x + box.width + NEXT_COLUMN and line.x + line.width > box.x
    return across > 0.5 * line.height and beside


def _around(boxes: list[Box]) -> Box:
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.x + b.width for b in boxes), max(b.y + b.height for b in boxes)
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _claim(accusation: Accusation, snapshot: Snapshot | None) -> Box | None:
    """The box around a claim's blocks that stand near its sum; headings far above belong to it in words only."""
    known = [b for b in (snapshot.blocks if snapshot else ()) if b.id in accusation.blocks and b.visible]
    if not known:
        return accusation.box
    money = _digits(accusation.amount.text) if accusation.amount is not None else ""
    sums = [b for b in known if money and money in _digits(b.text)]
    middle = sums[0].box.centre[1] if sums else sorted(b.box.centre[1] for b in known)[len(known) // 2]
    reach = REACH * (snapshot.viewport.width if snapshot else 0)
    near = [b.box for b in known if abs(b.box.centre[1] - middle) <= reach] or [known[0].box]
    return _around(near)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
