"""What earlier cases say about a suspect, and the new case for those to come."""

from __future__ import annotations

from pathlib import Path

from prober.errors import StoreError
from prober.models.case import Case
from prober.models.events import Notice
from prober.store.index.light import index_case, seen_before


def recalled(output: Path, case_id: str, url: str) -> Notice | None:
    """A notice when the host was probed before."""
    found = seen_before(output, url)
    if not found:
        return None
    told = ", ".join(f"{case.verdict.replace('_', ' ')} on {case.at} ({case.case_id})" for case in found[:3])
    return Notice(case_id=case_id, text=f"this host was seen before: {told}")


def remembered(output: Path, case: Case, folder: Path) -> Notice | None:
    """Put the case into the index; a notice when that failed, for the case is whole all the same."""
    try:
        index_case(output, case, folder)
    except StoreError as error:
        return Notice(case_id=case.id, text=error.message)
    return None
