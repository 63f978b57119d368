"""Runs the server until it is told to end."""

from __future__ import annotations

import sys
from collections.abc import Callable

import uvicorn

from prober.browser.engine import open_engine
from prober.errors import UsageError
from prober.web.app import make_app, make_site
from prober.web.patience import Patient
from prober.web.settings import ServeOptions

GRACE = 5  # seconds for answers under way when the server is told to end


def serve(options: ServeOptions, say: Callable[[str], None]) -> None:
    """Serve until interrupted. `say` gets the address with its one-time link.

    Raises:
        UsageError: the address cannot be listened on.
        StoreError: the folder of cases cannot be written.
    """
    site = make_site(
        options,
        lambda: open_engine(executable=options.browser, sandbox=options.sandbox),
        lambda: say(f"The link was used. Another one: {link(options, site.access.new_link())}"),
    )
    say(f"prober serves at {address(options)}; Ctrl-C ends it.")
    if site.access.people.any():
        say("Users sign in with name and password; prober users and prober tokens say who may.")
    else:
        say(f"Open this link once: {link(options, site.access.new_link())}")
        say(f"Token for programs: {site.access.token}")
        if not options.loopback:
            say("Others can reach this server, and whoever has the link sees all; prober users add makes users.")
    if not options.loopback and not options.public:
        say("Nothing on the way is encrypted; put a proxy with TLS before it and give its address as --public-url.")
    config = uvicorn.Config(
        make_app(site), host=options.host, port=options.port, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE, proxy_headers=bool(options.public), timeout_keep_alive=15, limit_concurrency=1000,
        http=Patient, ws="none",
    )  # fmt: skip
    server = _Server(config, site.close)
    try:
        server.run()
    except SystemExit as end:
        raise UsageError(
            f"The server could not listen on {address(options)}; is another one running there? Choose another --port."
        ) from end
    if not server.started:
        print("prober: the server did not start", file=sys.stderr)


class _Server(uvicorn.Server):
    """Ends live streams first, so that a graceful stop is not held up by them."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        self._ending()
        await super().shutdown(sockets)  # type: ignore[arg-type]


def address(options: ServeOptions) -> str:
    """Where the server answers."""
    if options.public:
        return f"{options.public}/"
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{options.port}/"


def link(options: ServeOptions, key: str) -> str:
    """A link that opens one session."""
    return f"{address(options)}enter?key={key}"
