"""What is known about a sealed case after the fact: its seal, reviews by people, and whom it was told to."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from prober.models.base import Noun

FaultKind = Literal[
    "changed", "missing", "added", "swapped", "no_seal", "signature", "time_stamp", "record", "snapshot", "verdict",
]  # fmt: skip


class Fault(Noun):
    """One thing that is wrong with a sealed case. `file` is relative to the case folder."""

    kind: FaultKind
    file: str
    sentence: str


class Verification(Noun):
    """What checking a case against its own seal gave.

    intact: no fault. signer: fingerprint of the key in the case; signer_name: '' when it is not known here.
    stamp: 'none' without a token, 'unchecked' when no tool to check it is at hand.
    judged: whether today's rules, run over the stored observations, give the sealed verdict.
    """

    case_id: str
    intact: bool
    faults: tuple[Fault, ...] = ()
    files: int = 0
    signer: str = ""
    signer_name: str = ""
    stamp: Literal["none", "good", "bad", "unchecked"] = "none"
    stamped_at: datetime | None = None
    judged: Literal["same", "differs", "not_recomputed"] = "not_recomputed"
    notes: tuple[str, ...] = ()


class Review(Noun):
    """A person's decision on a case, signed. `seal` is the SHA-256 of the SHA256SUMS that was reviewed."""

    number: int
    decision: Literal["confirmed", "rejected", "note"]
    reviewer: str
    at: datetime
    text: str = ""
    seal: str


class TrailEntry(Noun):
    """One line of `trail.jsonl`. `before` is the SHA-256 of the line before it, '' for the first."""

    at: datetime
    what: Literal["drafted", "sent", "answered", "withdrawn", "exported", "note"]
    recipient: str = ""
    address: str = ""
    file: str = ""
    text: str = ""
    before: str = ""


class Matter(Noun):
    """For whom and on what footing a case was made. '' is shown as 'not stated'."""

    organisation: str = ""
    operator: str = ""
    role: str = ""  # shown to recipients in place of the operator's name
    number: str = ""
    contact: str = ""  # the organisation's e-mail address, for those who want to ask back
    legal_basis: str = ""
    tlp: Literal["", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] = ""
    pap: Literal["", "CLEAR", "GREEN", "AMBER", "RED"] = ""
