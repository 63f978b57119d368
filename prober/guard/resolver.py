"""Names to addresses for one visit: each answer checked before anybody connects to it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

from prober.guard.limits import Limits, Unreachable
from prober.guard.policy import is_localhost, literal, refuse_address, refuse_host
from prober.ports import Visit

Endpoint = tuple[str, int]
Lookup = Callable[[str], list[str]]

_PARALLEL_LOOKUPS = 8


class Resolver:
    """Resolves and checks; answers are kept for the visit, so that a name cannot change its mind half-way.

    One forbidden address among a name's answers refuses the name: that is how rebinding looks.
    """

    def __init__(self, visit: Visit, limits: Limits, lookup: Lookup | None = None) -> None:
        self._visit = visit
        self._limits = limits
        self._lookup = lookup or system_lookup
        self._known: dict[str, list[str]] = {}
        self.mapped = {name.rstrip(".").lower(): address for name, address in visit.resolve.items()}
        self._slots = asyncio.Semaphore(_PARALLEL_LOOKUPS)

    def check_name(self, host: str) -> None:
        """Refuse what may not even be looked up (and, with an upstream proxy, may not be asked of it).

        Raises:
            Unreachable: of kind 'policy'.
        """
        if host in self.mapped and literal_or_none(host) is None:
            return  # the user said where this name lives; the address is checked
        why = refuse_host(host, allow_private=self._visit.allow_private, suspect_host=self._visit.suspect_host)
        if why:
            raise Unreachable("policy", why)

    def given(self, host: str, port: int) -> Endpoint | None:
        """Where the user's own map (HOST=ADDRESS or HOST=ADDRESS:PORT) sends a host, checked."""
        where = self.mapped.get(host)
        if where is None:
            return None
        address, given_port = split_address(where)
        self._check_address(host, address)
        return address, given_port or port

    async def endpoints(self, host: str, port: int) -> list[Endpoint]:
        """Checked addresses of a host, in the order in which to try them.

        Raises:
            Unreachable: 'policy', 'dns' or 'timeout'.
        """
        self.check_name(host)
        mapped = self.given(host, port)
        if mapped is not None:
            return [mapped]
        address = literal_or_none(host)
        if address is not None:
            return [(address, port)]
        if is_localhost(host):  # the C library knows no *.localhost
            return [("127.0.0.1", port), ("::1", port)]
        if host not in self._known:
            self._known[host] = await self._ask(host)
        return [(found, port) for found in self._known[host]]

    async def _ask(self, host: str) -> list[str]:
        try:
            async with self._slots:
                answers = await asyncio.wait_for(in_daemon_thread(self._lookup, host), self._limits.resolve_seconds)
        except TimeoutError:
            raise Unreachable("timeout", f"no name server answered for {host}") from None
        except (OSError, UnicodeError) as error:
            raise Unreachable("dns", f"{host} has no address ({error})") from None
        if not answers:
            raise Unreachable("dns", f"{host} has no address")
        for answer in answers:
            self._check_address(host, answer)
        return answers

    def _check_address(self, host: str, address: str) -> None:
        own = host == self._visit.suspect_host.rstrip(".").lower()
        why = refuse_address(address, allow_private=self._visit.allow_private, own=own)
        if why:
            raise Unreachable("policy", f"{host} points to {address}: {why}")


def literal_or_none(host: str) -> str | None:
    """The ordinary spelling of an address, None for names."""
    try:
        address = literal(host)
    except ValueError:
        return None
    return None if address is None else str(address)


def split_address(where: str) -> tuple[str, int | None]:
    """'1.2.3.4', '1.2.3.4:80', '::1' or '[::1]:80' as address and port."""
    if where.startswith("["):
        address, _, port = where[1:].partition("]")
        return address, int(port[1:]) if port[1:].isdigit() else None
    if where.count(":") == 1:
        address, _, port = where.partition(":")
        return address, int(port) if port.isdigit() else None
    return where, None


def system_lookup(host: str) -> list[str]:
    """The addresses that the system's resolver gives, each once, in its order.

    Raises:
        OSError: no such name, or no answer.
    """
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


async def in_daemon_thread(call: Lookup, host: str) -> list[str]:
    """Run a blocking look-up so that one which hangs keeps neither the loop nor the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[list[str]] = loop.create_future()

    def settle(result: list[str] | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result or [])

    def work() -> None:
        result, fault = None, None
        try:
            result = call(host)
        except (OSError, UnicodeError) as error:
            fault = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=work, name=f"look-up {host}", daemon=True).start()
    return await done
