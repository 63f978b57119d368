"""A watch over suspects, with a clock that is only a number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from prober.app.watch import Watch, keep_watch, open_watch
from prober.errors import BrowserError
from prober.models.case import Earlier
from prober.store.trail import add_entry
from tests.factories_case import AT, fraudulent, rejecting

EVERY = timedelta(hours=6)


@pytest.fixture
def first(tmp_path):
    return fraudulent(tmp_path)[0]


def again(first, state, at, gone_since=None):
    """A re-check of the first case."""
    earlier = Earlier(
        case_id=first.id, first_case=first.id, first_seen=first.started_at, state=state, how="dns" if gone_since else "",
        last_up=first.started_at, gone_since=gone_since,
    )  # fmt: skip
    return first.model_copy(update={"id": f"again-{at:%d%H}", "started_at": at, "earlier": earlier})


async def drive(watch, answers):
    """Let the watch run; `answers` are what each look finds. Returns what was told and when it looked."""
    clock, told, looked = [AT], [], []

    async def look(one):
        looked.append(clock[0])
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(clock[0])

    async def wait_until(due):
        clock[0] = due
        return bool(answers)

    await keep_watch(watch, look, lambda: clock[0], wait_until, told.append)
    return told, looked


async def test_it_looks_at_intervals_until_it_was_found_gone_twice(first):
    gone_at = AT + 2 * EVERY
    answers = [
        lambda at: again(first, "up", at),
        lambda at: again(first, "gone", at, gone_at),
        lambda at: again(first, "gone", at, gone_at),
        lambda at: pytest.fail("looked after it was gone for sure"),
    ]
    watch = Watch.of_cases([first], {first.id: AT + timedelta(hours=3)}, EVERY)
    told, looked = await drive(watch, answers)
    assert looked == [AT + EVERY, AT + 2 * EVERY, AT + 3 * EVERY]
    assert [one.state for one in told] == ["up", "gone", "gone"] and watch.over
    end = watch.suspects[0]
    assert end.days(end.first_seen) == 0.5 and end.days(end.told) == 0.375


async def test_a_page_that_comes_back_is_watched_on(first):
    answers = [
        lambda at: again(first, "gone", at, at),
        lambda at: again(first, "up", at),
        lambda at: again(first, "gone", at, at),
    ]
    watch = Watch.of_cases([first], {}, EVERY)
    await drive(watch, answers)
    assert not watch.over and watch.suspects[0].gone == 1 and watch.suspects[0].gone_since == AT + 3 * EVERY


async def test_a_look_that_could_not_be_made_ends_nothing(first):
    watch = Watch.of_cases([first], {}, EVERY)
    told, looked = await drive(watch, [BrowserError("the browser did not start"), lambda at: again(first, "up", at)])
    assert told[0].fault == "the browser did not start" and told[1].fault == ""
    assert looked == [AT + EVERY, AT + 2 * EVERY]


def test_a_broken_off_watch_goes_on_from_the_folders(first):
    gone = AT + timedelta(days=1)
    chain = [again(first, "gone", gone + EVERY, gone), again(first, "gone", gone, gone), first]
    watch = Watch.of_cases(chain, {}, EVERY)
    assert watch.over and watch.suspects[0].case == chain[0].id
    half = Watch.of_cases(chain[1:], {}, EVERY)
    assert not half.over and half.next_due() == gone + EVERY


def test_only_what_was_found_bad_is_watched_and_reports_count_from_the_trail(tmp_path):
    case, folder = fraudulent(tmp_path)
    rejecting(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "case.json").write_text("{")
    when = datetime(2026, 11, 23, tzinfo=UTC)
    add_entry(folder.path, "sent", at=when, address="abuse@names.example")
    for path in (tmp_path, folder.path):
        watch = open_watch(path, EVERY)
        assert [one.case for one in watch.suspects] == [case.id] and watch.suspects[0].told == when
