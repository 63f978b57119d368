"""Which screenshots a report shows, framed and marked, as data URLs."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

from prober.models.case import Exhibit, Mark, Probe, Step
from prober.models.page import Box
from prober.reporting.annotate import Caption, framed, opened, shown_part
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.text import masked
from prober.verdicts.facts import host_of

DETAIL = 0.72  # height over width of a detail
WHOLE = 2.3  # of a whole phone screen; longer pages are cut
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
        self._made: dict[tuple[str, int, bool], Picture | None] = {}
        self._addresses = {host.name: ", ".join(host.addresses[:1]) for host in dossier.case.hosts}

    def of_step(self, probe: Probe, step: Step, *, detail: bool) -> Picture | None:
        """The screenshot of a step or, where that was not taken, of the next one that shows the same address."""
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

    def _framed(self, exhibit: Exhibit, step: Step, detail: bool) -> Picture | None:
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
                self._opened[exhibit.id], caption, marks_of(step), shown_part(exhibit.note),
                ratio=DETAIL if detail else WHOLE, width=860 if detail else THUMB, blurred=self._strangers(step),
            )  # fmt: skip
        except ValueError:
            return None  # a screenshot that does not read stays in the list of exhibits
        alt = f"{exhibit.id}: {self.manner.say(step.title or exhibit.url, 80)}"
        return Picture(exhibit.id, data, alt, exhibit.url, exhibit.taken_at)

    def _strangers(self, step: Step) -> tuple[Box, ...]:
        """Where the page shows numbers that could be a stranger's, or secrets."""
        if self.manner.include_secrets or not step.snapshot:
            return ()
        blocks = self.dossier.snapshot(step.snapshot).blocks
        return tuple(b.box for b in blocks if b.visible and masked(b.text, self.manner.ours) != b.text)


def marks_of(step: Step) -> tuple[Mark, ...]:
    """The boxes worth drawing on a step's picture: new claims first, refusals where nothing was claimed."""
    marks: list[Mark] = []
    accusations = step.new_accusations
    marks += [Mark(what="fine", box=a.box) for a in accusations if a.box is not None][:1]
    marks += [Mark(what="card", box=d.box) for d in step.new_demands if d.box is not None][:1]
    return tuple(marks)
