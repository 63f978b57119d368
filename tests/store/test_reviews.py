"""Tests of reviews."""

import subprocess

import pytest

from prober.errors import BrokenCase, StoreError
from prober.store.keys import load_or_make
from prober.store.reviews import add_review, load_reviews
from prober.store.verify import verify
from tests.store.test_seal import make


def test_reviews_are_appended_signed_and_leave_the_seal_alone(tmp_path):
    folder, made = make(tmp_path)
    signer = load_or_make(tmp_path / "keys")
    add_review(folder, "note", "A. Analyst", signer, text="looks real")
    add_review(folder, "confirmed", "A. Analyst", signer)
    reviews = load_reviews(folder)
    assert [review.decision for review in reviews] == ["note", "confirmed"]
    assert reviews[0].seal == made.manifest
    assert verify(folder, {}).intact
    room = folder / "reviews"
    assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=room, capture_output=True).returncode == 0


def test_a_changed_review_is_refused(tmp_path):
    folder, _ = make(tmp_path)
    add_review(folder, "rejected", "A. Analyst", load_or_make(tmp_path / "keys"))
    file = folder / "reviews/001-rejected.json"
    file.write_bytes(file.read_bytes().replace(b"rejected", b"confirmed"))
    with pytest.raises(BrokenCase, match="changed"):
        load_reviews(folder)
    file.with_suffix(".json.sig").unlink()
    with pytest.raises(BrokenCase, match="signature"):
        load_reviews(folder)


def test_only_a_sealed_case_and_only_by_somebody(tmp_path):
    folder, _ = make(tmp_path)
    with pytest.raises(StoreError, match="name"):
        add_review(folder, "note", " ", load_or_make(tmp_path / "keys"))
    (folder / "SHA256SUMS").unlink()
    with pytest.raises(StoreError, match="not sealed"):
        add_review(folder, "note", "A", load_or_make(tmp_path / "keys"))
