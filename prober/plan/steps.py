"""What a careful victim would do next on this page: ordered rules, the first that speaks decides."""

from __future__ import annotations

from collections.abc import Callable

from prober.models.action import Action, Check, Click, Look, Scroll, Stop, Wait
from prober.models.page import Control, Snapshot
from prober.models.reading import ButtonReading, Reading
from prober.plan.fill import fill_group
from prober.plan.forms import Group, groups, merge_loose, worth
from prober.plan.novelty import new_accusations, new_demands
from prober.plan.turns import CARD_PURPOSES, Trail, Turn, name_of
from prober.plan.values import attempt_for

TOLD_AS_IS = frozenset({"crashed", "hung", "timeout", "loop", "limit", "too_large", "download"})
MAX_TURNS = 26
MAX_QUERIES = 7
MAX_DETOURS = 9
WAIT_SECONDS = 30.0  # of page time, for a page that says that it works on it
REAL_SECONDS = 20.0  # of real time, when hurrying did not help
LOADING_SECONDS = 6.0  # for one that does not come to rest
ANSWER_SECONDS = 12.0  # for one that says nothing after a query was sent


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


def _past(trail: Trail) -> tuple[Turn, ...]:
    return trail.turns[:-1]


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
    if not trail.asked and _forms(snapshot, reading, trail, queries_only=True):
        return ()  # a look-up stands on the same page: ask it first
    best = demands[0]
    if best.kind == "card" or not _pay_buttons(snapshot, reading, trail):
        return (Stop(outcome=f"{best.kind}_demanded", why=best.quote),)
    return ()


def _left_for_refused_host(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    left = [e for e in snapshot.exits if e.kind in {"navigation", "post"}]
    if left and trail.asked and _past(trail) and any(a.do == "click" for a in _past(trail)[-1].actions):
        return (Stop(outcome="exit", why=f"the page leaves for {left[-1].host}"),)
    return ()


def _waiting(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if not reading.waits and snapshot.settled:
        return ()
    if new_accusations(snapshot, reading, trail) and snapshot.settled:
        return ()
    waited = [turn for turn in _past(trail)[-3:] if turn.actions and turn.actions[0].do == "wait"]
    fruitless = sum(1 for turn in waited if not turn.outcomes or not turn.outcomes[0].changed)
    if fruitless >= 2 or len(waited) >= 3:
        return ()
    if not reading.waits and _forms(snapshot, reading, trail, queries_only=True) and not trail.asked:
        return ()
    if reading.waits and _forms(snapshot, reading, trail, queries_only=True) and not _just_pressed(trail):
        return ()
    if not reading.waits:
        return () if waited else (Wait(seconds=LOADING_SECONDS, why="the page is still loading"),)
    why = reading.waits[0].quote
    if fruitless:  # frames, workers and servers do not heed hurried clocks
        return (Wait(seconds=REAL_SECONDS, why=why, real=True),)
    return (Wait(seconds=WAIT_SECONDS, why=why),)


def _patient(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The query was sent and nothing came of it yet: servers push, poll and stall; wait once before asking again."""
    past = _past(trail)
    if not past or not (past[-1].asked and past[-1].pressed) or reading.refusals or snapshot.dialogs:
        return ()
    if new_accusations(snapshot, reading, trail) or new_demands(snapshot, reading, trail):
        return ()
    still = past[-1].signature == trail.turns[-1].signature
    if not still and (_moves_on(snapshot, reading, trail) or past[-1].snapshot.url != snapshot.url):
        return ()
    return (Wait(seconds=ANSWER_SECONDS if past[-1].sent else 3.0, why="no answer yet"),)


def _moves_on(snapshot: Snapshot, reading: Reading, trail: Trail) -> bool:
    """There is something else to do here than what was done on the page before."""
    before = {group.key for group in _all_groups(_past(trail)[-1].snapshot, _past(trail)[-1].reading)}
    now = {group.key for group in _all_groups(snapshot, reading) if not group.purposes <= {"search"}}
    return bool(now - before) or bool(_pay_buttons(snapshot, reading, trail))


def _just_pressed(trail: Trail) -> bool:
    return bool(_past(trail)) and _past(trail)[-1].pressed


def _walled(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if not reading.walls:
        return ()
    if _forms(snapshot, reading, trail, queries_only=False) and reading.walls[0].kind != "captcha":
        return ()
    if reading.walls[0].kind == "captcha" and _forms(snapshot, reading, trail, queries_only=True) and not _stuck(trail):
        return ()  # perhaps it is only a badge: try once, and stop when nothing comes of it
    if new_accusations(snapshot, reading, trail):
        return ()
    if reading.walls[0].kind == "login" and _menu(snapshot, reading, trail, strong=True):
        return ()
    if reading.walls[0].kind in {"captcha", "empty"} and _human(snapshot, reading, trail):
        return ()
    if reading.walls[0].kind == "empty" and not trail.times_seen(trail.turns[-1].signature) > 1:
        return (Wait(seconds=8.0, why="the page is empty"),)
    return (Stop(outcome=reading.walls[0].kind, why=reading.walls[0].quote),)


def _stuck(trail: Trail) -> bool:
    return any(turn.pressed and turn.signature == trail.turns[-1].signature for turn in _past(trail))


def _clear_the_way(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    for role in ("cookie", "human", "agree"):
        if role == "agree" and _forms(snapshot, reading, trail, queries_only=False):
            continue
        button = _fresh(snapshot, reading, trail, role, at_least=0.5)
        if button is not None:
            if button.kind in {"checkbox"}:
                return (Check(ref=button.ref, label=name_of(button)),)
            return (Click(ref=button.ref, why="cookie" if role == "cookie" else "human", label=name_of(button)),)
    return ()


def _human(snapshot: Snapshot, reading: Reading, trail: Trail) -> Control | None:
    return _fresh(snapshot, reading, trail, "human", at_least=0.3)


def _look_first(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The answer may be painted: read the picture before going on."""
    if not trail.asked or not reading.picture_text_matters or reading.refusals or _looked(trail):
        return ()
    return () if new_accusations(snapshot, reading, trail) else (Look(),)


def _looked(trail: Trail) -> bool:
    mark = trail.turns[-1].signature
    return any(turn.signature == mark and a.do == "look" for turn in _past(trail) for a in turn.actions)


def _answered(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """After a query: follow the money where a debt is claimed."""
    if not trail.asked or not new_accusations(snapshot, reading, trail):
        return ()
    for control, role in _pay_buttons(snapshot, reading, trail):
        filled = _group_of(control, snapshot, reading, trail)
        if filled is not None:
            actions = fill_group(filled, snapshot, reading, trail, attempt_for(trail))
            if actions:
                return (*actions[:-1], Click(ref=control.ref, why="pay", label=name_of(control)))
        return (Click(ref=control.ref, why="pay" if role == "pay" else "result", label=name_of(control)),)
    return ()


def _group_of(control: Control, snapshot: Snapshot, reading: Reading, trail: Trail) -> Group | None:
    if control.form is None:
        return None
    for group in _all_groups(snapshot, reading):
        if group.form == control.form and not group.purposes & CARD_PURPOSES:
            return group
    return None


def _pay_buttons(snapshot: Snapshot, reading: Reading, trail: Trail) -> list[tuple[Control, str]]:
    found: list[tuple[Control, str]] = []
    for role in ("pay", "result", "next"):
        for button in sorted(reading.with_role(role), key=lambda b: -b.score):
            control = snapshot.control(button.ref)
            if (
                control is not None
                and _fresh_control(control, trail)
                and (role != "next" or not _past_query(control, trail))
            ):
                found.append((control, role))
    return found


def _past_query(control: Control, trail: Trail) -> bool:
    """The button that sent the query itself."""
    return any(a.do == "click" and a.label == name_of(control) for turn in trail.queries for a in turn.actions)


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
    enough = MAX_QUERIES if trail.tries > 1 else 2  # a repeat only has to show that the answer is the same
    if len(trail.queries) >= enough:
        if reading.refusals and trail.submitted:
            return (Stop(outcome="rejected", why=reading.refusals[0].quote),)
        why = reading.refusals[0].quote if reading.refusals else "the form took no value"
        return (Stop(outcome="input_refused" if not trail.submitted else "dead_end", why=why),)
    return ()


_ARROWS = ("▾", "▼", "⌄", "▿", "˅", "∨", "⯆", "🔽")


def _closed_menu(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """A drawn drop-down without a choice: open it, then take the entry that names what we have, else the first."""
    if trail.submitted:
        return ()
    last = _past(trail)[-1] if _past(trail) else None
    if last is not None and last.actions and last.actions[0].do == "click" and last.actions[0].why == "tab":
        before = {name_of(c) for c in last.snapshot.controls if c.visible}
        shown = [
            c
            for c in snapshot.controls
            if c.visible and c.kind in {"button", "option", "link"} and name_of(c) not in before
        ]
        opened = last.snapshot.control(last.actions[0].ref)
        if opened is not None and _is_closed_menu(opened) and shown:
            roles = {b.ref: b.score for b in reading.with_role("menu")}
            best = max(shown, key=lambda c: (roles.get(c.ref, 0.0), -c.order))
            return (Click(ref=best.ref, why="result", label=name_of(best)),)
    for control in snapshot.controls:
        if _is_closed_menu(control) and _fresh_control(control, trail):
            return (Click(ref=control.ref, why="tab", label=name_of(control)),)
    return ()


def _is_closed_menu(control: Control) -> bool:
    return control.visible and control.kind == "button" and control.text.strip().endswith(_ARROWS)


def _fill(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """The most telling form on the page."""
    for group in _forms(snapshot, reading, trail, queries_only=False):
        actions = fill_group(group, snapshot, reading, trail, attempt_for(trail))
        if actions:
            return actions
    return ()


def _all_groups(snapshot: Snapshot, reading: Reading) -> tuple[Group, ...]:
    return merge_loose(groups(snapshot, reading))


def _forms(snapshot: Snapshot, reading: Reading, trail: Trail, *, queries_only: bool) -> list[Group]:
    past = trail.with_turns(_past(trail))
    rated = [(worth(group, trail.scenario, past), group) for group in _all_groups(snapshot, reading)]
    rated = [(points, group) for points, group in rated if points > (2 if not queries_only else 0)]
    if queries_only:
        rated = [(points, group) for points, group in rated if group.asks_identity]
    return [group for _, group in sorted(rated, key=lambda pair: -pair[0])]


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
        control = _fresh(snapshot, reading, trail, role, at_least=0.3)
        if control is not None and not _past_query(control, trail) and not _unfilled(control, snapshot):
            return (Click(ref=control.ref, why=why, label=name_of(control)),)
    return ()


def _towards_form(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    detours = sum(
        1 for turn in _past(trail) for a in turn.actions if a.do == "click" and a.why in {"menu", "language", "tab"}
    )
    if trail.asked or detours >= MAX_DETOURS:
        return ()
    return _menu(snapshot, reading, trail, strong=False)


WAYS_IN: tuple[tuple[str, str], ...] = (
    ("menu", "menu"),
    ("next", "next"),
    ("submit", "next"),
    ("tab", "tab"),
    ("pay", "menu"),
    ("result", "result"),
    ("agree", "continue"),
    ("language", "language"),
)


def _menu(snapshot: Snapshot, reading: Reading, trail: Trail, *, strong: bool) -> tuple[Action, ...]:
    """The way to the form; `strong` takes only what plainly names it."""
    for role, why in WAYS_IN[:1] if strong else WAYS_IN:
        control = _fresh(snapshot, reading, trail, role, at_least=0.6 if strong else 0.25)
        if control is not None and not (role in {"submit", "pay"} and _unfilled(control, snapshot)):
            return (Click(ref=control.ref, why=why, label=name_of(control)),)
    return ()


def _unfilled(control: Control, snapshot: Snapshot) -> bool:
    """It sends a form that has empty boxes for text: pressing it would only be refused."""
    mates = [c for c in snapshot.controls if c.visible and c.kind in {"text", "editable"} and c.frame == control.frame]
    if control.form is not None:
        mates = [c for c in mates if c.form == control.form]
    return any(not c.value for c in mates)


def _fill_anything(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """No way in is left: a bare box for search or chat may be the look-up."""
    if trail.asked:
        return ()
    for group in _all_groups(snapshot, reading):
        texts = [c for _, c in group.fields if c.kind in {"text", "editable"}]
        if len(texts) == 1 and group.purposes & {"search", "comment"} and not group.purposes & CARD_PURPOSES:
            plain = Group(tuple((f.model_copy(update={"purpose": "unknown"}), c) for f, c in group.fields))
            return fill_group(plain, snapshot, reading, trail, attempt_for(trail))
    return ()


def _look_closer(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Text in pictures, a QR code, or a form further down."""
    mark = trail.turns[-1].signature
    done = {a.do for turn in _past(trail) if turn.signature == mark for a in turn.actions}
    if "look" not in done and (
        reading.picture_text_matters or (trail.asked and any(i.visible for i in snapshot.images))
    ):
        return (Look(),)
    if "scroll" not in done and snapshot.page_height > snapshot.viewport.height * 1.2 and not trail.asked:
        return (Scroll(),)
    return ()


def _last_straws(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """A button whose words say nothing to us: the largest one not yet tried."""
    tried = sum(1 for turn in _past(trail) for a in turn.actions if a.do == "click" and a.why == "continue")
    if tried >= 4 or reading.refusals:
        return ()
    unknown = [snapshot.control(b.ref) for b in reading.with_role("unknown")]
    pressable = [c for c in unknown if c is not None and c.kind in {"button", "tab"} and _fresh_control(c, trail)]
    if not pressable:
        return ()
    control = max(pressable, key=lambda c: (not c.disabled, min(c.box.area, 60_000)))
    return (Click(ref=control.ref, why="continue", label=name_of(control)),)


def _stalled(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    """Asked, and nothing to do or to read: the answer may still be on its way, in real time."""
    if not trail.asked or reading.refusals or any(turn.reading.refusals for turn in _past(trail)[-2:]):
        return ()
    if new_accusations(snapshot, reading, trail) or _forms(snapshot, reading, trail, queries_only=True):
        return ()
    waits = [turn for turn in _past(trail) if turn.actions and turn.actions[0].do == "wait"]
    if len(waits) >= 6 or (waits and waits[-1] is _past(trail)[-1] and not waits[-1].outcomes[0].changed):
        return ()
    return (Wait(seconds=REAL_SECONDS, why="nothing to read and nothing to press yet", real=True),)


def _too_long(snapshot: Snapshot, reading: Reading, trail: Trail) -> tuple[Action, ...]:
    if len(_past(trail)) < MAX_TURNS and trail.times_seen(trail.turns[-1].signature) <= 8:
        return ()
    return (Stop(outcome=_give_up(reading, trail), why="the walk went round in circles"),)


def _give_up(reading: Reading, trail: Trail) -> str:
    """The outcome word when nothing is left to do."""
    if any(new_accusations(turn.snapshot, turn.reading, _until(trail, n)) for n, turn in enumerate(trail.turns)):
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


def _until(trail: Trail, number: int) -> Trail:
    return trail.with_turns(trail.turns[: number + 1])


def _fresh(snapshot: Snapshot, reading: Reading, trail: Trail, role: str, *, at_least: float) -> Control | None:
    """The best control of a role that was not pressed on this page before."""
    for button in sorted(reading.with_role(role), key=lambda b: -b.score):
        control = snapshot.control(button.ref)
        if (
            control is not None
            and button.score >= at_least
            and _fresh_control(control, trail)
            and _stays(control, button)
        ):
            return control
    return None


def _stays(control: Control, button: ButtonReading) -> bool:
    return not control.href.startswith(("mailto:", "tel:", "sms:", "whatsapp:", "tg:", "intent:", "market:"))


def _fresh_control(control: Control, trail: Trail) -> bool:
    if not control.visible or control.disabled:
        return False
    mark, label = trail.turns[-1].signature, name_of(control).casefold()
    clicked = trail.clicks()
    if (mark, control.ref) in clicked or (mark, label) in clicked:
        return False
    return trail.pressed_labels().count(label) < 3


RULES: tuple[Callable[[Snapshot, Reading, Trail], tuple[Action, ...]], ...] = (
    _failed,
    _demanded,
    _left_for_refused_host,
    _too_long,
    _waiting,
    _patient,
    _clear_the_way,
    _walled,
    _look_first,
    _answered,
    _rejected,
    _closed_menu,
    _fill,
    _onwards,
    _towards_form,
    _fill_anything,
    _look_closer,
    _last_straws,
    _stalled,
)
