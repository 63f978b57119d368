"""Short ways to ask a snapshot what it shows."""

from __future__ import annotations

from prober.models.page import Control, Snapshot


def texts(snapshot: Snapshot) -> list[str]:
    """Visible texts in reading order."""
    return [b.text for b in snapshot.blocks if b.visible]


def why(snapshot: Snapshot, text: str) -> str:
    """Why a text is hidden; 'shown' when it is not, 'absent' when it is not there."""
    block = next((b for b in snapshot.blocks if text in b.text), None)
    return "absent" if block is None else block.hidden_because or "shown"


def control(snapshot: Snapshot, **wanted: str) -> Control:
    """The first control whose fields have these values."""
    for found in snapshot.controls:
        if all(getattr(found, name) == value for name, value in wanted.items()):
            return found
    raise AssertionError(f"no control with {wanted} among {[(c.kind, c.id, c.text) for c in snapshot.controls]}")
