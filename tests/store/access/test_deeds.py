"""The audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prober.store.access.deeds import Deeds, note_here
from prober.store.access.people import People
from prober.store.access.place import access_of


def test_lines_are_appended_and_found(tmp_path):
    people = People(access_of(tmp_path))
    deeds = Deeds(people.engine, people.where)
    for number in range(5):
        deeds.note("ann", "submitted", f"s{number}", "https://a.example", "127.0.0.1")
    deeds.note("bob", "reviewed:confirmed", "c1", "x" * 5000)
    lines, total = deeds.read(limit=2)
    assert total == 6 and [line.subject for line in lines] == ["c1", "s4"]
    assert len(lines[0].detail) == 500 and lines[0].at.tzinfo is not None
    assert deeds.read(who="ann", limit=2, offset=4)[0][0].subject == "s0"
    assert deeds.read(subject="c1")[1] == deeds.read(what="reviewed:confirmed")[1] == 1
    assert deeds.read(since=datetime.now(UTC) + timedelta(hours=1)) == ((), 0)
    assert deeds.kinds() == ("reviewed:confirmed", "submitted")


def test_a_terminal_makes_no_log_where_no_server_was(tmp_path):
    note_here(tmp_path, "purged", "c1")
    assert not access_of(tmp_path).exists()
    People(access_of(tmp_path)).close()
    note_here(tmp_path, "purged", "c1", "c2", detail="old")
    people = People(access_of(tmp_path))
    assert Deeds(people.engine, people.where).read()[1] == 2
