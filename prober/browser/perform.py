"""Doing an action as a person's hand would, and telling truthfully what came of it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, NamedTuple

from prober.browser.choose import DOM_CLICK, Chooser
from prober.browser.errors import ask
from prober.browser.fill import Filler, solid
from prober.browser.hands import Hands
from prober.browser.surface import Surface
from prober.models.action import (
    DISABLED,
    Action,
    Back,
    Check,
    Choose,
    Click,
    Fill,
    Look,
    Outcome,
    Press,
    Scroll,
    Wait,
)
from prober.models.page import Control

if TYPE_CHECKING:
    from prober.browser.session import BrowserSession

REACTION = 0.06  # real seconds in which most pages react to a press, before page time is granted
REACTION_REAL = 1.2  # the same where page time is real time
REACTION_AHEAD = 3.0  # page seconds that a page may take to react to a press
SETTLE = 4.0  # page seconds after a press until the page is quiet

CHECKED = "function() { return !!(this.checked || this.getAttribute('aria-checked') === 'true'); }"
# What a drawn box looks like, to see that a press changed it; none for a native one, which says itself whether it is ticked.
LOOKS = """function() {
  if (this.tagName === 'INPUT') return '';
  const holder = this.parentElement;
  const own = (e) => e ? e.className + '|' + e.getAttribute('style') + '|' + [...e.attributes].filter(a => /^(aria|data)-/.test(a.name)).map(a => a.value).join() : '';
  return own(this) + own(holder) + [...this.querySelectorAll('*')].slice(0, 8).map(own).join() + this.textContent;
}"""
# How far a knob can be dragged: to the end of the row that holds it, in CSS px.
TRACK = """function() {
  const own = this.getBoundingClientRect(), row = this.parentElement.getBoundingClientRect();
  return Math.max(row.right - own.right, own.left - row.left > row.right - own.right ? row.left - own.left : 0);
}"""
SCROLL_INNER = """(() => {
  let moved = 0;
  const walk = (root) => { for (const e of root.querySelectorAll('*')) {
    if (e.shadowRoot) walk(e.shadowRoot);
    if (e.scrollHeight <= e.clientHeight + 4 || e === document.documentElement || e === document.body || e.tagName === 'TEXTAREA') continue;
    if (!/auto|scroll/.test(getComputedStyle(e).overflowY)) continue;
    e.scrollTo({top: e.scrollHeight, behavior: 'instant'}); moved += 1;
  } };
  walk(document); return moved;
})()"""
SWITCHED_OFF = "function() { return this.matches(':disabled'); }"
CHOOSE = """function(wanted) {
  const plain = (t) => (t || '').replace(/\\s+/g, ' ').trim().toLowerCase();
  const options = [...this.options].filter(o => wanted || (!o.disabled && o.value.trim() && /[\\p{L}\\p{N}]/u.test(o.text)));
  const match = !wanted ? options.find(o => !o.defaultSelected) || options[0] : options.find(o => o.value === wanted) || options.find(o => plain(o.text) === plain(wanted))
    || options.find(o => plain(o.text).includes(plain(wanted)) && plain(wanted));
  if (!match) return null;
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(this, match.value);
  match.selected = true;
  this.dispatchEvent(new Event('input', {bubbles: true, composed: true}));
  this.dispatchEvent(new Event('change', {bubbles: true, composed: true}));
  return match.text;
}"""


class Before(NamedTuple):
    """Marks taken before an action, to tell what came of it."""

    stirs: int
    requests: int
    frames_sent: int
    navigations: int
    host: str


class Performer:
    """Performs actions on one session."""

    def __init__(self, session: BrowserSession) -> None:
        self.session = session
        self.hands = Hands(session)
        self.chooser = Chooser(session, self.hands)

    async def perform(self, action: Action) -> Outcome:
        session = self.session
        if session.failure in ("hung", "crashed") or session.left <= 0:
            return Outcome(ok=False, changed=False, problem=session.failure or "timeout")
        began = time.monotonic()
        before = self._before()
        session.settler.hurry(True)
        try:
            outcome = await self._do(action)
        finally:
            session.settler.hurry(False)
        sent = session.traffic.carried(before.requests, tuple(session.typed), before.frames_sent, before.host)
        return outcome.model_copy(update={"sent": sent, "seconds": round(time.monotonic() - began, 4)})

    async def _do(self, action: Action) -> Outcome:
        if isinstance(action, Fill):
            return await self._fill(action)
        if isinstance(action, Choose):
            return await self._choose(action)
        if isinstance(action, Check):
            return await self._check(action)
        if isinstance(action, Click):
            return await self._click(action.ref)
        if isinstance(action, Press):
            return await self._press(action)
        if isinstance(action, Wait):
            left = min(self.session.left, self.session.blank_until - time.monotonic())
            changed = await self.session.settler.change(min(action.seconds, max(left, 0.0)), action.real)
            return Outcome(changed=changed)
        if isinstance(action, Scroll):
            return await self._scroll(action)
        if isinstance(action, Back):
            return await self._back()
        if isinstance(action, Look):
            self.session.extra = list(await self.session.look(action.refs, action.ocr))
            return Outcome(changed=bool(self.session.extra))
        return Outcome(changed=False)

    # -- marks ------------------------------------------------------------------

    def _before(self) -> Before:
        s = self.session
        return Before(
            s.pulse.count, len(s.traffic.exchanges), len(s.traffic.socket_sent), s.stage.navigations, s.host()
        )

    async def _find(self, ref: str) -> tuple[Surface, int, str, str] | None:
        found = self.session.surface_of(ref)
        if found is None:
            return None
        surface, backend = found
        handle, press = await self.hands.target(surface, backend)
        return (surface, backend, handle, press) if handle else None

    # -- fields -----------------------------------------------------------------

    async def _fill(self, action: Fill) -> Outcome:
        found = await self._find(action.ref)
        if found is None:
            return Outcome(ok=False, changed=False, problem="the field is gone")
        self.session.typed += [text for text in (action.whole, action.text) if len(text) > 1] or [action.text]
        await self.session.checkpoint.stand()
        control = self.session.last.control(action.ref) if self.session.last else None
        if control is not None and control.read_only:
            return await self.chooser.choose(action.ref, action.text, typed=True)
        held, problem = await Filler(self.hands, *found).fill(action.text)
        if not problem and not solid(held) and solid(action.text):  # it takes no key of ours: perhaps keys of its own
            padded = await self.chooser.choose(action.ref, action.text, typed=True)
            held = padded.held if padded.ok else held
        return Outcome(ok=not problem, changed=bool(held), held=held, problem=problem)

    async def _choose(self, action: Choose) -> Outcome:
        found = await self._find(action.ref)
        if found is None:
            return Outcome(ok=False, changed=False, problem="the list is gone")
        surface, _, handle, _ = found
        tag = (await surface.call(handle, "function() { return this.tagName; }")).value
        if tag == "SELECT":
            await surface.send("DOM.focus", backendNodeId=found[1])
            text = (await surface.call(handle, CHOOSE, action.value)).value
            if text is None:
                return Outcome(ok=False, changed=False, problem="no such option")
            return Outcome(held=str(text))
        control = self.session.last.control(action.ref) if self.session.last else None
        if control is not None and control.kind in ("radio", "option", "tab", "link") and action.value:
            return await self._click(action.ref)
        return await self.chooser.choose(action.ref, _words_of(control, action.value))

    async def _check(self, action: Check) -> Outcome:
        found = await self._find(action.ref)
        if found is None:
            return Outcome(ok=False, changed=False, problem="the box is gone")
        surface, _, handle, press = found
        if (await surface.call(handle, CHECKED)).value:
            return Outcome(changed=False, held="checked")
        before = (await surface.call(handle, LOOKS)).value
        spot = await self.hands.point(surface, press)
        if spot is not None and spot[2]:
            await self.hands.mouse(spot[0], spot[1])
        checked = (await surface.call(handle, CHECKED)).value
        if not checked and before:  # drawn ones may change by and by; a second press would undo the first
            await self._give_time()
        same = not checked and (await surface.call(handle, LOOKS)).value == before
        if same and not await surface.says_checked(found[1]):
            await surface.call(handle, DOM_CLICK)
            checked = (await surface.call(handle, CHECKED)).value
        if not checked:  # one that the page draws itself: that it looks different must do
            await self.session.settler.quiet(SETTLE)
            checked = (await surface.call(handle, LOOKS)).value != before or await surface.says_checked(found[1])
        return Outcome(ok=bool(checked), held="checked" if checked else "", problem="" if checked else "stays unticked")

    # -- pressing ---------------------------------------------------------------

    async def _click(self, ref: str) -> Outcome:
        """Mouse, then finger, then a click from within; each only if nothing at all came of the one before."""
        found = await self._find(ref)
        if found is None:
            return Outcome(ok=False, changed=False, problem="the element is gone")
        surface, _, handle, press = found
        tab = self.session.stage.tab
        if tab is None:
            return Outcome(ok=False, changed=False, problem="closed")
        if await self._switched_off(surface, handle):
            return Outcome(ok=False, changed=False, problem=DISABLED)
        control = self.session.last.control(ref) if self.session.last else None
        if control is not None and control.type == "slide":
            return await self._slide(surface, press)
        sign, spot = await asyncio.gather(self.session.settler.sign(tab), self.hands.point(surface, press))
        before = self._before()
        problem = "no place to press"
        if spot is not None:
            x, y, free = spot
            if free:
                problem = await self.hands.mouse(x, y)
                if await self._consequence(before, sign):
                    return await self._after()
                if self.session.visit.profile != "desktop":
                    await self.hands.tap(x, y)
                    if await self._consequence(before, sign, REACTION):
                        return await self._after()
            else:
                problem = "covered"
        await surface.call(handle, DOM_CLICK)
        if await self._consequence(before, sign):
            return await self._after()
        return Outcome(ok=not problem, changed=False, problem=problem)

    async def _slide(self, surface: Surface, press: str) -> Outcome:
        """Drag a knob to the end of its track by mouse, else by finger."""
        tab = self.session.stage.tab
        if tab is None:
            return Outcome(ok=False, changed=False, problem="closed")
        sign = await self.session.settler.sign(tab)
        before = self._before()
        for touch in (False, True):
            spot = await self.hands.point(surface, press)
            width = (await surface.call(press, TRACK)).value
            if spot is None or not width:
                return Outcome(ok=False, changed=False, problem="no place to press")
            await self.hands.drag(spot[0], spot[1], spot[0] + width, touch=touch)
            if await self._consequence(before, sign):
                return await self._after()
        return Outcome(ok=False, changed=False, problem="it slides back")

    async def _switched_off(self, surface: Surface, handle: str) -> bool:
        """Whether it stays disabled: forms check what was typed by and by, before they let themselves be sent."""
        if not (await surface.call(handle, SWITCHED_OFF)).value:
            return False
        await self._give_time()
        return bool((await surface.call(handle, SWITCHED_OFF)).value)

    async def _give_time(self) -> None:
        """Let page time pass for what a page does by and by, though nothing stirs yet."""
        settler, tab = self.session.settler, self.session.stage.tab
        await settler.quiet(SETTLE)
        if settler.virtual and tab is not None:
            await settler.leap(tab, 1.0, limit=0.5)
        else:
            await self.session.pulse.next(REACTION_REAL)

    async def _consequence(self, before: Before, sign: object, ahead: float = REACTION_AHEAD) -> bool:
        """Whether anything came of a press: a request, a navigation, a dialog, or a change to be seen."""
        session, settler = self.session, self.session.settler
        until = time.monotonic() + (REACTION if settler.virtual else REACTION_REAL)
        spent = 0.0
        while True:
            while (left := until - time.monotonic()) > 0:
                if self._acted(before):
                    return True
                if not await session.pulse.next(left):
                    break
            tab = await session.stage.current()
            if tab is None or self._acted(before):
                return True
            now = await settler.sign(tab)
            if now is None or now != sign:
                return True
            if not settler.virtual or spent >= ahead:
                return False
            await settler.leap(tab, 1.0, limit=0.5)
            spent += 1.0

    def _acted(self, before: Before) -> bool:
        session = self.session
        if session.stage.navigations != before.navigations or session.stage.dialogs or session.stage.popups:
            return True
        if session.stage.downloads or len(session.traffic.socket_sent) > before.frames_sent:
            return True
        return len(session.traffic.exchanges) > before.requests

    async def _after(self) -> Outcome:
        await self.session.settler.quiet(min(SETTLE, max(self.session.left, 0.1)))
        return Outcome(changed=True)

    async def _press(self, action: Press) -> Outcome:
        found = await self._find(action.ref)
        if found is None:
            return Outcome(ok=False, changed=False, problem="the field is gone")
        tab = self.session.stage.tab
        await found[0].send("DOM.focus", backendNodeId=found[1])
        sign = await self.session.settler.sign(tab) if tab is not None else None
        before = self._before()
        problem = await self.hands.key(action.key)
        if await self._consequence(before, sign):
            return await self._after()
        return Outcome(ok=not problem, changed=False, problem=problem)

    # -- moving about --------------------------------------------------------------

    async def _scroll(self, action: Scroll) -> Outcome:
        tab = self.session.stage.tab
        if tab is None or tab.main is None:
            return Outcome(ok=False, changed=False, problem="closed")
        stirs = self.session.pulse.count
        if action.inner:
            counts = [(await s.evaluate(SCROLL_INNER)).value for s in list(tab.surfaces.values())]
            await self.session.settler.quiet(2.0)
            return Outcome(changed=any(counts))
        where = "document.documentElement.scrollHeight" if action.to == "end" else "0"
        await tab.main.evaluate(f"window.scrollTo({{top: {where}, behavior: 'instant'}})")
        await self.session.settler.quiet(2.0)
        return Outcome(changed=self.session.pulse.count > stirs)

    async def _back(self) -> Outcome:
        tab = self.session.stage.tab
        if tab is None:
            return Outcome(ok=False, changed=False, problem="closed")
        before = self._before()
        pages = [t for t in self.session.stage.tabs if not t.page.is_closed()]
        answer = await ask(tab.page.go_back(wait_until="commit", timeout=8000), 9.0)
        if answer.value is None and not answer.problem and len(pages) > 1:
            await ask(tab.page.close(), 3.0)  # a pop-up has nothing to go back to: its opener stands behind it
        await self.session.settler.quiet(SETTLE)
        moved = self.session.stage.navigations != before.navigations or tab.page.is_closed()
        self.session.failure = "" if moved else self.session.failure
        return Outcome(ok=moved, changed=moved, problem="" if moved else answer.problem or "nothing to go back to")


def _words_of(control: Control | None, value: str) -> str:
    """What the option of a value says: drawn entries show words, not values."""
    if control is None:
        return value
    return next((o.text for o in control.options if o.value == value and o.text), value)
