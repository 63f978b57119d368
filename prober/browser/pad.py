"""Typing on keys that the page draws: digits and letters of a pad, pressed one by one, for fields that take no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prober.browser.spots import Spot, key_for, keys, spots_on

if TYPE_CHECKING:
    from prober.browser.choose import Chooser

LONGEST = 40  # characters
PATIENCE = 3.0  # page seconds until what a key stirred stands
ERASERS = "⌫←⌦⟵"
SWITCHES = ("abc", "абв", "qwerty", "123", "?123", "aa", "en", "ru", "қаз", "рус", "eng", "lat", "кир", "a-z", "0-9")


class Pad:
    """Types into one field of the current page with the pad that is drawn there, if there is one."""

    def __init__(self, chooser: Chooser) -> None:
        self.session = chooser.session
        self.hands = chooser.hands
        self.chooser = chooser
        self.way = ""  # how its keys want to be pressed
        self.all: list[Spot] = []

    async def type(self, ref: str, text: str, pad: dict[str, Spot]) -> str:
        """What the field holds after its text was typed on the pad."""
        held = await self._held(ref)
        rubber = next((pad[k] for k in ERASERS if k in pad), None)
        for _ in range(min(len(held), LONGEST) if rubber is not None else 0):  # what an earlier try left
            await self._press(rubber or pad["0"], ref)
        for place, letter in enumerate(c for c in text[:LONGEST] if c.isalnum()):
            key = key_for(pad, letter)
            if key is None:
                pad = await self._other_layout(pad, letter)
                key = key_for(pad, letter)
            if key is None:
                continue
            await self._press(key, ref)
            if place == 0:  # it may be shuffled or drawn anew as one types
                pad = await self._keys() or pad
        await self.session.settler.quiet(PATIENCE)
        return await self._held(ref)

    async def _keys(self) -> dict[str, Spot]:
        page = await self.session.look_at_page()
        self.all = spots_on(page) if page is not None else []
        return keys(self.all)

    async def _other_layout(self, pad: dict[str, Spot], letter: str) -> dict[str, Spot]:
        """The pad after the key that changes between digits and letters, where there is one."""
        for spot in self.all:
            if spot.text.strip().casefold() in SWITCHES:
                await self.chooser.press(spot.ref)
                other = await self._keys()
                if key_for(other, letter) is not None:
                    return other
                pad = other or pad
        return pad

    async def _held(self, ref: str) -> str:
        page = await self.session.look_at_page()
        control = next((c for c in page.controls if c.ref == ref), None) if page is not None else None
        return (control.value or control.text) if control is not None else ""

    async def _press(self, key: Spot, ref: str) -> None:
        """One press; the first key shows whether the pad hears the mouse or the finger."""
        if self.way:
            await self._once(key, self.way)
            return
        before = await self._held(ref)
        for way in ("mouse", "tap") if self.session.visit.profile != "desktop" else ("mouse",):
            await self._once(key, way)
            await self.session.settler.quiet(PATIENCE)
            if await self._held(ref) != before:
                self.way = way
                return
        self.way = "mouse"

    async def _once(self, key: Spot, way: str) -> None:
        found = self.session.surface_of(key.ref)
        handle, press = await self.hands.target(*found) if found is not None else ("", "")
        spot = await self.hands.point(found[0], press) if found is not None and handle else None
        if spot is None:
            return
        await (self.hands.tap if way == "tap" else self.hands.mouse)(spot[0], spot[1])
