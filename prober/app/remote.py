"""A prober server asked from elsewhere: submit a suspect, follow its events, fetch the case. Standard HTTP only."""

from __future__ import annotations

import contextlib
import http.client
import json
import ssl
import threading
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import ValidationError

from prober import __version__
from prober.errors import ServerError, UsageError
from prober.models.case import Case

V1 = "/api/v1"
ANSWER = 60.0  # seconds until an answer has begun; a quiet stream says every 15 s that it lives
TRIES = 6  # to come back to a stream that broke, without a new event between
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds before each of them


class Server:
    """One server and whoever the token says one is. token: '' where the server asks for none."""

    def __init__(self, url: str, token: str = "") -> None:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"'{url}' is no address of a server, e.g. https://prober.example or http://127.0.0.1:8000")
        self.name = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self.root = parts.path.rstrip("/")
        self.encrypted = parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")
        self._host, self._port, self._tls = parts.hostname, parts.port, parts.scheme == "https"
        self._headers = {"User-Agent": f"prober/{__version__}", "Accept": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def submit(self, *, url: str, text: str, scenario: str) -> dict[str, Any]:
        """Have a suspect checked; sent twice when the line broke, taken in once. Raises ServerError, UsageError."""
        body = json.dumps({"url": url, "text": text, "scenario": scenario}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        try:
            return self._json("POST", "/submissions", body, headers)
        except ServerError as error:
            if error.status:
                raise
            return self._json("POST", "/submissions", body, headers)

    def submission(self, id: str) -> dict[str, Any]:
        """How far it is."""
        return self._json("GET", f"/submissions/{quote(id, safe='')}")

    def case(self, id: str) -> Case:
        """The whole record of a case."""
        try:
            return Case.model_validate(self._json("GET", f"/cases/{quote(id, safe='')}"))
        except ValidationError as problem:
            raise ServerError(
                f"{self.name} tells its cases in a way that this prober ({__version__}) does not read."
            ) from problem

    def verdict(self, id: str) -> dict[str, Any]:
        """`prober/verdict/1` of a case."""
        return self._json("GET", f"/cases/{quote(id, safe='')}/verdict")

    def events(self, id: str) -> Iterator[dict[str, Any]]:
        """Every event of a submission, each once, until it has ended; comes back where the line breaks.

        Raises ServerError when it cannot.
        """
        after, failures = 0, 0
        while True:
            try:
                for told in self._stream(f"/submissions/{quote(id, safe='')}/events", after):
                    after, failures = int(told["number"]), 0
                    yield told
                    if told["event"] == "ended":
                        return
                raise ServerError(f"{self.name} ended the stream of events too early.")
            except ServerError as error:
                failures += 1
                if failures >= TRIES or error.status in (401, 403, 404, 422):
                    raise
                threading.Event().wait(PAUSES[min(failures, len(PAUSES)) - 1])

    def _stream(self, path: str, after: int) -> Iterator[dict[str, Any]]:
        with self._asked("GET", path, b"", {"Accept": "text/event-stream", "Last-Event-ID": str(after)}) as answer:
            data: list[str] = []
            while line := answer.readline(1 << 20):
                text = line.decode("utf-8", "replace").rstrip("\r\n")
                if text.startswith("data:"):
                    data.append(text[5:].removeprefix(" "))
                elif not text and data:
                    yield _object("\n".join(data), self.name)
                    data = []

    def _json(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> dict[str, Any]:
        with self._asked(method, path, body, headers or {}) as answer:
            return _object(answer.read().decode("utf-8", "replace"), self.name)

    @contextlib.contextmanager
    def _asked(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Iterator[http.client.HTTPResponse]:
        """An answer that is none of refusal. Raises ServerError, or UsageError for what was asked wrongly."""
        kind = http.client.HTTPSConnection if self._tls else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=ANSWER)
        try:
            connection.request(method, f"{self.root}{V1}{path}", body or None, self._headers | headers)
            answer = connection.getresponse()
            if answer.status >= 300:
                raise _refused(answer, self.name)
            yield answer
        except ssl.SSLCertVerificationError as problem:
            raise ServerError(
                f"The certificate of {self.name} is not to be trusted: {problem.verify_message}."
            ) from problem
        except (OSError, http.client.HTTPException) as problem:
            why = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
            raise ServerError(f"{self.name} could not be reached: {why}. Is prober serve running there?") from problem
        finally:
            connection.close()


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ServerError(f"{name} did not answer as a prober server does; is the address right?")
    return found


def _refused(answer: http.client.HTTPResponse, name: str) -> Exception:
    """A refusal in the server's own words where it has some."""
    try:
        told = json.loads(answer.read(1 << 16))
        detail = str(told["detail"]) if isinstance(told, dict) else ""
    except (ValueError, KeyError):
        detail = ""
    if answer.status in (401, 403):
        return ServerError(
            f"{name} refused: {detail or answer.reason} Give its token with --token or PROBER_TOKEN.", answer.status
        )
    if answer.status == 422 and detail:
        return UsageError(detail)
    return ServerError(f"{name} answered {answer.status}: {detail or answer.reason}", answer.status)
