"""The lab answers by host name, starts afresh, logs what it receives and stops."""

from __future__ import annotations

import asyncio
import json
from statistics import median
from time import perf_counter

import httpx
import pytest
import websockets
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from prober.errors import UsageError
from prober.lab.server import Lab, LabThread, serve
from prober.lab.site import Site
from prober.lab.sites import fine_by_plate, live_panel, pay_frame, tarpit

TWO = (fine_by_plate.SITE, pay_frame.SITE)


def client(lab: Lab, name: str) -> httpx.AsyncClient:
    """A client that knocks at loopback with the site's name in the Host header."""
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{lab.port}", headers={"host": f"{name}.localhost:{lab.port}"})


async def test_hosts_decide_who_answers() -> None:
    async with serve(TWO) as lab:
        async with client(lab, "fine-by-plate") as visitor:
            assert "государственному номеру" in (await visitor.get("/")).text
        async with client(lab, "pay-frame") as visitor:
            assert "ТӨЛЕМ-ОРТАЛЫҚ" in (await visitor.get("/")).text
            assert (await visitor.get("/form")).status_code == 404
        async with client(lab, "pay-frame--secure") as visitor:
            assert "Номер карты" in (await visitor.get("/form")).text
        async with client(lab, "nobody") as visitor:
            assert (await visitor.get("/")).status_code == 404


async def test_the_index_lists_every_site() -> None:
    async with serve(TWO) as lab, httpx.AsyncClient() as visitor:
        page = (await visitor.get(f"http://127.0.0.1:{lab.port}/")).text
    assert all(lab.url(site.name) in page and site.title in page for site in TWO)


async def test_the_log_holds_what_was_sent() -> None:
    async with serve(TWO) as lab:
        async with client(lab, "fine-by-plate") as visitor:
            await visitor.post("/search.php?from=sms", data={"grnz": "000QQQ99"}, headers={"x-mark": "1"})
        received = lab.log[-1]
    assert (received.site, received.method, received.path, received.query) == (
        "fine-by-plate",
        "POST",
        "/search.php",
        "from=sms",
    )
    assert received.form == {"grnz": "000QQQ99"}
    assert ("x-mark", "1") in received.headers
    assert received.connection is not None
    assert received.connection[0] == "127.0.0.1"
    assert received.at.tzinfo is not None


async def test_the_log_holds_websocket_messages() -> None:
    async with serve((live_panel.SITE,)) as lab:
        address = f"ws://live-panel.localhost:{lab.port}/live"
        async with websockets.connect(address, host="127.0.0.1", proxy=None) as socket:
            assert "инспектор" in json.loads(await socket.recv())["html"]
            await socket.send(json.dumps({"do": "ask", "v": "000QQQ99"}))
            assert json.loads(await socket.recv())["do"] == "say"
            assert "12 480 тг" in json.loads(await socket.recv())["html"]
        noted = [(received.method, received.site) for received in lab.log]
    assert noted == [("WEBSOCKET", "live-panel"), ("MESSAGE", "live-panel")]
    assert b"000QQQ99" in lab.log[-1].body


async def test_answers_do_not_wait_for_delayed_acknowledgements() -> None:
    seconds = []
    async with serve(TWO) as lab, client(lab, "fine-by-plate") as visitor:
        for _ in range(15):
            started = perf_counter()
            await visitor.get("/")
            seconds.append(perf_counter() - started)
    assert median(seconds) < 0.035  # they came after 40 ms and more while the sockets lacked TCP_NODELAY


async def test_the_tarpit_outlasts_its_visitor_and_lets_the_lab_stop() -> None:
    async with asyncio.timeout(10), serve((tarpit.SITE,)) as lab, client(lab, "tarpit") as visitor:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.7):
                await visitor.get("/")


def counting() -> Starlette:
    """An application that counts its visitors."""
    seen: list[int] = []

    async def count(request: Request) -> PlainTextResponse:
        seen.append(1)
        return PlainTextResponse(str(len(seen)))

    return Starlette(routes=[Route("/", count)])


def test_every_server_has_fresh_state_also_in_a_thread() -> None:
    site = Site("counting", "honest", "t", "a.", ("en",), ("x",), ("inconclusive",), counting)
    for _ in range(2):
        with LabThread((site,)) as lab:
            headers = {"host": f"counting.localhost:{lab.port}"}
            assert httpx.get(f"http://127.0.0.1:{lab.port}/", headers=headers).text == "1"


async def test_a_taken_port_and_an_unknown_site_are_told() -> None:
    async with serve(TWO) as lab:
        with pytest.raises(UsageError, match="choose another port"):
            async with serve(TWO, port=lab.port):
                pass
        with pytest.raises(UsageError, match="no practice site"):
            lab.url("nobody")
