"""The network record of a case: one HAR 1.2 file that is whole JSON after every step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import prober

BODY_LIMIT = 400_000  # characters of one body kept
TOTAL_LIMIT = 12_000_000  # characters of bodies kept in one case


class HarFile:
    """Appends entries by overwriting the short tail of the file, so a crash loses at most the step in hand.

    `entries` stands before `pages` in the file: the pages are few and are written anew with each tail.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pages: list[dict[str, Any]] = []
        self._kept: dict[str, int] = {}  # probe -> entries already written
        self._left = TOTAL_LIMIT
        self._empty = True
        creator = {"name": "prober", "version": prober.__version__}
        head = '{"log": {"version": "1.2", "creator": ' + json.dumps(creator) + ', "entries": ['
        self._end = len(head.encode())
        path.write_bytes(head.encode() + self._tail())

    def keep(self, probe: str, log: dict[str, Any]) -> int:
        """Append what is new in a probe's log so far; returns how many entries were added."""
        entries = log.get("entries", [])
        fresh = entries[self._kept.get(probe, 0) :]
        new_pages = self._note_pages(probe, log.get("pages", []))
        if not fresh and not new_pages:
            return 0
        pieces = []
        for entry in fresh:
            pieces.append(("\n" if self._empty else ",\n") + json.dumps(self._entry(probe, entry), ensure_ascii=False))
            self._empty = False
        body = "".join(pieces).encode("utf-8", "replace")
        with self.path.open("r+b") as file:
            file.seek(self._end)
            file.write(body + self._tail())
            file.truncate()
        self._end += len(body)
        self._kept[probe] = len(entries)
        return len(fresh)

    def _tail(self) -> bytes:
        return ('\n], "pages": ' + json.dumps(self._pages, ensure_ascii=False) + "}}\n").encode("utf-8", "replace")

    def _note_pages(self, probe: str, pages: list[dict[str, Any]]) -> bool:
        known = {page["id"] for page in self._pages}
        added = [
            {
                "pageTimings": {},
                "title": "",
                "startedDateTime": "",
                **page,
                "id": _page_id(probe, str(page.get("id", ""))),
            }
            for page in pages
        ]
        added = [page for page in added if page["id"] not in known]
        self._pages += added
        return bool(added)

    def _entry(self, probe: str, entry: dict[str, Any]) -> dict[str, Any]:
        kept = {**entry, "pageref": _page_id(probe, str(entry.get("pageref", "")))}
        response = entry.get("response")
        if isinstance(response, dict) and isinstance(response.get("content"), dict):
            kept["response"] = {**response, "content": self._bounded(response["content"])}
        request = entry.get("request")
        if isinstance(request, dict) and isinstance(request.get("postData"), dict):
            kept["request"] = {**request, "postData": self._bounded(request["postData"])}
        return kept

    def _bounded(self, holder: dict[str, Any]) -> dict[str, Any]:
        text = holder.get("text")
        if not isinstance(text, str):
            return holder
        if len(text) <= min(BODY_LIMIT, self._left):
            self._left -= len(text)
            return holder
        rest = {key: value for key, value in holder.items() if key not in ("text", "encoding")}
        return {**rest, "comment": f"body left out: {len(text)} characters"}


def _page_id(probe: str, page: str) -> str:
    if not page or page == probe or page.startswith(f"{probe}-"):
        return page or probe
    return f"{probe}-{page}"
