"""Storms of dialogs, identical visits side by side, and what a visit leaves behind."""

from __future__ import annotations

import asyncio
import time

import pytest

from prober.browser.engine import Engine
from prober.models.action import Click
from prober.ports import Visit
from tests.browser.conftest import Opener, Site
from tests.browser.seen import texts

pytestmark = pytest.mark.browser


async def test_an_endless_storm_of_alerts_ends(show: Opener) -> None:
    began = time.monotonic()
    async with show("<p>Текст</p><script>setTimeout(() => { while (true) alert('Штраф') }, 10)</script>") as session:
        snapshot = await session.observe()
        assert snapshot.dialogs and len(snapshot.dialogs) <= 60
        assert snapshot.failure in ("", "hung", "limit")
    assert time.monotonic() - began < 25


async def test_visits_share_nothing(engine: Engine, site: Site) -> None:
    url = site.page(
        "<script>localStorage.n = +(localStorage.n || 0) + 1; document.write('<p>Раз ' + localStorage.n + '</p>')</script>"
    )

    async def once() -> list[str]:
        async with engine.visit(Visit(allow_private=True, suspect_host="127.0.0.1")) as session:
            await session.goto(url)
            return texts(await session.observe())

    assert await asyncio.gather(once(), once(), once()) == [["Раз 1"]] * 3


async def test_the_record_of_the_network_grows_as_it_happens(show: Opener, site: Site) -> None:
    page = "<button onclick=\"fetch('/post?x=1', {method: 'POST', body: JSON.stringify({n: 1})})\">Далее</button>"
    async with show(page) as session:
        snapshot = await session.observe()
        first = session.har()
        assert [e["request"]["method"] for e in first["entries"]] == ["GET"]
        assert first["entries"][0]["response"]["content"]["text"].startswith("<!doctype html>")
        outcome = await session.perform(Click(ref=snapshot.controls[0].ref, why="submit"))
        assert outcome.sent
        after = await session.observe()
        log = session.har()
    assert log["entries"][1]["request"]["postData"]["text"] == '{"n":1}'
    assert log["entries"][1]["pageref"] == log["pages"][0]["id"]
    assert [(r.kind, r.posted) for r in after.requests] == [("fetch", '{"n":1}')]
    assert "Штраф 10 000 тг" in after.requests[0].answered
    assert session.hosts()[0].addresses == ("127.0.0.1",)


async def test_a_saved_page_is_read_without_scripts_or_requests(engine: Engine) -> None:
    html = "<title>Т</title><label>Номер <input name=n></label><img src=https://example.invalid/x.png alt=Герб><script>document.body.innerHTML=''</script>"
    snapshot = await engine.observe_static(html)
    assert (snapshot.title, snapshot.controls[0].label) == ("Т", "Номер")
    assert snapshot.images[0].alt == "Герб"
