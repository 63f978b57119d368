"""Intervals and lines of the watch."""

from datetime import UTC, datetime, timedelta

import pytest

from prober.app.watch import Watched
from prober.cli.again import interval, line, sum_up
from prober.errors import UsageError

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(("text", "hours"), [("30m", 0.5), ("6h", 6), (" 1D ", 24)])
def test_intervals(text, hours):
    assert interval(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "0h", "6", "h", "-1h", "6 weeks", "99999d"])
def test_what_is_no_interval_is_told(text):
    with pytest.raises(UsageError, match="30m, 6h or 1d"):
        interval(text)


def test_a_line_tells_days_to_takedown_and_no_program_follows_its_address():
    gone = Watched(
        "a", "b", "https://bad.example/s", AT, AT, "gone", "dns", 2, AT + timedelta(days=3), AT + timedelta(days=1)
    )
    assert line(gone) == (
        "hXXps://bad[.]example/s  gone (dns); first seen gone 2026-11-25 00:00 UTC; "
        "3.0 days after it was first seen; 2.0 days after the first report"
    )


def test_the_end_of_a_watch_tells_the_days_to_takedown():
    def gone(days, told=None):
        return Watched("a", "b", "https://a.example/", AT, AT, "gone", "dns", 2, AT + timedelta(days=days), told)

    up = Watched("u", "u", "https://u.example/", AT, AT)
    assert sum_up((up,)) == ""
    suspects = (gone(2), gone(6, AT + timedelta(days=1)), up)
    assert sum_up(suspects) == "2 of 3 gone; days to takedown: median 3.5, longest 5.0"
