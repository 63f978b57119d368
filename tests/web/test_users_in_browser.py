"""People of a team at the real server: in, out, each other's cases and a CSRF attempt from another origin."""

from __future__ import annotations

import http.server
import threading

import pytest

from prober.models.people import Role
from prober.store.keys import load_or_make
from prober.store.seal import seal
from tests.factories_case import fraudulent
from tests.web.browsing import SOON, no_sideways, opened
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.browser


async def came_in(visitor, served, name, **options):
    """A page of somebody who has signed in."""
    context, page = await opened(visitor, served, **options)
    await page.goto(served.origin + "/login")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("link", name="Cases", exact=True).wait_for()
    return context, page


@pytest.fixture
def team(served):
    """A case of Ann's team, and a user of every role."""
    case, folder = fraudulent(served.site.options.output)
    seal(folder.path, load_or_make())
    served.site.cases.hold(case.id, frozenset({"team:cert"}))
    people = served.site.access.people
    for name, role, group in (
        ("ann", "analyst", "cert"),
        ("vic", "viewer", "cert"),
        ("boss", "admin", ""),
        ("eve", "analyst", "x"),
    ):
        people.add(name, PASSWORD, Role(role), group)
    return case


async def test_each_sees_what_is_theirs_and_goes_out(visitor, served, team):
    for name, sees, asks in (("ann", True, True), ("vic", True, False), ("boss", True, True), ("eve", False, True)):
        context, page = await came_in(visitor, served, name)
        assert await page.get_by_label("Address or message").is_visible() is asks
        await page.goto(served.origin + "/cases")
        assert await page.locator(".row a").count() == int(sees)
        await page.get_by_role("link", name=name, exact=True).click()
        await no_sideways(page)
        await page.get_by_role("button", name="Sign out").click()
        await page.get_by_text("Signed out").wait_for()
        await page.goto(served.origin + f"/cases/{team.id}")
        assert "/login?next=" in page.url
        await context.close()
    assert served.faults == []


async def test_letters_and_review_by_name(visitor, served, team, monkeypatch):
    async def unprinted(*given):
        return ()

    monkeypatch.setattr("prober.web.letters.make_report", unprinted)
    context, page = await came_in(visitor, served, "ann")
    await page.goto(served.origin + f"/cases/{team.id}")
    await page.get_by_text("Write a review").click()
    await page.get_by_label("The verdict is right").check()
    await page.get_by_role("button", name="Sign and keep").click()
    await page.locator(".reviewed.confirmed").filter(has_text="ann").wait_for()
    await page.get_by_role("button", name="Draft letters").click()
    row = page.locator(".letters li").filter(has_text="emergency")
    async with page.expect_download(timeout=SOON) as started:
        await row.get_by_role("link", name="Letter (EML)").click()
    assert (await (await started.value).path()).read_bytes().count(b"MIME-Version")
    await row.get_by_role("button", name="I have sent it").click()
    await row.get_by_placeholder("What they answered").fill("Blocked")
    await row.get_by_role("button", name="They answered").click()
    await row.get_by_text("Blocked").wait_for()
    await no_sideways(page)
    assert served.faults == []
    await context.close()


async def test_no_page_of_users_bars_anybody(visitor, served, team):
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()
    for scheme in ("light", "dark"):
        context, page = await opened(visitor, served, color_scheme=scheme)
        await page.goto(served.origin + "/login")
        assert (await axe.run(page)).response["violations"] == []
        await context.close()
        context, page = await came_in(visitor, served, "boss", color_scheme=scheme)
        for place in ("/account", "/audit", "/audit?what=signed+in", f"/cases/{team.id}"):
            await page.goto(served.origin + place)
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            await no_sideways(page)
            found = (await axe.run(page)).response["violations"]
            assert [(place, one["id"], one["nodes"][0]["html"]) for one in found] == []
        await context.close()
        served.site.access.entries._buckets.clear()
    assert served.faults == []


@pytest.fixture
def evil(served):
    """Another site, which sends the visitor's browser to ours with a form and with fetch."""
    page = f"""<form method=post action="{served.origin}/submissions"><input name=text value="https://a.example/">
    <input name=csrf value=guess></form><script>
    fetch("{served.origin}/api/v1/submissions", {{method: "POST", mode: "no-cors", credentials: "include",
      headers: {{"Content-Type": "text/plain"}}, body: '{{"url": "https://b.example/"}}'}})
      .finally(() => document.forms[0].submit())</script>"""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *given):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


async def test_another_site_sends_nothing_in_a_users_name(visitor, served, team, evil):
    context, page = await came_in(visitor, served, "ann")
    await page.goto(evil)
    await page.wait_for_url("**/submissions")
    assert not served.site.submissions.active(), await page.content()
    await context.close()
