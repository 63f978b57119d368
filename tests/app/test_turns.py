"""Turns at hosts: redirects, second names and what merely lies on the way."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from prober.app import turns
from prober.app.turns import HostTurn, LocalKeys
from prober.guard.fronts import is_shared_front
from prober.models.run import Result, SuspectRetried
from tests.app.stub_run import play, request, verdict

PUBLIC = "93.184.216.34"
KIT = {f"s{n}.example": f"kit{n % 2}.example" for n in range(8)} | {"kit0.example": "kit0.example"}


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    monkeypatch.setattr(turns, "LOOK", 0.005)


def two() -> tuple[HostTurn, HostTurn, dict[str, object]]:
    held: dict[str, object] = {}
    return HostTurn(LocalKeys(held)), HostTurn(LocalKeys(held)), held


async def test_a_redirect_to_where_another_case_is_loses() -> None:
    one, other, _ = two()
    assert await one.begin(("kit.example",))
    assert await other.begin(("short.example",))
    told = []
    other.on_lost = lambda: told.append(other.lost)
    assert not await other.enter("www.kit.example", ())
    assert told == ["kit.example"]
    assert not await other.enter("elsewhere.example", ()), "a lost case goes nowhere"


async def test_two_redirects_to_one_host_at_the_same_moment() -> None:
    one, other, _ = two()
    entered = await asyncio.gather(one.enter("kit.example", ()), other.enter("kit.example", ()))
    assert sorted(entered) == [False, True]


async def test_what_lies_on_the_way_is_given_back() -> None:
    one, other, held = two()
    assert await one.enter("short.example", ())
    assert await one.enter("cdn.example", ())
    assert await one.enter("kit.example", ())
    await one.landed("kit.example")
    assert set(held) == {"kit.example"}
    assert await other.enter("short.example", ())


async def test_somebody_passing_through_is_waited_for() -> None:
    one, other, _ = two()
    assert await one.enter("short.example", ())
    waiting = asyncio.create_task(other.enter("short.example", ()))
    await asyncio.sleep(0)
    await one.landed("kit.example")
    assert await waiting


async def test_two_names_of_one_address_are_one_host() -> None:
    one, other, _ = two()
    assert await one.enter("kit-a.example", (PUBLIC,))
    await one.landed("kit-a.example")
    assert not await other.enter("kit-b.example", (PUBLIC,))
    assert other.lost == f"address {PUBLIC}"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "104.16.1.1", "2606:4700::6810:101", "151.101.1.6"])
async def test_addresses_that_tell_nothing_keep_nobody_waiting(address: str) -> None:
    one, other, _ = two()
    assert await one.enter("a.example", (address,))
    assert await other.enter("b.example", (address,))


async def test_a_page_that_moves_on_takes_its_new_host() -> None:
    one, other, held = two()
    assert await one.begin(("kit.example",))
    await one.moved("pay.example")
    assert set(held) == {"kit.example", "pay.example"}
    await other.moved("www.pay.example")
    assert other.lost == "pay.example"


def test_shared_fronts() -> None:
    assert is_shared_front("172.67.3.4")
    assert not is_shared_front(PUBLIC)
    assert not is_shared_front("no address")


async def test_redirects_of_a_run_never_meet(tmp_path: Path) -> None:
    spans = defaultdict(list)
    tries: Counter[str] = Counter()

    async def probe(work, browser, tell) -> Result:
        tries[work.url] += 1
        loop = asyncio.get_running_loop()
        for host in (work.place, KIT[work.place]):
            if not await browser.turn.enter(host, ()):
                await asyncio.Event().wait()  # until the case is ended
        await browser.turn.landed(host)
        begun = loop.time()
        await asyncio.sleep(0.02)
        spans[host].append((begun, loop.time()))
        return verdict(work)

    listing = tmp_path / "list.txt"
    listing.write_text("".join(f"https://s{n}.example/\n" for n in range(8)) + "https://kit0.example/\n")
    events = await play(request(listing, tmp_path / "out", jobs=4), probe)
    assert events[-1].counts == {"no_fraud_found": 9}
    assert len((tmp_path / "out/results.jsonl").read_text().splitlines()) == 9
    assert {host: len(found) for host, found in spans.items()} == {"kit0.example": 5, "kit1.example": 4}
    for found in spans.values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(found)))
    assert max(tries.values()) <= 2, "what was learnt is heeded"
    assert any(isinstance(event, SuspectRetried) for event in events)
