"""Asking public services about a domain and an address, with answers kept for a day so that nobody is asked twice."""

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

log = logging.getLogger(__name__)

Kind = Literal["domain", "whois", "address", "abuse", "abusix", "names", "certificates"]
Ask = Callable[[Kind, str], dict[str, Any]]
FRESH = timedelta(hours=24)
SERVICES: dict[Kind, str] = {
    "domain": "RDAP",
    "whois": "WHOIS",
    "address": "RDAP",
    "abuse": "RIPEstat",
    "abusix": "Abusix",
    "names": "DNS",
    "certificates": "certificate logs",
}


class NoAnswer(Exception):
    """A service did not answer, or not with what it should; the text says why, for a person."""


class Kept:
    """Answers on disk. `now` is the clock; `ask` is asked where nothing fresh is kept."""

    def __init__(self, folder: Path, now: Callable[[], datetime], ask: Ask, fresh: timedelta = FRESH) -> None:
        self.folder, self.now, self.ask, self.fresh = folder, now, ask, fresh

    def __call__(self, kind: Kind, name: str) -> tuple[dict[str, Any], datetime]:
        """The answer, and when it was given. Raises NoAnswer like the service itself."""
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
