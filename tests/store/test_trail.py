"""Tests of the trail."""

import pytest

from prober.errors import BrokenCase
from prober.store.trail import add_entry, load_trail, told


def test_a_trail_is_a_chain(tmp_path):
    add_entry(tmp_path, "drafted", recipient="registrar", address="abuse@r.example")
    add_entry(tmp_path, "sent", recipient="registrar", address="abuse@r.example")
    add_entry(tmp_path, "sent", recipient="registrar", address="abuse@r.example", text="again")
    trail = load_trail(tmp_path)
    assert [entry.what for entry in trail] == ["drafted", "sent", "sent"]
    assert told(trail) == {"abuse@r.example": trail[1]}


@pytest.mark.parametrize(
    "tamper",
    [
        lambda ls: [ls[0], ls[2]],
        lambda ls: [ls[1], ls[0], ls[2]],
        lambda ls: [ls[0].replace(b"drafted", b"note"), *ls[1:]],
    ],
)
def test_a_changed_trail_is_found(tmp_path, tamper):
    for what in ("drafted", "sent", "answered"):
        add_entry(tmp_path, what)
    file = tmp_path / "trail.jsonl"
    file.write_bytes(b"\n".join(tamper(file.read_bytes().splitlines())) + b"\n")
    with pytest.raises(BrokenCase):
        load_trail(tmp_path)


def test_no_trail_yet(tmp_path):
    assert load_trail(tmp_path) == ()
