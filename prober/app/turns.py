"""Turns at hosts: one case at a place at a time, also where a redirect or a second name leads to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from prober.app.plan_of_run import place_of
from prober.guard.fronts import is_shared_front
from prober.guard.policy import refuse_address

PATIENCE = 1.0  # seconds for somebody who is only passing through
LOOK = 0.05  # seconds between two tries meanwhile


class Keys(Protocol):
    """What no two holders have at a time; one for each case."""

    async def take(self, key: str) -> bool:
        """Whether it was free or ours; it is ours then."""

    async def give(self, key: str) -> None:
        """Others may have it."""


class LocalKeys:
    """`Keys` among the cases of one process; `held` is shared by all of them."""

    def __init__(self, held: dict[str, object]) -> None:
        self._held = held

    async def take(self, key: str) -> bool:
        """See `Keys`."""
        return self._held.setdefault(key, self) is self

    async def give(self, key: str) -> None:
        """See `Keys`."""
        if self._held.get(key) is self:
            del self._held[key]

    def give_all(self) -> None:
        """The case is over."""
        for key in [key for key, holder in self._held.items() if holder is self]:
            del self._held[key]


class HostTurn:
    """Implements `ports.Turn` for one case.

    On the way to a page each host is taken before anything is sent to it; the one that the page is at is kept
    to the end of the case, with its address, others are given back. A host that another case is at ends the
    case: `lost` names it, and `on_lost` is called. Addresses of this machine, of closed networks and of large
    fronts for other people's sites are nobody's.
    """

    def __init__(self, keys: Keys, on_lost: Callable[[], object] = lambda: None) -> None:
        self._keys, self.on_lost = keys, on_lost
        self.kept: set[str] = set()
        self.lost = ""
        self._passing: dict[str, set[str]] = {}  # place -> its keys

    async def begin(self, known: tuple[str, ...]) -> bool:
        """Take all that the case is known to need; False (`lost` names it) when one is not free."""
        for key in known:
            if not await self._keys.take(key):
                self.lost = key
                return False
            self.kept.add(key)
        return True

    async def enter(self, host: str, addresses: tuple[str, ...]) -> bool:
        """See `ports.Turn`."""
        place = place_of(host)
        for key in (place, *(f"address {one}" for one in addresses if _tells(one))):
            if key in self.kept:
                continue
            if self.lost or not await self._wait_for(key):
                self._lose(key)
                return False
            self._passing.setdefault(place, set()).add(key)
        return True

    async def landed(self, host: str) -> None:
        """See `ports.Turn`."""
        place = place_of(host)
        self.kept |= self._passing.pop(place, set())
        for keys in self._passing.values():
            for key in keys - self.kept:
                await self._keys.give(key)
        self._passing = {}

    async def moved(self, host: str) -> None:
        """The page of the case has gone to a host of itself."""
        place = place_of(host)
        if place in self.kept:
            return
        if await self._wait_for(place):
            self.kept.add(place)
        else:
            self._lose(place)

    async def _wait_for(self, key: str) -> bool:
        until = asyncio.get_running_loop().time() + PATIENCE
        while not await self._keys.take(key):
            if asyncio.get_running_loop().time() > until:
                return False
            await asyncio.sleep(LOOK)
        return True

    def _lose(self, key: str) -> None:
        if not self.lost:
            self.lost = key
            self.on_lost()


def _tells(address: str) -> bool:
    """Whether an address tells two hosts apart from one."""
    return refuse_address(address) is None and not is_shared_front(address)
