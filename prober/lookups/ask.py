"""Asking RDAP servers and RIPEstat, with answers kept for a day so that nobody is asked twice."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from prober.errors import UsageError

log = logging.getLogger(__name__)

Kind = Literal["domain", "address", "abuse"]
Ask = Callable[[Kind, str], dict[str, Any]]
FRESH = timedelta(hours=24)
LIMIT = 15.0  # seconds for one question
SERVICES: dict[Kind, str] = {"domain": "RDAP", "address": "RDAP", "abuse": "RIPEstat"}
RIPESTAT = "https://stat.ripe.net/data/abuse-contact-finder/data.json"


class NoAnswer(Exception):
    """A service did not answer, or not with what it should; the text says why, for a person."""


def online(kind: Kind, name: str) -> dict[str, Any]:
    """Ask the service itself. Raises NoAnswer; UsageError where the extra for it is not installed."""
    try:
        import httpx
        import whoisit
        from whoisit.errors import WhoisItError
    except ImportError as problem:
        raise UsageError(
            "Look-ups need the extra 'lookup': install prober with pip install 'prober[lookup]'."
        ) from problem
    try:
        with httpx.Client(timeout=LIMIT, follow_redirects=True) as client:
            if kind == "abuse":
                answer: Any = client.get(RIPESTAT, params={"resource": name}).raise_for_status().json()
            else:
                if not whoisit.is_bootstrapped():
                    whoisit.bootstrap()
                answer = whoisit.domain(name, raw=True) if kind == "domain" else whoisit.ip(name, raw=True)
    except (WhoisItError, httpx.HTTPError, OSError, ValueError) as problem:
        raise NoAnswer(
            f"{SERVICES[kind]} gave no answer on {name}: {str(problem)[:120] or type(problem).__name__}"
        ) from problem
    if not isinstance(answer, dict):
        raise NoAnswer(f"{SERVICES[kind]} answered on {name} with something else than an object")
    return answer


class Kept:
    """Answers on disk. `now` is the clock; `ask` is asked where nothing fresh is kept."""

    def __init__(self, folder: Path, now: Callable[[], datetime], ask: Ask = online, fresh: timedelta = FRESH) -> None:
        self.folder, self.now, self.ask, self.fresh = folder, now, ask, fresh

    def __call__(self, kind: Kind, name: str) -> tuple[dict[str, Any], datetime]:
        """The answer, and when it was given. Raises NoAnswer and UsageError like `online`."""
        file = self.folder / f"{kind}-{hashlib.sha256(name.encode()).hexdigest()[:24]}.json"
        kept = _read(file)
        if kept is not None and self.now() - kept[1] < self.fresh and kept[2] == name:
            return kept[0], kept[1]
        answer, at = self.ask(kind, name), self.now()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({"name": name, "at": at.isoformat(), "answer": answer}), "utf-8")
        except OSError as problem:
            log.warning("the answer on %s could not be kept: %s", name, problem)
        return answer, at


def cache_home() -> Path:
    """Where answers are kept: `lookups` under PROBER_HOME, else the user's cache folder."""
    if home := os.environ.get("PROBER_HOME"):
        return Path(home) / "lookups"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "prober" / "lookups"


def _read(file: Path) -> tuple[dict[str, Any], datetime, str] | None:
    try:
        kept = json.loads(file.read_text("utf-8"))
        return dict(kept["answer"]), datetime.fromisoformat(kept["at"]), str(kept["name"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        log.warning("%s is not used: %s", file, problem)
        return None
