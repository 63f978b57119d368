"""What this server probes at the moment: never two cases on one host, whoever asked for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Slots:
    """jobs: cases side by side. freed: told when a case has ended. A single check goes before a run's next suspect.

    keys: hosts and addresses by the case that is there, also those that a redirect led to.
    """

    jobs: int
    freed: Callable[[], None] = lambda: None
    keys: dict[str, object] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def room(self) -> bool:
        """Whether a run may begin one more case."""
        return len(self._taken) < self.jobs

    def take(self, place: str) -> bool:
        """Whether the place was free; it is taken then."""
        if place in self._taken:
            return False
        self._taken.add(place)
        return True

    def free(self, place: str) -> None:
        """The case at that place has ended."""
        self._taken.discard(place)
        self.freed()
