"""Where the users of a folder of cases are kept."""

from __future__ import annotations

from pathlib import Path

WEB = ".web"
ACCESS = "access.sqlite"


def access_of(output: Path) -> Path:
    """The file of users, tokens and deeds for the cases in `output`; there may be none yet."""
    return output / WEB / ACCESS
