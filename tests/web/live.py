"""A server that really listens, in a thread of its own, whose checks are played."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from prober.models.events import CaseFinished, CaseOpened, Notice
from prober.web.app import make_app
from prober.web.site import Site
from tests.app.stub_run import StubEngine


@contextlib.contextmanager
def listening(site: Site) -> Iterator[str]:
    """The address of a server at work."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(site), log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        site.close()
        server.should_exit = True
        thread.join(20)
        listener.close()


def play(site: Site, monkeypatch, make: Callable) -> None:
    """Checks of this server make a case with `make` instead of opening a browser."""

    async def check(given, options, browser, listeners):
        case, folder = make(options.output)
        for event in (
            CaseOpened(case_id=case.id, url=case.url, scenario=case.scenario),
            Notice(case_id=case.id, text="this host was seen before"),
            CaseFinished(case=case, case_dir=str(folder.path)),
        ):
            for listen in listeners:
                listen(event)
        return case

    monkeypatch.setattr("prober.web.worker.check", check)
    site.worker.keeper.opener = StubEngine()
