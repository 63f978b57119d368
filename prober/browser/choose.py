"""Choosing from what the page draws itself: open the list or calendar, press an entry, see that it was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prober.browser.dom import PageParts
from prober.browser.hands import Hands
from prober.browser.pad import Pad
from prober.browser.spots import Spot, days, entries, fresh_spots, keys, matching, plain_text, spots_on
from prober.models.action import Outcome
from prober.models.page import Control

if TYPE_CHECKING:
    from prober.browser.session import BrowserSession

LEVELS = 6  # lists behind lists: year, month, day; province, district
TRIES = 3  # entries that are pressed before it is given up
SETTLE = 4.0  # page seconds until what a press opened stands
DOM_CLICK = "function() { this.click ? this.click() : this.dispatchEvent(new MouseEvent('click', {bubbles: true, composed: true, cancelable: true})); }"
# What buttons say that take what a calendar, wheel or sheet has chosen; words of their own, since no look-up uses them.
CONFIRMING = frozenset(
    [
        "ok",
        "ок",
        "готово",
        "done",
        "apply",
        "set",
        "select",
        "выбрать",
        "применить",
        "подтвердить",
        "дайын",
        "таңдау",
        "✓",
        "✔",
        "confirm",
        "确定",
        "确认",
        "完成",
        "완료",
        "확인",
        "決定",
        "完了",
        "ตกลง",
        "เสร็จสิ้น",
        "xong",
        "chọn",
        "tamam",
        "seç",
        "pilih",
        "selesai",
        "aceptar",
        "listo",
        "fertig",
        "übernehmen",
        "valider",
        "terminé",
        "fatto",
        "conferma",
        "gotowe",
        "wybierz",
        "hotovo",
        "vybrat",
        "готов",
        "обрати",
        "застосувати",
        "tayyor",
        "tanlash",
        "hazır",
        "gata",
        "concluir",
        "confirmar",
        "klaar",
        "तय करें",
        "ठीक है",
        "تم",
        "موافق",
    ]
)


class State(NamedTuple):
    """What a control shows as chosen."""

    shown: str
    checked: bool
    classes: str


class Chooser:
    """Chooses from one drawn control of a session's current page."""

    def __init__(self, session: BrowserSession, hands: Hands) -> None:
        self.session = session
        self.hands = hands

    async def choose(self, ref: str, wanted: str, typed: bool = False) -> Outcome:
        """Open what the control opens and press the wanted entry, or any real one; the outcome says what it shows.

        typed: type what is wanted, where what opens is a pad of keys.
        """
        before = await self.session.look_at_page()
        control = _control(before, ref)
        if before is None or control is None:
            return Outcome(ok=False, changed=False, problem="the list is gone")
        start = _state(before, control)
        spots = self._standing(before, control) or self._opened_by_focus(before)
        now = before
        if not spots:
            now, spots = await self._open(ref, before)
        pad = keys(spots_on(now)) if typed else {}
        if pad:
            held = await Pad(self).type(ref, wanted, pad)
            return Outcome(
                ok=bool(held), changed=bool(held), held=held, problem="" if held else "the keys type nothing"
            )
        if not spots:
            after = _state(now, control)
            if after != start:  # a tile: pressing it is choosing it
                return Outcome(held=control.text or "chosen")
            return Outcome(ok=False, changed=False, problem="nothing opened")
        return await self._pick(control, start, "" if typed else wanted, now, spots)

    def _standing(self, page: PageParts, control: Control) -> list[Spot]:
        """Entries that are there already: the list is open, or is drawn open."""
        if control.expanded is not True and control.tag in ("input", "button"):
            return []
        inside = {c.ref for c in page.controls if c.visible and control.containers[-1] in c.containers[:-1]}
        standing = [s for s in spots_on(page) if s.option and (s.ref in inside or control.expanded)]
        return standing if len(standing) > 1 else []

    def _opened_by_focus(self, page: PageParts) -> list[Spot]:
        """A calendar that came up as the field before was left: focus was enough to open it."""
        if self.session.last is None:
            return []
        spots = fresh_spots(self.session.last, page)
        return spots if days(spots) else []

    async def _open(self, ref: str, before: PageParts) -> tuple[PageParts, list[Spot]]:
        """Press it as a hand would, then as a finger, then by keys, until something new is to be seen."""
        now = before
        for way in ("mouse", "tap", "keys"):
            if way == "tap" and self.session.visit.profile == "desktop":
                continue
            await self.press(ref, way)
            now = await self.session.look_at_page() or now
            spots = fresh_spots(before, now, ref)
            opened, was = _control(now, ref), _control(before, ref)
            if spots or opened is None or (was is not None and _state(now, opened) != _state(before, was)):
                return now, spots
        return now, []

    async def press(self, ref: str, way: str = "mouse") -> bool:
        """One press, and what it stirs; False where there is nothing to press."""
        found = self.session.surface_of(ref)
        if found is None:
            return False
        handle, press = await self.hands.target(*found)
        if not handle:
            return False
        spot = await self.hands.point(found[0], press)
        if way == "keys":
            await found[0].send("DOM.focus", backendNodeId=found[1])
            await self.hands.key("ArrowDown")
        elif way == "tap" and spot is not None:
            await self.hands.tap(spot[0], spot[1])
        elif spot is not None and spot[2]:
            await self.hands.mouse(spot[0], spot[1])
        else:
            await found[0].call(handle, DOM_CLICK)
        await self.session.settler.quiet(SETTLE)
        return True

    async def _pick(self, control: Control, start: State, wanted: str, now: PageParts, spots: list[Spot]) -> Outcome:
        tried: set[str] = set()
        failed, confirmed = 0, False
        named = ""  # the entry that was pressed, where its role says that it is one
        for _ in range(LEVELS):
            spot, now, spots = await self._best(now, spots, wanted, start.shown, tried)
            if spot is None:
                break
            tried.add(spot.ref)
            named = named or (spot.text if spot.option else "")
            await self.press(spot.ref)
            after = await self.session.look_at_page()
            if after is None:
                return Outcome(held=spot.text)  # the choice led to another page
            deeper = fresh_spots(now, after, control.ref)
            gone = not _seen(after, spot)
            state = _state(after, control)
            if state != start and (gone or not deeper):
                after = await self._close(control, after, spots)
                return Outcome(held=_state(after, control).shown or spot.text)
            if gone and not deeper:
                return Outcome(ok=False, held="", problem="nothing was taken")
            if not deeper:
                button = None if confirmed else _confirming(spots_on(after), tried)
                if button is not None:
                    confirmed = True
                    await self.press(button.ref)
                    after = await self.session.look_at_page() or after
                    if _state(after, control) != start:
                        return Outcome(held=_state(after, control).shown or spot.text)
                failed += 1
                if failed >= TRIES:
                    break
            now, spots = after, deeper or spots
        if named:  # the page shows elsewhere what was taken
            return Outcome(held=named)
        return Outcome(ok=False, changed=False, problem="no such option")

    async def _best(
        self, now: PageParts, spots: list[Spot], wanted: str, shown: str, tried: set[str]
    ) -> tuple[Spot | None, PageParts, list[Spot]]:
        """The entry to press: the wanted one, searched for where the list has a search box, else a real one."""
        calendar = [s for s in days(spots) if s.ref not in tried]
        if calendar:
            return calendar[0], now, spots
        listed = [s for s in entries(spots, shown) if s.ref not in tried]
        found = matching(listed, wanted)
        box = _search_box(now, spots)
        if found is None and box is not None and (wanted or not listed):
            await self.press(box.ref)
            await self.hands.type(wanted or "а")
            await self.session.settler.quiet(SETTLE)
            later = await self.session.look_at_page() or now
            narrowed = [s for s in entries(spots_on(later), shown) if s.option or s.text in {o.text for o in spots}]
            found = matching(narrowed, wanted)
            if found is None:
                await self.hands.clear()
                await self.session.settler.quiet(SETTLE)
                later = await self.session.look_at_page() or later
                listed = [s for s in listed if _seen(later, s)] or narrowed
            now = later
        return found or (listed[0] if listed else None), now, spots

    async def _close(self, control: Control, page: PageParts, spots: list[Spot]) -> PageParts:
        """Confirm or leave a list that stays open after the choice, so that it covers nothing."""
        left = [s for s in spots if _seen(page, s)]
        if len(left) < max(2, len(spots) // 2):
            return page
        button = _confirming(spots, set())
        if button is not None and _seen(page, button):
            await self.press(button.ref)
        elif (here := _control(page, control.ref)) is not None and here.expanded:
            await self.hands.key("Escape")
            await self.session.settler.quiet(SETTLE)
        return await self.session.look_at_page() or page


def _control(page: PageParts | None, ref: str) -> Control | None:
    return next((c for c in page.controls if c.ref == ref), None) if page is not None else None


def _state(page: PageParts, control: Control) -> State:
    """What the control shows now; where it was drawn anew, what stands in its place."""
    now = _control(page, control.ref)
    if now is None or not now.visible:
        x, y = control.box.centre
        now = next((c for c in page.controls if c.visible and c.kind == control.kind and _holds(c, x, y)), None)
    if now is None:
        return State("", False, "")
    shown = now.value if now.kind in ("text", "select", "editable") else now.text
    chosen = " ".join(o.value for o in now.options if o.selected)
    classes = now.classes if now.kind in ("button", "option", "radio", "checkbox") else ""
    return State(plain_text(f"{shown} {chosen}".strip()), now.checked, classes)


def _holds(control: Control, x: float, y: float) -> bool:
    box = control.box
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def _seen(page: PageParts, spot: Spot) -> bool:
    """Whether it is still there to be pressed, with the same words."""
    if any(c.ref == spot.ref and c.visible for c in page.controls):
        return True
    number = spot.ref.partition(".")[2]
    return any(
        b.visible and b.text == spot.text and str(b.containers[-1]).endswith(number)
        for b in page.blocks
        if b.containers
    )


def _search_box(page: PageParts, spots: list[Spot]) -> Control | None:
    """The field above or amid the entries that narrows them."""
    if not spots:
        top, bottom = -1e9, 1e9
    else:
        top, bottom = min(s.box.y for s in spots) - 140, max(s.box.y + s.box.height for s in spots)
    fields = [c for c in page.controls if c.visible and c.kind in ("text", "select") and c.tag == "input"]
    near = [c for c in fields if top <= c.box.y <= bottom and not c.disabled and not c.read_only]
    searching = [c for c in near if c.type == "search" or c.input_mode == "search" or _shares(c, spots, page)]
    return searching[0] if searching else None


def _shares(field: Control, spots: list[Spot], page: PageParts) -> bool:
    """Whether the field lies in the layer that the entries lie in."""
    refs = {s.ref for s in spots}
    listed = [set(c.containers) for c in page.controls if c.ref in refs]
    listed += [set(b.containers) for b in page.blocks if b.containers and any(b.text == s.text for s in spots)]
    own = set(field.containers[-4:-1])
    return field.form is None and any(own & containers for containers in listed)


def _confirming(spots: list[Spot], tried: set[str]) -> Spot | None:
    """The button by which a calendar or wheel takes what was chosen."""
    for spot in reversed(spots):
        plain = spot.text.strip()
        if spot.ref in tried or not plain or len(plain) > 20 or spot.off:
            continue
        if plain.casefold() in CONFIRMING:
            return spot
    return None
