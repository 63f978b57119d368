"""The proxy over real sockets on loopback."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from prober.errors import UsageError
from prober.guard.limits import Limits
from prober.guard.proxy import GuardProxy
from prober.ports import Visit
from tests.guard.sockets import HttpProxy, Site, SocksProxy, echo, listening

HOME = Visit(allow_private=True, suspect_host="site.localhost")


@asynccontextmanager
async def client(proxy: GuardProxy) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(proxy.url.rpartition(":")[2]))
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def ask(proxy: GuardProxy, raw: str) -> bytes:
    """One request; all that comes back until the proxy closes or the answer's length is reached."""
    async with client(proxy) as (reader, writer):
        writer.write(raw.encode())
        return await answer(reader)


async def answer(reader: asyncio.StreamReader) -> bytes:
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        return head + await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        return error.partial if isinstance(error, asyncio.IncompleteReadError) else b""


def get(url: str, *headers: str) -> str:
    return "\r\n".join([f"GET {url} HTTP/1.1", f"Host: {url.split('/')[2]}", *headers, "", ""])


def connect(where: str) -> str:
    return f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n\r\n"


async def test_plain_requests_share_a_connection_and_arrive_in_origin_form() -> None:
    site = Site()
    async with listening(site.serve) as port, GuardProxy(HOME) as proxy, client(proxy) as (reader, writer):
        for path in ("/a?b=1", "/b"):
            writer.write(get(f"http://site.localhost:{port}{path}", "Proxy-Connection: keep-alive", "X: 1").encode())
            assert f"you asked {path}".encode() in await answer(reader)
        assert site.connections == 1
        assert (
            site.heads[0]
            == f"GET /a?b=1 HTTP/1.1\r\nHost: site.localhost:{port}\r\nConnection: keep-alive\r\nX: 1\r\n\r\n"
        )
        (host,) = proxy.hosts()
        assert (host.name, host.port, host.addresses, host.requests) == ("site.localhost", port, ("127.0.0.1",), 2)
        assert proxy.bytes_total > 200


async def test_bodies_pass_and_the_next_request_is_found() -> None:
    site = Site()
    async with listening(site.serve) as port, GuardProxy(HOME) as proxy, client(proxy) as (reader, writer):
        start = f"POST http://127.0.0.1:{port}/p HTTP/1.1\r\nHost: x\r\n"
        writer.write(f"{start}Content-Length: 5\r\n\r\nhello".encode())
        await answer(reader)
        writer.write(
            f"{start}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n".replace(
                ";x=y", ""
            ).encode()
        )
        await answer(reader)
        writer.write(get(f"http://127.0.0.1:{port}/after").encode())
        await answer(reader)
        assert site.bodies == [b"hello", b"abcde", b""]


async def test_one_connection_may_change_hosts() -> None:
    one, two = Site(), Site()
    async with listening(one.serve) as first, listening(two.serve) as second, GuardProxy(HOME) as proxy:
        async with client(proxy) as (reader, writer):
            for port in (first, second, first):
                writer.write(get(f"http://127.0.0.1:{port}/").encode())
                assert b"you asked" in await answer(reader)
        assert (len(one.heads), len(two.heads)) == (2, 1)


async def test_a_server_that_closes_closes_the_browsers_side() -> None:
    async with listening(Site().serve) as port, GuardProxy(HOME) as proxy, client(proxy) as (reader, writer):
        writer.write(get(f"http://127.0.0.1:{port}/close").encode())
        assert b"you asked" in await answer(reader)
        assert await asyncio.wait_for(reader.read(), 5) == b""


async def test_tunnels_pass_bytes_and_half_closes() -> None:
    async with listening(echo) as port, GuardProxy(HOME) as proxy, client(proxy) as (reader, writer):
        writer.write(connect(f"a.site.localhost:{port}").encode())
        assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
        writer.write(b"all I say")
        writer.write_eof()
        assert await asyncio.wait_for(reader.read(), 5) == b"all I say and that was all"


async def test_an_upgrade_turns_a_plain_connection_into_a_pipe() -> None:
    async def upgrade(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 101 Switching\r\nContent-Length: 0\r\n\r\n")
        writer.write((await reader.readexactly(4)).upper())
        await writer.drain()

    async with listening(upgrade) as port, GuardProxy(HOME) as proxy, client(proxy) as (reader, writer):
        writer.write(get(f"http://127.0.0.1:{port}/", "Connection: Upgrade", "Upgrade: websocket").encode())
        assert b"101" in await answer(reader)
        writer.write(b"ping")
        assert await asyncio.wait_for(reader.readexactly(4), 5) == b"PING"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "x.localhost", "[::1]", "0x7f.1", "2130706433", "10.0.0.1", "169.254.169.254",
             "[::ffff:10.0.0.1]", "printer", "nas.local"],
)  # fmt: skip
async def test_forbidden_hosts_are_closed_without_an_answer(host: str) -> None:
    async with GuardProxy(Visit()) as proxy:
        assert await ask(proxy, get(f"http://{host}:8080/x")) == b""
        assert b" 403 " in await ask(proxy, connect(f"{host}:443"))
        assert proxy.last_failure(host) == "policy"
        assert {(refusal.why, refusal.hint) for refusal in proxy.refusals} == {
            ("private", "subresource"),
            ("private", ""),
        }


async def test_allow_private_opens_loopback_only() -> None:
    async with GuardProxy(HOME) as proxy:
        await ask(proxy, get("http://10.0.0.1/"))
        assert proxy.last_failure("10.0.0.1") == "policy"


@pytest.mark.parametrize(
    "answers", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:169.254.169.254"], ["fe80::1"]]
)
async def test_a_name_that_points_inside_is_refused(answers: list[str]) -> None:
    async with GuardProxy(Visit(), lookup=lambda host: answers) as proxy:
        await ask(proxy, get("http://rebind.example/"))
        assert proxy.last_failure("rebind.example") == "policy"
        assert proxy.hosts()[0].addresses == ()


async def test_answers_are_kept_for_the_visit() -> None:
    """The second answer of a rebinding name is never asked for."""
    site, answers = Site(), iter([["127.0.0.1"], ["10.0.0.1"]])
    async with listening(site.serve) as port, GuardProxy(HOME, lookup=lambda host: next(answers)) as proxy:
        for _ in range(2):
            assert b"you asked" in await ask(proxy, get(f"http://rebind.example:{port}/"))


def _no_such_name(host: str) -> list[str]:
    raise OSError("no such name")


async def test_failures_are_told_apart() -> None:
    async with listening(echo) as port:
        closed = port
    async with GuardProxy(HOME, lookup=_no_such_name) as proxy:
        await ask(proxy, get("http://nowhere.example/"))
        assert b" 502 " in await ask(proxy, connect(f"127.0.0.1:{closed}"))
        assert proxy.last_failure("nowhere.example") == "dns"
        assert proxy.last_failure("127.0.0.1") == "refused"
        assert proxy.last_failure("never-asked.example") == ""


async def test_a_slow_name_server_is_a_timeout_and_holds_nothing_up() -> None:
    started = time.monotonic()
    waiter = threading.Event()
    limits = Limits(resolve_seconds=0.2)
    async with GuardProxy(Visit(), limits=limits, lookup=lambda host: [str(waiter.wait(20))]) as proxy:
        await ask(proxy, get("http://slow.example/"))
        assert proxy.last_failure("slow.example") == "timeout"
    waiter.set()
    assert time.monotonic() - started < 3


async def test_resolve_maps_names_and_ports() -> None:
    site = Site()
    async with listening(site.serve) as port:
        visit = Visit(
            allow_private=True,
            suspect_host="egov-kz.example",
            resolve={"egov-kz.example": f"127.0.0.1:{port}", "inside.example": "10.0.0.1"},
        )
        async with GuardProxy(visit, lookup=_no_such_name) as proxy:
            assert b"you asked /s" in await ask(proxy, get("http://egov-kz.example/s"))
            await ask(proxy, get("http://inside.example/"))
            assert proxy.last_failure("inside.example") == "policy"


async def test_the_proxy_is_not_asked_for_itself() -> None:
    async with GuardProxy(HOME) as proxy:
        await ask(proxy, get(f"{proxy.url}/"))
        assert proxy.last_failure("127.0.0.1") == "policy"


async def test_official_hosts_need_a_lease_which_ends() -> None:
    site = Site()
    async with listening(site.serve) as port:
        visit = Visit(
            allow_private=True, official=("egov.kz",), payment=("pay.example",),
            resolve={"egov.kz": f"127.0.0.1:{port}", "pay.example": f"127.0.0.1:{port}"},
        )  # fmt: skip
        async with GuardProxy(visit, lookup=_no_such_name) as proxy:
            assert await ask(proxy, get("http://egov.kz/", "Upgrade-Insecure-Requests: 1")) == b""
            assert b" 403 " in await ask(proxy, connect("m.egov.kz:443"))
            await ask(proxy, "POST http://pay.example/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            assert [(r.host, r.why, r.hint) for r in proxy.refusals] == [
                ("egov.kz", "official", "navigation"), ("m.egov.kz", "official", ""), ("pay.example", "payment", "post"),
            ]  # fmt: skip
            async with client(proxy) as (reader, writer):
                proxy.lease("egov.kz")
                writer.write(get("http://egov.kz/logo.png").encode())
                assert b"you asked /logo.png" in await answer(reader)
                proxy.release("egov.kz")
                writer.write(get("http://egov.kz/cabinet").encode())
                assert await answer(reader) == b""
            assert len(site.heads) == 1


async def test_client_hints_stay_from_insecure_origins() -> None:
    site = Site()
    async with listening(site.serve) as port:
        visit = HOME.model_copy(update={"resolve": {"evil.example": f"127.0.0.1:{port}"}})
        async with GuardProxy(visit) as proxy:
            await ask(proxy, get("http://evil.example/", 'Sec-CH-UA: "x"', "sec-ch-ua-mobile: ?1", "A: b"))
            await ask(proxy, get(f"http://site.localhost:{port}/", 'Sec-CH-UA: "x"'))
    assert "sec-ch" not in site.heads[0].lower() and "A: b" in site.heads[0]
    assert "sec-ch-ua" in site.heads[1].lower()


async def test_bytes_are_limited_and_the_visit_ends() -> None:
    async with listening(Site().serve) as port, GuardProxy(HOME, limits=Limits(total_bytes=300_000)) as proxy:
        assert len(await ask(proxy, get(f"http://127.0.0.1:{port}/size/5000000"))) < 600_000
        assert proxy.ended == "limit"
        assert await ask(proxy, get(f"http://127.0.0.1:{port}/")) == b""
        assert proxy.last_failure("127.0.0.1") == "limit"


async def test_connections_are_limited() -> None:
    async with listening(Site().serve) as port, GuardProxy(HOME, limits=Limits(total_connections=3)) as proxy:
        answers = [await ask(proxy, get(f"http://127.0.0.1:{port}/")) for _ in range(5)]
        assert [bool(given) for given in answers] == [True, True, True, False, False]


async def test_time_is_limited() -> None:
    async with listening(Site().serve) as port, GuardProxy(HOME, limits=Limits(total_seconds=0.2)) as proxy:
        started = time.monotonic()
        assert await ask(proxy, get(f"http://127.0.0.1:{port}/hang")) == b""
        assert time.monotonic() - started < 3
        assert proxy.ended == "limit"


async def test_close_is_prompt_and_leaves_no_task() -> None:
    before, site = asyncio.all_tasks(), Site()
    async with listening(site.serve) as port:
        proxy = await GuardProxy(HOME).start()
        async with client(proxy) as (_, one), client(proxy) as (_, two), client(proxy) as (_, _three):
            one.write(get(f"http://127.0.0.1:{port}/hang").encode())
            two.write(connect(f"127.0.0.1:{port}").encode())
            await site.asked.wait()
            started = time.monotonic()
            await proxy.close()
            assert time.monotonic() - started < 0.5
        left = {task for task in asyncio.all_tasks() - before if "GuardProxy" in repr(task) or "guard" in repr(task)}
        assert not left


@pytest.mark.parametrize(
    "raw",
    ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET ftp://a.b/ HTTP/1.1\r\n\r\n", "CONNECT nowhere HTTP/9\r\n\r\n",
     "GET http:///x HTTP/1.1\r\n\r\n", "CONNECT :443 HTTP/1.1\r\n\r\n", "GET http://a.b:99999/ HTTP/1.1\r\n\r\n",
     "POST http://127.0.0.1/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
     "GET http://a.b/ HTTP/1.1\r\nbad header\r\n\r\n"],
)  # fmt: skip
async def test_what_is_no_request_is_closed(raw: str) -> None:
    async with GuardProxy(HOME, lookup=_no_such_name) as proxy:
        assert b" 200 " not in await ask(proxy, raw)


async def test_a_hundred_hanging_connections_do_not_hold_up_others() -> None:
    async with listening(Site().serve) as port, GuardProxy(HOME) as proxy:
        held = [await asyncio.open_connection("127.0.0.1", int(proxy.url.rpartition(":")[2])) for _ in range(100)]
        for _, writer in held:
            writer.write(get(f"http://127.0.0.1:{port}/hang").encode())
        started = time.monotonic()
        assert b"you asked" in await ask(proxy, get(f"http://127.0.0.1:{port}/"))
        assert time.monotonic() - started < 2
        for _, writer in held:
            writer.transport.abort()


# Upstream proxies


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_an_upstream_resolves_the_names(scheme: str) -> None:
    site = Site()
    async with listening(site.serve) as port:
        upstream = HttpProxy(port) if scheme == "http" else SocksProxy(port)
        async with listening(upstream.serve) as way:
            visit = Visit(proxy=f"{scheme}://127.0.0.1:{way}")
            async with GuardProxy(visit, lookup=_no_such_name) as proxy:
                assert (await ask(proxy, get("http://evil.example/x"))).endswith(b"/x")
                async with client(proxy) as (reader, writer):
                    writer.write(connect("evil.example:443").encode())
                    assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
                    writer.write(b"GET /t HTTP/1.1\r\n\r\n")
                    assert b"you asked /t" in await answer(reader)
                assert [host.addresses for host in proxy.hosts()] == [(), ()]
        if isinstance(upstream, SocksProxy):
            assert upstream.asked == [("evil.example", 80), ("evil.example", 443)]
        else:
            assert upstream.heads[0].startswith("GET http://evil.example/x ")
            assert upstream.heads[1].startswith("CONNECT evil.example:443 ")


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_private_names_and_literals_are_not_asked_of_an_upstream(scheme: str) -> None:
    upstream = SocksProxy(1) if scheme == "socks5" else HttpProxy(1)
    async with listening(upstream.serve) as way, GuardProxy(Visit(proxy=f"{scheme}://127.0.0.1:{way}")) as proxy:
        for host in ("10.0.0.1", "localhost", "169.254.169.254", "nas.local"):
            await ask(proxy, get(f"http://{host}/"))
            assert proxy.last_failure(host) == "policy"
        assert not getattr(upstream, "asked", None) and not getattr(upstream, "heads", None)


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_lost_upstream_ends_the_visit(scheme: str) -> None:
    async with listening(echo) as way:
        pass
    site = Site()
    async with listening(site.serve) as port:
        visit = Visit(proxy=f"{scheme}://127.0.0.1:{way}", allow_private=True)
        async with GuardProxy(visit, lookup=lambda host: ["127.0.0.1"]) as proxy:
            await ask(proxy, get(f"http://evil.example:{port}/"))
            assert proxy.ended == "proxy"
            assert proxy.last_failure("any.example") == "proxy"
            await ask(proxy, get(f"http://127.0.0.1:{port}/"))
    assert not site.heads


async def test_socks_with_a_password() -> None:
    async with listening(Site().serve) as port, listening(SocksProxy(port, locked=True).serve) as way:
        async with GuardProxy(Visit(proxy=f"socks5://u:p@127.0.0.1:{way}")) as proxy:
            assert b"you asked" in await ask(proxy, get("http://evil.example/"))
        for wrong in ("u:x@", ""):
            async with GuardProxy(Visit(proxy=f"socks5://{wrong}127.0.0.1:{way}")) as proxy:
                await ask(proxy, get("http://evil.example/"))
                assert proxy.ended == "proxy"


async def test_credentials_of_an_http_upstream_stay_between_us_and_it() -> None:
    site = Site()
    async with listening(site.serve) as port:
        upstream = HttpProxy(port)
        async with listening(upstream.serve) as way, GuardProxy(Visit(proxy=f"http://u:p@127.0.0.1:{way}")) as proxy:
            await ask(proxy, get("http://evil.example/"))
        assert "Proxy-Authorization: Basic dTpw" in upstream.heads[0]


@pytest.mark.parametrize(("answer_code", "kind"), [(4, "dns"), (5, "refused"), (6, "timeout"), (1, "proxy")])
async def test_what_socks_says_of_a_host(answer_code: int, kind: str) -> None:
    upstream = SocksProxy(1, answer=answer_code)
    async with listening(upstream.serve) as way, GuardProxy(Visit(proxy=f"socks5://127.0.0.1:{way}")) as proxy:
        await ask(proxy, get("http://evil.example/"))
        assert proxy.last_failure("evil.example") == kind
        assert proxy.ended is None


@pytest.mark.parametrize(
    ("status", "kind", "ended"), [(502, "refused", None), (504, "timeout", None), (407, "proxy", "proxy")]
)
async def test_what_an_http_upstream_says_of_a_host(status: int, kind: str, ended: str | None) -> None:
    upstream = HttpProxy(1, answer=status)
    async with listening(upstream.serve) as way, GuardProxy(Visit(proxy=f"http://127.0.0.1:{way}")) as proxy:
        await ask(proxy, connect("evil.example:443"))
        assert (proxy.last_failure("evil.example"), proxy.ended) == (kind, ended)


async def test_an_http_upstream_that_wants_a_password_ends_plain_visits_too() -> None:
    upstream = HttpProxy(1, answer=407)
    async with listening(upstream.serve) as way, GuardProxy(Visit(proxy=f"http://127.0.0.1:{way}")) as proxy:
        assert await ask(proxy, get("http://evil.example/")) == b""
        assert (proxy.last_failure("evil.example"), proxy.ended) == ("proxy", "proxy")


@pytest.mark.parametrize("url", ["ftp://a:1", "socks4://a:1", "http://", "http://a:99999", "://"])
def test_a_wrong_proxy_is_wrong_use(url: str) -> None:
    with pytest.raises(UsageError, match="proxy"):
        GuardProxy(Visit(proxy=url))
