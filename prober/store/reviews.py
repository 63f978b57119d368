"""What people decided on a case: signed records beside the sealed part, appended and never rewritten."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from prober.errors import BrokenCase, StoreError
from prober.models.custody import Review
from prober.store.folder import to_json, write_whole
from prober.store.keys import Signer, signature_holds
from prober.store.seal import SUMS, list_hashes
from prober.store.verify import manifest_digest

REVIEWS = "reviews"


def add_review(
    folder: Path,
    decision: Literal["confirmed", "rejected", "note"],
    reviewer: str,
    signer: Signer,
    text: str = "",
    at: datetime | None = None,
) -> Review:
    """Append a signed review of the case as it is sealed now.

    Raises StoreError when the case is not sealed: there is nothing fixed to decide on.
    """
    manifest = manifest_digest(folder)
    if not manifest:
        raise StoreError(f"{folder} is not sealed, so there is nothing fixed to review; check the address again.")
    if not reviewer.strip():
        raise StoreError("A review needs a name: give --reviewer.")
    number = len(list((folder / REVIEWS).glob("*.json"))) + 1
    review = Review(
        number=number,
        decision=decision,
        reviewer=reviewer.strip(),
        at=at or datetime.now(UTC),
        text=text,
        seal=manifest,
    )
    data = to_json(review, indent=1) + b"\n"
    room = folder / REVIEWS
    with contextlib.suppress(FileExistsError):
        room.mkdir()
    name = f"{number:03d}-{decision}"
    write_whole(room / f"{name}.json.sig", signer.sign(data))
    write_whole(room / f"{name}.json", data)
    write_whole(room / f"{name}.pem", signer.public_pem)
    list_hashes(room, tuple(f.name for f in sorted(room.iterdir()) if f.name != SUMS), SUMS)
    return review


def load_reviews(folder: Path) -> tuple[Review, ...]:
    """All reviews in order. Raises BrokenCase for one that was changed or belongs to another case."""
    found = []
    manifest = manifest_digest(folder)
    for file in sorted((folder / REVIEWS).glob("*.json")):
        data = file.read_bytes()
        try:
            review = Review.model_validate(json.loads(data))
            signature = file.with_suffix(".json.sig").read_bytes()
            key = file.with_suffix(".pem").read_bytes()
        except (OSError, ValueError, ValidationError) as problem:
            raise BrokenCase(f"The review {file.name} does not read or lacks its signature.") from problem
        if not signature_holds(key, data, signature):
            raise BrokenCase(f"The review {file.name} was changed after it was signed.")
        if review.seal != manifest:
            raise BrokenCase(f"The review {file.name} was made for another seal than this case has.")
        found.append(review)
    return tuple(found)
