"""Waiting: timers of the page pass in no time, the server's answers in theirs."""

from __future__ import annotations

import time

import pytest

from prober.models.action import Wait
from tests.browser.conftest import Opener, Site
from tests.browser.seen import texts

pytestmark = pytest.mark.browser

SPINNER = """<p id=p>Поиск 0%</p><script>let n = 0; const i = setInterval(() => { n += 10; p.textContent = 'Поиск ' + n + '%'; }, 500);
setTimeout(() => { clearInterval(i); p.textContent = 'Найден штраф'; }, 5000)</script>"""


async def test_a_fake_spinner_takes_less_than_a_second(show: Opener) -> None:
    async with show(SPINNER) as session:
        began = time.monotonic()
        first = await session.observe(patience=1.0)
        outcome = await session.perform(Wait(seconds=10))
        snapshot = await session.observe()
        assert time.monotonic() - began < 1.0
    assert texts(first) != ["Найден штраф"]
    assert outcome.changed
    assert texts(snapshot) == ["Найден штраф"]
    assert first.virtual_seconds + snapshot.virtual_seconds > 3


async def test_real_time_works_alike(show: Opener) -> None:
    page = SPINNER.replace("5000", "1500").replace("500)", "200)")
    async with show(page, virtual=False) as session:
        await session.observe(patience=0.5)
        assert (await session.perform(Wait(seconds=5))).changed
        snapshot = await session.observe()
    assert texts(snapshot) == ["Найден штраф"]
    assert snapshot.virtual_seconds == 0


async def test_a_push_of_the_server_is_waited_for(show: Opener) -> None:
    page = """<p id=p>Ожидайте</p><script>const w = new WebSocket(`ws://${location.host}/push`);
    w.onmessage = (m) => { p.textContent = m.data; }</script>"""
    async with show(page) as session:
        first = await session.observe()
        assert (await session.perform(Wait(seconds=8))).changed
        snapshot = await session.observe()
    assert len(first.websockets) == 1
    assert texts(snapshot) == ["Найден штраф 15 000 тг"]
    assert first.pushed + snapshot.pushed == 1


async def test_a_slow_answer_is_waited_for(show: Opener) -> None:
    page = "<p id=p>Ожидайте</p><script>fetch('/slow?seconds=0.7').then(r => r.text()).then(t => { p.textContent = t; })</script>"
    async with show(page) as session:
        assert texts(await session.observe()) == ["late"]


async def test_a_call_that_never_ends_is_waited_for_once(show: Opener) -> None:
    page = "<p>Готово</p><script>fetch('/slow?seconds=60')</script>"
    async with show(page) as session:
        began = time.monotonic()
        assert not (await session.observe(patience=1.0)).settled
        assert (await session.observe(patience=1.0)).settled
        assert time.monotonic() - began < 2.0
        assert texts(await session.observe()) == ["Готово"]


async def test_timers_run_on_beside_a_hanging_call(show: Opener) -> None:
    page = "<p id=p>Поиск</p><script>fetch('/slow?seconds=60'); setTimeout(() => { p.textContent = 'Найден' }, 2500)</script>"
    async with show(page) as session:
        await session.observe(patience=0.5)
        assert (await session.perform(Wait(seconds=6))).changed
        assert texts(await session.observe()) == ["Найден"]


async def test_nothing_to_wait_for_ends_soon(show: Opener) -> None:
    async with show("<p>Ничего не будет</p>") as session:
        await session.observe()
        began = time.monotonic()
        assert not (await session.perform(Wait(seconds=20))).changed
        assert time.monotonic() - began < 3


async def test_a_page_that_never_rests_settles_on_its_text(show: Opener) -> None:
    page = "<p>Текст</p><i id=i></i><script>(function f() { i.style.width = Math.random() + 'px'; requestAnimationFrame(f); })()</script>"
    async with show(page, virtual=False) as session:
        began = time.monotonic()
        snapshot = await session.observe()
        assert snapshot.settled and time.monotonic() - began < 2


async def test_redirects_by_timer_and_refresh_are_followed(show: Opener, site: Site) -> None:
    site.page("<meta http-equiv=refresh content='2;url=/c'><p>Второй</p>", "/b")
    site.page("<p>Третий</p>", "/c")
    page = "<p>Первый</p><script>setTimeout(() => { location = '/b' }, 2000)</script>"
    async with show(page) as session:
        began = time.monotonic()
        snapshot = await session.observe()
        for _ in range(2):
            if texts(snapshot) != ["Третий"]:
                await session.perform(Wait(seconds=5))
                snapshot = await session.observe()
        assert texts(snapshot) == ["Третий"]
        assert time.monotonic() - began < 3


async def test_a_picture_that_never_comes_holds_up_nothing(show: Opener) -> None:
    page = "<img src='/slow?seconds=60'><p id=p>Поиск</p><script>setTimeout(() => { p.textContent = 'Найден' }, 9000)</script>"
    async with show(page) as session:
        began = time.monotonic()
        await session.observe()
        assert (await session.perform(Wait(seconds=15))).changed
        assert texts(await session.observe()) == ["Найден"]
        assert time.monotonic() - began < 6
