"""What became of a suspect between two cases: still up, answers differently, gone, or not to be told. Pure."""

from __future__ import annotations

from prober.models.case import Case, Earlier, Probe, State

# A page that is gone leaves one of these; anything else that stands in the way may be there for us alone.
GONE_FAILURES = {"dns": "dns", "refused": "refused"}
GONE_OUTCOMES = {"parked": "parked", "gone": "http"}
GONE_STATUS = frozenset({404, 410, 451})


def compare(old: Case, new: Case, manifest: str = "") -> Earlier:
    """How the new case stands to the old one, with the dates handed on from case to case.

    Args:
        manifest: SHA-256 of the old case's SHA256SUMS, '' when it was not sealed.
    """
    state, how = state_of(old, new)
    before = old.earlier
    was_gone = before is not None and before.state == "gone"
    gone_since = None
    if state == "gone":
        gone_since = before.gone_since if was_gone and before is not None and before.gone_since else new.started_at
    last_up = before.last_up if before is not None and before.state not in ("up", "differs") else old.started_at
    return Earlier(
        case_id=old.id,
        manifest=manifest,
        first_case=before.first_case if before is not None else old.id,
        first_seen=before.first_seen if before is not None else old.started_at,
        state=state,
        how=how,
        last_up=new.started_at if state in ("up", "differs") else last_up,
        gone_since=gone_since,
    )


def state_of(old: Case, new: Case) -> tuple[State, str]:
    """The state and how it shows: for 'gone' dns, refused, http STATUS or parked; for 'differs' what against what."""
    ways = [way for probe in new.probes for way in [_way(probe)]]
    gone = [way for way in ways if way]
    if gone and len(gone) == len(ways):
        return "gone", gone[0]
    then, now = _class(old), _class(new)
    if now == "inconclusive":
        obstacle = new.verdict.obstacle if new.verdict else ""
        return ("up", "") if then == now and not gone else ("unclear", obstacle)
    if _answers(old) != _answers(new):
        return "differs", f"{_answers(old)} -> {_answers(new)}"
    return "up", ""


def _way(probe: Probe) -> str:
    """How one probe found the page gone, '' where it did not."""
    if not probe.steps:
        return ""
    first = probe.steps[0]
    if first.failure:
        return GONE_FAILURES.get(first.failure, "")
    if first.status in GONE_STATUS:
        return f"http {first.status}"
    way = GONE_OUTCOMES.get(probe.outcome, "")
    return f"http {first.status}" if way == "http" else way


def _class(case: Case) -> str:
    return str(case.verdict.verdict) if case.verdict else "inconclusive"


def _answers(case: Case) -> str:
    """The verdict and what was asked of people, without sums, which may well be random."""
    kinds = {demand.kind for probe in case.probes for step in probe.steps for demand in step.new_demands}
    return " + ".join((_class(case), *sorted(kinds)))
