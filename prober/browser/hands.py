"""The hand on the page: finding where to press, pressing, touching and typing by real input events."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from prober.browser.errors import ask
from prober.browser.surface import Surface

if TYPE_CHECKING:
    from prober.browser.session import BrowserSession

# The element to press for a control: a hidden checkbox is pressed at its label or the drawn box around it.
PRESSABLE = """function() {
  const shown = (e) => { const r = e.getBoundingClientRect(); return r.width > 3 && r.height > 3 && e.checkVisibility({visibilityProperty: true, opacityProperty: true}); };
  let e = this;
  if (e.tagName === 'OPTION') e = e.closest('select') || e;
  if (e.tagName === 'INPUT' && e.getAttribute('role') === 'combobox' && (!shown(e) || e.getBoundingClientRect().width < 60)) {
    for (let up = e.parentElement, n = 0; up && n < 4; up = up.parentElement, n++) { const r = up.getBoundingClientRect(); if (shown(up) && r.width >= 60 && r.height <= 90) return up; }
  }
  if (shown(e)) return e;
  if (e.labels) for (const label of e.labels) { if (shown(label)) return label; for (const inner of label.querySelectorAll('*')) if (shown(inner)) return inner; }
  const r = e.getBoundingClientRect();
  if (r.width > 3 && r.height > 3) return e;
  if (e.type === 'checkbox' || e.type === 'radio' || e.type === 'file') {
    const near = e.nextElementSibling || e.previousElementSibling;
    if (near && shown(near)) return near;
    if (e.parentElement && shown(e.parentElement)) return e.parentElement;
  }
  for (const inner of e.querySelectorAll('*')) if (shown(inner)) return inner;
  return e;
}"""

# Scrolls the element into view and finds a point of it that nothing else covers, as shares of its box.
POINT = """function() {
  const rect = () => { const all = [...this.getClientRects()].filter(r => r.width > 1 && r.height > 1); return all.sort((a, b) => b.width * b.height - a.width * a.height)[0] || this.getBoundingClientRect(); };
  let r = rect();
  const inside = r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth;
  const within = (hit) => { for (let n = hit; n; n = n.parentNode || n.host) if (n === this) return true; return this.contains && this.contains(hit); };
  const label = this.closest ? this.closest('label') : null;
  const root = this.getRootNode();
  const free = (x, y) => { const hit = (root.elementFromPoint ? root : document).elementFromPoint(x, y);
    if (!hit) return false;
    if (this.tagName === 'LABEL' && hit.closest && hit.closest('a[href]') && this.contains(hit.closest('a[href]'))) return false;
    return hit === this || within(hit) || (root.host && hit === root.host) || (label && label.contains(hit)); };
  const shares = [[.5,.5],[.25,.5],[.75,.5],[.5,.25],[.5,.75],[.1,.5],[.9,.5],[.1,.15],[.9,.85],[.02,.5],[.04,.15]];
  const find = () => { for (const [a, b] of shares) if (free(r.left + r.width * a, r.top + r.height * b)) return [a, b]; return null; };
  let share = inside ? find() : null;
  if (!share) {
    for (const block of ['center', 'start', 'end']) {
      this.scrollIntoView({block, inline: 'center', behavior: 'instant'});
      r = rect();
      share = find();
      if (share) break;
    }
  }
  const spot = share || [.5, .5];
  const whole = this.getBoundingClientRect();
  return {x: r.left + r.width * spot[0] - whole.left, y: r.top + r.height * spot[1] - whole.top,
    w: whole.width, h: whole.height, free: !!share, left: whole.left, top: whole.top};
}"""

DRAG_STEPS = 12
KEY_CODES = {"Enter": 13, "Tab": 9, "Backspace": 8, "Delete": 46, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, " ": 32}


class Hands:
    """Input on the current page of a session; every step is limited in time and none raises."""

    def __init__(self, session: BrowserSession) -> None:
        self.session = session

    def _main(self) -> Surface | None:
        tab = self.session.stage.tab
        return tab.main if tab is not None else None

    async def target(self, surface: Surface, backend: int) -> tuple[str, str]:
        """(handle of the element itself, handle of what to press for it); '' where it is gone."""
        handle = (await surface.handle(backend)).value or ""
        if not handle:
            return "", ""
        press = (await surface.call(handle, PRESSABLE, by_value=False)).value or handle
        return handle, press

    async def point(self, surface: Surface, handle: str) -> tuple[float, float, bool] | None:
        """Where to press in CSS px of the viewport, and whether nothing covers that point; None without a box."""
        spot = (await surface.call(handle, POINT)).value
        if not spot:
            return None
        quads = await surface.send("DOM.getContentQuads", objectId=handle)
        rows = (quads.value or {}).get("quads") or []
        if rows:
            left, top = min(min(q[0::2]) for q in rows), min(min(q[1::2]) for q in rows)
        else:
            left, top = spot["left"], spot["top"]
        if spot["w"] < 1 and spot["h"] < 1:
            return None
        dx, dy = await self._offset(surface)
        return left + spot["x"] + dx, top + spot["y"] + dy, bool(spot["free"])

    async def _offset(self, surface: Surface) -> tuple[float, float]:
        """Where the renderer's own viewport lies in the page's viewport (frames of other sites)."""
        x = y = 0.0
        tab = self.session.stage.tab
        while surface.owner is not None and tab is not None:
            number, backend = surface.owner
            holder = next((s for s in tab.surfaces.values() if s.number == number), None)
            if holder is None:
                break
            await holder.send("DOM.scrollIntoViewIfNeeded", backendNodeId=backend)
            box = await holder.send("DOM.getBoxModel", backendNodeId=backend)
            if box.value is None:
                break
            quad = box.value["model"]["content"]
            x, y = x + quad[0], y + quad[1]
            surface = holder
        return x, y

    async def mouse(self, x: float, y: float) -> str:
        """Press and release the left button; '' or the problem."""
        main = self._main()
        if main is None:
            return "closed"
        common: dict[str, Any] = {"x": x, "y": y, "button": "left", "clickCount": 1}
        answers = await asyncio.gather(
            main.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y),
            main.send("Input.dispatchMouseEvent", type="mousePressed", buttons=1, **common),
            main.send("Input.dispatchMouseEvent", type="mouseReleased", **common),
        )
        return next((a.problem for a in answers if a.problem), "")

    async def tap(self, x: float, y: float) -> str:
        """A finger's touch; '' or the problem."""
        main = self._main()
        if main is None:
            return "closed"
        answers = await asyncio.gather(
            main.send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}]),
            main.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[]),
        )
        return next((a.problem for a in answers if a.problem), "")

    async def drag(self, x: float, y: float, to: float, *, touch: bool = False) -> str:
        """Hold at a point, move to `to` (x, CSS px) in steps as a hand does, and let go; '' or the problem."""
        main = self._main()
        if main is None:
            return "closed"
        way = [x + (to - x) * step / DRAG_STEPS for step in range(1, DRAG_STEPS + 1)]
        if touch:
            spots: list[list[dict[str, float]]] = [[{"x": at, "y": y}] for at in (x, *way)]
            kinds = ["touchStart", *(["touchMove"] * DRAG_STEPS), "touchEnd"]
            calls = [
                main.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)
                for kind, points in zip(kinds, [*spots, []], strict=True)
            ]
        else:
            common: dict[str, Any] = {"button": "left", "y": y}
            calls = [
                main.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y),
                main.send("Input.dispatchMouseEvent", type="mousePressed", buttons=1, clickCount=1, x=x, **common),
                *(main.send("Input.dispatchMouseEvent", type="mouseMoved", buttons=1, x=at, **common) for at in way),
                main.send("Input.dispatchMouseEvent", type="mouseReleased", clickCount=1, x=to, **common),
            ]
        for call in calls:  # one after another: the page may move the knob with each
            answer = await call
            if answer.problem:
                return answer.problem
        return ""

    async def key(self, key: str, modifiers: int = 0, commands: tuple[str, ...] = ()) -> str:
        """Press and release a named key (Enter, Tab, Backspace, ...) or a single character."""
        main = self._main()
        if main is None:
            return "closed"
        code = KEY_CODES.get(key, ord(key.upper()) if len(key) == 1 and key.isascii() else 0)
        text = "\r" if key == "Enter" else key if len(key) == 1 and not modifiers else ""
        down: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers, "code": _code(key)}
        extra: dict[str, Any] = {"text": text} if text else {}
        if commands:
            down["commands"] = list(commands)
        answers = await asyncio.gather(
            main.send(
                "Input.dispatchKeyEvent",
                type="keyDown" if text else "rawKeyDown",
                **down,
                **extra,
            ),
            main.send("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in down.items() if k != "commands"}),
        )
        return next((a.problem for a in answers if a.problem), "")

    async def type(self, text: str) -> str:
        """Type with a key event for each character, whatever the alphabet; '' or the problem."""
        main = self._main()
        if main is None:
            return "closed"
        calls = []
        for letter in text:
            if letter == "\n":
                letter = "\r"
            plain = letter.upper() if letter.isascii() else ""
            code = ord(plain) if plain.isalnum() else 32 if letter == " " else 0
            event: dict[str, Any] = {"key": letter, "windowsVirtualKeyCode": code, "code": _code(letter)}
            down = main.send("Input.dispatchKeyEvent", type="keyDown", text=letter, unmodifiedText=letter, **event)
            calls.append(asyncio.ensure_future(down))
            calls.append(asyncio.ensure_future(main.send("Input.dispatchKeyEvent", type="keyUp", **event)))
            if self.session.visit.keystroke:
                await asyncio.sleep(self.session.visit.keystroke)  # a hand's pace is the point, nothing is awaited
        answers = await asyncio.gather(*calls)
        return next((a.problem for a in answers if a.problem), "")

    async def clear(self) -> None:
        """Empty the focused field as a person does: select all, delete."""
        await self.key("a", modifiers=2, commands=("selectAll",))
        await self.key("Backspace", commands=("deleteBackward",))

    async def insert(self, text: str) -> str:
        """Hand the text to the focused field at once, as an input method does."""
        main = self._main()
        if main is None:
            return "closed"
        return (await ask(main.cdp.send("Input.insertText", {"text": text}), 3.0)).problem


def _code(key: str) -> str:
    if len(key) == 1 and key.isascii():
        if key.isalpha():
            return f"Key{key.upper()}"
        if key.isdigit():
            return f"Digit{key}"
    return {" ": "Space"}.get(key, key if len(key) > 1 else "")
