"""Case folders in a bucket or on a share, by URL (`s3://bucket/folder`, `file:///mnt/cases`): put, read, fetch, drop."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prober.errors import StoreError, UsageError
from prober.store.folder import CASE
from prober.store.seal import SIGNATURE


class Depot:
    """Where sealed cases are brought. Addresses and keys come from the store's own variables (`AWS_ENDPOINT_URL`, ...).

    Raises UsageError when the URL is none, or the part of prober that speaks to such a store is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        if "://" not in url:
            raise UsageError(f"'{url}' is no place for evidence; give a URL such as s3://bucket/folder.")
        try:
            from fsspec.core import url_to_fs

            self._files, self._root = url_to_fs(self.url, use_listings_cache=False)
        except (ImportError, ValueError) as problem:
            raise UsageError(
                f"Evidence cannot go to {self.url}: {problem}. Buckets need further parts: pip install 'prober[bucket]'"
            ) from None

    def place(self, case_id: str) -> str:
        """The URL of a case."""
        return f"{self.url}/{case_id}"

    def keep(self, folder: Path) -> str:
        """Copy a sealed case, its signature last so that what has one is whole, and compare sizes; returns its URL.

        Raises StoreError: it could not be written whole.
        """
        names = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
        home = f"{self._root}/{folder.name}"
        with self._told("write", folder.name):
            for part in ([name for name in names if name != SIGNATURE], [name for name in names if name == SIGNATURE]):
                self._copy(folder, home, part)
            there = {path: int(info["size"]) for path, info in self._files.find(home, detail=True).items()}
        short = [name for name in names if there.get(f"{home}/{name}") != (folder / name).stat().st_size]
        if short:
            raise StoreError(f"{self.place(folder.name)} does not hold {short[0]} whole; the case is kept in {folder}.")
        return self.place(folder.name)

    def _copy(self, folder: Path, home: str, names: list[str]) -> None:
        targets = [f"{home}/{name}" for name in names]
        if "file" in (self._files.protocol, *self._files.protocol):
            for target in targets:
                Path(target).parent.mkdir(parents=True, exist_ok=True)
        if names:
            self._files.put([str(folder / name) for name in names], targets)

    def read(self, case_id: str, name: str) -> bytes:
        """One file of a case. Raises StoreError when it cannot be read."""
        with self._told("read", f"{case_id}/{name}"):
            return bytes(self._files.cat_file(f"{self._root}/{case_id}/{name}"))

    def fetch(self, case_id: str, target: Path) -> Path:
        """Copy a whole case into a new folder below `target`; returns that folder."""
        home = f"{self._root}/{case_id}"
        folder = target / case_id
        with self._told("read", case_id):
            for path in self._files.find(home):
                file = folder / path.removeprefix(f"{home}/")
                if not file.resolve().is_relative_to(folder.resolve()):
                    raise StoreError(f"{self.url} holds '{path}', which is no file of a case.")
                file.parent.mkdir(parents=True, exist_ok=True)
                self._files.get_file(path, str(file))
        return folder

    def cases(self) -> Iterator[str]:
        """The ids of all cases that are there, in order."""
        with self._told("list", ""):
            found = self._files.glob(f"{self._root}/*/{CASE}")
        yield from sorted(path.removeprefix(f"{self._root}/").split("/", 1)[0] for path in found)

    def drop(self, case_id: str) -> None:
        """Delete a case."""
        if not case_id or "/" in case_id or case_id in (".", ".."):
            raise StoreError(f"'{case_id}' is no case in {self.url}.")
        with self._told("delete", case_id):
            self._files.rm(f"{self._root}/{case_id}", recursive=True)

    @contextlib.contextmanager
    def _told(self, doing: str, what: str) -> Iterator[None]:
        try:
            yield
        except StoreError:
            raise
        except Exception as problem:  # each kind of store has errors of its own, the transport's among them
            words: Any = problem.__cause__ or problem
            place = f"{self.url}/{what}".rstrip("/")
            raise StoreError(
                f"Could not {doing} {place}: {words}. Check the address, its keys and its space."
            ) from problem


def is_url(place: str) -> bool:
    """Whether a case lies in a depot rather than in a folder."""
    return "://" in place


def depot_of(place: str) -> tuple[Depot, str]:
    """The depot and the id of a case by its URL."""
    home, _, case_id = place.rstrip("/").rpartition("/")
    return Depot(home), case_id


def drop_case(place: str, within: Path) -> None:
    """Delete a case, by URL or by its folder, which must lie in `within`."""
    if is_url(place):
        depot, case_id = depot_of(place)
        depot.drop(case_id)
        return
    folder = within / place
    if folder.resolve().is_relative_to(within.resolve()) and (folder / CASE).exists():
        shutil.rmtree(folder)
