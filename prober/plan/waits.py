"""When to wait, and how long: for pages that work, stall, or answer by and by."""

from __future__ import annotations

from itertools import pairwise

from prober.models.action import Action, Wait
from prober.models.page import Snapshot
from prober.models.reading import Reading
from prober.plan.novelty import before_asking, new_accusations, new_demands, template
from prober.plan.sight import forms_on, groups_on, past_turns, pay_buttons
from prober.plan.turns import Trail, Turn

WAIT_SECONDS = 30.0  # of page time, for a page that says that it works on it
REAL_SECONDS = 20.0  # of real time, when hurrying did not help
LOADING_SECONDS = 6.0  # for one that does not come to rest
FEW_WORDS = 8  # a longer text with dots at its end is a headline cut short
UNREAD_SECONDS = 3.0  # for one that said something which reading does not understand
ANSWER_SECONDS = 12.0  # for one that says nothing after a query was sent


def waiting(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if not reading.waits and snapshot.settled:
        return _unfinished(snapshot, reading, trail)
    if new_accusations(snapshot, reading, trail) and snapshot.settled:
        return ()
    waited = [turn for turn in past_turns(trail)[-3:] if turn.actions and turn.actions[0].do == "wait"]
    fruitless = sum(1 for turn in waited if not turn.outcomes or not turn.outcomes[0].changed)
    if fruitless >= 2 or len(waited) >= 3:
        return ()
    if not reading.waits and forms_on(snapshot, reading, trail, queries_only=True) and not trail.asked:
        return ()
    if reading.waits and forms_on(snapshot, reading, trail, queries_only=True) and not _just_pressed(trail):
        return ()
    if not reading.waits:
        return () if waited else (Wait(seconds=LOADING_SECONDS, why="the page is still loading"),)
    why = reading.waits[0].quote
    if fruitless:  # frames, workers and servers do not heed hurried clocks
        return (Wait(seconds=REAL_SECONDS, why=why, real=True),)
    return (Wait(seconds=WAIT_SECONDS, why=why),)


def _unfinished(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """A short text with trailing dots that came with the last press: in any language it says that more will come."""
    last = past_turns(trail)[-1] if past_turns(trail) else None
    if last is None or not last.pressed or reading.refusals or new_accusations(snapshot, reading, trail):
        return ()
    before = {block.text for block in last.snapshot.blocks if block.visible}
    for block in snapshot.blocks:
        text = block.text.strip()
        short = text.endswith(("…", "...")) and len(text.split()) <= FEW_WORDS
        if short and block.visible and not block.control and block.source != "toast" and text not in before:
            return (Wait(seconds=ANSWER_SECONDS, why=text),)
    return ()


def patient(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The query was sent and nothing came of it yet: servers push, poll and stall; wait once before asking again."""
    past = past_turns(trail)
    if not past or not (past[-1].asked and past[-1].pressed) or reading.refusals or snapshot.dialogs:
        return ()
    if past[-1].held_back:
        return ()
    if new_accusations(snapshot, reading, trail) or new_demands(snapshot, reading, trail):
        return ()
    still = past[-1].signature == trail.turns[-1].signature
    if not still and (_moves_on(snapshot, reading, trail) or past[-1].snapshot.url != snapshot.url):
        return ()
    if _speaks(trail.turns[-1], trail):
        return (Wait(seconds=UNREAD_SECONDS, why="an answer that says nothing to us; more may come"),)
    return (Wait(seconds=ANSWER_SECONDS if past[-1].sent else 3.0, why="no answer yet"),)


def unread_answers(trail: Trail) -> int:
    """How often a query that was sent came back to the same address with words in which nothing was read."""
    return sum(
        1
        for turn, after in pairwise(trail.turns)
        if turn.asked and turn.sent and not after.reading.refusals
        and _address(turn) == _address(after) and _speaks(after, trail)
    )  # fmt: skip


def _speaks(turn: Turn, trail: Trail) -> bool:
    """The page holds words that were not there before anything was asked: no button, no notice of work."""
    shown = {template(b.text) for old in before_asking(trail.turns) for b in old.snapshot.blocks if b.visible}
    said = (b for b in turn.snapshot.blocks if b.visible and not b.control and template(b.text) not in shown)
    return not turn.reading.waits and any(
        len(block.text.split()) > 1 and not block.text.strip().endswith(("…", "...")) for block in said
    )


def _address(turn: Turn) -> str:
    return turn.snapshot.url.split("?")[0].split("#")[0]


def _moves_on(snapshot: Snapshot, reading: Reading, trail: Trail) -> bool:
    """There is something else to do here than what was done on the page before."""
    before = {group.key for group in groups_on(past_turns(trail)[-1].snapshot, past_turns(trail)[-1].reading)}
    now = {group.key for group in groups_on(snapshot, reading) if not group.purposes <= {"search"}}
    return bool(now - before) or bool(pay_buttons(snapshot, reading, trail))


def _just_pressed(trail: Trail) -> bool:
    return bool(past_turns(trail)) and past_turns(trail)[-1].pressed


def stalled(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Asked, and nothing to do or to read: the answer may still be on its way, in real time."""
    if not trail.asked or reading.refusals or any(turn.reading.refusals for turn in past_turns(trail)[-2:]):
        return ()
    if new_accusations(snapshot, reading, trail) or forms_on(snapshot, reading, trail, queries_only=True):
        return ()
    waits = [turn for turn in past_turns(trail) if turn.actions and turn.actions[0].do == "wait"]
    if len(waits) >= 6 or (waits and waits[-1] is past_turns(trail)[-1] and not waits[-1].outcomes[0].changed):
        return ()
    return (Wait(seconds=REAL_SECONDS, why="nothing to read and nothing to press yet", real=True),)
