"""Which cases come from one kit: traits that a kit's copies share, and groups of cases that share enough of them."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from PIL import Image

from prober.models.page import Snapshot
from prober.reporting.dossier import Dossier
from prober.reporting.exports.subject import blockable
from prober.reporting.technical import assets, seen, targets
from prober.verdicts.facts import host_of

NEAR = 9  # bits of 64 in which two pictures of one page may differ; another page differs in about 20
ENOUGH = 3  # points that make two cases siblings
WORDS_MATTER = 24  # characters below which a wording is anybody's

# What each shared trait counts. One kit on many hosts shares several; two services of one trade share one at most.
POINTS = {"assets": 2, "favicon": 2, "scripts": 2, "targets": 2, "shape": 2, "wording": 2, "picture": 1, "collector": 3}


@dataclass(frozen=True)
class Traits:
    """What a kit leaves on every copy. Empty values are shared with nobody.

    scripts, targets: paths, without host and digits. shape: hash of the form's controls in order.
    wording: the claim with its digits made alike. picture: dHash of the first screenshot, None without one.
    assets: hashes of the files that the page's own host sent.
    collector: hosts that data is sent to beside the page's own and that serve nobody else.
    """

    case_id: str
    host: str
    scripts: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    shape: str = ""
    wording: str = ""
    favicon: str = ""
    picture: int | None = None
    collector: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Campaign:
    """Cases of one kit; `hosts` has the host of each case at the same place."""

    cases: tuple[str, ...]
    hosts: tuple[str, ...]
    shared: tuple[str, ...]


def traits_of(dossier: Dossier) -> Traits:
    """The traits of a case from its stored observations."""
    snapshots = seen(dossier)
    requests = [request for snapshot in snapshots for request in snapshot.requests]
    posted, host = targets(snapshots), dossier.facts.host
    quotes = [a.quote for _, answer in dossier.facts.accused for _, a in answer.accusations]
    icon = next((e.sha256 for e in dossier.case.exhibits if e.kind == "favicon"), "")
    shot = next((e for e in dossier.case.exhibits if e.kind == "screenshot"), None)
    return Traits(
        case_id=dossier.case.id,
        host=host,
        scripts=frozenset(
            filter(None, (_path(r.url) for r in requests if r.kind == "script" and host_of(r.url) == host))
        ),
        targets=frozenset(filter(None, (_path(url) for url in posted))),
        shape=_shape(snapshots),
        wording=_wording(quotes[0]) if quotes else "",
        favicon=icon,
        picture=dhash(dossier.exhibit(shot)) if shot is not None else None,
        assets=frozenset(assets(dossier).values()),
        collector=frozenset(h for url in posted if (h := host_of(url)) != host and blockable(h, dossier.scenario)),
    )


def shared(one: Traits, other: Traits) -> tuple[str, ...]:
    """The names of the traits that two cases share."""
    found = [
        name
        for name in ("favicon", "shape", "wording")
        if getattr(one, name) and getattr(one, name) == getattr(other, name)
    ]
    found += [
        name
        for name in ("assets", "scripts", "targets", "collector")
        if _mostly(getattr(one, name), getattr(other, name))
    ]
    if one.picture is not None and other.picture is not None and (one.picture ^ other.picture).bit_count() <= NEAR:
        found.append("picture")
    return tuple(found)


def campaigns(cases: Iterable[Traits]) -> tuple[Campaign, ...]:
    """Groups of two and more cases of one kit; likeness is handed on from copy to copy."""
    left, found = list(cases), []
    while left:
        group, common = [left.pop(0)], set[str]()
        for member in group:  # grows while it is walked
            for other in list(left):
                traits = shared(member, other)
                if sum(POINTS[name] for name in traits) >= ENOUGH:
                    group.append(other)
                    left.remove(other)
                    common |= set(traits)
        if len(group) > 1:
            hosts = tuple(member.host for member in group)
            found.append(Campaign(tuple(member.case_id for member in group), hosts, tuple(sorted(common))))
    return tuple(found)


def dhash(picture: bytes) -> int:
    """64 bits that hardly change when a picture is scaled or recoloured a little: which of two neighbours is lighter."""
    with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
        small = opened.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    pixels = small.tobytes()
    bits = [pixels[row * 9 + column] > pixels[row * 9 + column + 1] for row in range(8) for column in range(8)]
    return sum(1 << place for place, bit in enumerate(bits) if bit)


def _mostly(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) * 2 >= len(one | other)


def _path(url: str) -> str:
    """A path with its digits made alike; '' for the root, which everybody has."""
    path = re.sub(r"\d+", "0", urlsplit(url).path).strip("/").lower()
    return path if len(path) > 3 else ""


def _shape(snapshots: list[Snapshot]) -> str:
    """The controls of the page with most of them, in order: kind, type and name, digits made alike."""
    most = max(snapshots, key=lambda snapshot: len(snapshot.controls), default=None)
    if most is None or len(most.controls) < 3:
        return ""
    parts = [f"{c.kind}:{c.type}:{re.sub(r'[0-9]+', '0', c.name or c.id)}" for c in most.controls]
    return hashlib.sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()


def _wording(quote: str) -> str:
    """A claim without what differs from victim to victim: values of letters and digits, digits, spaces."""
    plain = re.sub(r"\b(?=\w*\d)\w+\b", "0", quote)
    plain = re.sub(r"\s+", " ", plain).strip().casefold()
    return plain if len(plain) >= WORDS_MATTER else ""
