"""Filling a field so that the page believes it: real keys first, then whatever else its mask accepts; read back."""

from __future__ import annotations

from prober.browser.hands import Hands
from prober.browser.surface import Surface

# What a field holds: value of inputs, text of anything else.
HELD = """function() {
  if (this.tagName === 'INPUT' || this.tagName === 'TEXTAREA' || this.tagName === 'SELECT') return String(this.value);
  return (this.innerText || this.textContent || '').trim();
}"""
ABOUT = """function() { return {tag: this.tagName, type: (this.type || '').toLowerCase(), readonly: !!this.readOnly, disabled: !!this.disabled,
  max: this.maxLength === undefined ? -1 : this.maxLength, editable: !!this.isContentEditable}; }"""
FOCUSED = """function() { const root = this.getRootNode(); let a = root.activeElement; return a === this || this.contains(a); }"""
SET = """function(value) {
  const fire = (name) => this.dispatchEvent(new Event(name, {bubbles: true, composed: true}));
  if (this.tagName === 'INPUT' || this.tagName === 'TEXTAREA') {
    const proto = this.tagName === 'INPUT' ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
    Object.getOwnPropertyDescriptor(proto, 'value').set.call(this, value);
  } else { this.textContent = value; }
  fire('input'); fire('change');
}"""
# Types whose value has a fixed form and where keys go to parts of the field.
FORMED = {"date", "month", "week", "time", "datetime-local", "color", "range"}


class Filler:
    """Types a text into one field and reads back what it made of it."""

    def __init__(self, hands: Hands, surface: Surface, backend: int, handle: str, press: str) -> None:
        self.hands = hands
        self.surface = surface
        self.backend = backend
        self.handle = handle
        self.press = press

    async def held(self) -> str:
        return str((await self.surface.call(self.handle, HELD)).value or "")

    async def fill(self, text: str) -> tuple[str, str]:
        """(what the field holds afterwards, problem)."""
        about = (await self.surface.call(self.handle, ABOUT)).value or {}
        if about.get("type") == "file":
            return "", "file fields are never filled"
        if about.get("disabled"):
            return "", "disabled"
        problem = await self._focus(native=about.get("tag") in ("INPUT", "TEXTAREA"))
        if problem:
            return "", problem
        if about.get("type") in FORMED:
            await self.surface.call(self.handle, SET, text)
            return await self._leave(text)
        fake = about.get("tag") not in ("INPUT", "TEXTAREA") and not about.get("editable")
        before = await self.held()
        if before:
            if fake:
                for _ in before[:40]:
                    await self.hands.key("Backspace")
            else:
                await self.hands.clear()
        standing = await self.held()  # a mask's own letters, e.g. '+7 ('
        await self.hands.type(text)
        held = await self.held()
        if not fake and not agrees(held, text):
            held = await self._otherwise(text, standing, held)
        return await self._leave(held)

    async def _focus(self, native: bool) -> str:
        if native:
            answer = await self.surface.send("DOM.focus", backendNodeId=self.backend)
            if not answer.problem and (await self.surface.call(self.handle, FOCUSED)).value:
                return ""
        spot = await self.hands.point(self.surface, self.press)
        if spot is not None:
            return await self.hands.mouse(spot[0], spot[1])
        answer = await self.surface.send("DOM.focus", backendNodeId=self.backend)
        return "cannot be focused" if answer.problem else ""

    async def _leave(self, held: str) -> tuple[str, str]:
        await self.hands.key("Tab")
        after = await self.held()
        return (after or held), ""

    async def _otherwise(self, text: str, standing: str, held: str) -> str:
        """Other ways in turn until the field holds the text; the nearest one is kept."""
        best, best_way = held, ""
        for way in ways(text, standing):
            await self.hands.clear()
            await self.hands.type(way)
            held = await self.held()
            if agrees(held, text):
                return held
            if nearness(held, text) > nearness(best, text):
                best, best_way = held, way
        await self.hands.clear()
        await self.hands.insert(text)
        held = await self.held()
        if agrees(held, text):
            return held
        await self.surface.call(self.handle, SET, text)
        held = await self.held()
        if agrees(held, text) or nearness(held, text) >= nearness(best, text):
            return held
        await self.hands.clear()
        await self.hands.type(best_way or text)
        return await self.held()


def solid(text: str) -> str:
    """Letters and digits only, case folded: what a mask must keep."""
    return "".join(c for c in text if c.isalnum()).casefold()


def agrees(held: str, text: str) -> bool:
    """Whether a field that shows `held` took `text`: masks may add signs, cut at their length or change the case."""
    mine, wanted = solid(held), solid(text)
    if not wanted:
        return held.strip() == text.strip()
    if mine == wanted or (len(mine) >= 4 and wanted.startswith(mine)):
        return True
    # Letters may have been turned into look-alikes of another alphabet: the shape must stay.
    return (
        len(mine) == len(wanted)
        and [c.isdigit() for c in mine] == [c.isdigit() for c in wanted]
        and _digits(mine) == _digits(wanted)
    )


def nearness(held: str, text: str) -> float:
    """0 to 1: how much of the text, in order, the field holds, less what it holds besides."""
    mine, wanted = solid(held), solid(text)
    place = 0
    for letter in mine:
        if place < len(wanted) and letter == wanted[place]:
            place += 1
    return (place / len(wanted) if wanted else 0.0) - 0.01 * max(len(mine) - len(wanted), 0)


def ways(text: str, standing: str) -> list[str]:
    """Other spellings of a text that a mask may accept: the rest after the mask's own digits, digits, case."""
    found: list[str] = []
    digits, shown = _digits(text), _digits(standing)
    mostly_digits = digits and len(digits) >= len(solid(text)) - 1
    if mostly_digits and shown and digits.startswith(shown):
        found.append(digits[len(shown) :])
    if mostly_digits and text.lstrip().startswith("+") and len(digits) > 10:
        found.append(digits[len(digits) - 10 :])
    if mostly_digits:
        found.append(digits)
    bare = "".join(c for c in text if c.isalnum())
    found.extend((bare, bare.upper(), bare.lower()))
    return [w for i, w in enumerate(found) if w and w != text and w not in found[:i]]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
