"""One case at a host at a time, whoever asked for it and wherever a redirect leads."""

import asyncio

from prober.models.events import CaseOpened
from prober.web.worker import working
from tests.app.stub_run import StubEngine
from tests.factories_case import rejecting


async def test_a_check_that_is_led_to_a_host_in_work_waits_for_it(site, monkeypatch):
    begun, at_work, go = [], set(), asyncio.Event()

    async def check(given, options, browser, listeners):
        for listen in listeners:
            listen(CaseOpened(case_id=f"case-{len(begun)}", url=given, scenario="auto"))
        begun.append(given)
        if await browser.turn.enter("shared.example", ()):
            await browser.turn.landed("shared.example")
            assert not at_work, "two cases at one host"
            at_work.add(given)
            await go.wait()
            at_work.discard(given)
            return rejecting(options.output)[0]
        return await asyncio.Event().wait()

    monkeypatch.setattr("prober.web.worker.check", check)
    site.worker.keeper.opener = StubEngine()
    add = site.submissions.add
    first, second = (add(f"https://{name}/", "", "auto", name, (), "") for name in ("a.example", "b.example"))
    async with asyncio.timeout(30), working(site.worker, site.submissions):
        async for told in site.submissions.follow(second.id):
            if told is not None and "waits for it" in str(told.data):
                break
        assert site.submissions.get(second.id).state == "waiting"
        assert {site.submissions.get(first.id).state} == {"running"} and "shared.example" in site.worker.slots.keys
        go.set()
        for one in (first, second):
            async for _ in site.submissions.follow(one.id):
                pass
            assert site.submissions.get(one.id).state == "done"
    assert begun == ["https://a.example/", "https://b.example/", "https://b.example/"] and not site.worker.slots.keys
