"""`prober check --server`: a server probes, this terminal shows and ends just as the local command."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from prober.cli.faults import told
from prober.errors import ServerError, SuspectRefused, UsageError

if TYPE_CHECKING:
    from prober.app.remote import Server
    from prober.cli.check import Request
    from prober.cli.show import Show


def run_remote_check(request: Request, server: str, token: str, theirs: tuple[str, ...]) -> int:
    """The exit status of the contract. theirs: options that were given although a server decides them itself."""
    with told(as_json=request.as_json):
        if (request.url is None) == (request.text is None):
            raise UsageError(
                "Give either an address or --text with the message, e.g. prober check https://suspect.example/"
            )
        if theirs:
            raise UsageError(f"With --server, the server decides {', '.join(theirs)}; leave it away.")
        pap = request.footing().matter.pap
        if pap in ("AMBER", "RED"):
            raise SuspectRefused(
                f"The matter is marked PAP:{pap}: nothing may be sent to the suspect, so it is not probed."
            )
        return _check(request, server, token)


def _check(request: Request, address: str, token: str) -> int:
    from prober.app.remote import Server
    from prober.app.result import EXIT_CODES
    from prober.cli.show import Show
    from prober.models.case import VerdictClass

    server = Server(address, token)
    show = Show(quiet=request.as_json and not sys.stderr.isatty())
    if token and not server.encrypted:
        show.notice(f"nothing is encrypted on the way to {server.name}, the token neither")
    one = server.submit(url=request.url or "", text=request.text or "", scenario=request.scenario)
    for other in one.get("others", ()):
        show.notice(f"the message also links to {other}, which was not checked")
    page = f"{server.name}{server.root}/submissions/{one['id']}"
    try:
        with show.live():
            end = _follow(server, one["id"], show)
    except KeyboardInterrupt:
        print(f"\nThe check goes on at {page}", file=sys.stderr)
        raise
    if end.get("state") != "done":
        raise ServerError(f"The check came to no verdict there: {end.get('message') or 'it was given up.'} See {page}")
    verdict = server.verdict(end["case_id"])
    if request.as_json:
        print(json.dumps(verdict, ensure_ascii=False))
    else:
        show.verdict(server.case(end["case_id"]), f"{server.name}{server.root}/cases/{end['case_id']}")
    return EXIT_CODES[VerdictClass(verdict["verdict"])]


def _follow(server: Server, id: str, show: Show) -> dict[str, Any]:
    """Show what happens; returns how it ended."""
    from pydantic import TypeAdapter, ValidationError

    from prober.models.events import Event

    adapter: TypeAdapter[Event] = TypeAdapter(Event)
    for told_event in server.events(id):
        if told_event["event"] == "ended":
            return dict(told_event["data"])
        try:
            show.event(adapter.validate_python(told_event["data"]))
        except ValidationError:  # the verdict itself, or what another version tells: the end says what counts
            continue
    raise AssertionError("unreachable")
