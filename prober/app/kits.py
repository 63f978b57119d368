"""Finds which stored cases come from one kit, and writes it into the index; each case is looked at once."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from prober.app.dossiers import open_dossier
from prober.errors import ProberError
from prober.reporting.likeness import ENOUGH, POINTS, Traits, shared, traits_of
from prober.store.depot import is_url
from prober.store.folder import CASE
from prober.store.index.index import CaseIndex
from prober.store.index.kits import Kits, Waiting
from prober.store.index.marks import Mark

log = logging.getLogger(__name__)
_SINGLE = ("shape", "wording", "favicon")
_SEVERAL = ("scripts", "targets", "collector", "assets")


def find_kits(index: CaseIndex, most: int = 10**9, since: datetime | None = None) -> int:
    """Look at cases that nobody looked at; returns at how many. Cases whose folder is not here are passed over.

    most: at most so many now. since: only what was begun after that. Raises StoreError.
    """
    kits, done = Kits(index), 0
    for one in kits.waiting(since):
        if done >= most:
            break
        if is_url(one.case_dir) or not (index.folder / one.case_dir / CASE).is_file():
            continue
        try:
            traits = traits_of(open_dossier(index.folder / one.case_dir))
        except ProberError as problem:
            log.warning("%s belongs to no campaign: %s", one.id, problem.message)
            traits = Traits(one.id, one.host)
        _place(kits, one, traits)
        done += 1
    return done


def _place(kits: Kits, one: Waiting, traits: Traits) -> None:
    marks = marks_of(traits)
    telling = [mark for mark in marks if mark[0] != "picture"]  # a picture alone makes no siblings
    siblings = {
        id: host
        for id, (host, others) in kits.alike(telling, one.id).items()
        if sum(POINTS[name] for name in shared(traits, traits_from(id, host, others))) >= ENOUGH
    }
    elsewhere = set(siblings.values()) - {one.host}
    kits.keep(one.id, marks, siblings if elsewhere else ())  # one host seen again is a history, no campaign


def marks_of(traits: Traits) -> set[Mark]:
    """Traits as the index keeps them."""
    found = {(name, getattr(traits, name)) for name in _SINGLE if getattr(traits, name)}
    found |= {(name, value) for name in _SEVERAL for value in getattr(traits, name)}
    if traits.picture is not None:
        found.add(("picture", f"{traits.picture:016x}"))
    return {(kind, value[:500].replace("\0", "")) for kind, value in found}


def traits_from(case_id: str, host: str, marks: frozenset[Mark]) -> Traits:
    """The traits that the index keeps."""
    of: dict[str, Any] = {name: frozenset(value for kind, value in marks if kind == name) for name in _SEVERAL}
    one = {kind: value for kind, value in marks if kind not in _SEVERAL}
    of |= {name: one.get(name, "") for name in _SINGLE}
    return Traits(case_id, host, **of, picture=int(one["picture"], 16) if "picture" in one else None)
