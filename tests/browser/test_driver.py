"""A driver that starts ahead is the same driver, and is stopped however soon it is not wanted any more."""

from __future__ import annotations

import pytest

from prober.browser.driver import driver_ahead


@pytest.mark.browser
async def test_a_driver_that_started_ahead_drives() -> None:
    async with driver_ahead() as starting:
        playwright = await starting
        assert playwright.chromium.name == "chromium"


@pytest.mark.browser
async def test_it_is_stopped_though_nobody_waited_for_it() -> None:
    async with driver_ahead() as starting:
        pass
    assert starting.done() and starting.exception() is None
