"""Changes to an observed page that a person would not notice, or that another author could have made."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

from prober.models.page import Control, NearText, Snapshot

_TABLE = yaml.load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)["phrases"]
LANGUAGES = ("es", "de", "fr", "pl", "tr", "kk", "uz", "uk", "ar", "zh")
_ALSO = {"card_month": "card_expiry", "card_year": "card_expiry"}


def _scrambled(text: str) -> str:
    return "x" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:9] if text else ""


def _each(snapshot: Snapshot, change: dict[str, dict[str, object]]) -> Snapshot:
    controls = tuple(c.model_copy(update=change[c.ref]) if c.ref in change else c for c in snapshot.controls)
    return snapshot.model_copy(update={"controls": controls})


def _speaking(control: Control) -> bool:
    """Does anything at the field address a person? Only then may its hidden names go."""
    beside = any(n.side in {"left", "above", "inside"} and n.distance <= 40 for n in control.near)
    return bool(control.label or control.placeholder or control.aria_label or beside)


def renamed(snapshot: Snapshot, purposes: dict[str, str]) -> Snapshot:
    """Names, ids and data attributes say nothing."""
    return _each(
        snapshot,
        {
            c.ref: {"name": _scrambled(c.name), "id": _scrambled(c.id), "data": {}}
            for c in snapshot.controls
            if _speaking(c)
        },
    )


def obfuscated(snapshot: Snapshot, purposes: dict[str, str]) -> Snapshot:
    """Classes are machine-made and autocomplete is off."""
    return _each(snapshot, {c.ref: {"classes": _scrambled(c.classes)} for c in snapshot.controls})


def unlabelled(snapshot: Snapshot, purposes: dict[str, str]) -> Snapshot:
    """Label elements become plain text beside the field."""
    change: dict[str, dict[str, object]] = {}
    for control in snapshot.controls:
        own = control.label.split(" / ")[0]
        if own and control.kind in {"text", "select"}:
            near = tuple(n for n in control.near if n.text != own)
            change[control.ref] = {"label": "", "near": (NearText(side="above", distance=4, text=own), *near)}
    return _each(snapshot, change)


def translated(snapshot: Snapshot, purposes: dict[str, str]) -> Snapshot:
    """The labels of known fields are in another language, one for each page; what else stood at them is gone."""
    language = LANGUAGES[sum(map(ord, snapshot.title)) % len(LANGUAGES)]
    change: dict[str, dict[str, object]] = {}
    for control in snapshot.controls:
        purpose = purposes.get(control.ref, "")
        words = _TABLE.get(_ALSO.get(purpose, purpose), {}).get(language)
        if words and control.label:
            change[control.ref] = {"label": words[0], "placeholder": "", "aria_label": "", "title": "", "near": ()}
    return _each(snapshot, change)


def reordered(snapshot: Snapshot, purposes: dict[str, str]) -> Snapshot:
    """The author wrote the rows of the form the other way round: the last one stands where the first one stood."""
    rows: dict[tuple[int, int], list[Control]] = {}
    for control in snapshot.controls:
        rows.setdefault((control.frame, round(control.box.y / 20)), []).append(control)
    turned = [control for row in reversed(list(rows.values())) for control in row]
    heights = sorted(c.box.y for c in turned)
    placed = [
        c.model_copy(update={"order": i, "box": c.box.model_copy(update={"y": y})})
        for i, (c, y) in enumerate(zip(turned, heights, strict=True))
    ]
    return snapshot.model_copy(update={"controls": tuple(placed)})


ALL = (renamed, obfuscated, unlabelled, translated, reordered)
