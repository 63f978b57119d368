"""Who must go when memory or the loop is taken."""

from __future__ import annotations

import os

from prober.browser.warden import Process, condemned, family, most_busy

MB = 1_000_000


def test_a_renderer_over_its_cap_goes() -> None:
    processes = [Process(1, 300 * MB), Process(2, 900 * MB, renderer=True), Process(3, 100 * MB, renderer=True)]
    assert condemned(processes, 700 * MB, 2000 * MB) == [2]


def test_the_largest_goes_when_all_together_take_too_much() -> None:
    processes = [Process(1, 300 * MB), Process(2, 500 * MB, renderer=True), Process(3, 600 * MB, renderer=True)]
    assert condemned(processes, 700 * MB, 1300 * MB) == [3]
    assert condemned(processes, 700 * MB, 1500 * MB) == []


def test_only_renderers_are_ended() -> None:
    assert condemned([Process(1, 3000 * MB)], 700 * MB, 1300 * MB) == []


def test_the_busiest_renderer_is_found() -> None:
    processes = [Process(1, 0, 50.0), Process(2, 0, 4.0, True), Process(3, 0, 9.0, True)]
    assert most_busy(processes, {2: 1.0, 3: 8.5}, 1.0) == 2
    assert most_busy(processes, {2: 3.9, 3: 8.9}, 1.0) is None
    assert most_busy([], {}, 1.0) is None


def test_a_family_begins_with_its_root() -> None:
    if os.path.exists("/proc/self/statm"):  # noqa: PTH110
        found = family(os.getpid())
        assert found[0].pid == os.getpid()
        assert found[0].own > 0
