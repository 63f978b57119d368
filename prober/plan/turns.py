"""What has happened in one probe so far, and the questions that planning asks of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

from prober.models.action import DISABLED, Action, Fill, Outcome
from prober.models.identity import Identity
from prober.models.page import Control, Snapshot
from prober.models.reading import Reading
from prober.models.scenario import Scenario

QUERY_PURPOSES = frozenset(
    {
        "plate", "plate_number", "plate_series", "plate_region", "personal_id", "protocol", "vehicle_certificate",
        "document_number", "document_series", "document_date", "vin", "driver_license", "tracking", "account",
    }
)  # fmt: skip
CARD_PURPOSES = frozenset(
    {"card_number", "card_expiry", "card_month", "card_year", "card_code", "card_holder", "card_pin", "card_type"}
)
NEVER_FILLED = CARD_PURPOSES | {"password", "gift_card", "loyalty_card", "iban", "amount", "quantity", "captcha"}


@dataclass(frozen=True)
class Turn:
    """One look at the page and what was done about it."""

    snapshot: Snapshot
    reading: Reading
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @cached_property
    def signature(self) -> str:
        return signature(self.snapshot)

    @property
    def sent(self) -> bool:
        return any(outcome.sent for outcome in self.outcomes)

    @property
    def fills(self) -> tuple[Fill, ...]:
        return tuple(action for action in self.actions if isinstance(action, Fill))

    @property
    def asked(self) -> bool:
        """A value that identifies somebody was typed here."""
        return any(fill.purpose in QUERY_PURPOSES or fill.value_kind in QUERY_PURPOSES for fill in self.fills)

    @property
    def pressed(self) -> bool:
        return any(action.do in {"click", "press"} for action in self.actions)

    @property
    def withheld(self) -> bool:
        """A value was typed and not sent, since the field had made something else of it."""
        return any(a.do == "fill" and not o.ok for a, o in zip(self.actions, self.outcomes, strict=False))

    @property
    def held_back(self) -> bool:
        """The page's own script kept the button from being pressed."""
        return any(outcome.problem == DISABLED for outcome in self.outcomes)


@dataclass(frozen=True)
class Trail:
    """The turns of one probe, oldest first, with whom it plays and by which scenario."""

    identity: Identity
    scenario: Scenario
    turns: tuple[Turn, ...] = ()
    tries: int = 3  # refused submissions after which the site has said no

    def then(self, turn: Turn) -> Trail:
        return self.with_turns((*self.turns, turn))

    def with_turns(self, turns: tuple[Turn, ...]) -> Trail:
        return replace(self, turns=turns)

    @cached_property
    def queries(self) -> tuple[Turn, ...]:
        """Turns in which identifying values were typed and a button or key pressed."""
        return tuple(turn for turn in self.turns if turn.asked and turn.pressed)

    @property
    def submitted(self) -> bool:
        """An identifying value left the browser."""
        return any(turn.sent for turn in self.queries)

    @property
    def asked(self) -> bool:
        return bool(self.queries)

    def times_seen(self, mark: str) -> int:
        return sum(1 for turn in self.turns if turn.signature == mark)

    def clicks(self) -> frozenset[tuple[str, str]]:
        """What was pressed on which page: (page signature, label or ref)."""
        return frozenset(
            (turn.signature, key)
            for turn in self.turns
            for action in turn.actions
            if action.do in {"click", "check"}
            for key in (action.ref, action.label.casefold())
            if key
        )

    def pressed_labels(self) -> list[str]:
        return [a.label.casefold() for turn in self.turns for a in turn.actions if a.do == "click" and a.label]


def signature(snapshot: Snapshot) -> str:
    """Equal for two looks at what a person would call the same page in the same state."""
    parts = [snapshot.url.split("#")[0].split("?")[0], snapshot.failure]
    parts += [block.text for block in snapshot.blocks if block.visible and block.source in {"dom", "pseudo"}]
    parts += [f"{c.kind}:{c.name}:{c.label}:{c.text}:{c.disabled}" for c in snapshot.controls if c.visible]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def name_of(control: Control) -> str:
    """The control as a person would name it."""
    for words in (control.text, control.label, control.aria_label, control.placeholder, control.title, control.value):
        if words.strip():
            return " ".join(words.split())[:80]
    return control.name or control.id or control.kind
