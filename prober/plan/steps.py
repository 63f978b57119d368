"""What a careful victim would do next on this page: ordered rules, the first that speaks decides."""

from __future__ import annotations

from collections.abc import Callable

from prober.models.action import Action, Check, Click, Look, Scroll, Stop, Wait
from prober.models.page import Control, Snapshot
from prober.models.reading import Reading
from prober.plan.fill import fill_group
from prober.plan.forms import Group
from prober.plan.novelty import before_asking, new_accusations, new_demands
from prober.plan.sight import (
    forms_on,
    fresh_of_role,
    groups_on,
    looked_here,
    past_turns,
    pay_buttons,
    sent_the_query,
    unfilled,
    until,
)
from prober.plan.turns import CARD_PURPOSES, Trail, Turn, name_of
from prober.plan.values import attempt_for
from prober.plan.waits import patient, stalled, unread_answers, waiting
from prober.plan.ways import (
    after_the_sum,
    closed_menu,
    fill_anything,
    last_straws,
    read_to_the_end,
    towards_form,
    uncover,
    way_in,
)

TOLD_AS_IS = frozenset({"crashed", "hung", "timeout", "loop", "limit", "too_large", "download"})
MAX_TURNS = 26
MAX_QUERIES = 7
MOST_UNREAD = 3  # answers that reading does not understand, beside the same form
MOST_PICKED = 12  # entries of a list of debts


def next_actions(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The actions for this turn, in order; a single Stop ends the probe.

    `trail` holds the turns before this one. The page of this turn is given apart.
    """
    here = trail.then(Turn(snapshot, reading))
    for rule in RULES:
        actions = rule(snapshot, reading, here)
        if actions:
            return actions
    return (Stop(outcome=_give_up(reading, here), why="nothing left to try on this page"),)


def _failed(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if not snapshot.failure:
        return ()
    if snapshot.failure == "policy" and snapshot.exits:
        return (Stop(outcome="exit", why=f"the page leaves for {snapshot.exits[-1].host}"),)
    outcome = snapshot.failure if snapshot.failure in TOLD_AS_IS else "loop" if snapshot.failure == "redirects" else ""
    outcome = outcome or "unreachable"
    return (Stop(outcome=outcome, why=snapshot.failure),)


def _demanded(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    demands = new_demands(snapshot, reading, trail)
    if not demands:
        return ()
    if not trail.asked and forms_on(snapshot, reading, trail, queries_only=True):
        return ()  # a look-up stands on the same page: ask it first
    best = demands[0]
    if best.kind == "card" or not pay_buttons(snapshot, reading, trail):
        return (Stop(outcome=f"{best.kind}_demanded", why=best.quote),)
    return ()


def _left_for_refused_host(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    left = [e for e in snapshot.exits if e.kind in {"navigation", "post"}]
    if left and trail.asked and past_turns(trail) and any(a.do == "click" for a in past_turns(trail)[-1].actions):
        return (Stop(outcome="exit", why=f"the page leaves for {left[-1].host}"),)
    return ()


def _walled(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if not reading.walls:
        return ()
    if forms_on(snapshot, reading, trail, queries_only=False) and reading.walls[0].kind != "captcha":
        return ()
    if (
        reading.walls[0].kind == "captcha"
        and forms_on(snapshot, reading, trail, queries_only=True)
        and not _stuck(trail)
    ):
        return ()  # perhaps it is only a badge: try once, and stop when nothing comes of it
    if new_accusations(snapshot, reading, trail):
        return ()
    if reading.walls[0].kind == "login" and way_in(snapshot, reading, trail, strong=True):
        return ()
    if reading.walls[0].kind in {"captcha", "empty"} and _human(snapshot, reading, trail):
        return ()
    if reading.walls[0].kind == "empty" and not trail.times_seen(trail.turns[-1].signature) > 1:
        return (Wait(seconds=8.0, why="the page is empty"),)
    return (Stop(outcome=reading.walls[0].kind, why=reading.walls[0].quote),)


def _stuck(trail: Trail) -> bool:
    return any(turn.pressed and turn.signature == trail.turns[-1].signature for turn in past_turns(trail))


def _clear_the_way(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    for role in ("cookie", "human", "agree"):
        if role == "agree" and forms_on(snapshot, reading, trail, queries_only=False):
            continue
        button = fresh_of_role(snapshot, reading, trail, role, at_least=0.5)
        if button is not None:
            if button.kind in {"checkbox"}:
                return (Check(ref=button.ref, label=name_of(button)),)
            return (Click(ref=button.ref, why="cookie" if role == "cookie" else "human", label=name_of(button)),)
    return ()


def _human(snapshot: Snapshot, reading: Reading, trail: Trail) -> Control | None:
    return fresh_of_role(snapshot, reading, trail, "human", at_least=0.3)


def _look_first(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The answer may be painted: read the picture before going on."""
    if not trail.asked or not reading.picture_text_matters or reading.refusals or looked_here(trail):
        return ()
    return () if new_accusations(snapshot, reading, trail) else (Look(),)


def _answered(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """After a query: follow the money where a debt is claimed."""
    if not trail.asked or not new_accusations(snapshot, reading, trail):
        return ()
    for control, role in pay_buttons(snapshot, reading, trail):
        filled = _group_of(control, snapshot, reading, trail)
        if filled is not None:
            actions = fill_group(filled, snapshot, reading, trail, attempt_for(trail))
            if actions:
                return (*actions[:-1], Click(ref=control.ref, why="pay", label=name_of(control)))
        return (Click(ref=control.ref, why="pay" if role == "pay" else "result", label=name_of(control)),)
    return ()


def _pick_and_pay(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """A list from which nothing is picked yet: pick all of it, then press the button that waited for that."""
    if not trail.asked or not any(amount.value > 0 for amount in reading.amounts):
        return ()
    before = {(c.kind, c.name, c.value, name_of(c)) for c in before_asking(trail.turns)[-1].snapshot.controls}
    boxes = [
        c
        for c in snapshot.controls
        if c.kind == "checkbox" and c.visible and not c.checked and not c.disabled
        and (c.kind, c.name, c.value, name_of(c)) not in before
    ]  # fmt: skip
    mark = trail.turns[-1].signature
    if not boxes or any(turn.signature == mark and isinstance(turn.actions[0], Check) for turn in past_turns(trail)):
        return ()
    for button in sorted(reading.with_role("pay", "next"), key=lambda b: (b.role != "pay", -b.score)):
        control = snapshot.control(button.ref)
        if control is not None and control.visible and not sent_the_query(control, trail):
            ticks = tuple(Check(ref=box.ref, label=name_of(box)) for box in boxes[:MOST_PICKED])
            return (*ticks, Click(ref=control.ref, why="pay", label=name_of(control)))
    return ()


def _group_of(control: Control, snapshot: Snapshot, reading: Reading, trail: Trail) -> Group | None:
    if control.form is None:
        return None
    for group in groups_on(snapshot, reading):
        if group.form == control.form and not group.purposes & CARD_PURPOSES:
            return group
    return None


def _rejected(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Enough clear noes: more asking teaches nothing."""
    if not trail.asked or new_accusations(snapshot, reading, trail):
        return ()
    sent = sum(1 for turn in trail.queries if turn.sent)
    if reading.with_purpose("captcha") and sent:
        return (
            Stop(outcome="captcha", why=(reading.refusals[0].quote if reading.refusals else "a picture code is asked")),
        )
    if reading.refusals and sent >= trail.tries:
        kind = reading.refusals[0].kind
        return (Stop(outcome="rejected" if kind != "error" else "error", why=reading.refusals[0].quote),)
    if unread_answers(trail) >= MOST_UNREAD:
        return (Stop(outcome="dead_end", why="the form came back with words that say nothing to us"),)
    enough = MAX_QUERIES if trail.tries > 1 else 2  # a repeat only has to show that the answer is the same
    if len(trail.queries) >= enough:
        if reading.refusals and trail.submitted:
            return (Stop(outcome="rejected", why=reading.refusals[0].quote),)
        why = reading.refusals[0].quote if reading.refusals else "the form took no value"
        return (Stop(outcome="input_refused" if not trail.submitted else "dead_end", why=why),)
    return ()


def _fill(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The most telling form on the page."""
    for group in forms_on(snapshot, reading, trail, queries_only=False):
        actions = fill_group(group, snapshot, reading, trail, attempt_for(trail))
        if actions:
            return actions
    return ()


def _onwards(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """After a query without a form or a debt in sight: the button that leads on."""
    if not trail.asked or reading.refusals:
        return ()
    for role, why in (
        ("pay", "pay"),
        ("next", "next"),
        ("result", "result"),
        ("agree", "continue"),
        ("submit", "next"),
    ):
        control = fresh_of_role(snapshot, reading, trail, role, at_least=0.3)
        if control is not None and not sent_the_query(control, trail) and not unfilled(control, snapshot):
            return (Click(ref=control.ref, why=why, label=name_of(control)),)
    return ()


def _look_closer(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Text in pictures, a QR code, or a form further down."""
    mark = trail.turns[-1].signature
    done = {a.do for turn in past_turns(trail) if turn.signature == mark for a in turn.actions}
    if "look" not in done and (
        reading.picture_text_matters or (trail.asked and any(i.visible for i in snapshot.images))
    ):
        return (Look(),)
    if "scroll" not in done and snapshot.page_height > snapshot.viewport.height * 1.2 and not trail.asked:
        return (Scroll(),)
    return ()


def _too_long(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if len(past_turns(trail)) < MAX_TURNS and trail.times_seen(trail.turns[-1].signature) <= 8:
        return ()
    return (Stop(outcome=_give_up(reading, trail), why="the walk went round in circles"),)


def _give_up(reading: Reading, trail: Trail) -> str:
    """The outcome word when nothing is left to do."""
    if any(new_accusations(turn.snapshot, turn.reading, until(trail, n)) for n, turn in enumerate(trail.turns)):
        return "accused"
    if trail.submitted:
        refused = any(turn.reading.refusals for turn in trail.turns[1:])
        if refused:
            return "rejected"
        return "offered" if any(turn.reading.offers for turn in trail.turns[1:]) else "dead_end"
    if trail.asked:
        return "input_refused"
    walls = [wall.kind for turn in trail.turns for wall in turn.reading.walls]
    return walls[-1] if walls else "no_form"


RULES: tuple[Callable[[Snapshot, Reading, Trail], tuple[Action, ...]], ...] = (
    _failed,
    _demanded,
    _left_for_refused_host,
    _too_long,
    waiting,
    uncover,
    patient,
    _clear_the_way,
    _walled,
    _look_first,
    _answered,
    _pick_and_pay,
    _rejected,
    closed_menu,
    read_to_the_end,
    _fill,
    _onwards,
    after_the_sum,
    towards_form,
    fill_anything,
    _look_closer,
    last_straws,
    stalled,
)
