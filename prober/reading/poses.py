"""The page speaks as an official body: by its header, title, logo, footer or address, not by a mere mention."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from prober.models.reading import Pose
from prober.models.scenario import Body, Scenario
from prober.reading.lexicon import Lexicon
from prober.reading.view import Line, View

_HEADER = 12  # lines at the top where a site says who it is


@lru_cache(maxsize=32)
def _body_lexicon(bodies: tuple[Body, ...]) -> Lexicon:
    phrases = [(f"name:{b.key}", name) for b in bodies for name in b.names]
    phrases += [(f"short:{b.key}", name) for b in bodies for name in b.short]
    return Lexicon(phrases)


def find_poses(view: View) -> tuple[Pose, ...]:
    """For each body of the scenario the ways in which the page uses its name, strongest first."""
    scenario: Scenario | None = view.scenario
    if scenario is None or not scenario.bodies or _disclaims(view):
        return ()
    names = _body_lexicon(scenario.bodies)
    host = (urlsplit(view.snapshot.url).hostname or "").casefold()
    found: list[Pose] = []
    for body in scenario.bodies:
        found += _poses_of(view, body, names, host)
    order = {"title": 0, "logo": 1, "name": 2, "footer": 3, "host": 4}
    return tuple(sorted(found, key=lambda p: order[p.how]))


def _disclaims(view: View) -> bool:
    """'Not affiliated with any government body' is the opposite of a pose."""
    return bool(view.lines_with("unofficial"))


def _poses_of(view: View, body: Body, names: Lexicon, host: str) -> list[Pose]:
    full, short = f"name:{body.key}", f"short:{body.key}"
    found: list[Pose] = []
    title = names.find(view.snapshot.title)
    if (full in title or (short in title and _official(view))) and not view.title.any("news", "warning", "faq"):
        found.append(Pose(body=body.key, quote=view.snapshot.title, how="title"))
    for image in view.snapshot.images:
        if image.visible and image.alt and image.box.y < 250 and names.find(image.alt).any(full, short):
            found.append(Pose(body=body.key, quote=image.alt, how="logo"))
            break
    if line := next((o for o in view.lines if _speaks_as(view, o, names, full, short)), None):
        found.append(Pose(body=body.key, quote=line.quote, how="name", blocks=(line.id,)))
    if line := next((o for o in view.lines if _signs_as(view, o, names, full, short)), None):
        found.append(Pose(body=body.key, quote=line.quote, how="footer", blocks=(line.id,)))
    if token := next((t for t in body.tokens if t.casefold() in host), ""):
        found.append(Pose(body=body.key, quote=f"{token} in {host}", how="host"))
    return found


def _official(view: View) -> bool:
    return bool(view.lines_with("official")) or "official" in view.title


def _speaks_as(view: View, line: Line, names: Lexicon, full: str, short: str) -> bool:
    """A name in the header (short line among the first, heading or logo text), or 'official portal of ...'."""
    marks = names.find(line.block.text)
    if not marks.any(full, short) or line.has("news", "warning", "if", "conditional", "unofficial", "faq"):
        return False
    if _leads_away(view, line):
        return False
    if len(line.marks.words) > 14:
        return False
    at_top = line.place < _HEADER and (line.block.heading > 0 or line.block.box.y < 220)
    share = marks.covered(full, short)
    if full in marks and line.has("official"):
        return True
    mostly = share >= (0.3 if line.block.heading and "." not in line.text else 0.5)
    return at_top and mostly and (full in marks or _official(view))


def _leads_away(view: View, line: Line) -> bool:
    """A link to another host names that host's owner, not this page's."""
    control = view.control(line.block.control)
    if control is None or not control.href.startswith("http"):
        return False
    return urlsplit(control.href).hostname != urlsplit(view.snapshot.url).hostname


def _signs_as(view: View, line: Line, names: Lexicon, full: str, short: str) -> bool:
    """A copyright or 'all rights reserved' with the body's name."""
    if not names.find(line.block.text).any(full, short) or _leads_away(view, line):
        return False
    signed = "©" in line.block.text or line.has("copyright")
    return signed and len(line.marks.words) <= 40 and not line.has("warning", "news")
