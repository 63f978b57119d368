"""Events in a file: numbered, readable from anywhere, whole after a crash."""

import pytest

from prober.web.eventlog import STRIDE, EventLog


@pytest.fixture
def path(tmp_path):
    return tmp_path / "events.jsonl"


def test_read_on_from_any_number(path):
    log = EventLog(path)
    for n in range(3 * STRIDE + 5):
        log.append("step", {"n": n})
    for opened in (log, EventLog(path)):
        assert opened.count == 3 * STRIDE + 5
        for after in (0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE + 4):
            found = opened.read(after, 3)
            assert [told.number for told in found] == list(range(after + 1, min(after + 3, opened.count) + 1))
            assert all(told.data["n"] == told.number - 1 for told in found)
        assert opened.read(opened.count) == [] and opened.read(10**9) == []


def test_a_half_line_is_cut_off(path):
    log = EventLog(path)
    log.append("one", {})
    with path.open("ab") as file:
        file.write(b'{"number":2,"at":')
    again = EventLog(path)
    assert again.append("two", {}).number == 2
    assert [told.event for told in EventLog(path).read()] == ["one", "two"]
