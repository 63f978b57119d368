"""What tells that a suspect was met before: kinds of marks, and an earlier case that shares one."""

from __future__ import annotations

from dataclasses import dataclass

Mark = tuple[str, str]  # kind ('host', 'address', 'favicon', 'certificate') and value, as in the table of traces


@dataclass(frozen=True)
class SeenBefore:
    """An earlier case with the same mark."""

    kind: str
    value: str
    case_id: str
    verdict: str
    at: str  # day, UTC
    url: str
